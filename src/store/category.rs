//! The table `model_categories`.

use super::entity::entity;
use super::predicate::{Comparison, Predicate};
use super::rows::{rows, update};
use super::schema::fields;
use super::sql::{Sql, Value};
use super::{Conn, StoreResult, Transaction};
use crate::domain::Timestamp;

entity! {
    /// A tree of categories.
    Category: model_categories => CategoryRow { CategoryFields }
    {
        /// Natural key among its siblings.
        name: String,
        /// Name to show, in any language.
        display_name: String,
        /// Free text.
        description: Option<String>,
        /// Kind of category, such as `task`.
        category_type: String,
        /// The category above; `None` at a root.
        parent_id: Option<i64>,
        /// Whether it is in use.
        is_active: bool,
        /// Place among its siblings.
        position: i32,
        /// Names from the root down, joined by `/`: a subtree is a range of paths.
        path: String,
    }
}

/// Live categories below (and with) the category at `path`, or the whole tree, by their place: parents before children,
/// siblings by position and name
///
/// # Errors
/// If the database fails.
pub async fn subtree(conn: &mut Conn, path: Option<&str>) -> StoreResult<Vec<CategoryRow>> {
    let condition = path.map_or_else(Predicate::always, within);
    let live = Predicate::is_null(fields::model_categories::deleted_at(), true);
    rows::<Category>(
        conn,
        Predicate::all([live, condition]),
        &[fields::model_categories::position(), fields::model_categories::path()],
    )
    .await
}

/// Categories at `path` or below it: one range of paths. `0` follows `/` in ASCII.
pub fn within(path: &str) -> Predicate {
    let below = Predicate::all([
        Predicate::compare(fields::model_categories::path(), Comparison::AtLeast, Value::Text(format!("{path}/"))),
        Predicate::compare(fields::model_categories::path(), Comparison::Below, Value::Text(format!("{path}0"))),
    ]);
    let same = Predicate::compare(fields::model_categories::path(), Comparison::Equal, Value::Text(path.to_owned()));
    Predicate::any([same, below])
}

/// The paths of a category's ancestors, the root first.
pub fn ancestor_paths(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// Gives every category at `old` or below it the path it has when `old` becomes `new`.
///
/// # Errors
/// If the database fails; [`super::StoreError::Duplicate`] if a live category has one of those paths.
pub async fn move_paths(transaction: &mut Transaction, old: &str, new: &str, now: Timestamp) -> StoreResult<usize> {
    let start = i64::try_from(old.chars().count()).unwrap_or(i64::MAX - 1) + 1;
    let assignment = Sql::new("path = ")
        .dialect("", "CAST(")
        .bind(Value::Text(new.to_owned()))
        .dialect("", " AS TEXT)")
        .text(" || substr(path, CAST(")
        .bind(Value::BigInt(start))
        .text(" AS INTEGER))");
    update::<Category>(transaction, assignment, within(old), now).await
}
