//! What becomes of the rows of a model's list: pure, one list at a time.

use crate::store::{Fresh, Row};

use super::record::{Child, Columns};

/// Who states a list, which decides what becomes of rows that it doesn't state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author<'a> {
    /// A third party, by its source's name: rows of others stay.
    ThirdParty(&'a str),
    /// The own format, whose lists are complete.
    Own,
}

/// What becomes of a list.
pub struct Outcome<C: Child> {
    /// Rows to make.
    pub inserts: Vec<Fresh<Columns<C>>>,
    /// Rows as they are, and what their columns shall be.
    pub updates: Vec<(C::Row, Columns<C>)>,
    /// Rows that are no longer stated.
    pub deletes: Vec<C::Row>,
    /// How many stated rows are there already.
    pub unchanged: usize,
}

/// Compares what is live with what is stated.
///
/// # Errors
/// The second of two stated rows with one key.
pub fn diff<C: Child>(
    live: Vec<C::Row>,
    stated: Vec<Fresh<Columns<C>>>,
    author: Author<'_>,
) -> Result<Outcome<C>, Columns<C>> {
    if let Some(twice) = repeated::<C>(&stated) {
        return Err(twice);
    }
    let mut live: Vec<Option<C::Row>> = live.into_iter().map(Some).collect();
    let mut outcome = Outcome { inserts: Vec::new(), updates: Vec::new(), deletes: Vec::new(), unchanged: 0 };
    for mut fresh in stated {
        let same = |row: &Option<C::Row>| row.as_ref().is_some_and(|row| C::same_key(row.fields(), &fresh.fields));
        let row = live.iter().position(same).and_then(|index| live[index].take());
        let Some(row) = row else {
            outcome.inserts.push(fresh);
            continue;
        };
        if is_said_already::<C>(&row, &mut fresh.fields, author) {
            outcome.unchanged += 1;
        } else {
            outcome.updates.push((row, fresh.fields));
        }
    }
    let is_authors = |row: &C::Row| match author {
        Author::Own => true,
        Author::ThirdParty(source) => C::source(row.fields()) == Some(source),
    };
    outcome.deletes = live.into_iter().flatten().filter(is_authors).collect();
    Ok(outcome)
}

fn repeated<C: Child>(stated: &[Fresh<Columns<C>>]) -> Option<Columns<C>> {
    let is_second = |(index, fresh): &(usize, &Fresh<Columns<C>>)| {
        stated[..*index].iter().any(|earlier| C::same_key(&earlier.fields, &fresh.fields))
    };
    stated.iter().enumerate().find(is_second).map(|(_, fresh)| fresh.fields.clone())
}

/// Whether a live row says what is stated. A fact that a third party only repeats stays whose it is.
fn is_said_already<C: Child>(row: &C::Row, stated: &mut Columns<C>, author: Author<'_>) -> bool {
    if author == Author::Own {
        return row.fields() == stated;
    }
    let known = C::source(row.fields());
    C::keep_unsaid(row.fields(), stated, known == C::source(stated));
    let own = std::mem::replace(C::source_mut(stated), known.map(str::to_owned));
    let same = row.fields() == stated;
    *C::source_mut(stated) = own;
    same
}
