//! Removing for good what was deleted long ago.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

use super::super::change_set::ChangeSet;
use super::super::guard::ByPolicy;
use super::super::scope::editor;
use super::payload::{UserError, change_set, outcome};
use crate::registry::purge::{self, Terms};

/// What is to be removed for good.
#[derive(Debug, InputObject)]
pub struct PurgeInput {
    /// Objects that were deleted at least so many days ago go: 0 to 365,250.
    pub older_than_days: i64,
    /// Whether the history of such objects goes too, also of those that were purged before. What published versions of
    /// models that are still there show stays.
    #[graphql(default = false)]
    pub with_history: bool,
    /// Whether only to tell what would go.
    #[graphql(default = false)]
    pub dry_run: bool,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

/// How many objects of a type were removed.
#[derive(SimpleObject)]
pub struct PurgedObjects {
    /// Name of the type, as in global ids; `ModelCategory` is a model's place in a category.
    r#type: &'static str,
    /// How many.
    count: usize,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct PurgePayload {
    /// How many objects went, or would go, by type; types without any are left out. Null if something was wrong.
    purged: Option<Vec<PurgedObjects>>,
    /// How many states of objects went from the history, or would go. Null if something was wrong.
    states: Option<usize>,
    /// All that was wrong with the input; empty if it was done.
    user_errors: Vec<UserError>,
    /// The change set that this made; null if nothing was removed.
    change_set: Option<ChangeSet>,
}

/// Removing for good.
#[derive(Default)]
pub struct PurgeMutation;

#[Object(guard = "ByPolicy")]
impl PurgeMutation {
    /// Removes for good what was deleted long ago. It can't be restored; the past still shows it unless its history goes too,
    /// and the feed of changes tells of the removal.
    async fn purge(&self, context: &Context<'_>, #[graphql(desc = "What.")] input: PurgeInput) -> Result<PurgePayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let PurgeInput { older_than_days, with_history, dry_run, .. } = input;
        let written = purge::purge(&editor, Terms { older_than_days, with_history, dry_run }).await;
        let (purged, user_errors) = outcome(context, written)?;
        let states = purged.as_ref().map(|purged| purged.states);
        let written = purged.as_ref().filter(|_| !dry_run).and_then(|_| editor.moment());
        let change_set = change_set(context, written).await?;
        let rows = purged.map(|purged| purged.rows);
        let listed = |(kind, count)| PurgedObjects { r#type: kind, count };
        let purged = rows.map(|rows| rows.into_iter().map(listed).collect());
        Ok(PurgePayload { purged, states, user_errors, change_set })
    }
}
