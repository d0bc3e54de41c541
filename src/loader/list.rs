//! The lists of many parents, paged and counted together.

use std::collections::HashMap;
use std::sync::Arc;

use super::batch::{Batch, ByArguments, Item, Linked, Relation, group_by};
use crate::store::facets::{self, Facet, FacetCount};
use crate::store::model::Model;
use crate::store::page::{List, Page, Position, Window};
use crate::store::{Store, StoreResult};

/// The parent of a list of a whole table.
const ALL: i64 = 0;

/// A list and a window of it, for every parent of a batch. Nothing is loaded before it is asked for.
pub struct ListLoader<E: Linked> {
    store: Store,
    list: Arc<List<E>>,
    window: Window,
    counts_with_pages: bool,
    pages: Relation<Pages<E>>,
    totals: Relation<HashMap<i64, i64>>,
    facets: ByArguments<Facet, Relation<HashMap<i64, Vec<FacetCount>>>>,
}

/// The windows of all parents' lists.
pub struct Pages<E: Linked> {
    by_parent: HashMap<i64, LoadedPage<E>>,
    /// How many rows each list has, where that came with the windows.
    totals: Option<Arc<HashMap<i64, i64>>>,
}

impl<E: Linked> Pages<E> {
    /// The page of a parent; an empty one if it has no rows.
    pub fn of(&self, parent: i64) -> LoadedPage<E> {
        self.by_parent.get(&parent).cloned().unwrap_or(LoadedPage { items: Vec::new(), more: false })
    }
}

/// The window of one parent's list.
pub struct LoadedPage<E: Linked> {
    /// The rows, each with its place in the list.
    pub items: Vec<(Item<E>, Position)>,
    /// Whether the list goes on beyond the window, in the window's direction.
    pub more: bool,
}

impl<E: Linked> Clone for LoadedPage<E> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), more: self.more }
    }
}

impl<E: Linked> ListLoader<E> {
    /// Prepares a window of a list.
    pub fn new(store: Store, list: List<E>, window: Window) -> Self {
        Self {
            store,
            list: Arc::new(list),
            window,
            counts_with_pages: false,
            pages: Relation::default(),
            totals: Relation::default(),
            facets: ByArguments::default(),
        }
    }

    /// Says that both the window and how many rows the list has will be asked for, which then may be one statement.
    pub fn with_both_asked_for(mut self) -> Self {
        self.counts_with_pages = self.list.is_counted_with(&self.window);
        self
    }

    /// Where it is loaded from.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The window that is loaded.
    pub const fn window(&self) -> &Window {
        &self.window
    }

    /// The pages of all parents. The rows of all pages are one batch.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn pages(&self) -> StoreResult<Arc<Pages<E>>> {
        self.pages.get(|| self.load_pages()).await
    }

    async fn load_pages(&self) -> StoreResult<Pages<E>> {
        if let Some(found) = self.store.found_page(&self.list, &self.window).await? {
            return Ok(self.batch(found.pages, Some(vec![(ALL, found.total)])));
        }
        let (list, window) = (Arc::clone(&self.list), self.window.clone());
        let counts = self.counts_with_pages;
        let (pages, totals) = self
            .store
            .read(move |conn| {
                Box::pin(async move {
                    if counts {
                        let (pages, totals) = list.load_counted(conn, &window).await?;
                        return Ok((pages, Some(totals)));
                    }
                    Ok((list.load(conn, &window).await?, None))
                })
            })
            .await?;
        Ok(self.batch(pages, totals))
    }

    fn batch(&self, pages: Vec<(i64, Page<E::Row>)>, totals: Option<Vec<(i64, i64)>>) -> Pages<E> {
        let mut places = Vec::new();
        let mut rows = Vec::new();
        for (parent, page) in pages {
            places.push((parent, page.more, page.rows.len()));
            rows.extend(page.rows);
        }
        let (rows, positions): (Vec<E::Row>, Vec<Position>) = rows.into_iter().unzip();
        let mut items = Batch::items(&self.store, rows).into_iter().zip(positions);
        let by_parent = places
            .into_iter()
            .map(|(parent, more, count)| (parent, LoadedPage { items: items.by_ref().take(count).collect(), more }))
            .collect();
        Pages { by_parent, totals: totals.map(|totals| Arc::new(totals.into_iter().collect())) }
    }

    /// How many rows each parent's list has; a parent without rows is missing.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn totals(&self) -> StoreResult<Arc<HashMap<i64, i64>>> {
        if self.counts_with_pages
            && let Some(totals) = &self.pages().await?.totals
        {
            return Ok(Arc::clone(totals));
        }
        self.totals
            .get(|| async {
                if let Some(total) = self.store.found_total(&self.list).await? {
                    return Ok(HashMap::from([(ALL, total)]));
                }
                let list = Arc::clone(&self.list);
                let counts = self.store.read(move |conn| Box::pin(async move { list.count(conn).await })).await?;
                Ok(counts.into_iter().collect())
            })
            .await
    }
}

impl ListLoader<Model> {
    /// Counts of each parent's models by `facet`.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn facet(&self, facet: Facet) -> StoreResult<Arc<HashMap<i64, Vec<FacetCount>>>> {
        let relation = self.facets.entry(facet, Relation::default);
        relation
            .get(|| async {
                if let Some(counts) = self.store.found_facet(&self.list, facet).await? {
                    return Ok(HashMap::from([(ALL, counts)]));
                }
                let list = Arc::clone(&self.list);
                let counts = self
                    .store
                    .read(move |conn| Box::pin(async move { facets::counts(conn, &list, facet).await }))
                    .await?;
                let by_parent = group_by(counts, |(parent, _)| *parent);
                Ok(by_parent
                    .into_iter()
                    .map(|(parent, counts)| (parent, counts.into_iter().map(|(_, count)| count).collect()))
                    .collect())
            })
            .await
    }
}
