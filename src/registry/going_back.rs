//! Bringing rows of many tables back at once: gathered first, then written in an order that no key stands against.

use std::collections::{BTreeMap, HashMap};

use super::model::delete_all;
use super::{alias, capability_link, category_link, model_pointer, parameter, price, supplier_key};
use crate::domain::{ChangeKind, Timestamp};
use crate::store::obstacles::{
    Obstacle, against_rules, misplaced_categories, pointing_nowhere, pointing_to_deleted, still_in_use, successors,
    taken,
};
use crate::store::reversal::{content, delete, go_back, release_defaults};
use crate::store::rows::by_ids;
use crate::store::supplier::{Supplier, SupplierRow};
use crate::store::{StoreResult, Transaction};

/// Kinds of rows, those first that others point to.
pub const PARENTS_FIRST: [ChangeKind; 11] = [
    ChangeKind::Supplier,
    ChangeKind::Capability,
    ChangeKind::Category,
    ChangeKind::Model,
    ChangeKind::ModelAlias,
    ChangeKind::ModelParameter,
    ChangeKind::ModelCapability,
    ChangeKind::ModelCategory,
    ChangeKind::ModelPrice,
    ChangeKind::ModelVersion,
    ChangeKind::ModelPointer,
];

/// Columns that a row's key, or another rule that spans rows, is made of.
const KEYS: [&str; 18] = [
    "name",
    "alias",
    "supplier_id",
    "parameter_name",
    "capability_id",
    "category_id",
    "parent_id",
    "path",
    "component",
    "service_mode",
    "min_context_tokens",
    "currency",
    "valid_from",
    "label",
    "is_default",
    "model_type",
    "sub_type",
    "successor_id",
];

/// A row, and the change that made the state which it goes back to.
pub type Goal = (i64, i64);

/// What happens to rows of one kind.
#[derive(Debug, Default)]
struct Part {
    deletes: Vec<i64>,
    /// Rows that get the values of some columns, by these, and by whether they come back to life if they were live.
    goals: BTreeMap<(Vec<&'static str>, bool), Vec<Goal>>,
}

impl Part {
    /// The states that rows go back to in columns of which one is among `columns`, or as a whole.
    fn states(&self, columns: &[&str]) -> Vec<i64> {
        let concerned =
            self.goals.iter().filter(|((own, alive), _)| *alive || own.iter().any(|column| columns.contains(column)));
        concerned.flat_map(|(_, goals)| goals.iter().map(|(_, since)| *since)).collect()
    }

    fn rows(&self) -> Vec<i64> {
        self.goals.values().flatten().map(|(row, _)| *row).collect()
    }
}

/// A row that can't go back, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocked {
    /// Its kind.
    pub kind: ChangeKind,
    /// Its primary key.
    pub row: i64,
    /// Why.
    pub obstacle: Obstacle,
}

/// Rows to bring back.
#[derive(Debug, Default)]
pub struct Plan {
    parts: HashMap<ChangeKind, Part>,
    cascade: bool,
}

impl Plan {
    /// One that with each model that it deletes deletes all that belongs to the model.
    pub fn cascading() -> Self {
        Self { cascade: true, ..Self::default() }
    }

    /// Deletes a row that wasn't there.
    pub fn delete(&mut self, kind: ChangeKind, row: i64) {
        self.parts.entry(kind).or_default().deletes.push(row);
    }

    /// Brings a row back as a whole, to life too if it was live.
    pub fn restore(&mut self, kind: ChangeKind, goal: Goal) {
        self.set(kind, content(kind).to_vec(), true, goal);
    }

    /// Brings back some columns of a row; `alive`: to life too, if it was live.
    pub fn set(&mut self, kind: ChangeKind, columns: Vec<&'static str>, alive: bool, goal: Goal) {
        self.parts.entry(kind).or_default().goals.entry((columns, alive)).or_default().push(goal);
    }

