//! Which tables statements mention, and so which changes an answer depends on.
//!
//! Found in the text of the statements themselves, as they are sent: nobody has to say what a read depends on, and so nobody
//! can forget to. A name that is mentioned without being read makes an answer depend on too much, never on too little.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::domain::ChangeKind;

/// A set of tables of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tables(u32);

/// The bit of columns that only tell about a row: see [`super::narrow::CONTENTS`].
const CONTENTS: u32 = 1 << 29;
/// The bit of the history, which every change concerns.
const HISTORY: u32 = 1 << 30;
/// The bit of tables whose changes nobody is told of.
const UNTRACKED: u32 = 1 << 31;

impl Tables {
    /// The history: of whatever kind a change is, it concerns this.
    pub const HISTORY: Self = Self(HISTORY);
    /// Tables whose changes are in no feed.
    pub const UNTRACKED: Self = Self(UNTRACKED);

    pub(super) const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    pub(super) const fn bits(self) -> u32 {
        self.0
    }

    /// The table of these rows.
    pub fn of(kind: ChangeKind) -> Self {
        Self(1 << kind as u32)
    }

    /// These and those.
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These without the table of such rows.
    pub(super) fn without(self, kind: ChangeKind) -> Self {
        Self(self.0 & !Self::of(kind).0)
    }

    /// Whether the table of such rows is one of them.
    pub(super) fn has(self, kind: ChangeKind) -> bool {
        self.0 & Self::of(kind).0 != 0
    }

    /// What its rows are, if it is one table.
    pub(super) fn only_kind(self) -> Option<ChangeKind> {
        ChangeKind::ALL.iter().copied().find(|kind| self == Self::of(*kind))
    }

    /// Whether a column that only tells about a row was mentioned beside them.
    pub(super) const fn with_contents(self) -> bool {
        self.0 & CONTENTS != 0
    }

    /// The tables alone.
    pub(super) const fn without_contents(self) -> Self {
        Self(self.0 & !CONTENTS)
    }

    /// Whether the changes of all of them are in the feed.
    pub const fn are_tracked(self) -> bool {
        self.0 & UNTRACKED == 0
    }

    /// The kinds whose changes concern them.
    pub fn kinds(self) -> impl Iterator<Item = ChangeKind> {
        let all = self.0 & HISTORY != 0;
        ChangeKind::ALL.iter().copied().filter(move |kind| all || self.0 & Self::of(*kind).0 != 0)
    }

    /// The table of this name, or what it is made of; none if no answer depends on it.
    pub fn named(name: &str) -> Self {
        named(name)
    }

    /// Those that a piece of SQL mentions.
    pub(super) fn mentioned_in(sql: &str) -> Self {
        let words = sql.split(|letter: char| letter != '_' && !letter.is_ascii_alphanumeric());
        words.fold(Self::default(), |tables, word| tables.and(named(word)).and(contents(word)))
    }

    /// As [`Self::mentioned_in`], for text that is part of the program: it is looked through once.
    pub(super) fn mentioned_in_fixed(sql: &'static str) -> Self {
        thread_local! {
            static KNOWN: RefCell<HashMap<(*const u8, usize), Tables>> = RefCell::default();
        }
        let place = (sql.as_ptr(), sql.len());
        KNOWN.with_borrow_mut(|known| *known.entry(place).or_insert_with(|| Self::mentioned_in(sql)))
    }
}

/// The table of this name, or what it is made of.
fn named(word: &str) -> Tables {
    match word {
        "suppliers" => Tables::of(ChangeKind::Supplier),
        "models" => Tables::of(ChangeKind::Model),
        "model_aliases" => Tables::of(ChangeKind::ModelAlias),
        "model_parameters" => Tables::of(ChangeKind::ModelParameter),
        "capabilities" => Tables::of(ChangeKind::Capability),
        "model_capability_associations" => Tables::of(ChangeKind::ModelCapability),
        "model_categories" => Tables::of(ChangeKind::Category),
        "model_category_associations" => Tables::of(ChangeKind::ModelCategory),
        "model_prices" => Tables::of(ChangeKind::ModelPrice),
        "model_versions" => Tables::of(ChangeKind::ModelVersion),
        "model_pointers" => Tables::of(ChangeKind::ModelPointer),
        // Kept by triggers, from models and their aliases.
        "model_search" | "model_documents" => Tables::of(ChangeKind::Model).and(Tables::of(ChangeKind::ModelAlias)),
        "changes" | "change_sets" | "change_feed" => Tables::HISTORY,
        "access_state" | "api_tokens" | "audit_events" | "sign_in_links" | "sessions" | "master_keys"
        | "supplier_keys" => Tables::UNTRACKED,
        word if word.ends_with("_history") => Tables::HISTORY,
        _ => Tables::default(),
    }
}

/// The mark of a column that only tells about a row.
fn contents(word: &str) -> Tables {
    if super::narrow::CONTENTS.contains(&word) { Tables(CONTENTS) } else { Tables::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_found_by_their_whole_names() {
        let found = Tables::mentioned_in("SELECT m.id FROM \"models\" m JOIN model_prices ON model_id = m.id");
        assert_eq!(found, Tables::of(ChangeKind::Model).and(Tables::of(ChangeKind::ModelPrice)));
        assert_eq!(Tables::mentioned_in("SELECT models_2, xmodels FROM model"), Tables::default());
        assert_eq!(Tables::mentioned_in("FROM models_history"), Tables::HISTORY);
        assert!(!Tables::mentioned_in("FROM supplier_keys").are_tracked());
    }

    #[test]
    fn every_change_concerns_the_history() {
        assert_eq!(Tables::HISTORY.kinds().count(), ChangeKind::ALL.len());
        let both = Tables::of(ChangeKind::Supplier).and(Tables::of(ChangeKind::Category));
        assert_eq!(both.kinds().collect::<Vec<_>>(), [ChangeKind::Supplier, ChangeKind::Category]);
    }
}
