//! The table `model_category_associations`.

use super::category::CategoryRow;
use super::entity::entity;
use super::narrow::{Narrow, Rows, in_order};
use super::read::gather;
use super::schema::{model_categories, model_category_associations};
use super::sql::Sql;
use super::{Conn, Joined, StoreResult};

entity! {
    /// Which model is in which category.
    CategoryLink: model_category_associations => CategoryLinkRow { CategoryLinkFields }
    {
        /// The model.
        model_id: i64,
        /// The category.
        category_id: i64,
        /// Which import brought it; `None` if made by hand.
        source: Option<String>,
    }
}

/// Live associations of live categories with these models, with these categories, by the category's path.
///
/// # Errors
/// If the database fails.
pub async fn with_categories(conn: &mut Conn, models: Vec<i64>) -> StoreResult<Joined<CategoryLinkRow, CategoryRow>> {
    let narrow = Narrow::of::<CategoryLink>(Rows::OfModels(in_order(models.clone())));
    let looked_at = *conn.looked_at();
    let statement = Sql::new("SELECT ")
        .columns_of::<model_category_associations::table>(&looked_at, "model_category_associations.")
        .text(", ")
        .columns_of::<model_categories::table>(&looked_at, "model_categories.")
        .text(" FROM model_category_associations JOIN model_categories ON model_categories.id = model_category_associations.category_id")
        .text(" WHERE model_category_associations.deleted_at IS NULL AND model_categories.deleted_at IS NULL")
        .text(" AND model_category_associations.model_id")
        .in_ids(models)
        .text(" ORDER BY model_categories.path");
    gather(conn, statement.narrowed_to(narrow)).await
}