    /// How many rows are brought back.
    pub fn len(&self) -> usize {
        self.parts.values().map(|part| part.deletes.len() + part.goals.values().map(Vec::len).sum::<usize>()).sum()
    }

    /// Brings the rows back. If any of them can't be, the transaction must be undone.
    ///
    /// # Errors
    /// If the database fails; [`crate::store::StoreError::Duplicate`] if rows that change have each other's keys.
    pub async fn write(&self, transaction: &mut Transaction, now: Timestamp) -> StoreResult<Vec<Blocked>> {
        let suppliers = self.suppliers(transaction).await?;
        for kind in PARENTS_FIRST.into_iter().rev() {
            if let Some(part) = self.parts.get(&kind) {
                delete(transaction, kind, part.deletes.clone(), now).await?;
            }
        }
        if let Some(models) = self.parts.get(&ChangeKind::Model).filter(|_| self.cascade) {
            delete_all(transaction, models.deletes.clone(), now).await?;
        }
        let blocked = self.blocked_before(transaction).await?;
        if !blocked.is_empty() {
            return Ok(blocked);
        }
        if let Some(models) = self.parts.get(&ChangeKind::Model) {
            release_defaults(transaction, models.states(&["is_default"])).await?;
        }
        for (kind, part) in self.parts() {
            for ((columns, alive), goals) in &part.goals {
                let since = goals.iter().map(|(_, since)| *since).collect();
                go_back(transaction, kind, columns, *alive, since, now).await?;
            }
        }
        // Keys have no history of their own.
        supplier_key::follow(transaction, &suppliers, now).await?;
        self.blocked_after(transaction).await
    }

    /// The suppliers that are brought back or deleted, as they are before.
    async fn suppliers(&self, transaction: &mut Transaction) -> StoreResult<Vec<SupplierRow>> {
        let Some(part) = self.parts.get(&ChangeKind::Supplier) else { return Ok(Vec::new()) };
        let rows = part.rows().into_iter().chain(part.deletes.iter().copied()).collect();
        by_ids::<Supplier>(transaction.conn(), rows).await
    }

    fn parts(&self) -> impl Iterator<Item = (ChangeKind, &Part)> {
        PARENTS_FIRST.into_iter().filter_map(|kind| Some((kind, self.parts.get(&kind)?)))
    }

    /// What no state may be written against: keys that are taken, and rows that are gone.
    async fn blocked_before(&self, transaction: &mut Transaction) -> StoreResult<Vec<Blocked>> {
        let mut blocked = Vec::new();
        for (kind, part) in self.parts() {
            let keys = part.states(&KEYS);
            if keys.is_empty() {
                continue;
            }
            let found = taken(transaction.conn(), kind, &keys).await?;
            blocked.extend(found.into_iter().map(of_kind(kind)));
            let found = pointing_nowhere(transaction.conn(), kind, &part.states(&REFERENCES)).await?;
            blocked.extend(found.into_iter().map(of_kind(kind)));
        }
        Ok(blocked)
    }

    /// What rules that span rows say of the result.
    async fn blocked_after(&self, transaction: &mut Transaction) -> StoreResult<Vec<Blocked>> {
        let mut blocked = Vec::new();
        for (kind, part) in self.parts() {
            let rows = part.rows();
            if !part.deletes.is_empty() {
                let found = still_in_use(transaction.conn(), kind, &part.deletes).await?;
                blocked.extend(found.into_iter().map(of_kind(kind)));
            }
            if !rows.is_empty() {
                let found = pointing_to_deleted(transaction.conn(), kind, &rows).await?;
                blocked.extend(found.into_iter().map(of_kind(kind)));
                let found = against_rules(transaction.conn(), kind, &rows, limit(kind)).await?;
                blocked.extend(found.into_iter().map(of_kind(kind)));
            }
        }
        blocked.extend(self.misplaced(transaction).await?);
        blocked.extend(self.circular(transaction).await?);
        Ok(blocked)
    }

