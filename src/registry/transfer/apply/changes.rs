//! The changes to one table, gathered first and written at once.
//!
//! Rows that are yet to be made have provisional ids below zero, so that others can point to them.

use std::collections::HashMap;

use crate::domain::Timestamp;
use crate::store::predicate::Predicate;
use crate::store::{Fresh, Row, Transaction, rows};

use super::error::ImportError;
use super::record::{Columns, Record};

/// The ids that provisional ones have become.
#[derive(Debug, Default)]
pub struct Ids(HashMap<i64, i64>);

impl Ids {
    /// Forgets ids that nothing points to any more.
    pub fn forget(&mut self, provisional: impl IntoIterator<Item = i64>) {
        for id in provisional {
            self.0.remove(&id);
        }
    }

    /// Replaces provisional ids by those they have become; answers whether none is left.
    fn settle_all<E: Record>(&self, columns: &mut Columns<E>) -> bool {
        let mut settled = true;
        for reference in E::references(columns).into_iter().flatten().filter(|reference| **reference < 0) {
            match self.0.get(reference) {
                Some(id) => *reference = *id,
                None => settled = false,
            }
        }
        settled
    }
}

/// An import that writes.
pub struct Writing<'a> {
    /// What is written in.
    pub transaction: &'a mut Transaction,
    /// When changed rows are changed.
    pub now: Timestamp,
    /// What provisional ids have become so far.
    pub ids: &'a mut Ids,
}

/// The changes to one table.
pub struct Changes<E: Record> {
    /// Rows to make, each with its provisional id if others may point to it.
    pub inserts: Vec<(Option<i64>, Fresh<Columns<E>>)>,
    /// Rows as they are, and what their columns shall be.
    pub updates: Vec<(E::Row, Columns<E>)>,
    /// Rows to delete softly.
    pub deletes: Vec<i64>,
}

impl<E: Record> Default for Changes<E> {
    fn default() -> Self {
        Self { inserts: Vec::new(), updates: Vec::new(), deletes: Vec::new() }
    }
}

impl<E: Record> Changes<E> {
    /// Writes the changes: deleted rows make room first, then come new rows, then changed ones.
    ///
    /// # Errors
    /// [`ImportError::Conflict`] if somebody else changed one of the rows; else if the database fails.
    pub async fn write(self, writing: &mut Writing<'_>) -> Result<(), ImportError> {
        if !self.deletes.is_empty() {
            rows::delete::<E>(writing.transaction, Predicate::id_in(E::ID, self.deletes), writing.now).await?;
        }
        insert::<E>(writing, self.inserts).await?;
        for (row, mut columns) in self.updates {
            let id = row.id();
            writing.ids.settle_all::<E>(&mut columns);
            if E::update(writing.transaction, row, columns, writing.now).await?.is_none() {
                return Err(ImportError::Conflict(format!("row {id} has another version")));
            }
        }
        Ok(())
    }
}

/// Inserts rows in rounds, each round those that point to no row which is yet to be made.
async fn insert<E: Record>(
    writing: &mut Writing<'_>,
    mut waiting: Vec<(Option<i64>, Fresh<Columns<E>>)>,
) -> Result<(), ImportError> {
    while !waiting.is_empty() {
        let before = waiting.len();
        let (mut round, mut rest) = (Vec::new(), Vec::new());
        for (id, mut fresh) in waiting {
            if writing.ids.settle_all::<E>(&mut fresh.fields) {
                round.push((id, fresh));
            } else {
                rest.push((id, fresh));
            }
        }
        if rest.len() == before {
            return Err(ImportError::record(E::ID.as_str(), "new rows point to each other in a circle"));
        }
        let (provisional, fresh): (Vec<_>, Vec<_>) = round.into_iter().unzip();
        let made = provisional.into_iter().zip(E::insert_many(writing.transaction, fresh).await?);
        writing.ids.0.extend(made.filter_map(|(provisional, id)| Some((provisional?, id))));
        waiting = rest;
    }
    Ok(())
}
