//! Writing capabilities, and what is known of models about them.

use async_graphql::{Context, ID, InputObject, Json, MaybeUndefined, Object, Result};
use serde_json::Value as JsonValue;

use super::super::capability::{Capability, ModelCapability};
use super::super::guard::ByPolicy;
use super::super::id::NodeKind;
use super::super::model::Model;
use super::super::scope::editor;
use super::input::{change, delete_inputs, inputs, reference, reference_or_key, restore_inputs, target};
use super::payload::{answer, payloads};
use crate::domain::{Domain, Support};
use crate::loader::{Item, LinkedCapability};
use crate::registry::Change;
use crate::registry::capability::{self, CapabilityChanges, PlainChanges};
use crate::registry::capability_link::{self, CapabilityLinkInput};
use crate::store::capability::Capability as Capabilities;
use crate::store::capability_link::CapabilityLink;
use crate::store::model::Model as Models;

inputs! {
    /// A capability to enter.
    create CreateCapabilityInput {
        /// What it takes, in `snake_case`: `text`, `image`, `audio`, ..., at most 20; null if that is not said.
        pub input_types: Option<Vec<String>>,
        /// What it gives, in `snake_case`: `text`, `image`, `embedding`, ..., at most 20; null if that is not said.
        pub output_types: Option<Vec<String>>,
    }
    /// Changes to a capability: a field that is left out stays, one that is null becomes empty.
    update UpdateCapabilityInput {
        /// What it takes, in `snake_case`: `text`, `image`, `audio`, ..., at most 20; null if that is not said.
        pub input_types: MaybeUndefined<Vec<String>>,
        /// What it gives, in `snake_case`: `text`, `image`, `embedding`, ..., at most 20; null if that is not said.
        pub output_types: MaybeUndefined<Vec<String>>,
    }
    => PlainChanges {
        required {
            /// Natural key: 1 to 100 bytes of lower-case letters, digits and `. _ : / @ -`, unique among live capabilities;
            /// never null.
            name: String,
            /// Name to show, in any language, at most 200 characters; never null.
            display_name: String,
            /// The field it belongs to; never null.
            domain: Domain,
        }
        usual {
            /// Whether it is in use, which it is unless said; never empty.
            is_active: bool,
        }
        optional {
            /// What there is to say about it, at most 10,000 characters; null if nothing.
            description: String,
            /// Kind of capability, such as `feature` or `modality`, spelled as names are; null if none is set.
            capability_type: String,
        }
    }
}

/// What is known of a model's ability. What is left out has its usual value.
#[derive(Debug, InputObject)]
pub struct ModelCapabilityInput {
    /// The ability: a global id such as `Capability:7`, or a name such as `tool_calling`.
    pub capability: ID,
    /// Whether the model has it, or is known not to; it has it unless said.
    pub support: Option<Support>,
    /// How the model has it: text of at most 10,000 characters, or a structure of at most 65,536 bytes; null if there is
    /// nothing to say.
    pub config: Option<Json<JsonValue>>,
    /// Whether this configuration is the default one, which it isn't unless said.
    pub is_default: Option<bool>,
}

