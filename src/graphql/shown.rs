//! States of rows as clients see them: by the names of the schema's fields.

use serde_json::{Map, Value};

use super::id::NodeKind;
use crate::domain::{Amount, ChangeKind, ParameterType, ToJson as _};
use crate::registry::camel_case;
use crate::store::state::State;

/// A field of a state.
pub struct Shown {
    /// The field's name in the schema's inputs.
    pub name: String,
    /// Its value; ids of other objects are global.
    pub value: Value,
    /// The columns that it is made of.
    pub columns: Vec<&'static str>,
}

/// Fields that every change changes, or none does.
const BOOKKEEPING: [&str; 4] = ["id", "createdAt", "updatedAt", "version"];

impl Shown {
    /// Whether the field says something of the object itself.
    pub fn is_fact(&self) -> bool {
        !BOOKKEEPING.contains(&self.name.as_str())
    }
}

/// The fields of a state, in order.
pub fn shown(kind: ChangeKind, state: &State) -> Vec<Shown> {
    let cell =
        |column: &str| state.cells.iter().find(|(name, _)| *name == column).map_or(Value::Null, |cell| cell.1.clone());
    let field = |(column, value): &(&'static str, Value)| {
        let field = |name: &str, value: Value, columns: &[&'static str]| {
            Some(Shown { name: name.to_owned(), value, columns: columns.to_vec() })
        };
        match (kind, *column) {
            (_, "id") => field("id", global(Some(NodeKind::of(kind)), value), &["id"]),
            (ChangeKind::ModelParameter, "parameter_name") => field("name", value.clone(), &["parameter_name"]),
            (ChangeKind::ModelParameter, "parameter_type") => field("type", value.clone(), &["parameter_type"]),
            (ChangeKind::ModelParameter, "parameter_value") => {
                field("value", parameter(&cell("parameter_type"), value), &["parameter_value", "parameter_type"])
            }
            (ChangeKind::ModelPrice, "amount_nanos") => {
                field("amount", amount(value, &cell("amount_subnanos")), &["amount_nanos", "amount_subnanos"])
            }
            (ChangeKind::ModelCapability, "config") => {
                let config = if value.is_null() { cell("config_json") } else { value.clone() };
                field("config", config, &["config", "config_json"])
            }
            // Parts of what was shown above.
            (ChangeKind::ModelParameter, "number_value")
            | (ChangeKind::ModelPrice, "amount_subnanos")
            | (ChangeKind::ModelCapability, "config_json") => None,
            (_, column) => field(&camel_case(column), global(target(kind, column), value), &[column]),
        }
    };
    state.cells.iter().filter_map(field).collect()
}

/// The name of the field that a column is, or is a part of.
pub fn field_of(kind: ChangeKind, column: &'static str) -> String {
    let state = State { since: 0, until: 0, row: 0, cells: vec![(column, Value::Null)] };
    shown(kind, &state).pop().map_or_else(|| camel_case(column), |field| field.name)
}

/// The fields of a state as one value.
pub fn whole(fields: Vec<Shown>) -> Value {
    Value::Object(fields.into_iter().map(|field| (field.name, field.value)).collect::<Map<String, Value>>())
}

/// What a column's ids are of.
fn target(kind: ChangeKind, column: &str) -> Option<NodeKind> {
    match column {
        "supplier_id" => Some(NodeKind::Supplier),
        "model_id" | "successor_id" => Some(NodeKind::Model),
        "capability_id" => Some(NodeKind::Capability),
        "category_id" => Some(NodeKind::Category),
        "parent_id" if kind == ChangeKind::Category => Some(NodeKind::Category),
        "model_version_id" => Some(NodeKind::ModelVersion),
        _ => None,
    }
}

fn global(kind: Option<NodeKind>, value: &Value) -> Value {
    match (kind, value.as_i64()) {
        (Some(kind), Some(row)) => Value::from(kind.id(row, None).to_string()),
        _ => value.clone(),
    }
}

fn amount(nanos: &Value, subnanos: &Value) -> Value {
    let parts = nanos.as_i64().zip(subnanos.as_i64());
    parts
        .and_then(|(nanos, subnanos)| Amount::from_parts(nanos, subnanos))
        .map_or(Value::Null, |amount| amount.to_string().into())
}

/// A parameter's value as its type says; as text if it isn't of the type.
fn parameter(of_type: &Value, text: &Value) -> Value {
    let of_type = ParameterType::ALL.iter().find(|known| known.to_json() == *of_type);
    let read = of_type.zip(text.as_str()).and_then(|(of_type, text)| of_type.read(text).ok());
    read.unwrap_or_else(|| text.clone())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn columns_become_the_fields_that_clients_know() {
        let cells = vec![
            ("id", json!(7)),
            ("model_id", json!(3)),
            ("amount_nanos", json!(2_500_000_000_i64)),
            ("amount_subnanos", json!(0)),
            ("valid_from", json!(null)),
        ];
        let state = State { since: 1, until: 2, row: 7, cells };
        let expected = json!({ "id": "ModelPrice:7", "modelId": "Model:3", "amount": "2.5", "validFrom": null });
        assert_eq!(whole(shown(ChangeKind::ModelPrice, &state)), expected);
    }
}
