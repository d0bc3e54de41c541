//! Writing models' parameters.

use serde_json::Value as JsonValue;

use super::Change;
use super::check::{prose, snake_case};
use super::user_error::{Errors, Fault, UserErrorCode, WriteResult};
use super::write::{
    Child, Reference, Target, bounded, delete_row, equals, live_model, moment_of_deletion, parent_of, restore_row,
    save, to_restore, unless_taken,
};
use crate::domain::{JsonText, ParameterError, ParameterType, ParameterValue, Timestamp};
use crate::store::model::ModelRow;
use crate::store::parameter::{Parameter, ParameterFields, ParameterRow};
use crate::store::predicate::Predicate;
use crate::store::rows::{delete as delete_rows, ids, live, of_models, row, rows};
use crate::store::schema::fields::model_parameters as columns;
use crate::store::{Entity as _, Fresh, Store, StoreResult, Transaction};

/// Most parameters a model has.
pub const LIMIT: usize = 500;
/// Most values that a parameter names as allowed.
const ALLOWED_VALUES: usize = 100;

/// A whole parameter as a client wants it.
#[derive(Debug, Clone)]
pub struct ParameterInput {
    /// Natural key within the model.
    pub name: String,
    /// Type of the value.
    pub parameter_type: ParameterType,
    /// The value.
    pub value: JsonValue,
    /// Whether it is what the API assumes.
    pub is_default: bool,
    /// Free text.
    pub description: Option<String>,
    /// Least number allowed.
    pub minimum: Option<f64>,
    /// Largest number allowed.
    pub maximum: Option<f64>,
    /// The values allowed.
    pub allowed_values: Option<Vec<JsonValue>>,
}

/// What a client wants of a parameter's fields.
#[derive(Debug, Clone, Default)]
pub struct ParameterChanges {
    /// Natural key within the model.
    pub name: Change<String>,
    /// Type of the value.
    pub parameter_type: Change<ParameterType>,
    /// The value.
    pub value: Change<JsonValue>,
    /// Whether it is what the API assumes.
    pub is_default: Change<bool>,
    /// Free text.
    pub description: Change<String>,
    /// Least number allowed.
    pub minimum: Change<f64>,
    /// Largest number allowed.
    pub maximum: Change<f64>,
    /// The values allowed.
    pub allowed_values: Change<Vec<JsonValue>>,
}

fn fault(error: &ParameterError) -> Fault {
    let code = match error {
        ParameterError::Type { .. } => UserErrorCode::WrongType,
        _ => UserErrorCode::OutOfRange,
    };
    (code, error.to_string())
}

impl ParameterInput {
    /// Notes what is wrong with the parameter; its columns if nothing is.
    fn fields(&self, model_id: i64, errors: &mut Errors) -> Option<ParameterFields> {
        let name = errors.note("name", snake_case(&self.name));
        let description = errors.note("description", self.description.as_ref().map_or(Ok(()), prose));
        let bounds = self.check_bounds(errors);
        let allowed = self.allowed(errors);
        let value = errors.note("value", self.parameter_type.accept(&self.value).map_err(|error| fault(&error)))?;
        errors.note("value", self.check_value(&value, allowed.as_deref()))?;
        (name?, description?, bounds?);
        Some(ParameterFields {
            model_id,
            parameter_name: self.name.clone(),
            parameter_type: self.parameter_type,
            number_value: value.number,
            parameter_value: value.text,
            is_default: self.is_default,
            description: self.description.clone(),
            minimum: self.minimum,
            maximum: self.maximum,
            allowed_values: self.allowed_values.as_ref().and_then(|values| JsonText::from_value(values).ok()),
            source: None,
        })
    }

    fn check_bounds(&self, errors: &mut Errors) -> Option<()> {
        if !self.parameter_type.is_numeric() {
            let given = [("minimum", self.minimum), ("maximum", self.maximum)];
            let field = given.iter().find(|(_, bound)| bound.is_some())?.0;
            errors.add(field, UserErrorCode::Invalid, "only numbers have bounds");
            return None;
        }
        match (self.minimum, self.maximum) {
            (Some(minimum), Some(maximum)) if minimum > maximum => {
                let message = format!("the maximum {maximum} is below the minimum {minimum}");
                errors.add("maximum", UserErrorCode::OutOfRange, message);
                None
            }
            _ => Some(()),
        }
    }

