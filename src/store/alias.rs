//! The table `model_aliases`.

use super::entity::entity;

entity! {
    /// Other names that models answer to.
    Alias: model_aliases => AliasRow { AliasFields }
    {
        /// Whose name it is.
        model_id: i64,
        /// The model's supplier, within which aliases are unique.
        supplier_id: i64,
        /// The name.
        alias: String,
        /// Which import brought it; `None` if made by hand.
        source: Option<String>,
    }
}
