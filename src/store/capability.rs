//! The table `capabilities`.

use super::entity::entity;
use crate::domain::{Domain, JsonText};

entity! {
    /// What models can do.
    Capability: capabilities => CapabilityRow { CapabilityFields }
    {
        /// Natural key.
        name: String,
        /// Name to show, in any language.
        display_name: String,
        /// Free text.
        description: Option<String>,
        /// Kind of capability, such as `feature`.
        capability_type: Option<String>,
        /// What it takes, as a JSON list of texts.
        input_types: Option<JsonText>,
        /// What it gives, as a JSON list of texts.
        output_types: Option<JsonText>,
        /// The field it belongs to.
        domain: Domain,
        /// Whether it is in use.
        is_active: bool,
    }
}
