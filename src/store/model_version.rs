//! The table `model_versions`.

use super::entity::entity;

entity! {
    /// States of models that were frozen under a label. They never change.
    ModelVersion: model_versions => ModelVersionRow { ModelVersionFields }
    {
        /// Whose state it is.
        model_id: i64,
        /// Natural key within the model.
        label: String,
        /// What there is to say about it.
        notes: Option<String>,
        /// The last change that it holds: the model is frozen as it was right after.
        cut: i64,
    }
}