    /// The values allowed, read as the parameter's type; `None` if any value is, or if something is wrong with them.
    fn allowed(&self, errors: &mut Errors) -> Option<Vec<ParameterValue>> {
        let values = self.allowed_values.as_ref()?;
        if values.is_empty() {
            errors.add("allowedValues", UserErrorCode::Invalid, "names no value; write null if any is allowed");
        }
        bounded("allowedValues", values.len(), ALLOWED_VALUES, errors)?;
        errors.enter("allowedValues");
        let accept = |value| self.parameter_type.accept(value).map_err(|error| fault(&error));
        let read = values.iter().enumerate().map(|(at, value)| errors.note(&at.to_string(), accept(value)));
        let read: Vec<Option<ParameterValue>> = read.collect();
        errors.leave();
        read.into_iter().collect()
    }

    fn check_value(&self, value: &ParameterValue, allowed: Option<&[ParameterValue]>) -> Result<(), Fault> {
        if value.text.contains('\0') {
            return Err((UserErrorCode::Invalid, "can't hold the character U+0000".to_owned()));
        }
        if value.text.len() > super::check::VALUE_BYTES {
            let message = format!("has {} bytes; at most {} are kept", value.text.len(), super::check::VALUE_BYTES);
            return Err((UserErrorCode::TooLong, message));
        }
        value.check_bounds(self.minimum, self.maximum).map_err(|error| fault(&error))?;
        let same = |other: &ParameterValue| match (other.number, value.number) {
            (Some(left), Some(right)) => left.total_cmp(&right).is_eq(),
            _ => other.text == value.text,
        };
        match (allowed, &self.allowed_values) {
            (Some(allowed), Some(values)) if !allowed.iter().any(same) => Err(fault(&ParameterError::NotAllowed {
                given: self.value.to_string(),
                allowed: JsonValue::from(values.clone()).to_string(),
            })),
            _ => Ok(()),
        }
    }
}

impl ParameterChanges {
    fn check(&self, errors: &mut Errors) {
        use super::check::any;
        self.name.check_required("name", any, errors);
        self.parameter_type.check_required("type", any, errors);
        self.value.check_required("value", any, errors);
        self.is_default.check_required("isDefault", any, errors);
    }

    /// The whole parameter afterwards.
    fn onto(self, before: &ParameterFields) -> ParameterInput {
        let value = before.parameter_type.read(&before.parameter_value).unwrap_or_default();
        let allowed = before.allowed_values.as_ref().and_then(|values| values.read().ok());
        ParameterInput {
            name: self.name.or_required(before.parameter_name.clone()),
            parameter_type: self.parameter_type.or_required(before.parameter_type),
            value: self.value.or_required(value),
            is_default: self.is_default.or_required(before.is_default),
            description: self.description.or(before.description.clone()),
            minimum: self.minimum.or(before.minimum),
            maximum: self.maximum.or(before.maximum),
            allowed_values: self.allowed_values.or(allowed),
        }
    }
}

/// Notes what is wrong with a list of parameters that are to be a model's, names given twice included.
pub(super) fn check_list(inputs: &[ParameterInput], model_id: i64, errors: &mut Errors) -> Vec<ParameterFields> {
    let mut fields = Vec::with_capacity(inputs.len());
    for (at, input) in inputs.iter().enumerate() {
        errors.enter(at);
        fields.extend(input.fields(model_id, errors));
        if inputs[..at].iter().any(|earlier| earlier.name == input.name) {
            errors.add("name", UserErrorCode::Taken, format!("{:?} is named twice", input.name));
        }
        errors.leave();
    }
    fields
}

fn taken(name: &str) -> String {
    format!("the model has a live parameter named {name:?}")
}

async fn check_name(
    transaction: &mut Transaction,
    model_id: i64,
    name: &str,
    field: &str,
    errors: &mut Errors,
) -> StoreResult<()> {
    let same = Predicate::all([live(), of_models(vec![model_id]), equals(columns::parameter_name(), name)]);
    if !errors.on(field) && row::<Parameter>(transaction.conn(), same).await?.is_some() {
        errors.add(field, UserErrorCode::Taken, taken(name));
    }
    Ok(())
}

