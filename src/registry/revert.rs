//! Reverting a change set: bringing back what it changed, as a change set of its own.

mod decide;

use std::collections::HashSet;

use super::going_back::{Blocked, PARENTS_FIRST, Plan, told};
use super::user_error::{UserErrorCode, WriteError, WriteResult, refused};
use super::write::unless_taken;
use super::{Editor, Reference};
use crate::domain::ChangeKind;
use crate::store::Transaction;
use crate::store::obstacles::Obstacle;
use crate::store::reversal::extent;

/// What happens where later changes stand in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, async_graphql::Enum)]
pub enum OnConflict {
    /// Nothing at all is done.
    #[default]
    Refuse,
    /// What is in conflict stays as it is now; all else is brought back.
    Skip,
    /// What was changed later is brought back too, as far as keys and references allow; else nothing is done.
    Overwrite,
}

/// Why something can't simply be brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, async_graphql::Enum)]
pub enum ConflictReason {
    /// A later change set gave the field another value, or changed an object that would be deleted.
    ChangedLater,
    /// The object was deleted, or restored, by a later change set.
    DeletedLater,
    /// The object, or one that it points to, was removed for good.
    Gone,
    /// A version was published, which stays.
    Published,
    /// A live object has the name or key by now, or another model is the default, or another price holds in the time.
    Taken,
    /// Live objects belong to what would be deleted.
    InUse,
    /// What it belongs to is deleted.
    ParentDeleted,
    /// Its model has as many of its kind as a model may have.
    TooMany,
    /// It would lead back to itself, or not be where its path says.
    Misplaced,
}

/// Something that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What it is about.
    pub kind: ChangeKind,
    /// Which row.
    pub row: i64,
    /// Which column; `None` if it is the row as a whole.
    pub column: Option<&'static str>,
    /// The last change of the row, if one came after the change set.
    pub later: Option<i64>,
    /// Why.
    pub reason: ConflictReason,
}

/// How a change set is to be reverted.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// What happens where later changes stand in the way.
    pub on_conflict: OnConflict,
    /// Whether only to tell what would happen.
    pub dry_run: bool,
}

/// What came of reverting.
#[derive(Debug, Clone, Default)]
pub struct Reverted {
    /// Whether it was done, or would be.
    pub done: bool,
    /// How many rows were brought back.
    pub rows: usize,
    /// What stood in the way.
    pub conflicts: Vec<Conflict>,
}

/// Rows that stay as they are.
type Kept = HashSet<(ChangeKind, i64)>;

/// Brings back what a change set changed. Later changes that stand in the way are listed; what is done then is said by the
/// terms.
///
/// # Errors
/// If there is no such change set, or the database fails.
pub async fn revert(editor: &Editor, change_set: Reference, terms: Terms) -> WriteResult<Reverted> {
    let id = match change_set {
        Reference::Id(id) => id,
        Reference::Refused(code, message) => return Err(refused("id", code, message)),
        Reference::Name(_) => return Err(missing()),
    };
    let editor = editor.reverting(id);
    let mut kept = Kept::new();
    let mut stood = Vec::new();
    loop {
        let rows = kept.clone();
        let attempted = editor.attempt(!terms.dry_run, move |transaction| {
            Box::pin(async move { perform(transaction, id, terms, &rows).await })
        });
        match attempted.await {
            Ok(reverted) => {
                let conflicts = stood.into_iter().chain(reverted.conflicts).collect();
                return Ok(Reverted { conflicts, ..reverted });
            }
            Err(WriteError::Conflicts(conflicts)) => {
                let before = kept.len();
                kept.extend(conflicts.iter().map(|conflict| (conflict.kind, conflict.row)));
                stood.extend(conflicts);
                if terms.on_conflict != OnConflict::Skip || kept.len() == before {
                    return Ok(Reverted { conflicts: stood, ..Reverted::default() });
                }
            }
            Err(error) => return Err(error),
        }
    }
}

fn missing() -> WriteError {
    refused("id", UserErrorCode::NotFound, "there is no such change set")
}

/// Reverts all but the rows that are kept; the transaction must be undone if anything stands in the way.
async fn perform(transaction: &mut Transaction, change_set: i64, terms: Terms, kept: &Kept) -> WriteResult<Reverted> {
    if extent(transaction.conn(), change_set).await?.is_none() {
        return Err(missing());
    }
    let now = transaction.now();
    let mode = terms.on_conflict;
    let mut plan = if mode == OnConflict::Overwrite { Plan::cascading() } else { Plan::default() };
    let mut conflicts = Vec::new();
    for kind in PARENTS_FIRST {
        decide::Decision { kind, mode, kept }.take(transaction, change_set, &mut plan, &mut conflicts).await?;
    }
    let refused = mode == OnConflict::Refuse && !conflicts.is_empty();
    if refused || (mode == OnConflict::Overwrite && conflicts.iter().any(Conflict::is_final)) {
        return Err(WriteError::Conflicts(conflicts));
    }
    match plan.write(transaction, now).await {
        Ok(blocked) if blocked.is_empty() => Ok(Reverted { done: true, rows: plan.len(), conflicts }),
        Ok(blocked) => Err(WriteError::Conflicts(blocked.into_iter().map(Conflict::from).collect())),
        written => {
            let message = "objects that are to be brought back have each other's names or keys by now";
            unless_taken(written, "id", message).map(|_| Reverted::default())
        }
    }
}

impl Conflict {
    /// Whether nothing can overwrite it.
    const fn is_final(&self) -> bool {
        matches!(self.reason, ConflictReason::Gone | ConflictReason::Published)
    }

    /// What there is to say about it.
    pub const fn message(&self) -> &'static str {
        match self.reason {
            ConflictReason::ChangedLater => "it was changed since",
            ConflictReason::DeletedLater => "it was deleted or restored since",
            ConflictReason::Gone => "it was removed for good since, or points to an object that was",
            ConflictReason::Published => "published versions stay",
            ConflictReason::Taken => "its name, key, default or time is taken by another live object by now",
            ConflictReason::InUse => told(Obstacle::InUse),
            ConflictReason::ParentDeleted => told(Obstacle::Deleted),
            ConflictReason::TooMany => told(Obstacle::TooMany),
            ConflictReason::Misplaced => told(Obstacle::Misplaced),
        }
    }
}

impl From<Blocked> for Conflict {
    fn from(blocked: Blocked) -> Self {
        let reason = match blocked.obstacle {
            Obstacle::Taken | Obstacle::DefaultTaken | Obstacle::Overlap => ConflictReason::Taken,
            Obstacle::Gone => ConflictReason::Gone,
            Obstacle::Deleted => ConflictReason::ParentDeleted,
            Obstacle::InUse => ConflictReason::InUse,
            Obstacle::TooMany => ConflictReason::TooMany,
            Obstacle::Misplaced => ConflictReason::Misplaced,
        };
        Self { kind: blocked.kind, row: blocked.row, column: None, later: None, reason }
    }
}
