//! Which rows of a table a statement reads, where it says so.
//!
//! That a statement reads a table is found in its text ([`super::tables`]); that it reads only some rows of it can't be, so a
//! statement that looks rows up by their ids, or by the model that they belong to, says which. Who says nothing reads all.

use std::sync::Arc;

use super::Entity;
use super::schema::Columns as _;
use super::tables::Tables;
use crate::domain::ChangeKind;

/// Some rows of a table, present ones and others that may yet be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrow {
    kind: ChangeKind,
    rows: Rows,
}

/// Which rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rows {
    /// Those with these ids, in order.
    Ids(Arc<[i64]>),
    /// Those of these models, in order. Not of aliases: all others stay with their model.
    OfModels(Arc<[i64]>),
    /// Whichever are chosen by other columns than those that only tell about a row: see [`CONTENTS`].
    Chosen,
}

/// The columns of a model by which none is ever chosen without a word of it in the statement; a change of these alone leaves every
/// list as it is that doesn't mention them.
pub(super) const CONTENTS: [&str; 5] = ["display_name", "description", "extra", "updated_at", "version"];

/// A change, as far as is needed to tell what it concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Touch {
    pub(super) kind: ChangeKind,
    pub(super) of_row: i64,
    pub(super) of_model: Option<i64>,
    /// Whether more than its [`CONTENTS`] changed.
    pub(super) chooses: bool,
}

impl Narrow {
    /// Some rows of the table of `kind`.
    #[cfg(test)]
    pub(super) const fn new(kind: ChangeKind, rows: Rows) -> Self {
        Self { kind, rows }
    }

    /// Some rows of an entity's table; `None` if changes don't tell whether they are of these.
    pub(super) fn of<E: Entity>(rows: Rows) -> Option<Self> {
        let kind = Tables::named(E::Table::TABLE).only_kind()?;
        let passes_on = kind == ChangeKind::ModelAlias && matches!(rows, Rows::OfModels(_));
        (!passes_on).then_some(Self { kind, rows })
    }

    /// What they are.
    pub(super) const fn kind(&self) -> ChangeKind {
        self.kind
    }

    /// Whether the change is of one of the rows.
    pub(super) fn concerns(&self, touch: &Touch) -> bool {
        self.kind == touch.kind
            && match &self.rows {
                Rows::Ids(ids) => ids.binary_search(&touch.of_row).is_ok(),
                Rows::OfModels(ids) => touch.of_model.is_none_or(|model| ids.binary_search(&model).is_ok()),
                Rows::Chosen => touch.chooses,
            }
    }

    /// About how many bytes it takes.
    pub fn size(&self) -> usize {
        size_of::<Self>()
            + match &self.rows {
                Rows::Ids(ids) | Rows::OfModels(ids) => size_of_val(&**ids),
                Rows::Chosen => 0,
            }
    }
}

/// Ids in order, each once.
pub(super) fn in_order(mut ids: Vec<i64>) -> Arc<[i64]> {
    ids.sort_unstable();
    ids.dedup();
    ids.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema::models;

    /// Every column of a model is one that [`super::super::revisions`] compares or one of [`CONTENTS`].
    #[test]
    fn no_column_of_a_model_is_forgotten() {
        let compared = crate::store::revisions::CHOOSING;
        let left: Vec<_> = models::table::COLUMNS
            .iter()
            .filter(|column| !CONTENTS.contains(column) && !compared.contains(column) && **column != "id")
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn a_change_concerns_the_rows_it_is_of() {
        let touch = Touch { kind: ChangeKind::ModelPrice, of_row: 7, of_model: Some(3), chooses: true };
        let concerns = |kind, rows| Narrow::new(kind, rows).concerns(&touch);
        assert!(concerns(ChangeKind::ModelPrice, Rows::Ids(in_order(vec![9, 7, 7]))));
        assert!(!concerns(ChangeKind::ModelPrice, Rows::Ids(in_order(vec![3]))));
        assert!(concerns(ChangeKind::ModelPrice, Rows::OfModels(in_order(vec![3]))));
        assert!(!concerns(ChangeKind::ModelPrice, Rows::OfModels(in_order(vec![7]))));
        assert!(concerns(ChangeKind::ModelPrice, Rows::Chosen));
        assert!(!concerns(ChangeKind::Model, Rows::Ids(in_order(vec![7]))));
    }
}