/// Gives a model a parameter.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn create(
    store: &Store,
    model: Reference,
    input: ParameterInput,
    now: Timestamp,
) -> WriteResult<ParameterRow> {
    store
        .write(move |transaction| {
            Box::pin(async move {
                let mut errors = Errors::default();
                let fields = input.fields(0, &mut errors);
                if let Some(model) = live_model(transaction, &model, &mut errors).await? {
                    check_name(transaction, model.id, &input.name, "name", &mut errors).await?;
                    Parameter::check_room(transaction, model.id, 1, "modelId", &mut errors).await?;
                    errors.finish()?;
                    if let Some(fields) = fields {
                        let fresh = Fresh::now(ParameterFields { model_id: model.id, ..fields }, now);
                        let inserted = Parameter::insert(transaction, fresh).await;
                        return unless_taken(inserted, "name", taken(&input.name));
                    }
                }
                Err(errors.failure())
            })
        })
        .await
}

/// Changes a parameter.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn update(
    store: &Store,
    target: Target,
    changes: ParameterChanges,
    now: Timestamp,
) -> WriteResult<ParameterRow> {
    store
        .write(move |transaction| {
            Box::pin(async move {
                let mut errors = Errors::default();
                changes.check(&mut errors);
                parent_of::<Parameter>(transaction, &target.id).await?;
                let Some(row) = target.live::<Parameter>(transaction, &mut errors).await? else {
                    return Err(errors.failure());
                };
                let input = changes.onto(&row.fields);
                let fields = input.fields(row.model_id, &mut errors);
                if input.name != row.parameter_name {
                    check_name(transaction, row.model_id, &input.name, "name", &mut errors).await?;
                }
                errors.finish()?;
                let Some(fields) = fields else { return Err(errors.failure()) };
                unless_taken(save_by_hand(transaction, row, fields, now).await, "name", taken(&input.name))
            })
        })
        .await
}

/// Saves a parameter that a client describes. One that changes is no longer an import's.
async fn save_by_hand(
    transaction: &mut Transaction,
    row: ParameterRow,
    fields: ParameterFields,
    now: Timestamp,
) -> StoreResult<ParameterRow> {
    let same = ParameterFields { source: row.source.clone(), ..fields.clone() } == row.fields;
    if same { Ok(row) } else { save::<Parameter>(transaction, row, fields, now).await }
}

/// Makes a model's parameters of these names be as described, all or none; with `replace`, deletes the others.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn set(
    store: &Store,
    model: Reference,
    inputs: Vec<ParameterInput>,
    replace: bool,
    now: Timestamp,
) -> WriteResult<ModelRow> {
    store
        .write(move |transaction| {
            Box::pin(async move {
                let mut errors = Errors::default();
                let model = live_model(transaction, &model, &mut errors).await?;
                bounded("parameters", inputs.len(), super::write::BULK, &mut errors);
                errors.enter("parameters");
                let fields = check_list(&inputs, model.as_ref().map_or(0, |model| model.id), &mut errors);
                errors.leave();
                let Some(model) = model else { return Err(errors.failure()) };
                let before =
                    rows::<Parameter>(transaction.conn(), Predicate::all([live(), of_models(vec![model.id])]), &[])
                        .await?;
                let named = |name: &str| inputs.iter().any(|input| input.name == name);
                let others: Vec<i64> =
                    before.iter().filter(|row| !named(&row.parameter_name)).map(|row| row.id).collect();
                if !replace && others.len() + inputs.len() > LIMIT {
                    errors.add("parameters", UserErrorCode::TooMany, format!("a model has at most {LIMIT}"));
                }
                errors.finish()?;
                if replace {
                    delete_rows::<Parameter>(transaction, ids(others), moment_of_deletion()).await?;
                }
                for fields in fields {
                    let known = before.iter().find(|row| row.parameter_name == fields.parameter_name);
                    match known.cloned() {
                        Some(row) => save_by_hand(transaction, row, fields, now).await?,
                        None => Parameter::insert(transaction, Fresh::now(fields, now)).await?,
                    };
                }
                Ok(model)
            })
        })
        .await
}

