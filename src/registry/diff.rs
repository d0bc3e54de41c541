//! What differs in the catalogue between two moments.

mod names;

use serde::Serialize;
use serde_json::Value;

use crate::domain::{ChangeKind, Timestamp};
use crate::store::history::{cut_at, last_moment};
use crate::store::state::{State, states_between};
use crate::store::{Store, StoreResult};
use names::Names;

/// What became of an object between two moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is new, or was restored.
    Added,
    /// It is deleted or purged.
    Removed,
    /// It has other values.
    Changed,
}

/// A column that has another value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldDifference {
    /// The column.
    pub field: &'static str,
    /// Its value at the earlier moment.
    pub before: Value,
    /// Its value at the later moment.
    pub after: Value,
}

/// An object that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The supplier, or the supplier and model, that it is or belongs to: `acme` or `acme/one`. `None` for what belongs to
    /// no supplier.
    pub of: Option<String>,
    /// Its own name; what stands for one where it has none.
    pub name: String,
    /// What became of it.
    pub change: Fate,
    /// What differs of one that was changed; empty otherwise.
    pub fields: Vec<FieldDifference>,
}

/// What differs between two moments.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Differences {
    /// The earlier moment.
    pub from: Timestamp,
    /// The later moment.
    pub to: Timestamp,
    /// Every object that differs, by what it belongs to, type and name.
    pub differences: Vec<Difference>,
}

/// The moments can't be compared.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// The later one is before the earlier one.
    #[error("--to ({}) is before --from ({})", .to.to_text(), .from.to_text())]
    Reversed {
        /// The moment that should be earlier.
        from: Timestamp,
        /// The moment that should be later.
        to: Timestamp,
    },
    /// A moment is yet to come.
    #[error("{} is in the future; it is {} now", .moment.to_text(), .now.to_text())]
    Future {
        /// The moment.
        moment: Timestamp,
        /// The present.
        now: Timestamp,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
}

/// Compares the catalogue as it was at two moments. Before the first change it was empty.
///
/// # Errors
/// [`DiffError`].
pub async fn diff(store: &Store, from: Timestamp, to: Timestamp, now: Timestamp) -> Result<Differences, DiffError> {
    let present = store.read(|conn| Box::pin(last_moment(conn))).await?.map_or(now, |last| last.max(now));
    if let Some(moment) = [from, to].into_iter().find(|moment| *moment > present) {
        return Err(DiffError::Future { moment, now });
    }
    if to < from {
        return Err(DiffError::Reversed { from, to });
    }
    let differences = store
        .read_snapshot(move |conn| {
            Box::pin(async move {
                let cuts = (cut_at(conn, from).await?, cut_at(conn, to).await?);
                let names = Names::load(conn, cuts).await?;
                let mut differences = Vec::new();
                for kind in ChangeKind::ALL {
                    let (before, after) = states_between(conn, *kind, cuts.0, cuts.1).await?;
                    differences.extend(compare(*kind, before, after, &names));
                }
                StoreResult::Ok(differences)
            })
        })
        .await?;
    Ok(Differences { from, to, differences: sorted(differences) })
}

fn sorted(mut differences: Vec<Difference>) -> Vec<Difference> {
    differences.sort_by(|left, right| {
        let key = |difference: &Difference| (difference.of.clone(), rank(difference.kind), difference.name.clone());
        key(left).cmp(&key(right))
    });
    differences
}

/// Objects before what belongs to them.
fn rank(kind: &str) -> usize {
    ChangeKind::ALL.iter().position(|known| known.as_str() == kind).unwrap_or_default()
}

fn compare(kind: ChangeKind, before: Vec<State>, after: Vec<State>, names: &Names) -> Vec<Difference> {
    let mut later: std::collections::BTreeMap<i64, State> =
        after.into_iter().filter(is_live).map(|state| (state.row, state)).collect();
    let mut differences = Vec::new();
    let mut add = |state: &State, change, fields| {
        let (of, name) = names.of(kind, state);
        differences.push(Difference { kind: kind.as_str(), of, name, change, fields });
    };
    for state in before.into_iter().filter(is_live) {
        match later.remove(&state.row) {
            None => add(&state, Fate::Removed, Vec::new()),
            Some(now) => {
                let fields = changed_fields(&state, &now);
                if !fields.is_empty() {
                    add(&now, Fate::Changed, fields);
                }
            }
        }
    }
    for state in later.into_values() {
        add(&state, Fate::Added, Vec::new());
    }
    differences
}

fn is_live(state: &State) -> bool {
    cell(state, "deleted_at").is_null()
}

/// The value of a column; null if there is no such column.
fn cell<'a>(state: &'a State, column: &str) -> &'a Value {
    state.cells.iter().find(|(name, _)| *name == column).map_or(&Value::Null, |(_, value)| value)
}

/// Columns that differ, those apart that every change changes and those that follow from others.
fn changed_fields(before: &State, after: &State) -> Vec<FieldDifference> {
    const IGNORED: [&str; 4] = ["created_at", "updated_at", "version", "number_value"];
    let pairs = before.cells.iter().zip(&after.cells).filter(|((field, _), _)| !IGNORED.contains(field));
    pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| FieldDifference { field, before: before.clone(), after: after.clone() })
        .collect()
}
