//! The stages of a model's life.

use super::text_enum::text_enum;

text_enum! {
    /// The stage of its life that a model is in.
    pub enum LifecycleStage ("lifecycle stage") {
        /// Announced or in preview; its facts may still change.
        Draft = "draft",
        /// For use.
        Active = "active",
        /// Still answers; its supplier advises against new use.
        Deprecated = "deprecated",
        /// No longer answers.
        Retired = "retired",
    }
}
