//! The table `model_pointers`.

use super::entity::entity;

entity! {
    /// Names that point to a version of their model, and can be moved to another.
    ModelPointer: model_pointers => ModelPointerRow { ModelPointerFields }
    {
        /// Whose versions it points to.
        model_id: i64,
        /// Natural key within the model, such as `production`.
        name: String,
        /// The version, which is of the same model.
        model_version_id: i64,
    }
}
