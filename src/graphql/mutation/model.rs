//! Writing models.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};

use super::super::guard::ByPolicy;
use super::super::id::NodeKind;
use super::super::model::Model;
use super::super::scalars::{Date, KnownDate};
use super::super::scope::editor;
use super::capability::ModelCapabilityInput;
use super::input::{change, delete_inputs, inputs, reference, reference_or_key, restore_inputs, target};
use super::parameter::ModelParameterInput;
use super::payload::{answer, payloads};
use super::price::ModelPriceInput;
use crate::domain::{LifecycleStage, ModelType};
use crate::registry::model::{self, ModelChanges, NewModel};
use crate::store::model::Model as Models;

inputs! {
    /// A model to enter, with all that belongs to it. It answers to no name that another live model of its supplier answers
    /// to.
    create CreateModelInput {
        /// Global id of who offers it.
        pub supplier_id: ID,
        /// Global id of the live model that takes its place; null if none does.
        pub successor_id: Option<ID>,
        /// Other names it answers to, at most 100 of at most 200 bytes; none if left out or null.
        pub aliases: Option<Vec<String>>,
        /// Its parameters, at most 100 with different names; none if left out or null.
        pub parameters: Option<Vec<ModelParameterInput>>,
        /// What is known of its abilities, at most 100; nothing if left out or null.
        pub capabilities: Option<Vec<ModelCapabilityInput>>,
        /// Categories it is in, at most 100: global ids such as `Category:7`, or paths such as `llm/chat`; none if left out
        /// or null.
        pub categories: Option<Vec<ID>>,
        /// What it costs, at most 100; nothing is known if left out or null.
        pub prices: Option<Vec<ModelPriceInput>>,
    }
    /// Changes to a model: a field that is left out stays, one that is null becomes empty.
    update UpdateModelInput {
        /// Global id of the live model that takes its place, which must not lead back to it; null if none does.
        pub successor_id: MaybeUndefined<ID>,
    }
    => ModelChanges {
        required {
            /// Natural key within the supplier, as the supplier spells it: 1 to 200 bytes; neither the name nor an alias of a
            /// live model of the same supplier; never null.
            name: String,
            /// What it works on; never null.
            model_type: ModelType,
        }
        usual {
            /// Whether it is the default of its type and sub-type, which it isn't unless said; never empty. The model that was
            /// the default no longer is then. A retired model can't become one; a default that retires stays the configured
            /// one if a model that isn't retired takes its place.
            is_default: bool,
            /// Whether it may be used, which it may unless said; never empty.
            is_active: bool,
            /// Stage of its life, active unless said; never empty. A new model begins in any; then moves from draft to
            /// deprecated, and from deprecated or retired to draft, are refused. The move is judged from the stage that is in
            /// effect today. Where `deprecatedOn` or `retiresOn` has come and would override the stage at once, the day must be
            /// cleared or moved in the same mutation.
            lifecycle_stage: LifecycleStage,
        }
        optional {
            /// Name to show, in any language, at most 200 characters; null if none is known.
            display_name: String,
            /// What there is to say about it, at most 10,000 characters; null if nothing.
            description: String,
            /// What it is for, in `snake_case`, at most 100 bytes: `chat`, `embedding`, ...; null if unknown.
            sub_type: String,
            /// When it came out; null if unknown.
            released_on: KnownDate,
            /// Until when its training data reaches; null if unknown.
            knowledge_cutoff: KnownDate,
            /// From when it is deprecated, by itself if it is active then; null if that is not set. To go back after the day has
            /// come, say the stage too.
            deprecated_on: Date,
            /// From when it no longer answers: it retires on this day by itself, unless it is a draft then; null if that is not
            /// set. Not before `deprecatedOn`.
            retires_on: Date,
        }
    }
}

/// The model that is to be the default.
#[derive(Debug, InputObject)]
pub struct SetDefaultModelInput {
    /// Global id of the model.
    pub id: ID,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

/// The model that is no longer to be a default.
#[derive(Debug, InputObject)]
pub struct UnsetDefaultModelInput {
    /// Global id of the model.
    pub id: ID,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

delete_inputs! { DeleteModelInput, "model"; }
restore_inputs! { RestoreModelInput, "model"; }
payloads!(model: Model, over Models, CreateModelPayload, UpdateModelPayload, DeleteModelPayload, RestoreModelPayload,
    SetDefaultModelPayload, UnsetDefaultModelPayload);

fn each<T, U: From<T>>(list: Option<Vec<T>>) -> Vec<U> {
    list.unwrap_or_default().into_iter().map(Into::into).collect()
}

impl From<CreateModelInput> for NewModel {
    fn from(input: CreateModelInput) -> Self {
        let categories = input.categories.iter().flatten();
        Self {
            supplier: reference(NodeKind::Supplier, &input.supplier_id),
            fields: input.changes(),
            successor: input.successor_id.as_ref().map(|id| reference(NodeKind::Model, id)),
            categories: categories.map(|id| reference_or_key(NodeKind::Category, id)).collect(),
            aliases: input.aliases.unwrap_or_default(),
            parameters: each(input.parameters),
            capabilities: each(input.capabilities),
            prices: each(input.prices),
        }
    }
}

/// Writing models.
#[derive(Default)]
pub struct ModelMutation;

#[Object(guard = "ByPolicy")]
impl ModelMutation {
    /// Enters a model with all that belongs to it, or nothing of it.
    async fn create_model(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The model.")] input: CreateModelInput,
    ) -> Result<CreateModelPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        answer(context, &editor, model::create(&editor, input.into()).await).await
    }

    /// Changes a model. If nothing differs, nothing is written and its version stays.
    async fn update_model(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model, and its new values.")] input: UpdateModelInput,
    ) -> Result<UpdateModelPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::Model, &input.id, input.expected_version);
        let successor = change::<_, ID>(input.successor_id.clone()).map(|id| reference(NodeKind::Model, &id));
        answer(context, &editor, model::update(&editor, target, input.changes(), successor).await).await
    }

    /// Deletes a model with its aliases, parameters, prices, capabilities and places in categories, which frees its names.
    async fn delete_model(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model.")] input: DeleteModelInput,
    ) -> Result<DeleteModelPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::Model, &input.id, input.expected_version);
        answer(context, &editor, model::delete(&editor, target).await).await
    }

    /// Restores a deleted model of a live supplier, with what was deleted with it. If it was a default and another model is
    /// by now, it comes back as an ordinary one.
    async fn restore_model(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model.")] input: RestoreModelInput,
    ) -> Result<RestoreModelPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let id = reference(NodeKind::Model, &input.id);
        answer(context, &editor, model::restore(&editor, id).await).await
    }

    /// Makes a model, which must not be retired, the default of its type and sub-type, in place of the one that was.
    async fn set_default_model(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model.")] input: SetDefaultModelInput,
    ) -> Result<SetDefaultModelPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let id = reference(NodeKind::Model, &input.id);
        answer(context, &editor, model::set_default(&editor, id, true).await).await
    }

    /// Makes a model no longer the default of its type and sub-type, which have none then.
    async fn unset_default_model(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model.")] input: UnsetDefaultModelInput,
    ) -> Result<UnsetDefaultModelPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let id = reference(NodeKind::Model, &input.id);
        answer(context, &editor, model::set_default(&editor, id, false).await).await
    }
}
