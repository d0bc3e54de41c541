//! Pages of lists: sorted by keys, cut at a key, never by counting rows.
//!
//! A page is found by the sort keys of the row before it, so that page 1,000 costs what page 1 costs. The lists of
//! many parents (the models of fifty suppliers) are cut in one statement.

mod counted;
mod found;
mod sort_key;

use std::marker::PhantomData;

use super::entity::Ranked;
use super::looked_at::LookedAt;
use super::narrow::{Narrow, Rows, in_order};
use super::predicate::Predicate;
use super::read::load;
use super::schema::Columns;
use super::sql::{Sql, Value};
use super::{Conn, Entity, Row, StoreResult};
use crate::domain::ChangeKind;
pub use found::Found;
pub(super) use found::state_seen;
use sort_key::{KeyExpression, comparison, key_text};
pub use sort_key::{KeyKind, SortKey};

/// Most sort keys of a list.
pub const MAX_SORT_KEYS: usize = 3;

/// The sort keys of a row, as texts, and its id: where a page can start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// One text per sort key; `None` where the row has no value.
    pub keys: Vec<Option<String>>,
    /// Primary key, which breaks ties.
    pub id: i64,
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Most rows.
    pub limit: usize,
    /// The row beside which the window starts: after it, or before it if `backward`.
    pub from: Option<Position>,
    /// Whether the window ends at `from`, or at the list's end, instead of starting there.
    pub backward: bool,
}

/// Whose list it is.
#[derive(Debug, Clone)]
pub enum Scope {
    /// The whole table; its only parent has the id 0.
    All,
    /// The rows of each parent, by the column that points to it.
    Column(&'static str, Vec<i64>),
    /// The rows of each parent, by a query for pairs of `parent_id` and `child_id`.
    Link(Sql),
}

/// A list: of what, whose, filtered and sorted how.
#[derive(Debug, Clone)]
pub struct List<E: Entity> {
    scope: Scope,
    filter: Predicate,
    order: Vec<SortKey>,
    entity: PhantomData<fn() -> E>,
}

/// A part of a parent's list.
#[derive(Debug, Clone)]
pub struct Page<R> {
    /// The rows, each with its place in the list.
    pub rows: Vec<(R, Position)>,
    /// Whether the list goes on beyond the window, in the window's direction.
    pub more: bool,
}

impl<R> Default for Page<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), more: false }
    }
}

impl<E: Entity> List<E> {
    /// A list sorted by at most [`MAX_SORT_KEYS`] keys, further ones being ignored, and by id last.
    pub fn new(scope: Scope, filter: Predicate, mut order: Vec<SortKey>) -> Self {
        order.truncate(MAX_SORT_KEYS);
        Self { scope, filter, order, entity: PhantomData }
    }

