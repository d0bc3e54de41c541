//! What lists can be sorted by.

use super::links::PriceKey;
use super::page::{KeyKind, SortKey};
use super::sql::{Sql, Value};

/// Columns that lists of models, suppliers, capabilities and categories are sorted by.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $column:literal, $kind:ident, $nullable:literal;)+) => { $(
        $(#[$doc])*
        pub const fn $name() -> SortKey {
            SortKey::column($column, KeyKind::$kind, $nullable)
        }
    )+ };
}

/// Sort keys of models.
pub mod models {
    use super::*;

    columns! {
        /// By name.
        name = "models.name", Text, false;
        /// By display name.
        display_name = "models.display_name", Text, true;
        /// By type.
        model_type = "models.model_type", Text, false;
        /// By release.
        released_on = "models.released_on", Text, true;
        /// By the end of their training data.
        knowledge_cutoff = "models.knowledge_cutoff", Text, true;
        /// By when they were entered.
        created_at = "models.created_at", Timestamp, false;
        /// By when they were last changed.
        updated_at = "models.updated_at", Timestamp, false;
    }

    /// By a numeric parameter.
    pub fn parameter(name: &str) -> SortKey {
        let sql = Sql::new(
            "SELECT model_parameters.number_value FROM model_parameters WHERE model_parameters.model_id = models.id \
             AND model_parameters.deleted_at IS NULL AND model_parameters.parameter_name = ",
        );
        SortKey::computed(sql.bind(Value::Text(name.to_owned())), KeyKind::Double)
    }

    /// By a price.
    pub fn price(key: &PriceKey) -> SortKey {
        SortKey::computed(key.sortable_amount(), KeyKind::Text)
    }

    /// By their supplier's name.
    pub fn supplier_name() -> SortKey {
        let sql = Sql::new("SELECT suppliers.name FROM suppliers WHERE suppliers.id = models.supplier_id");
        SortKey::computed(sql, KeyKind::Text)
    }
}

/// Sort keys of suppliers.
pub mod suppliers {
    use super::*;

    columns! {
        /// By name.
        name = "suppliers.name", Text, false;
        /// By display name.
        display_name = "suppliers.display_name", Text, true;
        /// By when they were entered.
        created_at = "suppliers.created_at", Timestamp, false;
        /// By when they were last changed.
        updated_at = "suppliers.updated_at", Timestamp, false;
    }

    /// By how many live models they have.
    pub fn model_count() -> SortKey {
        let sql = Sql::new(
            "SELECT count(*) FROM models WHERE models.supplier_id = suppliers.id AND models.deleted_at IS NULL",
        );
        SortKey::computed(sql, KeyKind::BigInt)
    }
}

/// Sort keys of capabilities.
pub mod capabilities {
    use super::*;

    columns! {
        /// By name.
        name = "capabilities.name", Text, false;
        /// By display name.
        display_name = "capabilities.display_name", Text, false;
        /// By the field they belong to.
        domain = "capabilities.domain", Text, false;
        /// By when they were entered.
        created_at = "capabilities.created_at", Timestamp, false;
        /// By when they were last changed.
        updated_at = "capabilities.updated_at", Timestamp, false;
    }
}

/// Sort keys of categories.
pub mod categories {
    use super::*;

    columns! {
        /// By path, which is the order of the tree.
        path = "model_categories.path", Text, false;
        /// By name.
        name = "model_categories.name", Text, false;
        /// By place among their siblings.
        position = "model_categories.position", BigInt, false;
        /// By when they were entered.
        created_at = "model_categories.created_at", Timestamp, false;
        /// By when they were last changed.
        updated_at = "model_categories.updated_at", Timestamp, false;
    }
}

/// Sort keys of versions of models.
pub mod model_versions {
    use super::*;

    columns! {
        /// By the last change that they hold.
        cut = "model_versions.cut", BigInt, false;
    }
}
