//! What categories lead to: the tree around them, and models.

use std::collections::HashMap;
use std::sync::Arc;

use super::batch::{Batch, ByArguments, Item, Linked, Relation, distinct, group_by};
use super::list::ListLoader;
use super::related::items_by_ids;
use crate::store::category::{Category, CategoryRow, ancestor_paths, subtree, within};
use crate::store::model::Model;
use crate::store::predicate::Predicate;
use crate::store::rows::rows;
use crate::store::schema::fields;
use crate::store::{Store, StoreResult};

/// Most children that a category lists.
const MAX_CHILDREN: usize = 1000;

/// The relations of a batch of categories.
#[derive(Default)]
pub struct CategoryRelations {
    parent: Relation<HashMap<i64, Item<Category>>>,
    children: Relation<HashMap<i64, Vec<Item<Category>>>>,
    ancestors: Relation<HashMap<String, Item<Category>>>,
    descendants: Relation<Vec<Item<Category>>>,
    models: ByArguments<String, ListLoader<Model>>,
}

impl Linked for Category {
    type Relations = CategoryRelations;
}

impl Item<Category> {
    /// The category above; `None` at a root.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn parent(&self) -> StoreResult<Option<Self>> {
        let Some(parent) = self.parent_id else { return Ok(None) };
        let batch = self.batch();
        let ids = || distinct(batch.rows().iter().filter_map(|row| row.parent_id));
        let parents = batch.relations().parent.get(|| items_by_ids(batch.store(), ids())).await?;
        Ok(parents.get(&parent).cloned())
    }

    /// The live categories directly below, by position and name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn children(&self) -> StoreResult<Vec<Self>> {
        let batch = self.batch();
        let children = batch.relations().children.get(|| load_children(batch.store(), batch.ids())).await?;
        Ok(children
            .get(&self.id)
            .map(|children| children.iter().take(MAX_CHILDREN).cloned().collect())
            .unwrap_or_default())
    }

    /// The categories above, the root first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn ancestors(&self) -> StoreResult<Vec<Self>> {
        let batch = self.batch();
        let paths = || batch.rows().iter().flat_map(|row| ancestor_paths(&row.path)).map(str::to_owned).collect();
        let ancestors = batch.relations().ancestors.get(|| load_paths(batch.store(), paths())).await?;
        Ok(ancestor_paths(&self.path).filter_map(|path| ancestors.get(path)).cloned().collect())
    }

    /// The live categories below, at most `max_depth` levels, by path.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn descendants(&self, max_depth: usize) -> StoreResult<Vec<Self>> {
        let batch = self.batch();
        let below = batch.relations().descendants.get(|| load_descendants(batch.store(), batch.rows())).await?;
        let prefix = format!("{}/", self.path);
        let depth = |path: &str| path.matches('/').count();
        let deepest = depth(&self.path) + max_depth;
        Ok(below
            .iter()
            .filter(|item| item.path.starts_with(&prefix) && depth(&item.path) <= deepest)
            .cloned()
            .collect())
    }

    /// The models of the batch's categories; `arguments` tells one list and window from another.
    pub fn models(
        &self,
        arguments: String,
        make: impl FnOnce(Store, Vec<i64>) -> ListLoader<Model>,
    ) -> Arc<ListLoader<Model>> {
        let batch = self.batch();
        batch.relations().models.entry(arguments, || make(batch.store().clone(), batch.ids()))
    }
}

fn live() -> Predicate {
    Predicate::is_null(fields::model_categories::deleted_at(), true)
}

async fn load_children(store: &Store, parents: Vec<i64>) -> StoreResult<HashMap<i64, Vec<Item<Category>>>> {
    use fields::model_categories::{name, parent_id, position};
    let condition = Predicate::all([Predicate::id_in(parent_id(), parents), live()]);
    let found = store
        .read_along(move |conn| Box::pin(async move { rows::<Category>(conn, condition, &[position(), name()]).await }))
        .await?;
    Ok(group_by(Batch::<Category>::items(store, found), |item| item.parent_id.unwrap_or_default()))
}

async fn load_paths(store: &Store, paths: Vec<String>) -> StoreResult<HashMap<String, Item<Category>>> {
    if paths.is_empty() {
        return Ok(HashMap::new());
    }
    let condition = Predicate::all([Predicate::text_in(fields::model_categories::path(), paths), live()]);
    let found =
        store.read_along(move |conn| Box::pin(async move { rows::<Category>(conn, condition, &[]).await })).await?;
    Ok(Batch::<Category>::items(store, found).into_iter().map(|item| (item.path.clone(), item)).collect())
}

async fn load_descendants(store: &Store, tops: &[CategoryRow]) -> StoreResult<Vec<Item<Category>>> {
    let condition = Predicate::all([Predicate::any(tops.iter().map(|row| within(&row.path))), live()]);
    let found = store
        .read(move |conn| {
            Box::pin(async move { rows::<Category>(conn, condition, &[fields::model_categories::path()]).await })
        })
        .await?;
    Ok(Batch::items(store, found))
}

/// The live categories below `root` (or all), as a tree of at most `max_depth` levels, in one statement: the children
/// of every category that is returned are known already.
///
/// # Errors
/// If the database fails.
pub async fn tree(store: &Store, root: Option<CategoryRow>, max_depth: usize) -> StoreResult<Vec<Item<Category>>> {
    let path = root.as_ref().map(|row| row.path.clone());
    let found = store.read_along(move |conn| Box::pin(async move { subtree(conn, path.as_deref()).await })).await?;
    let top = root.map(|row| row.path.matches('/').count()).unwrap_or_default();
    let mut levels: Vec<Vec<CategoryRow>> = (0..max_depth).map(|_| Vec::new()).collect();
    for row in found {
        if let Some(level) = levels.get_mut(row.path.matches('/').count() - top) {
            level.push(row);
        }
    }
    let mut below = Vec::new();
    for level in levels.into_iter().rev() {
        let children = group_by(below, |item: &Item<Category>| item.parent_id.unwrap_or_default());
        let relations = CategoryRelations { children: Relation::known(children), ..CategoryRelations::default() };
        below = Batch::items_with(store, level, relations);
    }
    Ok(below)
}