    /// Loads the window of every parent's list, in one statement.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn load(&self, conn: &mut Conn, window: &Window) -> StoreResult<Vec<(i64, Page<E::Row>)>> {
        let (narrow, looked_at) = (self.chosen(), *conn.looked_at());
        let is_narrow = narrow.is_some() && !conn.is_of_the_past();
        let rows: Vec<Ranked<E::Row>> = load(conn, self.page_statement(&looked_at, window).narrowed_to(narrow)).await?;
        let ids = || in_order(rows.iter().map(|ranked| ranked.row.id()).collect());
        if is_narrow && let Some(rows) = Narrow::of::<E>(Rows::Ids(ids())) {
            conn.statistics().reads_rows(rows);
        }
        Ok(self.cut(rows, window))
    }

    /// Counts the rows of every parent that has any, in one statement.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn count(&self, conn: &mut Conn) -> StoreResult<Vec<(i64, i64)>> {
        let statement =
            Sql::new("SELECT ").push(self.parent()).text(", count(*)").push(self.source(false)).text(" GROUP BY 1");
        load(conn, statement.narrowed_to(self.chosen())).await
    }

    /// Which of the table's rows are in the list, if that can be told without looking at what only tells about a row.
    fn chosen(&self) -> Option<Narrow> {
        let narrow = Narrow::of::<E>(Rows::Chosen).filter(|narrow| narrow.kind() == ChangeKind::Model)?;
        let looked_at = self.source(true).push(self.order_by(false));
        (!looked_at.mentions_contents()).then_some(narrow)
    }

    /// `FROM table [JOIN parents] WHERE filter`, for statements that count or group instead of paging.
    pub(super) fn source(&self, with_computed_keys: bool) -> Sql {
        let table = E::Table::TABLE;
        let mut sql = Sql::new(" FROM ");
        let computed: Vec<(usize, &Sql)> = self.computed_keys().collect();
        sql = if with_computed_keys && !computed.is_empty() {
            let keys = computed
                .into_iter()
                .map(|(index, key)| Sql::new("(").push(key.clone()).text(") AS ").text(COMPUTED[index]));
            sql.text("(SELECT ")
                .text(table)
                .text(".*, ")
                .join(", ", keys)
                .text(" FROM ")
                .text(table)
                .text(") AS ")
                .text(table)
        } else {
            sql.text(table)
        };
        if let Scope::Link(link) = &self.scope {
            sql = sql.text(" JOIN (").push(link.clone()).text(") AS link ON link.child_id = ").text(table).text(".id");
        }
        sql = sql.text(" WHERE ").push(self.filter.clone().into_sql());
        if let Scope::Column(column, parents) = &self.scope {
            sql = sql.text(" AND ").text(column).in_ids(parents.clone());
        }
        sql
    }

    /// Whether it is all live rows of the table, and no other.
    pub(super) fn is_all_live(&self) -> bool {
        self.has_one_parent() && self.filter.is_all_live()
    }

    /// Whether it is a list of the whole table.
    pub(super) const fn has_one_parent(&self) -> bool {
        matches!(self.scope, Scope::All)
    }

    /// The id of a row's parent.
    pub(super) fn parent(&self) -> Sql {
        match &self.scope {
            Scope::All => Sql::new("CAST(0 AS BIGINT)"),
            Scope::Column(column, _) => Sql::new(column),
            Scope::Link(_) => Sql::new("link.parent_id"),
        }
    }

    fn computed_keys(&self) -> impl Iterator<Item = (usize, &Sql)> {
        self.order.iter().enumerate().filter_map(|(index, key)| match &key.expression {
            KeyExpression::Computed(sql) => Some((index, sql)),
            KeyExpression::Column(_) => None,
        })
    }

    fn page_statement(&self, looked_at: &LookedAt, window: &Window) -> Sql {
        if matches!(self.scope, Scope::All) {
            return self.first_rows(looked_at, window, Sql::new("CAST(0 AS BIGINT)"));
        }
        let rank = Sql::new("row_number() OVER (PARTITION BY ")
            .push(self.parent())
            .text(" ORDER BY ")
            .push(self.order_by(window.backward))
            .text(")");
        Sql::new("SELECT ranked.* FROM (")
            .push(self.rows_beyond(looked_at, window, rank))
            .text(") AS ranked WHERE list_rank <= ")
            .bind(window.row_limit())
            .text(" ORDER BY parent_id, list_rank")
    }

    /// The first rows of a window of the whole table, each with `also` behind its sort keys.
    fn first_rows(&self, looked_at: &LookedAt, window: &Window, also: Sql) -> Sql {
        self.rows_beyond(looked_at, window, also)
            .text(" ORDER BY ")
            .push(self.order_by(window.backward))
            .text(" LIMIT ")
            .bind(window.row_limit())
    }

    /// The rows beyond a window's start, in no order, each with `rank` behind its sort keys.
    fn rows_beyond(&self, looked_at: &LookedAt, window: &Window, rank: Sql) -> Sql {
        let keyset = self.keyset(window).map_or_else(Sql::default, |keyset| Sql::new(" AND ").push(keyset));
        Sql::new("SELECT ")
            .columns_of::<E::Table>(looked_at, qualifier::<E>())
            .text(", ")
            .push(self.parent())
            .text(" AS parent_id")
            .push(self.key_texts())
            .text(", ")
            .push(rank)
            .text(" AS list_rank")
            .push(self.source(true))
            .push(keyset)
    }

    /// `, key AS sort_text` for every key, and nulls up to [`MAX_SORT_KEYS`].
    fn key_texts(&self) -> Sql {
        (0..MAX_SORT_KEYS).fold(Sql::default(), |sql, index| {
            let text = self
                .order
                .get(index)
                .map_or_else(|| Sql::new("CAST(NULL AS TEXT)"), |key| key_text(key.kind, key.name(index)));
            sql.text(", ").push(text).text(" AS ").text(TEXTS[index])
        })
    }

    fn order_by(&self, backward: bool) -> Sql {
        let mut order = Sql::default();
        for (index, key) in self.order.iter().enumerate() {
            let name = key.name(index);
            if key.nullable {
                order = order.text(name).text(if backward { " IS NOT NULL, " } else { " IS NULL, " });
            }
            order = order.text(name).text(direction(key.descending != backward)).text(", ");
        }
        order.text(E::Table::TABLE).text(".id").text(direction(self.last_descending() != backward))
    }

    /// The tie-break by id follows the last key, so that an index on both serves both directions.
    fn last_descending(&self) -> bool {
        self.order.last().is_some_and(|key| key.descending)
    }

    /// The condition that keeps the rows beyond the window's start.
    fn keyset(&self, window: &Window) -> Option<Sql> {
        let from = window.from.as_ref()?;
        let beyond_id = Sql::new(E::Table::TABLE)
            .text(".id")
            .text(comparison(self.last_descending() != window.backward))
            .bind(Value::BigInt(from.id));
        let keys = self.order.iter().enumerate().zip(&from.keys);
        Some(keys.rev().fold(beyond_id, |beyond_rest, ((index, key), value)| {
            key.beyond(index, value.as_deref(), window.backward, beyond_rest)
        }))
    }

    /// Splits rows by parent, drops the one read to see whether there are more, and turns a backward window round.
    fn cut(&self, rows: Vec<Ranked<E::Row>>, window: &Window) -> Vec<(i64, Page<E::Row>)> {
        let mut pages: Vec<(i64, Page<E::Row>)> = Vec::new();
        for Ranked { row, parent, keys } in rows {
            let mut keys = keys.to_vec();
            keys.truncate(self.order.len());
            let position = Position { keys, id: row.id() };
            match pages.last_mut() {
                Some((last, page)) if *last == parent => page.rows.push((row, position)),
                _ => pages.push((parent, Page { rows: vec![(row, position)], more: false })),
            }
        }
        for (_, page) in &mut pages {
            page.more = page.rows.len() > window.limit;
            page.rows.truncate(window.limit);
            if window.backward {
                page.rows.reverse();
            }
        }
        pages
    }
}

/// Names of computed sort keys in the table they are added to, and of the keys' texts in the result.
const COMPUTED: [&str; MAX_SORT_KEYS] = ["sort_0", "sort_1", "sort_2"];
const TEXTS: [&str; MAX_SORT_KEYS] = ["sort_text_0", "sort_text_1", "sort_text_2"];

fn qualifier<E: Entity>() -> &'static str {
    E::Table::QUALIFIER
}

const fn direction(descending: bool) -> &'static str {
    if descending { " DESC" } else { " ASC" }
}

impl<E: Entity> List<E> {
    /// Whether `position` could be one of this list's: as many keys, each of its kind.
    pub fn accepts(&self, position: &Position) -> bool {
        position.keys.len() == self.order.len()
            && self.order.iter().zip(&position.keys).all(|(key, value)| match value {
                Some(text) => key.kind.value(text).is_some(),
                None => key.nullable,
            })
    }
}
