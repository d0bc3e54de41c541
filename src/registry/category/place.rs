//! Where a category stands in the tree.

use crate::registry::user_error::{Errors, UserErrorCode};
use crate::registry::write::{equals, points_to};
use crate::store::category::{Category, CategoryRow};
use crate::store::predicate::Predicate;
use crate::store::rows::{count, live, row};
use crate::store::schema::fields::model_categories as columns;
use crate::store::{StoreResult, Transaction};

/// Most levels of the tree.
const LEVELS: usize = 20;
/// Most categories directly below one, and most roots.
const SIBLINGS: i64 = 1_000;

/// A place in the tree.
pub(super) struct Place {
    pub(super) parent_id: Option<i64>,
    pub(super) path: String,
}

/// What to say of a path that is taken.
pub(super) fn taken(path: &str) -> String {
    format!("there is a live category at {path:?}")
}

/// How many levels down a path leads: 1 for a root.
fn level(path: &str) -> usize {
    path.matches('/').count() + 1
}

/// How many levels `rows` have below a category; those elsewhere in the tree don't count.
pub(super) fn levels_below(category: &CategoryRow, rows: &[CategoryRow]) -> usize {
    let below = rows.iter().filter_map(|row| row.path.strip_prefix(category.path.as_str()));
    below.filter(|rest| rest.starts_with('/')).map(|rest| rest.matches('/').count()).max().unwrap_or(0)
}

impl Place {
    /// The place of this name below a parent, or among the roots.
    pub(super) fn new(parent: Option<&CategoryRow>, name: &str) -> Self {
        let path = parent.map_or_else(|| name.to_owned(), |parent| format!("{}/{name}", parent.path));
        Self { parent_id: parent.map(|parent| parent.id), path }
    }

    /// Notes what keeps a category that moves from this place.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn check_move(
        &self,
        transaction: &mut Transaction,
        moved: &CategoryRow,
        field: &str,
        errors: &mut Errors,
    ) -> StoreResult<()> {
        if self.path.starts_with(&format!("{}/", moved.path)) {
            errors.add(field, UserErrorCode::Cycle, "a category can't come below itself");
            return Ok(());
        }
        let subtree = super::subtree(transaction, &moved.path).await?;
        self.check(transaction, levels_below(moved, &subtree), field, field, errors).await
    }

    /// Notes what keeps a category with so many levels below it from this place.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn check(
        &self,
        transaction: &mut Transaction,
        levels_below: usize,
        parent_field: &str,
        name_field: &str,
        errors: &mut Errors,
    ) -> StoreResult<()> {
        if level(&self.path) + levels_below > LEVELS {
            let message = format!("the tree has at most {LEVELS} levels");
            errors.add(parent_field, UserErrorCode::TooMany, message);
        }
        let siblings = match self.parent_id {
            Some(parent) => points_to(columns::parent_id(), parent),
            None => Predicate::is_null(columns::parent_id(), true),
        };
        if count::<Category>(transaction.conn(), Predicate::all([live(), siblings])).await? >= SIBLINGS {
            let message = format!("at most {SIBLINGS} categories stand side by side");
            errors.add(parent_field, UserErrorCode::TooMany, message);
        }
        self.check_free(transaction, name_field, errors).await
    }

    /// Notes if a live category has this place.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn check_free(
        &self,
        transaction: &mut Transaction,
        field: &str,
        errors: &mut Errors,
    ) -> StoreResult<()> {
        if errors.on(field) {
            return Ok(());
        }
        let there = Predicate::all([live(), equals(columns::path(), &self.path)]);
        if row::<Category>(transaction.conn(), there).await?.is_some() {
            errors.add(field, UserErrorCode::Taken, taken(&self.path));
        }
        Ok(())
    }
}