/// Deletes a parameter.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn delete(store: &Store, target: Target) -> WriteResult<ParameterRow> {
    store
        .write(move |transaction| {
            Box::pin(async move {
                parent_of::<Parameter>(transaction, &target.id).await?;
                let row = target.sure::<Parameter>(transaction).await?;
                Ok(delete_row::<Parameter>(transaction, row.id, moment_of_deletion()).await?)
            })
        })
        .await
}

/// Restores a parameter.
///
/// # Errors
/// If its model is deleted, its name taken since, or something else is wrong; or the database fails.
pub async fn restore(store: &Store, id: Reference, now: Timestamp) -> WriteResult<ParameterRow> {
    store
        .write(move |transaction| {
            Box::pin(async move {
                let model = parent_of::<Parameter>(transaction, &id).await?;
                let row = to_restore::<Parameter>(transaction, &id).await?;
                if row.deleted_at.is_none() {
                    return Ok(row);
                }
                let mut errors = Errors::default();
                super::write::check_alive(model.as_ref(), "id", &mut errors);
                check_name(transaction, row.model_id, &row.parameter_name, "id", &mut errors).await?;
                Parameter::check_room(transaction, row.model_id, 1, "id", &mut errors).await?;
                errors.finish()?;
                let restored = restore_row::<Parameter>(transaction, row.id, now).await;
                unless_taken(restored, "id", taken(&row.parameter_name))
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn input(parameter_type: ParameterType, value: JsonValue) -> ParameterInput {
        ParameterInput {
            name: "temperature".to_owned(),
            parameter_type,
            value,
            is_default: false,
            description: None,
            minimum: None,
            maximum: None,
            allowed_values: None,
        }
    }

    fn found(input: &ParameterInput) -> Vec<(String, UserErrorCode)> {
        let mut errors = Errors::default();
        let fields = input.fields(1, &mut errors);
        assert_eq!(fields.is_some(), errors.found().is_empty());
        errors.found()
    }

    fn one(field: &str, code: UserErrorCode) -> Vec<(String, UserErrorCode)> {
        vec![(field.to_owned(), code)]
    }

    #[test]
    fn a_value_is_of_its_type_and_within_its_bounds() {
        use UserErrorCode::{Invalid, OutOfRange, WrongType};
        let float = input(ParameterType::Float, json!(0.7));
        assert_eq!(found(&ParameterInput { minimum: Some(0.0), maximum: Some(2.0), ..float.clone() }), []);
        assert_eq!(found(&ParameterInput { minimum: Some(1.0), ..float.clone() }), one("value", OutOfRange));
        assert_eq!(found(&input(ParameterType::Int, json!("8"))), one("value", WrongType));
        assert_eq!(found(&input(ParameterType::String, json!("a\0"))), one("value", Invalid));
        let crossed = ParameterInput { minimum: Some(1.0), maximum: Some(0.5), ..float };
        assert!(found(&crossed).contains(&("maximum".to_owned(), OutOfRange)));
        let text = ParameterInput { minimum: Some(1.0), ..input(ParameterType::String, json!("x")) };
        assert_eq!(found(&text), one("minimum", Invalid));
    }

    #[test]
    fn a_value_is_one_of_those_allowed() {
        let allowed = |values: JsonValue| ParameterInput {
            allowed_values: values.as_array().cloned(),
            ..input(ParameterType::Float, json!(1))
        };
        assert_eq!(found(&allowed(json!([0.5, 1.0]))), []);
        assert_eq!(found(&allowed(json!([0.5]))), one("value", UserErrorCode::OutOfRange));
        assert_eq!(found(&allowed(json!([1, "x"]))), one("allowedValues.1", UserErrorCode::WrongType));
        assert_eq!(found(&allowed(json!([]))).first(), one("allowedValues", UserErrorCode::Invalid).first());
    }

    #[test]
    fn every_mistake_of_a_list_is_found() {
        let inputs = [
            input(ParameterType::Int, json!(1)),
            ParameterInput { name: "Top P".to_owned(), ..input(ParameterType::Int, json!("x")) },
            input(ParameterType::Int, json!(2)),
        ];
        let mut errors = Errors::default();
        check_list(&inputs, 1, &mut errors);
        let fields: Vec<String> = errors.found().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["1.name", "1.value", "2.name"]);
    }
}
