//! Reverting change sets.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use super::super::change_set::ChangeSet;
use super::super::guard::ByPolicy;
use super::super::id::NodeKind;
use super::super::scope::editor;
use super::super::shown::field_of;
use super::input::reference;
use super::payload::{UserError, change_set, outcome};
use crate::domain::{ChangeKind, Timestamp};
use crate::registry::revert::{Conflict, ConflictReason, OnConflict, Terms, revert};

/// Most conflicts that are listed.
const LISTED: usize = 1_000;

/// A change set to revert.
#[derive(Debug, InputObject)]
pub struct RevertChangeSetInput {
    /// Global id of the change set.
    pub id: ID,
    /// Whether only to tell what would happen.
    #[graphql(default = false)]
    pub dry_run: bool,
    /// What happens where later changes stand in the way.
    #[graphql(default)]
    pub on_conflict: OnConflict,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

/// Something that stands in the way of reverting a change set.
#[derive(SimpleObject)]
pub struct RevertConflict {
    /// What it is about.
    r#type: ChangeKind,
    /// Global id of the object.
    object_id: ID,
    /// The object's field, as inputs name it; null if it is the object as a whole.
    field: Option<String>,
    /// Number of the last change of the object, if one came after the change set; null otherwise.
    later_change: Option<i64>,
    /// What kind of conflict it is.
    reason: ConflictReason,
    /// What stands in the way, in English.
    message: String,
}

impl From<Conflict> for RevertConflict {
    fn from(conflict: Conflict) -> Self {
        Self {
            r#type: conflict.kind,
            object_id: NodeKind::of(conflict.kind).id(conflict.row, None),
            field: conflict.column.map(|column| field_of(conflict.kind, column)),
            later_change: conflict.later,
            reason: conflict.reason,
            message: conflict.message().to_owned(),
        }
    }
}

/// What came of reverting a change set.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct RevertChangeSetPayload {
    /// Whether it was done; after a dry run, whether it would have been.
    reverted: bool,
    /// How many objects were brought back to what they were, or would be.
    object_count: i64,
    /// What stood in the way, the first 1,000: nothing was done with `REFUSE`, these were left with `SKIP`, and those that
    /// later changes had touched were brought back too with `OVERWRITE`.
    conflicts: Vec<RevertConflict>,
    /// How many there are in all.
    conflict_count: i64,
    /// All that was wrong with the input; nothing was changed then.
    user_errors: Vec<UserError>,
    #[graphql(skip)]
    written: Option<Timestamp>,
}

/// What came of reverting a change set.
#[async_graphql::ComplexObject]
impl RevertChangeSetPayload {
    /// The change set that this made; null if nothing was changed.
    async fn change_set(&self, context: &Context<'_>) -> Result<Option<ChangeSet>> {
        change_set(context, self.written).await
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Reverting change sets.
#[derive(Default)]
pub struct RevertMutation;

#[Object(guard = "ByPolicy")]
impl RevertMutation {
    /// Brings back what a change set changed, an import included, as a change set of its own, which can be reverted too: what
    /// it made is deleted, what it deleted is restored, and each field that it changed gets the value back that it had. Where
    /// later changes stand in the way, they are listed, and nothing is done unless `onConflict` says what.
    async fn revert_change_set(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which change set, and how.")] input: RevertChangeSetInput,
    ) -> Result<RevertChangeSetPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let id = reference(NodeKind::ChangeSet, &input.id);
        let terms = Terms { on_conflict: input.on_conflict, dry_run: input.dry_run };
        let (done, user_errors) = outcome(context, revert(&editor, id, terms).await)?;
        let done = done.unwrap_or_default();
        Ok(RevertChangeSetPayload {
            reverted: done.done,
            object_count: number(done.rows),
            conflict_count: number(done.conflicts.len()),
            conflicts: done.conflicts.into_iter().take(LISTED).map(Into::into).collect(),
            user_errors,
            written: editor.moment().filter(|_| done.done && !input.dry_run),
        })
    }
}
