//! What the last changes were of, so that an answer about some rows stays true when others change.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Included, Unbounded};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::domain::ChangeKind;
use crate::store::narrow::{Narrow, Touch};
use crate::store::read::{Cells, ReadRow, Source};
use crate::store::sql::{Sql, Value};

/// Most changes that are asked for one by one; of more, all that is learned is that there were many.
const MOST: usize = 500;
/// Most changes that are remembered.
const KEPT: usize = 10_000;

/// The last changes that a process knows of.
#[derive(Default)]
pub(super) struct Recent(RwLock<Changes>);

#[derive(Default)]
struct Changes {
    /// Of the changes up to this number nothing is known any more.
    forgotten: i64,
    by_number: BTreeMap<i64, Touch>,
}

impl Recent {
    /// Whether some change behind number `after` is of one of these rows, or may be.
    pub(super) fn concern(&self, rows: &[Narrow], after: i64) -> bool {
        let changes = self.read();
        changes.forgotten > after
            || changes
                .by_number
                .range((Excluded(after), Unbounded))
                .any(|(_, touch)| rows.iter().any(|narrow| narrow.concerns(touch)))
    }

    /// Whether every change behind number `after` up to number `last` is known.
    pub(super) fn are_all_known(&self, after: i64, last: i64) -> bool {
        let changes = self.read();
        let known = changes.by_number.range((Excluded(after), Included(last))).count();
        changes.forgotten <= after && i64::try_from(known) == Ok(last - after)
    }

    /// Remembers changes.
    pub(super) fn learn(&self, learned: &Learned) {
        let mut changes = self.write();
        match learned {
            Learned::Each(each) => changes.by_number.extend(each.iter().copied()),
            Learned::Many(last) => changes.forget_until(*last),
        }
        while changes.by_number.len() > KEPT {
            let Some((number, _)) = changes.by_number.pop_first() else { break };
            changes.forgotten = changes.forgotten.max(number);
        }
    }

    /// Begins anew.
    pub(super) fn forget(&self) {
        *self.write() = Changes::default();
    }

    fn read(&self) -> RwLockReadGuard<'_, Changes> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Changes> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Changes {
    fn forget_until(&mut self, number: i64) {
        self.forgotten = self.forgotten.max(number);
        self.by_number = self.by_number.split_off(&number.saturating_add(1));
    }
}

/// What was learned of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) enum Learned {
    /// Changes, by number.
    Each(Vec<(i64, Touch)>),
    /// That there were many, of whatever kind, up to this number.
    Many(i64),
}

impl Default for Learned {
    fn default() -> Self {
        Self::Each(Vec::new())
    }
}

impl Learned {
    /// What rows of [`changed_here`] or [`changed_behind`] tell.
    pub(in crate::store) fn of(rows: Vec<Change>) -> Self {
        match rows.first() {
            Some(last) if rows.len() > MOST => Self::Many(last.0),
            _ => Self::Each(rows.into_iter().map(|Change(number, touch)| (number, touch)).collect()),
        }
    }

    /// Whether nothing has changed.
    pub(in crate::store) const fn is_nothing(&self) -> bool {
        matches!(self, Self::Each(each) if each.is_empty())
    }

    /// Numbers of changes of each kind, that of the last among them.
    pub(super) fn last(&self) -> Vec<(ChangeKind, i64)> {
        match self {
            Self::Each(each) => each.iter().map(|(number, touch)| (touch.kind, *number)).collect(),
            Self::Many(last) => ChangeKind::ALL.iter().map(|kind| (*kind, *last)).collect(),
        }
    }

    /// The number of the last change.
    pub(super) fn position(&self) -> Option<i64> {
        match self {
            Self::Each(each) => each.iter().map(|(number, _)| *number).max(),
            Self::Many(last) => Some(*last),
        }
    }
}

/// A change as it is asked for.
pub(in crate::store) struct Change(i64, Touch);

impl ReadRow for Change {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        let number = cells.next()?;
        let touch =
            Touch { kind: cells.next()?, of_row: cells.next()?, of_model: cells.next()?, chooses: cells.next()? };
        Ok(Self(number, touch))
    }
}

