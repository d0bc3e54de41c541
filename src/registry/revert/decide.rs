//! What happens to each row that a change set changed.

use std::collections::HashMap;

use super::{Conflict, ConflictReason, Kept, OnConflict};
use crate::domain::ChangeKind;
use crate::registry::going_back::Plan;
use crate::registry::model_pointer::LATEST;
use crate::store::reversal::{Places, content, places_around, states_since};
use crate::store::state::State;
use crate::store::{StoreResult, Transaction};

/// Rows that were changed later whose states are read at once: each has up to three.
const BATCH: usize = 2_000;

/// How rows of one kind are decided on.
pub(super) struct Decision<'a> {
    pub(super) kind: ChangeKind,
    pub(super) mode: OnConflict,
    pub(super) kept: &'a Kept,
}

/// The states of a row that was changed later.
struct Story<'a> {
    places: Places,
    was: Option<&'a State>,
    became: Option<&'a State>,
    is: &'a State,
}

impl Decision<'_> {
    /// Adds to `plan` what happens to the rows of the kind, and to `conflicts` what stands in the way.
    pub(super) async fn take(
        &self,
        transaction: &mut Transaction,
        change_set: i64,
        plan: &mut Plan,
        conflicts: &mut Vec<Conflict>,
    ) -> StoreResult<()> {
        let mut places = places_around(transaction.conn(), self.kind, change_set).await?;
        places.retain(|places| !self.kept.contains(&(self.kind, places.row)));
        if self.kind == ChangeKind::ModelPointer {
            self.leave_latest(transaction, &mut places).await?;
        }
        let (last, changed): (Vec<Places>, Vec<Places>) =
            places.into_iter().partition(|places| places.is.is_some() && places.is == places.became);
        for places in last {
            self.simple(places, plan, conflicts);
        }
        for batch in changed.chunks(BATCH) {
            self.stories(transaction, batch, plan, conflicts).await?;
        }
        Ok(())
    }

    /// `latest` follows the versions, which stay: it moves only with its model.
    async fn leave_latest(&self, transaction: &mut Transaction, places: &mut Vec<Places>) -> StoreResult<()> {
        let numbers = places.iter().filter_map(|places| places.became).collect();
        let states = states_since(transaction.conn(), self.kind, numbers).await?;
        let latest = |state: &State| state.cells.iter().any(|cell| cell.0 == "name" && cell.1 == LATEST);
        let rows: Vec<i64> = states.iter().filter(|state| latest(state)).map(|state| state.row).collect();
        places.retain(|places| {
            let with_model = places.was.is_some() && places.was_live != places.became_live;
            with_model || !rows.contains(&places.row)
        });
        Ok(())
    }

    /// A row that nothing changed since.
    fn simple(&self, places: Places, plan: &mut Plan, conflicts: &mut Vec<Conflict>) {
        match places.was {
            None if places.is_live && self.kind == ChangeKind::ModelVersion => {
                conflicts.push(self.conflict(&places, None, ConflictReason::Published));
            }
            None if places.is_live => plan.delete(self.kind, places.row),
            None => {}
            Some(was) => {
                if places.is_live && !places.was_live {
                    plan.delete(self.kind, places.row);
                }
                plan.restore(self.kind, (places.row, was));
            }
        }
    }

    async fn stories(
        &self,
        transaction: &mut Transaction,
        batch: &[Places],
        plan: &mut Plan,
        conflicts: &mut Vec<Conflict>,
    ) -> StoreResult<()> {
        let numbers = batch.iter().flat_map(|places| [places.was, places.became, places.is]).flatten().collect();
        let states = states_since(transaction.conn(), self.kind, numbers).await?;
        let by_number: HashMap<i64, &State> = states.iter().map(|state| (state.since, state)).collect();
        let state = |number: Option<i64>| number.and_then(|number| by_number.get(&number).copied());
        for places in batch {
            match state(places.is) {
                Some(is) => {
                    let story = Story { places: *places, was: state(places.was), became: state(places.became), is };
                    self.changed(&story, plan, conflicts);
                }
                // Made by the change set and gone since: there is nothing left to undo.
                None if places.was.is_none() => {}
                None => conflicts.push(self.conflict(places, None, ConflictReason::Gone)),
            }
        }
        Ok(())
    }

    /// A row that was changed since.
    fn changed(&self, story: &Story<'_>, plan: &mut Plan, conflicts: &mut Vec<Conflict>) {
        let places = &story.places;
        let Some((was, since)) = story.was.zip(places.was) else {
            if !places.is_live {
                return;
            }
            if self.kind == ChangeKind::ModelVersion {
                conflicts.push(self.conflict(places, None, ConflictReason::Published));
                return;
            }
            conflicts.push(self.conflict(places, None, ConflictReason::ChangedLater));
            if self.overwrites() {
                plan.delete(self.kind, places.row);
            }
            return;
        };
        let columns = self.columns(story, was, conflicts);
        match self.life(story, conflicts) {
            Some(true) => plan.set(self.kind, columns, true, (places.row, since)),
            Some(false) => {
                plan.delete(self.kind, places.row);
                if !columns.is_empty() {
                    plan.set(self.kind, columns, false, (places.row, since));
                }
            }
            None if !columns.is_empty() => plan.set(self.kind, columns, false, (places.row, since)),
            None => {}
        }
    }

    /// Whether the row has to come to life or to be deleted; `None` if neither.
    fn life(&self, story: &Story<'_>, conflicts: &mut Vec<Conflict>) -> Option<bool> {
        let places = &story.places;
        let life = |state: Option<&State>| state.and_then(|state| cell(state, "deleted_at").cloned());
        let untouched = life(story.became) == life(Some(story.is));
        if places.was_live == places.became_live {
            if places.is_live != places.became_live {
                conflicts.push(self.conflict(places, None, ConflictReason::DeletedLater));
            }
            return None;
        }
        if places.is_live == places.was_live {
            return None;
        }
        if !untouched {
            conflicts.push(self.conflict(places, Some("deleted_at"), ConflictReason::DeletedLater));
        }
        (untouched || self.overwrites()).then_some(places.was_live)
    }

    /// The columns that get back what they were.
    fn columns(&self, story: &Story<'_>, was: &State, conflicts: &mut Vec<Conflict>) -> Vec<&'static str> {
        let mut wanted = Vec::new();
        for group in groups(self.kind) {
            let value = |state: &State| group.iter().map(|column| cell(state, column).cloned()).collect::<Vec<_>>();
            let (before, now) = (value(was), value(story.is));
            let made = story.became.map(value);
            if Some(&before) == made.as_ref() || before == now {
                continue;
            }
            let free = made.is_none_or(|made| made == now);
            if !free {
                let column = group.first().copied();
                conflicts.push(self.conflict(&story.places, column, ConflictReason::ChangedLater));
            }
            if free || self.overwrites() {
                wanted.extend(group);
            }
        }
        wanted
    }

    fn overwrites(&self) -> bool {
        self.mode == OnConflict::Overwrite
    }

    fn conflict(&self, places: &Places, column: Option<&'static str>, reason: ConflictReason) -> Conflict {
        let later = places.is.filter(|_| places.is != places.became);
        Conflict { kind: self.kind, row: places.row, column, later, reason }
    }
}

