//! What changes are of, and what they do.

use super::text_enum::text_enum;

text_enum! {
    /// What a change is of.
    pub enum ChangeKind ("kind of object") {
        /// A supplier.
        Supplier = "Supplier",
        /// A model.
        Model = "Model",
        /// Another name of a model.
        ModelAlias = "ModelAlias",
        /// A typed fact of a model.
        ModelParameter = "ModelParameter",
        /// A capability.
        Capability = "Capability",
        /// What is known of a model and a capability.
        ModelCapability = "ModelCapability",
        /// A category.
        Category = "Category",
        /// That a model is in a category.
        ModelCategory = "ModelCategory",
        /// A price of a model.
        ModelPrice = "ModelPrice",
        /// A frozen state of a model.
        ModelVersion = "ModelVersion",
        /// A name that points to a version of a model.
        ModelPointer = "ModelPointer",
    }
}

text_enum! {
    /// What a change does.
    pub enum ChangeOperation ("operation of a change") {
        /// The object was entered.
        Create = "create",
        /// Some of its fields were changed.
        Update = "update",
        /// It was deleted, and can be restored.
        Delete = "delete",
        /// It was brought back.
        Restore = "restore",
        /// It was removed for good.
        Purge = "purge",
    }
}
