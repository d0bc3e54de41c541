//! The roots of reading the history: change sets, and the feed of changes.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::change::Change;
use super::change_set::{ChangeSet, ChangeSetConnection};
use super::cursor::ListName;
use super::error::{bad_input, fault};
use super::feed_cursor::{self, Place};
use super::guard::ByPolicy;
use super::id::{NodeKind, expect_row, parse};
use super::paging::PageArguments;
use super::scope::scope;
use crate::domain::{ChangeChannel, ChangeKind, Timestamp};
use crate::loader::{ChangeItem, ChangeSetItem, ChangeSetList};
use crate::store::change_set::ChangeSetFilter;
use crate::store::feed::{ChangeFilter, ChangeRow, Feed, changes_after, feed};
use crate::store::predicate::Predicate;
use crate::store::rows::rows;
use crate::store::schema::fields::suppliers;
use crate::store::supplier::Supplier;
use crate::store::{Conn, StoreResult};

/// Most changes that the feed gives at once.
const MAX_CHANGES: usize = 1000;
/// Most ids, suppliers or texts of a filter.
const MAX_FILTERS: usize = 100;

/// Conditions on change sets; all that are given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct ChangeSetWhere {
    /// Made by one of these.
    pub actors: Option<Vec<String>>,
    /// That came by one of these ways.
    pub channels: Option<Vec<ChangeChannel>>,
    /// That did one of these things, such as `updateModel` or `importCatalogue`.
    pub operations: Option<Vec<String>>,
    /// Made at this moment or later.
    pub since: Option<DateTime<Utc>>,
    /// Made at this moment or earlier.
    pub until: Option<DateTime<Utc>>,
    /// Whether they undo another one.
    pub is_revert: Option<bool>,
    /// That undo the change set with this id.
    pub reverts: Option<ID>,
    /// With a change of one of these types.
    pub types: Option<Vec<ChangeKind>>,
    /// With a change of one of these objects, at most 100; for a model also of what belongs to it.
    pub ids: Option<Vec<ID>>,
}

impl ChangeSetWhere {
    fn filter(self) -> Result<ChangeSetFilter> {
        let reverts = self.reverts.as_ref().map(|id| expect_row(NodeKind::ChangeSet, "where.reverts", id, None));
        let rows = self.ids.as_deref().map(|ids| objects("where.ids", ids)).transpose()?;
        let changes = (self.types.is_some() || rows.is_some()).then_some(ChangeFilter {
            kinds: self.types,
            rows,
            suppliers: None,
        });
        Ok(ChangeSetFilter {
            actors: self.actors,
            channels: self.channels,
            operations: self.operations,
            since: self.since.map(Timestamp::new),
            until: self.until.map(Timestamp::new),
            is_revert: self.is_revert,
            reverts: reverts.transpose()?,
            changes,
        })
    }
}

/// The rows that these ids are of.
fn objects(argument: &str, ids: &[ID]) -> Result<Vec<(ChangeKind, i64)>> {
    within_limit(argument, ids)?;
    let object = |id: &ID| {
        let changed = parse(id).and_then(|id| Some((id.kind.change_kind()?, id.row)));
        changed.ok_or_else(|| {
            let message = "is not the id of what can be changed; those look like \"Model:42\"";
            bad_input(format!("{argument}: {:?} {message}", id.as_str()))
        })
    };
    ids.iter().map(object).collect()
}

fn within_limit<T>(argument: &str, list: &[T]) -> Result<()> {
    if list.len() > MAX_FILTERS {
        return Err(bad_input(format!("{argument}: at most {MAX_FILTERS}, not {}", list.len())));
    }
    Ok(())
}

/// A part of the feed of changes.
#[derive(SimpleObject)]
pub struct ChangeFeed {
    /// The changes, oldest first.
    nodes: Vec<Change>,
    /// Pass this as `after` to go on. Given also where there is nothing new, and then no earlier than the one that was
    /// passed.
    end_cursor: String,
    /// Whether there are more changes already.
    has_next_page: bool,
}

/// Whose changes a client wants from the feed.
#[derive(Debug, Clone, Default)]
pub struct FeedArguments {
    /// Of these types.
    pub types: Option<Vec<ChangeKind>>,
    /// Of these objects.
    pub ids: Option<Vec<ID>>,
    /// Of these suppliers, by id or name.
    pub suppliers: Option<Vec<ID>>,
}

impl FeedArguments {
    /// The filter that they stand for. Costs a statement where suppliers are given by name.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` that names the argument; if the database fails.
    pub async fn filter(self, context: &Context<'_>) -> Result<ChangeFilter> {
        let rows = self.ids.as_deref().map(|ids| objects("ids", ids)).transpose()?;
        let suppliers = match self.suppliers {
            Some(suppliers) => Some(supplier_ids(context, &suppliers).await?),
            None => None,
        };
        Ok(ChangeFilter { kinds: self.types, rows, suppliers })
    }
}

