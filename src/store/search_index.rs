//! The live models in memory, as sets, for searches and counts: see decision 0029.
//!
//! What is found here is true for one state of the database, which the statement that reads the rows of a page says again:
//! if it saw another state, the index catches up, and the question is put once more. So an answer is that of one state, as
//! the database's own would be.

mod catalogue;
mod counting;
mod documents;
mod matching;
mod names;
mod refresh;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::condition::Condition;
use super::facets::{self, Facet, FacetCount};
use super::model::Model;
use super::page::{Found, List, Window, state_seen};
use super::{Conn, Entity, Store, StoreResult};
use catalogue::{Catalogue, Stamp};
pub(super) use matching::{ByName, Wanted};
use refresh::{Since, Whole, all, changed_since};
use roaring::RoaringBitmap;

/// How often a question is put again because the database had moved on.
const ATTEMPTS: usize = 3;

/// The live models in memory. Clones share them.
#[derive(Clone)]
pub struct SearchIndex(Arc<State>);

struct State {
    max_bytes: u64,
    known: RwLock<Known>,
    /// Held by whoever reads from the database what the index is to hold.
    refreshing: Arc<tokio::sync::Mutex<()>>,
    answered: AtomicU64,
    passed_on: AtomicU64,
}

enum Known {
    /// Nothing: it was never asked, or is being read.
    Nothing,
    /// That it can't hold the models, however often it tries.
    Unfit,
    /// A state.
    Of(Box<Catalogue>),
}

/// What there is to know of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IndexState {
    /// How many models it holds.
    pub models: u64,
    /// About how many bytes it takes.
    pub bytes: u64,
    /// Questions that it has answered.
    pub answered: u64,
    /// Questions that it could have answered by their kind, and left to the database.
    pub passed_on: u64,
}

impl SearchIndex {
    /// An index that takes at most `max_bytes`, about; none if that is 0.
    pub(super) fn new(max_bytes: u64) -> Self {
        Self(Arc::new(State {
            max_bytes,
            known: RwLock::new(Known::Nothing),
            refreshing: Arc::default(),
            answered: AtomicU64::new(0),
            passed_on: AtomicU64::new(0),
        }))
    }

    /// What there is to know of it.
    pub fn state(&self) -> IndexState {
        let (models, bytes) = match &*self.read() {
            Known::Of(catalogue) => (catalogue.models(), u64::try_from(catalogue.bytes()).unwrap_or(u64::MAX)),
            Known::Nothing | Known::Unfit => (0, 0),
        };
        let count = |number: &AtomicU64| number.load(Ordering::Relaxed);
        IndexState { models, bytes, answered: count(&self.0.answered), passed_on: count(&self.0.passed_on) }
    }

    fn read(&self) -> RwLockReadGuard<'_, Known> {
        self.0.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Known> {
        self.0.known.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the last change that it holds; `None` if it holds nothing.
    fn last(&self) -> Option<i64> {
        match &*self.read() {
            Known::Of(catalogue) => Some(catalogue.stamp.last),
            Known::Nothing | Known::Unfit => None,
        }
    }
}

impl Store {
    /// The index of the database's models.
    pub const fn search_index(&self) -> &SearchIndex {
        &self.index
    }

    /// The window of a list and how long the list is, if the list is searched for words, and the index can tell.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn found_page<E: Entity>(
        &self,
        list: &Arc<List<E>>,
        window: &Window,
    ) -> StoreResult<Option<Found<E::Row>>> {
        if !list.is_searched() || !self.can_be_asked(&**list) {
            return Ok(None);
        }
        let wanted = list.wanted(window);
        let chosen =
            |catalogue: &Catalogue, found: &RoaringBitmap| Some((found.len(), catalogue.candidates(found, &wanted)?));
        self.agreed(list.condition(), chosen, |(total, ids)| {
            let (list, window) = (Arc::clone(list), window.clone());
            let read = self.read(move |conn| Box::pin(async move { list.load_among(conn, ids, &window).await }));
            async move {
                let (pages, seen) = read.await?;
                Ok((Found { pages, total: i64::try_from(total).unwrap_or(i64::MAX) }, seen))
            }
        })
        .await
    }

