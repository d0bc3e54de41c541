//! Lists of changes: those of change sets, and those of rows. Sorted and cut by the changes' numbers.

use super::feed::{COLUMNS, ChangeRow};
use super::read::load;
use super::sql::{Sql, Value};
use super::state::numbers_of;
use super::{Conn, StoreResult};
use crate::domain::ChangeKind;

/// Whose changes are listed, for several parents at once.
#[derive(Debug, Clone)]
pub enum Whose {
    /// Of these change sets.
    ChangeSets(Vec<i64>),
    /// Of these rows of a kind.
    Rows(ChangeKind, Vec<i64>),
    /// Of these models and of all that belongs to them.
    WholeModels(Vec<i64>),
}

/// Which part of a list that is sorted by number is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Slice {
    /// Whether the list starts with the largest number.
    pub newest_first: bool,
    /// Most rows.
    pub limit: usize,
    /// The number beside which the slice starts: after it, or before it if `backward`.
    pub from: Option<i64>,
    /// Whether the slice ends at `from`, or at the list's end, instead of starting there.
    pub backward: bool,
}

/// A part of a parent's list.
#[derive(Debug, Clone)]
pub struct Sliced<T> {
    /// The rows, in the list's order.
    pub rows: Vec<T>,
    /// Whether the list goes on beyond the slice, in the slice's direction.
    pub more: bool,
}

impl<T> Default for Sliced<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), more: false }
    }
}

impl Slice {
    const fn descending(&self) -> bool {
        self.newest_first != self.backward
    }

    /// `AND column beyond the slice's start`.
    pub(super) fn keyset(&self, column: &'static str) -> Sql {
        let Some(from) = self.from else { return Sql::default() };
        let beyond = if self.descending() { " < " } else { " > " };
        Sql::new(" AND ").text(column).text(beyond).bind(Value::BigInt(from))
    }

    /// `ORDER BY column` in the direction that the slice is read in.
    pub(super) fn order(&self, column: &'static str) -> Sql {
        Sql::new(" ORDER BY ").text(column).text(if self.descending() { " DESC" } else { " ASC" })
    }

    /// One row more than wanted, to see whether there are more.
    pub(super) fn limit(&self) -> Value {
        Value::BigInt(i64::try_from(self.limit).unwrap_or(i64::MAX - 1) + 1)
    }

    /// Drops the row too many, and turns a backward slice round.
    pub(super) fn cut<T>(&self, mut rows: Vec<T>) -> Sliced<T> {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        if self.backward {
            rows.reverse();
        }
        Sliced { rows, more }
    }
}

/// What belongs to models: kinds whose rows have a model's id.
const PARTS: [ChangeKind; 7] = [
    ChangeKind::ModelAlias,
    ChangeKind::ModelParameter,
    ChangeKind::ModelCapability,
    ChangeKind::ModelCategory,
    ChangeKind::ModelPrice,
    ChangeKind::ModelVersion,
    ChangeKind::ModelPointer,
];

impl Whose {
    fn parents(&self) -> &[i64] {
        match self {
            Self::ChangeSets(parents) | Self::Rows(_, parents) | Self::WholeModels(parents) => parents,
        }
    }

    /// Pairs of `parent` and `number`.
    fn pairs(&self) -> Sql {
        match self {
            Self::ChangeSets(sets) => {
                Sql::new("SELECT change_set AS parent, id AS number FROM changes WHERE change_set").in_ids(sets.clone())
            }
            Self::Rows(kind, rows) => numbers_of(*kind, "id", rows),
            Self::WholeModels(models) => {
                let parts = PARTS.iter().map(|kind| numbers_of(*kind, "model_id", models));
                Sql::default()
                    .join(" UNION ", std::iter::once(numbers_of(ChangeKind::Model, "id", models)).chain(parts))
            }
        }
    }

    fn source(&self) -> Sql {
        Sql::new(" FROM (").push(self.pairs()).text(") AS pairs JOIN changes ON changes.id = pairs.number")
    }

    /// Loads the slice of every parent's list, in one statement.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn load(&self, conn: &mut Conn, slice: &Slice) -> StoreResult<Vec<(i64, Sliced<ChangeRow>)>> {
        let rows: Vec<(ChangeRow, i64)> = load(conn, self.slice_statement(slice)).await?;
        let mut groups: Vec<(i64, Vec<ChangeRow>)> = Vec::new();
        for (row, parent) in rows {
            match groups.last_mut() {
                Some((last, rows)) if *last == parent => rows.push(row),
                _ => groups.push((parent, vec![row])),
            }
        }
        Ok(groups.into_iter().map(|(parent, rows)| (parent, slice.cut(rows))).collect())
    }

    /// Counts the changes of every parent that has any, in one statement.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn count(&self, conn: &mut Conn) -> StoreResult<Vec<(i64, i64)>> {
        load(conn, Sql::new("SELECT pairs.parent, count(*)").push(self.source()).text(" GROUP BY pairs.parent")).await
    }

    fn slice_statement(&self, slice: &Slice) -> Sql {
        let select = Sql::new("SELECT ").text(COLUMNS).text(", pairs.parent");
        let from = self.source().text(" WHERE 1 = 1").push(slice.keyset("changes.id"));
        if self.parents().len() == 1 {
            return select.push(from).push(slice.order("changes.id")).text(" LIMIT ").bind(slice.limit());
        }
        let rank = Sql::new(", row_number() OVER (PARTITION BY pairs.parent").push(slice.order("changes.id"));
        let ranked = select.push(rank).text(") AS list_rank").push(from);
        Sql::new("SELECT ranked.* FROM (")
            .push(ranked)
            .text(") AS ranked WHERE list_rank <= ")
            .bind(slice.limit())
            .text(" ORDER BY parent, list_rank")
    }
}