/// The ids of these suppliers; those named by name may be deleted, if no live one has the name.
async fn supplier_ids(context: &Context<'_>, suppliers: &[ID]) -> Result<Vec<i64>> {
    within_limit("suppliers", suppliers)?;
    let mut ids = Vec::new();
    let mut names = Vec::new();
    for supplier in suppliers {
        match parse(supplier) {
            Some(_) => ids.push(expect_row(NodeKind::Supplier, "suppliers", supplier, None)?),
            None => names.push(supplier.to_string()),
        }
    }
    if names.is_empty() {
        return Ok(ids);
    }
    let named = Predicate::text_in(suppliers::name(), names.clone());
    let store = &scope(context)?.store;
    let found = store.read(move |conn| Box::pin(async move { rows::<Supplier>(conn, named, &[]).await })).await;
    let found = found.map_err(fault(context))?;
    for name in names {
        let same: Vec<_> = found.iter().filter(|row| row.name == name).collect();
        let Some(best) = same.iter().find(|row| row.deleted_at.is_none()).or_else(|| same.last()) else {
            return Err(bad_input(format!("suppliers: there is no supplier {name:?}; give a name or an id")));
        };
        ids.push(best.id);
    }
    Ok(ids)
}

/// The history: who changed what, when and why.
#[derive(Default)]
pub struct Timeline;

/// The history: who changed what, when and why.
#[Object(guard = "ByPolicy")]
impl Timeline {
    /// The change set with this id; null if there is none.
    async fn change_set(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Global id, such as `ChangeSet:42`.")] id: ID,
    ) -> Result<Option<ChangeSet>> {
        let row = expect_row(NodeKind::ChangeSet, "id", &id, None)?;
        let mut found = ChangeSetItem::by_ids(&scope(context)?.store, vec![row]).await.map_err(fault(context))?;
        Ok(found.remove(&row).map(ChangeSet))
    }

    /// Change sets, the newest first.
    async fn change_sets(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Start behind the row with this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the row with this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which of them.")] filter: Option<ChangeSetWhere>,
    ) -> Result<ChangeSetConnection> {
        let name = ListName("change sets".to_owned());
        let slice = PageArguments { first, after, last, before }.slice(&name, true)?;
        let filter = filter.unwrap_or_default().filter()?;
        Ok(ChangeSetConnection { list: ChangeSetList::new(scope(context)?.store.clone(), filter, slice), name })
    }

    /// The feed: every change, the oldest first, as often as it is asked for. Who keeps `endCursor` and goes on from
    /// there sees every change once, in the order in which changes became visible. A cursor that can't be gone on from
    /// is refused with the code `FEED_RESYNC`: then the catalogue has to be read anew.
    async fn changes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Start behind this cursor; at the oldest change that is kept if left out.")] after: Option<
            String,
        >,
        #[graphql(desc = "Only changes of these types.")] types: Option<Vec<ChangeKind>>,
        #[graphql(desc = "Only changes of these objects, at most 100; of a model also those of what belongs to it.")]
        ids: Option<Vec<ID>>,
        #[graphql(
            desc = "Only changes of these suppliers, by id or name, at most 100; of the models they have or had; \
                          and of what belongs to those."
        )]
        suppliers: Option<Vec<ID>>,
        #[graphql(default = 100, desc = "Changes, 1 to 1,000.")] first: i32,
    ) -> Result<ChangeFeed> {
        let limit = usize::try_from(first)
            .ok()
            .filter(|limit| (1..=MAX_CHANGES).contains(limit))
            .ok_or_else(|| bad_input(format!("first: must be 1 to {MAX_CHANGES}, not {first}")))?;
        let filter = FeedArguments { types, ids, suppliers }.filter(context).await?;
        let store = &scope(context)?.store;
        let place = after.as_deref().map(|text| Place::parse("after", text)).transpose()?;
        let start = place.as_ref().map_or(0, |place| place.number);
        let read = store.read_snapshot(move |conn| Box::pin(part(conn, start, filter, limit)));
        let (then, rows, more) = read.await.map_err(fault(context))?;
        if let Some(place) = place {
            place.check("after", &then)?;
        }
        let end = if more { rows.last().map_or(then.last, |row| row.id) } else { then.last };
        Ok(ChangeFeed {
            nodes: ChangeItem::items(store, rows).into_iter().map(Change).collect(),
            end_cursor: feed_cursor::encode(&then, end),
            has_next_page: more,
        })
    }

    /// The cursor of the feed's present end: what comes later is behind it. Ask for it before reading the catalogue,
    /// then go on from it with `changes(after:)`.
    async fn change_feed_cursor(&self, context: &Context<'_>) -> Result<String> {
        let store = &scope(context)?.store;
        let now = store.read(|conn| Box::pin(feed(conn))).await.map_err(fault(context))?.unwrap_or_else(nothing);
        Ok(feed_cursor::encode(&now, now.last))
    }
}

/// The feed of a database whose only row about it was removed by hand: no cursor is of it.
const fn nothing() -> Feed {
    Feed { registry: String::new(), purged: 0, last: 0 }
}

/// A part of the feed, whether there is more, and the feed as it was at the same moment.
async fn part(
    conn: &mut Conn,
    after: i64,
    filter: ChangeFilter,
    limit: usize,
) -> StoreResult<(Feed, Vec<ChangeRow>, bool)> {
    let now = feed(conn).await?.unwrap_or_else(nothing);
    let mut rows = changes_after(conn, after, &filter, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    Ok((now, rows, more))
}