    /// How many rows a list has, if the index can tell.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn found_total<E: Entity>(&self, list: &Arc<List<E>>) -> StoreResult<Option<i64>> {
        let note = |conn: &Conn, list: &List<E>| list.note_rows_chosen(conn);
        let counted = self.told_by_index(list, |_, found| Some(found.len()), note).await?;
        Ok(counted.map(|total| i64::try_from(total).unwrap_or(i64::MAX)))
    }

    /// Counts of a list's models by `facet`, if the index can tell.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn found_facet(&self, list: &Arc<List<Model>>, facet: Facet) -> StoreResult<Option<Vec<FacetCount>>> {
        if !facets::is_counted_in_memory(facet) {
            return Ok(None);
        }
        let note = move |conn: &Conn, list: &List<Model>| facets::note(conn, list, facet);
        self.told_by_index(list, |catalogue, found| catalogue.facet(found, facet), note).await
    }

    /// What the index answers to a question about a list, of which `note` says what the answer depends on.
    async fn told_by_index<E: Entity, T>(
        &self,
        list: &Arc<List<E>>,
        question: impl Fn(&Catalogue, &RoaringBitmap) -> Option<T>,
        note: impl Fn(&Conn, &List<E>) + Copy + Send + 'static,
    ) -> StoreResult<Option<T>> {
        if !self.can_be_asked(&**list) {
            return Ok(None);
        }
        self.agreed(list.condition(), question, |answer| {
            let list = Arc::clone(list);
            let read = self.read(move |conn| {
                note(conn, &list);
                Box::pin(state_seen(conn))
            });
            async move { Ok((answer, read.await?)) }
        })
        .await
    }

    /// Puts a question until its answer is true for the state that is seen by who `reads` with it, and answers what they read.
    async fn agreed<Answer, Read, Reading>(
        &self,
        condition: &Condition,
        question: impl Fn(&Catalogue, &RoaringBitmap) -> Option<Answer>,
        reads: impl Fn(Answer) -> Reading,
    ) -> StoreResult<Option<Read>>
    where
        Reading: Future<Output = StoreResult<(Read, Option<String>)>>,
    {
        self.counting(async {
            for _ in 0..ATTEMPTS {
                let Some((stamp, answer)) = self.ask(condition, &question).await? else { return Ok(None) };
                let (read, seen) = reads(answer).await?;
                if seen.as_ref() == Some(&stamp.text()) {
                    return Ok(Some(read));
                }
                self.refresh_index(stamp.last + 1).await?;
            }
            Ok(None)
        })
        .await
    }

    /// Whether the index knows lists of this kind, and knows the state that is read.
    fn can_be_asked<E: Entity>(&self, list: &List<E>) -> bool {
        self.moment.is_none() && self.index.0.max_bytes > 0 && list.is_told_by_index()
    }

    async fn counting<T>(&self, answer: impl Future<Output = StoreResult<Option<T>>>) -> StoreResult<Option<T>> {
        let answer = answer.await?;
        let State { answered, passed_on, .. } = &*self.index.0;
        if answer.is_some() { answered } else { passed_on }.fetch_add(1, Ordering::Relaxed);
        Ok(answer)
    }

    /// Puts a question about the models that meet a condition, and says for which state the answer is true. `None` if the index
    /// can't tell, or doesn't hold anything yet; it is then read for those who come later.
    async fn ask<T>(
        &self,
        condition: &Condition,
        question: impl Fn(&Catalogue, &RoaringBitmap) -> Option<T>,
    ) -> StoreResult<Option<(Stamp, T)>> {
        let known = self.revisions.now().position;
        if self.index.last().is_some_and(|last| last < known) {
            self.refresh_index(known).await?;
        }
        if let Known::Of(catalogue) = &*self.index.read() {
            let found = catalogue.meeting(condition, &catalogue.all);
            let answer = found.and_then(|found| question(catalogue, &found));
            return Ok(answer.map(|answer| (catalogue.stamp.clone(), answer)));
        }
        self.begin_to_read();
        Ok(None)
    }

    /// Reads what has changed, unless the change of this number is known already.
    async fn refresh_index(&self, wanted: i64) -> StoreResult<()> {
        let index = &self.index;
        let _refreshing = index.0.refreshing.lock().await;
        let Some(known) = (match &*index.read() {
            Known::Of(catalogue) => Some(catalogue.stamp.clone()).filter(|stamp| stamp.last < wanted),
            Known::Nothing | Known::Unfit => None,
        }) else {
            return Ok(());
        };
        let apart = self.counted();
        let since = apart.read_snapshot(move |conn| Box::pin(async move { changed_since(conn, &known).await })).await?;
        match since {
            Since::Changed(changed) => {
                if let Known::Of(catalogue) = &mut *index.write() {
                    catalogue.apply(*changed);
                }
            }
            Since::Anew => *index.write() = Known::Nothing,
            Since::Nothing => {}
        }
        Ok(())
    }

    /// Begins to read all models, unless that is under way; nobody waits for it.
    fn begin_to_read(&self) {
        if matches!(&*self.index.read(), Known::Unfit) {
            return;
        }
        let Ok(refreshing) = Arc::clone(&self.index.0.refreshing).try_lock_owned() else { return };
        let store = self.counted().patient();
        tokio::spawn(async move {
            let _refreshing = refreshing;
            let max_bytes = store.index.0.max_bytes;
            let read = store.read_snapshot(move |conn| Box::pin(all(conn, max_bytes))).await;
            let known = match read {
                Ok(Whole::Of(catalogue)) => Known::Of(catalogue),
                Ok(Whole::TooLarge) => {
                    tracing::info!(max_bytes, "the models don't fit into the search index: the database searches");
                    Known::Unfit
                }
                Ok(Whole::FoldsOtherwise) => {
                    tracing::info!("the database folds letters as the search index can't: the database searches");
                    Known::Unfit
                }
                // Whoever searches next begins again.
                Ok(Whole::NotYet) => return,
                Err(error) => {
                    tracing::debug!(%error, "the search index could not be read");
                    return;
                }
            };
            *store.index.write() = known;
        });
    }
}

impl Stamp {
    /// As the database writes it: see [`state_seen`].
    fn text(&self) -> String {
        let (registry, purged) = &self.feed;
        format!("{registry}/{purged}/{}", self.last)
    }
}
