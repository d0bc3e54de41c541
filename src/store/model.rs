//! The table `models`.

use chrono::NaiveDate;

use super::entity::entity;
use crate::domain::{JsonText, LifecycleStage, ModelType, PartialDate, Schedule};

entity! {
    /// What suppliers offer.
    Model: models => ModelRow { ModelFields }
    {
        /// Natural key within the supplier, as the supplier spells it.
        name: String,
        /// Name to show, in any language.
        display_name: Option<String>,
        /// Free text.
        description: Option<String>,
        /// Who offers it.
        supplier_id: i64,
        /// What it works on.
        model_type: ModelType,
        /// What it is for: `chat`, `embedding`, ...
        sub_type: Option<String>,
        /// Whether it is the default of its type and sub-type.
        is_default: bool,
        /// Whether it may be used.
        is_active: bool,
        /// Stage of its life as written down; what is in effect depends on the day, see [`ModelFields::stage_on`].
        lifecycle_stage: LifecycleStage,
        /// When it came out.
        released_on: Option<PartialDate>,
        /// Until when its training data reaches.
        knowledge_cutoff: Option<PartialDate>,
        /// From when it is deprecated.
        deprecated_on: Option<NaiveDate>,
        /// From when it no longer answers.
        retires_on: Option<NaiveDate>,
        /// Which model takes its place.
        successor_id: Option<i64>,
        /// What imports brought and the schema has no home for: source, then field.
        extra: Option<JsonText>,
    }
}

impl ModelFields {
    /// The days on which its stage changes by itself.
    pub const fn schedule(&self) -> Schedule {
        Schedule { deprecated_on: self.deprecated_on, retires_on: self.retires_on }
    }

    /// The stage of its life that is in effect on `day`. [`super::lifecycle::stage_on`] says the same in SQL.
    pub fn stage_on(&self, day: NaiveDate) -> LifecycleStage {
        self.lifecycle_stage.on(self.schedule(), day)
    }
}
