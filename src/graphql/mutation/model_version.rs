//! Publishing versions of models, pointing to them, and going back to them.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::super::change_set::ChangeSet;
use super::super::comparison::{ModelDifference, shown};
use super::super::guard::ByPolicy;
use super::super::id::NodeKind;
use super::super::model::Model;
use super::super::model_version::{ModelPointer, ModelVersion};
use super::super::scope::{editor, scope};
use super::input::{delete_inputs, reference, target};
use super::payload::{UserError, answer, change_set, outcome, payloads};
use crate::domain::Timestamp;
use crate::loader::Batch;
use crate::registry::model_pointer::{self, one_version};
use crate::registry::rollback::{Goal, roll_back};
use crate::registry::{Reference, UserErrorCode, WriteResult, model_version, refused};
use crate::store::model_pointer::ModelPointer as Pointers;
use crate::store::model_version::ModelVersion as Versions;

/// A version to publish.
#[derive(Debug, InputObject)]
pub struct PublishModelVersionInput {
    /// Global id of the model, which is frozen as it is.
    pub model_id: ID,
    /// The version's name: 1 to 100 bytes, no other version of the model has it.
    pub label: String,
    /// What there is to say about it, at most 10,000 characters; null if nothing.
    pub notes: Option<String>,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

/// A name, and the version that it is to point to: by `versionId` or by `label`, not by both.
#[derive(Debug, InputObject)]
pub struct SetModelPointerInput {
    /// Global id of the model.
    pub model_id: ID,
    /// The name: a slug of at most 100 bytes, such as `production`. `latest` follows what is published by itself.
    pub name: String,
    /// Global id of the version, which is one of the model's.
    pub version_id: Option<ID>,
    /// The label of the version.
    pub label: Option<String>,
    /// Move it only if the pointer's `version` is still this one; whatever it is, if left out or null.
    pub expected_version: Option<i64>,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

delete_inputs! { DeleteModelPointerInput, "pointer"; }
payloads!(model_version: ModelVersion, over Versions, PublishModelVersionPayload);
payloads!(pointer: ModelPointer, over Pointers, SetModelPointerPayload, DeleteModelPointerPayload);

/// A state of a model to go back to: exactly one of these.
#[derive(Debug, InputObject)]
pub struct RollbackGoal {
    /// Global id of a version of the model.
    pub version: Option<ID>,
    /// Global id of a change set: as the model was right after it.
    pub change_set: Option<ID>,
    /// A moment: as the model was then.
    pub time: Option<DateTime<Utc>>,
}

/// A model, and what it is to be again.
#[derive(Debug, InputObject)]
pub struct RollbackModelInput {
    /// Global id of the model, which is live.
    pub model_id: ID,
    /// What it goes back to.
    pub to: RollbackGoal,
    /// Whether only to tell what would change.
    #[graphql(default = false)]
    pub dry_run: bool,
    /// Roll back only if the model's `version` is still this one; whatever it is, if left out or null.
    pub expected_version: Option<i64>,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

impl RollbackGoal {
    fn goal(&self) -> WriteResult<Goal> {
        match (&self.version, &self.change_set, self.time) {
            (Some(id), None, None) => Ok(Goal::Version(reference(NodeKind::ModelVersion, id))),
            (None, Some(id), None) => match reference(NodeKind::ChangeSet, id) {
                Reference::Id(id) => Ok(Goal::ChangeSet(id)),
                Reference::Refused(code, message) => Err(refused("to", code, message)),
                Reference::Name(_) => Err(refused("to", UserErrorCode::Invalid, "name a change set by its id")),
            },
            (None, None, Some(time)) => Ok(Goal::Time(Timestamp::new(time))),
            _ => Err(refused("to", UserErrorCode::Invalid, "give one of version, changeSet and time")),
        }
    }
}

/// What came of a rollback.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct RollbackModelPayload {
    /// The model as it is now, unchanged after a dry run; null if something was wrong.
    model: Option<Model>,
    /// What changed of it, or would change, from what it was to what it becomes.
    differences: Vec<ModelDifference>,
    /// All that was wrong with the input, or stood in the way; nothing was changed then.
    user_errors: Vec<UserError>,
    #[graphql(skip)]
    written: Option<Timestamp>,
}

/// What came of a rollback.
#[async_graphql::ComplexObject]
impl RollbackModelPayload {
    /// The change set that this made; null if nothing was changed.
    async fn change_set(&self, context: &Context<'_>) -> Result<Option<ChangeSet>> {
        change_set(context, self.written).await
    }
}

/// Publishing versions of models, pointing to them, and going back to them.
#[derive(Default)]
pub struct VersionMutation;

#[Object(guard = "ByPolicy")]
impl VersionMutation {
    /// Freezes a model as it is, with its aliases, parameters, capabilities, categories and prices, and moves its pointer
    /// `latest` to the new version. Versions never change, and go only with their model.
    async fn publish_model_version(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model, and under which label.")] input: PublishModelVersionInput,
    ) -> Result<PublishModelVersionPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let model = reference(NodeKind::Model, &input.model_id);
        answer(context, &editor, model_version::publish(&editor, model, input.label, input.notes).await).await
    }

    /// Points a name to a version of its model: a new name, or one that pointed to another. A model has at most 100.
    async fn set_model_pointer(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which name, and which version.")] input: SetModelPointerInput,
    ) -> Result<SetModelPointerPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let model = reference(NodeKind::Model, &input.model_id);
        let id = input.version_id.as_ref().map(|id| reference(NodeKind::ModelVersion, id));
        let written = match one_version(id, input.label) {
            Ok(version) => model_pointer::set(&editor, model, input.name, version, input.expected_version).await,
            Err(error) => Err(error),
        };
        answer(context, &editor, written).await
    }

    /// Deletes a pointer; the version that it points to stays.
    async fn delete_model_pointer(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which pointer.")] input: DeleteModelPointerInput,
    ) -> Result<DeleteModelPointerPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::ModelPointer, &input.id, input.expected_version);
        answer(context, &editor, model_pointer::delete(&editor, target).await).await
    }

    /// Brings a model back to what it was, as a new change: its own fields, aliases, parameters, capabilities, categories and
    /// prices. Suppliers, capabilities and categories themselves stay as they are; if one that is needed is deleted by now, or
    /// a name or a default is another model's, nothing is changed. The rules for stages of a model's life don't hold here.
    async fn rollback_model(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model, and what it goes back to.")] input: RollbackModelInput,
    ) -> Result<RollbackModelPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::Model, &input.model_id, input.expected_version);
        let written = match input.to.goal() {
            Ok(goal) => roll_back(&editor, target, goal, input.dry_run).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = outcome(context, written)?;
        let written = done.as_ref().and_then(|_| editor.moment()).filter(|_| !input.dry_run);
        let (model, differences) = match done {
            Some(done) => {
                let model = Batch::single(&scope(context)?.store, done.model);
                (Some(Model(model)), shown(done.differences))
            }
            None => (None, Vec::new()),
        };
        Ok(RollbackModelPayload { model, differences, user_errors, written })
    }
}
