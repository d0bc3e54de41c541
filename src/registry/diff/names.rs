//! What objects are called in a comparison.

use std::collections::HashMap;

use serde_json::Value;

use super::cell;
use crate::domain::{Amount, ChangeKind};
use crate::store::capability::Capability;
use crate::store::category::Category;
use crate::store::history::rows_at;
use crate::store::model::Model;
use crate::store::predicate::Predicate;
use crate::store::state::State;
use crate::store::supplier::Supplier;
use crate::store::{Conn, StoreResult};

/// Names by primary key, as they are at the later of two moments or, for what was gone by then, at the earlier.
pub(super) struct Names {
    suppliers: HashMap<i64, String>,
    models: HashMap<i64, String>,
    capabilities: HashMap<i64, String>,
    categories: HashMap<i64, String>,
}

impl Names {
    /// Reads the names of all that there was at either of two cuts.
    pub(super) async fn load(conn: &mut Conn, (from, to): (i64, i64)) -> StoreResult<Self> {
        let mut names = Self {
            suppliers: HashMap::new(),
            models: HashMap::new(),
            capabilities: HashMap::new(),
            categories: HashMap::new(),
        };
        for cut in [from, to] {
            let all = Predicate::always;
            let suppliers = rows_at::<Supplier>(conn, cut, all(), &[]).await?;
            names.suppliers.extend(suppliers.into_iter().map(|row| (row.id, row.fields.name)));
            let models = rows_at::<Model>(conn, cut, all(), &[]).await?;
            for row in models {
                let name = format!("{}/{}", text_of(&names.suppliers, row.supplier_id), row.name);
                names.models.insert(row.id, name);
            }
            let capabilities = rows_at::<Capability>(conn, cut, all(), &[]).await?;
            names.capabilities.extend(capabilities.into_iter().map(|row| (row.id, row.fields.name)));
            let categories = rows_at::<Category>(conn, cut, all(), &[]).await?;
            names.categories.extend(categories.into_iter().map(|row| (row.id, row.fields.path)));
        }
        Ok(names)
    }

    /// What an object belongs to, and its own name.
    pub(super) fn of(&self, kind: ChangeKind, state: &State) -> (Option<String>, String) {
        let text = |column: &str| shown(cell(state, column));
        let id = |column: &str| cell(state, column).as_i64().unwrap_or_default();
        let of_model = || Some(text_of(&self.models, id("model_id")).to_owned());
        match kind {
            ChangeKind::Supplier => (Some(text("name")), text("name")),
            ChangeKind::Model => (Some(text_of(&self.models, state.row).to_owned()), text("name")),
            ChangeKind::Capability => (None, text("name")),
            ChangeKind::Category => (None, text("path")),
            ChangeKind::ModelAlias => (of_model(), text("alias")),
            ChangeKind::ModelParameter => {
                (of_model(), format!("{} = {}", text("parameter_name"), text("parameter_value")))
            }
            ChangeKind::ModelCapability => (of_model(), text_of(&self.capabilities, id("capability_id")).to_owned()),
            ChangeKind::ModelCategory => (of_model(), text_of(&self.categories, id("category_id")).to_owned()),
            ChangeKind::ModelPrice => (of_model(), price(state)),
            ChangeKind::ModelVersion => (of_model(), text("label")),
            ChangeKind::ModelPointer => (of_model(), text("name")),
        }
    }
}

fn text_of(names: &HashMap<i64, String>, id: i64) -> &str {
    names.get(&id).map_or("?", String::as_str)
}

/// A value as a person reads it.
fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `INPUT 2.5 USD, STANDARD, from 200000 tokens, from 2026-05-01`: what tells a price from the model's others.
fn price(state: &State) -> String {
    let text = |column: &str| shown(cell(state, column));
    let parts = cell(state, "amount_nanos").as_i64().zip(cell(state, "amount_subnanos").as_i64());
    let amount = parts.and_then(|(nanos, subnanos)| Amount::from_parts(nanos, subnanos));
    let amount = amount.map_or_else(String::new, |amount| amount.to_string());
    let mut name = format!("{} {amount} {}", text("component"), text("currency"));
    if cell(state, "service_mode") != "STANDARD" {
        name = format!("{name}, {}", text("service_mode"));
    }
    if cell(state, "min_context_tokens") != 0 {
        name = format!("{name}, from {} tokens", text("min_context_tokens"));
    }
    for (column, word) in [("valid_from", "from"), ("valid_until", "until")] {
        if !cell(state, column).is_null() {
            name = format!("{name}, {word} {}", text(column));
        }
    }
    name
}