/// What is to be known of a model's abilities, all or nothing of which is entered.
#[derive(Debug, InputObject)]
pub struct AttachCapabilitiesInput {
    /// Global id of the model.
    pub model_id: ID,
    /// The abilities, at most 100. What was known of these is replaced whole.
    pub capabilities: Vec<ModelCapabilityInput>,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

/// Abilities of which nothing is to be known of a model.
#[derive(Debug, InputObject)]
pub struct DetachCapabilitiesInput {
    /// Global id of the model.
    pub model_id: ID,
    /// The abilities, at most 100: global ids such as `Capability:7`, or names such as `tool_calling`.
    pub capabilities: Vec<ID>,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

delete_inputs! {
    DeleteCapabilityInput, "capability",
        "Whether what is known of models about it is deleted with it; unless it is, a capability that anything is known of is not deleted.";
}
restore_inputs! {
    RestoreCapabilityInput, "capability";
    RestoreModelCapabilityInput, "capability of a model";
}
payloads!(capability: Capability, over Capabilities, CreateCapabilityPayload, UpdateCapabilityPayload,
    DeleteCapabilityPayload, RestoreCapabilityPayload);
payloads!(model: Model, over Models, AttachCapabilitiesPayload, DetachCapabilitiesPayload);
payloads!(model_capability: ModelCapability, over CapabilityLink, RestoreModelCapabilityPayload);

impl From<Item<CapabilityLink>> for ModelCapability {
    fn from(link: Item<CapabilityLink>) -> Self {
        Self(LinkedCapability { link, capability: None })
    }
}

impl From<ModelCapabilityInput> for CapabilityLinkInput {
    fn from(input: ModelCapabilityInput) -> Self {
        Self {
            capability: reference_or_key(NodeKind::Capability, &input.capability),
            support: input.support.unwrap_or(Support::Supported),
            config: input.config.map(|Json(value)| value),
            is_default: input.is_default.unwrap_or_default(),
        }
    }
}

/// Writing capabilities, and what is known of models about them.
#[derive(Default)]
pub struct CapabilityMutation;

#[Object(guard = "ByPolicy")]
impl CapabilityMutation {
    /// Enters a capability.
    async fn create_capability(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The capability.")] input: CreateCapabilityInput,
    ) -> Result<CreateCapabilityPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let changes = CapabilityChanges {
            plain: input.changes(),
            input_types: Change::from(input.input_types),
            output_types: Change::from(input.output_types),
        };
        answer(context, &editor, capability::create(&editor, changes).await).await
    }

    /// Changes a capability. If nothing differs, nothing is written and its version stays.
    async fn update_capability(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which capability, and its new values.")] input: UpdateCapabilityInput,
    ) -> Result<UpdateCapabilityPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::Capability, &input.id, input.expected_version);
        let changes = CapabilityChanges {
            plain: input.changes(),
            input_types: change(input.input_types),
            output_types: change(input.output_types),
        };
        answer(context, &editor, capability::update(&editor, target, changes).await).await
    }

    /// Deletes a capability, which frees its name.
    async fn delete_capability(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which capability.")] input: DeleteCapabilityInput,
    ) -> Result<DeleteCapabilityPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::Capability, &input.id, input.expected_version);
        answer(context, &editor, capability::delete(&editor, target, input.cascade).await).await
    }

    /// Restores a deleted capability, with what was deleted with it.
    async fn restore_capability(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which capability.")] input: RestoreCapabilityInput,
    ) -> Result<RestoreCapabilityPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let id = reference(NodeKind::Capability, &input.id);
        answer(context, &editor, capability::restore(&editor, id).await).await
    }

    /// Enters what is known of a model's abilities, all or nothing; what is known so already stays as it is. A model has at
    /// most 500.
    async fn attach_capabilities(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model, and its abilities.")] input: AttachCapabilitiesInput,
    ) -> Result<AttachCapabilitiesPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let model = reference(NodeKind::Model, &input.model_id);
        let links = input.capabilities.into_iter().map(Into::into).collect();
        answer(context, &editor, capability_link::attach(&editor, model, links).await).await
    }

    /// Forgets what is known of a model's abilities, all or nothing. Those of which nothing is known stay so.
    async fn detach_capabilities(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model, and which abilities.")] input: DetachCapabilitiesInput,
    ) -> Result<DetachCapabilitiesPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let model = reference(NodeKind::Model, &input.model_id);
        let capabilities = input.capabilities.iter().map(|id| reference_or_key(NodeKind::Capability, id)).collect();
        answer(context, &editor, capability_link::detach(&editor, model, capabilities).await).await
    }

    /// Restores what was known of a live model's ability.
    async fn restore_model_capability(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which capability of a model.")] input: RestoreModelCapabilityInput,
    ) -> Result<RestoreModelCapabilityPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let id = reference(NodeKind::ModelCapability, &input.id);
        answer(context, &editor, capability_link::restore(&editor, id).await).await
    }
}