/// The columns that decide which models a list has and in which order, unless it mentions others.
pub(in crate::store) const CHOOSING: [&str; 14] = [
    "name",
    "supplier_id",
    "model_type",
    "sub_type",
    "is_default",
    "is_active",
    "lifecycle_stage",
    "released_on",
    "knowledge_cutoff",
    "deprecated_on",
    "retires_on",
    "successor_id",
    "created_at",
    "deleted_at",
];

/// Asks for the changes of the open transaction.
pub(in crate::store) fn changed_here() -> Sql {
    let here = Sql::new("change_set = ").dialect(
        "(SELECT change_set FROM change_feed)",
        "CAST(nullif(current_setting('modelry.change_set', true), '') AS BIGINT)",
    );
    changes_where(here)
}

/// Asks for the changes behind a number.
pub(super) fn changed_behind(number: i64) -> Sql {
    changes_where(Sql::new("id > ").bind(Value::BigInt(number)))
}

/// The last changes that meet a condition, one more than are of use. Whether a model's change chooses is told by the state that it
/// ended and the one that it began.
fn changes_where(condition: Sql) -> Sql {
    let same =
        CHOOSING.map(|column| Sql::new("before.").text(column).text(" IS NOT DISTINCT FROM after.").text(column));
    Sql::new(
        "SELECT id, kind, of_row, of_model, (kind <> 'Model' OR operation <> 'update' OR NOT EXISTS (SELECT 1 \
         FROM models_history AS before JOIN models_history AS after ON after.since = changes.id \
         WHERE before.until = changes.id AND before.id = changes.of_row AND ",
    )
    .join(" AND ", same)
    .text(")) FROM changes WHERE ")
    .push(condition)
    .text(" ORDER BY id DESC LIMIT ")
    .bind(Value::BigInt(MOST as i64 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::narrow::{Rows, in_order};

    fn price(of_row: i64) -> Touch {
        Touch { kind: ChangeKind::ModelPrice, of_row, of_model: Some(1), chooses: true }
    }

    fn row(id: i64) -> [Narrow; 1] {
        [Narrow::new(ChangeKind::ModelPrice, Rows::Ids(in_order(vec![id])))]
    }

    #[test]
    fn only_later_changes_of_the_same_row_concern_it() {
        let recent = Recent::default();
        // Those of another process may be learned of after one's own that came later.
        recent.learn(&Learned::Each(vec![(12, price(1))]));
        recent.learn(&Learned::Each(vec![(11, price(2)), (12, price(1))]));
        assert!(recent.concern(&row(1), 11) && !recent.concern(&row(1), 12));
        assert!(recent.concern(&row(2), 10) && !recent.concern(&row(2), 11));
        assert!(!recent.concern(&row(3), 0));
        assert!(recent.are_all_known(10, 12) && !recent.are_all_known(9, 12) && !recent.are_all_known(10, 13));
        recent.forget();
        assert!(!recent.concern(&row(1), 0));
    }

    #[test]
    fn what_is_forgotten_may_concern_everything() {
        let recent = Recent::default();
        recent.learn(&Learned::Each(vec![(5, price(1)), (30, price(2))]));
        recent.learn(&Learned::Many(20));
        assert!(recent.concern(&row(3), 19) && !recent.concern(&row(3), 20));
        assert!(recent.concern(&row(2), 29), "later ones are still known");

        recent.learn(&Learned::Each((100..100 + KEPT as i64 + 2).map(|number| (number, price(4))).collect()));
        assert!(recent.concern(&row(3), 100) && !recent.concern(&row(3), 101));
    }

    #[test]
    fn many_changes_are_of_every_kind() {
        let rows = |count: i64| (0..count).rev().map(|number| Change(number, price(number))).collect();
        assert!(matches!(Learned::of(rows(500)), Learned::Each(each) if each.len() == 500));
        let many = Learned::of(rows(501));
        assert_eq!(many, Learned::Many(500));
        assert_eq!(many.position(), Some(500));
        assert_eq!(many.last().len(), ChangeKind::ALL.len());
        assert!(Learned::of(Vec::new()).is_nothing());
    }
}