fn cell<'a>(state: &'a State, column: &str) -> Option<&'a serde_json::Value> {
    state.cells.iter().find(|(name, _)| *name == column).map(|(_, value)| value)
}

/// The columns of a kind, those together that make sense only together.
fn groups(kind: ChangeKind) -> Vec<Vec<&'static str>> {
    let mut groups: Vec<Vec<&'static str>> = Vec::new();
    for column in content(kind) {
        let first = leader(kind, column);
        match groups.iter_mut().find(|group| group.first() == Some(&first)) {
            Some(group) if first != *column => group.push(column),
            _ => groups.push(vec![column]),
        }
    }
    groups
}

/// The column that tells for which group a column stands: itself, if it stands alone.
fn leader(kind: ChangeKind, column: &'static str) -> &'static str {
    match (kind, column) {
        (ChangeKind::ModelPrice, "amount_subnanos") => "amount_nanos",
        (ChangeKind::ModelPrice, "unit") => "component",
        (ChangeKind::ModelParameter, "parameter_value" | "number_value") => "parameter_type",
        (ChangeKind::ModelCapability, "config_json") => "config",
        (ChangeKind::Category, "parent_id" | "path") => "name",
        (_, column) => column,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_make_one_value_stay_together() {
        assert!(groups(ChangeKind::ModelPrice).contains(&vec!["amount_nanos", "amount_subnanos"]));
        assert!(groups(ChangeKind::ModelParameter).contains(&vec![
            "parameter_type",
            "parameter_value",
            "number_value"
        ]));
        assert!(groups(ChangeKind::Category).contains(&vec!["name", "parent_id", "path"]));
        for kind in ChangeKind::ALL {
            assert_eq!(groups(*kind).into_iter().flatten().count(), content(*kind).len(), "{kind}");
        }
    }
}
