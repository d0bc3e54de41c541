//! The past of rows: their changes, and which change gave each column its present value.

use std::collections::HashMap;
use std::sync::Arc;

use super::batch::{ByArguments, Item, Linked, Relation, distinct, group_by};
use super::change::ChangeItem;
use super::change_list::ChangeLists;
use crate::domain::ChangeKind;
use crate::store::alias::Alias;
use crate::store::capability::Capability;
use crate::store::capability_link::CapabilityLink;
use crate::store::category::Category;
use crate::store::change_list::{Slice, Whose};
use crate::store::feed::changes_numbered;
use crate::store::model::Model;
use crate::store::model_pointer::ModelPointer;
use crate::store::model_version::ModelVersion;
use crate::store::parameter::Parameter;
use crate::store::price::Price;
use crate::store::state::{State, states_of};
use crate::store::supplier::Supplier;
use crate::store::{Store, StoreResult};

/// A table whose rows have a history that clients see.
pub trait Historied: Linked {
    /// What its changes are of.
    const KIND: ChangeKind;
}

macro_rules! historied {
    ($($entity:ident: $kind:ident;)+) => { $(
        impl Historied for $entity {
            const KIND: ChangeKind = ChangeKind::$kind;
        }
    )+ };
}

historied! {
    Supplier: Supplier;
    Model: Model;
    Alias: ModelAlias;
    Parameter: ModelParameter;
    Price: ModelPrice;
    Capability: Capability;
    CapabilityLink: ModelCapability;
    Category: Category;
    ModelVersion: ModelVersion;
    ModelPointer: ModelPointer;
}

/// The past of a batch of rows.
#[derive(Default)]
pub(super) struct Past {
    changes: ByArguments<(Slice, bool), ChangeLists>,
    blame: Relation<HashMap<i64, Blame>>,
}

/// Where a row's present values come from.
#[derive(Clone)]
pub struct Blame {
    /// The row's last state.
    pub state: Arc<State>,
    /// For each column, the number of the change that gave it its value; in the order of columns.
    pub since: Vec<(&'static str, i64)>,
    /// Those changes, by number.
    changes: Arc<HashMap<i64, ChangeItem>>,
}

impl Blame {
    /// The last of the changes that gave these columns their values; `None` if it is no longer kept.
    pub fn change(&self, columns: &[&'static str]) -> Option<ChangeItem> {
        let numbers = self.since.iter().filter(|(column, _)| columns.contains(column)).map(|(_, number)| *number);
        self.changes.get(&numbers.max()?).cloned()
    }
}

impl<E: Historied> Item<E> {
    /// The changes of the batch's rows, a slice of each; for models with `parts` also those of what belongs to them.
    pub fn history(&self, slice: Slice, parts: bool) -> Arc<ChangeLists> {
        let batch = self.batch();
        let make = || {
            let whose = if parts { Whose::WholeModels(batch.ids()) } else { Whose::Rows(E::KIND, batch.ids()) };
            ChangeLists::new(batch.store().clone(), whose, slice)
        };
        batch.past().changes.entry((slice, parts), make)
    }

    /// Where the row's values come from; `None` if nothing is kept of it. Two statements for the whole batch, which read
    /// every state that its rows were in.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn blame(&self) -> StoreResult<Option<Blame>> {
        let batch = self.batch();
        let blames = batch.past().blame.get(|| load_blame(batch.store(), E::KIND, batch.ids())).await?;
        Ok(blames.get(&crate::store::Row::id(&**self)).cloned())
    }
}

async fn load_blame(store: &Store, kind: ChangeKind, rows: Vec<i64>) -> StoreResult<HashMap<i64, Blame>> {
    let read = store.read(move |conn| {
        Box::pin(async move {
            let states = group_by(states_of(conn, kind, rows).await?, |state| state.row);
            let found: Vec<(State, Vec<(&'static str, i64)>)> = states.into_values().filter_map(blamed).collect();
            let numbers = distinct(found.iter().flat_map(|(_, since)| since.iter().map(|(_, number)| *number)));
            Ok((found, changes_numbered(conn, numbers).await?))
        })
    });
    let (found, changes) = read.await?;
    let items = ChangeItem::items(store, changes).into_iter().map(|item| (item.id, item));
    let changes: Arc<HashMap<i64, ChangeItem>> = Arc::new(items.collect());
    let blame = |(state, since): (State, Vec<_>)| {
        (state.row, Blame { state: Arc::new(state), since, changes: Arc::clone(&changes) })
    };
    Ok(found.into_iter().map(blame).collect())
}

/// A row's last state, and for each column the change that gave it the value it has there.
fn blamed(states: Vec<State>) -> Option<(State, Vec<(&'static str, i64)>)> {
    let mut since: Vec<(&'static str, i64)> = Vec::new();
    let mut last: Option<State> = None;
    for state in states {
        let changed = |index: usize| last.as_ref().is_none_or(|last| last.cells.get(index) != state.cells.get(index));
        since = state
            .cells
            .iter()
            .enumerate()
            .map(|(index, (column, _))| match since.get(index) {
                Some((_, number)) if !changed(index) => (*column, *number),
                _ => (*column, state.since),
            })
            .collect();
        last = Some(state);
    }
    last.map(|last| (last, since))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_that_comes_back_is_blamed_on_the_change_that_brought_it_back() {
        let state = |since, name: &str, note: &str| {
            let cells = vec![("name", json!(name)), ("note", json!(note))];
            State { since, until: since + 1, row: 1, cells }
        };
        let states = vec![state(1, "a", "x"), state(2, "b", "x"), state(3, "a", "x")];
        let (last, since) = blamed(states).expect("a state");
        assert_eq!(last.since, 3);
        assert_eq!(since, [("name", 3), ("note", 1)]);
    }
}
