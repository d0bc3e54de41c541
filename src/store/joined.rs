//! Links between two tables with what they lead to, read by one statement.

use std::collections::HashSet;

use super::read::{Cells, Gather, ReadRow, Source};

/// Links, and the rows that they lead to: each once, however many links lead there.
pub struct Joined<L, R> {
    /// The links, in the order of the statement.
    pub links: Vec<L>,
    /// What they lead to, in the order in which it came first.
    pub rows: Vec<R>,
    known: HashSet<i64>,
}

impl<L, R> Default for Joined<L, R> {
    fn default() -> Self {
        Self { links: Vec::new(), rows: Vec::new(), known: HashSet::new() }
    }
}

impl<L: ReadRow, R: ReadRow> Gather for Joined<L, R> {
    fn add<'a, S: Source<'a>>(&mut self, cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<()> {
        self.links.push(cells.next()?);
        // The id is the first column of every table, and is always read.
        if self.known.insert(cells.peek()?) {
            self.rows.push(cells.next()?);
        }
        Ok(())
    }
}
