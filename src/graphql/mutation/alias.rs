//! Writing models' other names.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::super::alias::ModelAlias;
use super::super::guard::ByPolicy;
use super::super::id::NodeKind;
use super::super::scope::editor;
use super::input::{delete_inputs, reference, restore_inputs, target};
use super::payload::{answer, payloads};
use crate::registry::alias;
use crate::store::alias::Alias;

/// Another name to give to a model.
#[derive(Debug, InputObject)]
pub struct CreateModelAliasInput {
    /// Global id of the model.
    pub model_id: ID,
    /// The name, at most 200 bytes: neither the name nor an alias of a live model of the same supplier.
    pub alias: String,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

delete_inputs! { DeleteModelAliasInput, "alias"; }
restore_inputs! { RestoreModelAliasInput, "alias"; }
payloads!(alias: ModelAlias, over Alias, CreateModelAliasPayload, DeleteModelAliasPayload, RestoreModelAliasPayload);

/// Writing models' other names.
#[derive(Default)]
pub struct AliasMutation;

#[Object(guard = "ByPolicy")]
impl AliasMutation {
    /// Gives a model another name; a model has at most 100.
    async fn create_model_alias(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model, and the name.")] input: CreateModelAliasInput,
    ) -> Result<CreateModelAliasPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let model = reference(NodeKind::Model, &input.model_id);
        answer(context, &editor, alias::create(&editor, model, input.alias).await).await
    }

    /// Deletes another name of a model, which frees it.
    async fn delete_model_alias(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which alias.")] input: DeleteModelAliasInput,
    ) -> Result<DeleteModelAliasPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::ModelAlias, &input.id, input.expected_version);
        answer(context, &editor, alias::delete(&editor, target).await).await
    }

    /// Restores a deleted name of a live model.
    async fn restore_model_alias(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which alias.")] input: RestoreModelAliasInput,
    ) -> Result<RestoreModelAliasPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let id = reference(NodeKind::ModelAlias, &input.id);
        answer(context, &editor, alias::restore(&editor, id).await).await
    }
}