    async fn misplaced(&self, transaction: &mut Transaction) -> StoreResult<Vec<Blocked>> {
        let Some(part) = self.parts.get(&ChangeKind::Category) else { return Ok(Vec::new()) };
        let rows = part.rows();
        let found = misplaced_categories(transaction.conn()).await?;
        let concerned = |(row, above): (i64, Option<i64>)| [Some(row), above].into_iter().flatten();
        let mine = found.into_iter().flat_map(concerned).filter(|row| rows.contains(row));
        Ok(mine.map(|row| Blocked { kind: ChangeKind::Category, row, obstacle: Obstacle::Misplaced }).collect())
    }

    async fn circular(&self, transaction: &mut Transaction) -> StoreResult<Vec<Blocked>> {
        let Some(part) = self.parts.get(&ChangeKind::Model).filter(|part| !part.goals.is_empty()) else {
            return Ok(Vec::new());
        };
        let next: HashMap<i64, i64> = successors(transaction.conn()).await?.into_iter().collect();
        let circular = part.rows().into_iter().filter(|row| leads_back(*row, &next));
        Ok(circular.map(|row| Blocked { kind: ChangeKind::Model, row, obstacle: Obstacle::Misplaced }).collect())
    }
}

/// Columns that may point to rows which are gone by now.
const REFERENCES: [&str; 4] = ["successor_id", "parent_id", "model_version_id", "capability_id"];

fn of_kind(kind: ChangeKind) -> impl Fn((i64, Obstacle)) -> Blocked {
    move |(row, obstacle)| Blocked { kind, row, obstacle }
}

/// Whether following the successors of `start` comes back to it.
fn leads_back(start: i64, next: &HashMap<i64, i64>) -> bool {
    let mut at = start;
    for _ in 0..=next.len() {
        match next.get(&at) {
            Some(following) if *following == start => return true,
            Some(following) => at = *following,
            None => return false,
        }
    }
    false
}

/// Most live rows of this kind that a model has.
fn limit(kind: ChangeKind) -> Option<i64> {
    let limit = match kind {
        ChangeKind::ModelAlias => alias::LIMIT,
        ChangeKind::ModelParameter => parameter::LIMIT,
        ChangeKind::ModelCapability => capability_link::LIMIT,
        ChangeKind::ModelCategory => category_link::LIMIT,
        ChangeKind::ModelPrice => price::LIMIT,
        ChangeKind::ModelPointer => return Some(model_pointer::LIMIT),
        ChangeKind::Supplier
        | ChangeKind::Model
        | ChangeKind::Capability
        | ChangeKind::Category
        | ChangeKind::ModelVersion => return None,
    };
    i64::try_from(limit).ok()
}

/// What to say of an obstacle.
pub const fn told(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Taken => "a live object has its name or key by now",
        Obstacle::DefaultTaken => "another model is the default of its type and sub-type by now",
        Obstacle::Gone => "it pointed to an object that was removed for good since",
        Obstacle::Deleted => "it belongs to an object that is deleted; restore that first",
        Obstacle::InUse => "live objects belong to it by now",
        Obstacle::Overlap => "a price of the same thing holds in its time by now",
        Obstacle::TooMany => "its model has as many of its kind as a model may have",
        Obstacle::Misplaced => "it would lead back to itself, or its path would not be that of its place",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_of_successors_are_found_and_chains_are_not() {
        let next = HashMap::from([(1, 2), (2, 3), (3, 1), (4, 1), (5, 6)]);
        assert!(leads_back(1, &next) && leads_back(3, &next));
        assert!(!leads_back(4, &next) && !leads_back(5, &next) && !leads_back(6, &next));
    }

    #[test]
    fn parents_come_before_what_points_to_them() {
        let place = |kind| PARENTS_FIRST.iter().position(|known| *known == kind);
        assert_eq!(PARENTS_FIRST.len(), ChangeKind::ALL.len());
        assert!(ChangeKind::ALL.iter().all(|kind| place(*kind).is_some()));
        assert!(place(ChangeKind::ModelVersion) < place(ChangeKind::ModelPointer));
    }
}
