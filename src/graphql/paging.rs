//! Connections: which window of a list is asked for, and where in it a row stands.

use std::sync::Arc;

use async_graphql::{Context, Enum, Result, SimpleObject};
use chrono::NaiveDate;

use super::cursor::ListName;
use super::error::bad_input;
use super::scope::day;
use crate::loader::{Linked, ListLoader, LoadedPage};
use crate::store::change_list::Slice;
use crate::store::page::{List, MAX_SORT_KEYS, Scope, SortKey, Window};
use crate::store::predicate::Predicate;
use crate::store::{Store, StoreResult};

pub use crate::store::page::Position;

/// Rows of a page when nothing is said.
pub const DEFAULT_PAGE: usize = 20;
/// Most rows of a page.
pub const MAX_PAGE: usize = 100;

/// Which way a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Default)]
pub enum OrderDirection {
    /// Smallest first; rows without a value last.
    #[default]
    Asc,
    /// Largest first; rows without a value last.
    Desc,
}

impl OrderDirection {
    /// Whether the largest comes first.
    pub fn descending(self) -> bool {
        self == Self::Desc
    }
}

/// Where a page lies in its list.
#[derive(Debug, Clone, SimpleObject)]
pub struct PageInfo {
    /// Whether the list goes on behind this page.
    pub has_next_page: bool,
    /// Whether the list goes on before this page. With `after`, true without looking.
    pub has_previous_page: bool,
    /// Cursor of the first row; null if there is none.
    pub start_cursor: Option<String>,
    /// Cursor of the last row; null if there is none.
    pub end_cursor: Option<String>,
}

/// The four arguments of a connection.
#[derive(Debug, Clone, Default)]
pub struct PageArguments {
    /// Rows from the start.
    pub first: Option<i32>,
    /// Start behind this row.
    pub after: Option<String>,
    /// Rows from the end.
    pub last: Option<i32>,
    /// End before this row.
    pub before: Option<String>,
}

/// Which way a page is cut, and where: what the four arguments say.
struct Cut<'a> {
    limit: usize,
    backward: bool,
    cursor_name: &'static str,
    cursor: Option<&'a str>,
}

/// Which rows of a list are asked for.
pub struct Part {
    /// Most rows.
    pub limit: usize,
    /// Whether the part ends at `from`, or at the list's end, instead of starting there.
    pub backward: bool,
    /// The position beside which it lies.
    pub from: Option<Position>,
    /// The argument that gave the position.
    pub cursor_name: &'static str,
}

impl PageArguments {
    /// The window of `list` that is asked for.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` that names the argument.
    pub fn window<E: Linked>(&self, name: &ListName, list: &List<E>) -> Result<Window> {
        let Part { limit, backward, from, cursor_name } = self.part(name)?;
        if from.as_ref().is_some_and(|position| !list.accepts(position)) {
            return Err(bad_input(format!("{cursor_name}: this is not a cursor of this list; start again without it")));
        }
        Ok(Window { limit, from, backward })
    }

    /// The slice that is asked for of a list that is sorted by number.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` that names the argument.
    pub fn slice(&self, name: &ListName, newest_first: bool) -> Result<Slice> {
        let Part { limit, backward, from, .. } = self.part(name)?;
        Ok(Slice { newest_first, limit, from: from.map(|position| position.id), backward })
    }

    /// Which rows are asked for of a list whose positions are not those of rows of a table.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` that names the argument.
    pub fn part(&self, name: &ListName) -> Result<Part> {
        let Cut { limit, backward, cursor_name, cursor } = self.cut()?;
        let from = cursor.map(|text| name.position(cursor_name, text)).transpose()?;
        Ok(Part { limit, backward, from, cursor_name })
    }

    fn cut(&self) -> Result<Cut<'_>> {
        if self.first.is_some() && self.last.is_some() {
            return Err(bad_input("first, last: give one of them, not both"));
        }
        if self.after.is_some() && self.before.is_some() {
            return Err(bad_input("after, before: give one of them, not both"));
        }
        let backward = self.last.is_some() || (self.first.is_none() && self.before.is_some());
        let (limit_name, limit, cursor_name, cursor) = if backward {
            ("last", self.last, "before", &self.before)
        } else {
            ("first", self.first, "after", &self.after)
        };
        if (backward && self.after.is_some()) || (!backward && self.before.is_some()) {
            return Err(bad_input("first goes with after, and last with before"));
        }
        let limit = match limit {
            None => DEFAULT_PAGE,
            Some(limit) => usize::try_from(limit)
                .ok()
                .filter(|limit| (1..=MAX_PAGE).contains(limit))
                .ok_or_else(|| bad_input(format!("{limit_name}: must be 1 to {MAX_PAGE}, not {limit}")))?,
        };
        Ok(Cut { limit, backward, cursor_name, cursor: cursor.as_deref() })
    }
}

/// Where a slice of a list lies that is sorted by number.
pub fn slice_info(slice: &Slice, more: bool, start_cursor: Option<String>, end_cursor: Option<String>) -> PageInfo {
    let beyond_start = slice.from.is_some();
    PageInfo {
        has_next_page: if slice.backward { beyond_start } else { more },
        has_previous_page: if slice.backward { more } else { beyond_start },
        start_cursor,
        end_cursor,
    }
}

/// A key that clients sort a list by.
pub trait Order: std::fmt::Debug + Sized {
    /// What the list is sorted by when nothing is said.
    fn usual() -> Self;

    /// The key, as of `today`.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` if the input names none, or several.
    fn key(&self, today: NaiveDate) -> Result<SortKey>;
}

/// The name that a list so sorted has for its cursors, and its keys.
///
/// # Errors
/// `BAD_USER_INPUT` if there are too many keys, or one is wrong.
pub fn sorted<O: Order>(noun: &str, order_by: Option<Vec<O>>, today: NaiveDate) -> Result<(ListName, Vec<SortKey>)> {
    let order_by = order_by.filter(|keys| !keys.is_empty()).unwrap_or_else(|| vec![O::usual()]);
    if order_by.len() > MAX_SORT_KEYS {
        return Err(bad_input(format!("orderBy: at most {MAX_SORT_KEYS} keys")));
    }
    let keys = order_by.iter().map(|order| order.key(today)).collect::<Result<Vec<SortKey>>>()?;
    Ok((ListName(format!("{noun} {order_by:?}")), keys))
}

/// A window of a whole table.
///
/// # Errors
/// `BAD_USER_INPUT` that names the argument.
pub fn root_list<E: Linked, O: Order>(
    context: &Context<'_>,
    store: &Store,
    page: &PageArguments,
    noun: &str,
    filter: Predicate,
    order_by: Option<Vec<O>>,
) -> Result<ListPart<E>> {
    let (name, keys) = sorted(noun, order_by, day(context, store)?)?;
    let list = List::new(Scope::All, filter, keys);
    let window = page.window(&name, &list)?;
    let loader = ListLoader::new(store.clone(), list, window);
    let loader = if asks_for_both(context) { loader.with_both_asked_for() } else { loader };
    Ok(ListPart::new(loader.into(), name, 0))
}

/// Whether a connection's rows and their number are selected.
fn asks_for_both(context: &Context<'_>) -> bool {
    let selected = context.look_ahead();
    selected.field("totalCount").exists()
        && ["nodes", "edges", "pageInfo"].into_iter().any(|field| selected.field(field).exists())
}

/// One parent's part of lists that are loaded together.
pub struct ListPart<E: Linked> {
    loader: Arc<ListLoader<E>>,
    name: ListName,
    parent: i64,
}

impl<E: Linked> ListPart<E> {
    /// The part of the list that belongs to `parent`.
    pub const fn new(loader: Arc<ListLoader<E>>, name: ListName, parent: i64) -> Self {
        Self { loader, name, parent }
    }

    /// The list's loader, for what only some lists have.
    pub fn loader(&self) -> &ListLoader<E> {
        &self.loader
    }

    /// Whose part it is.
    pub const fn parent(&self) -> i64 {
        self.parent
    }

    /// The rows of the page.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn page(&self) -> StoreResult<LoadedPage<E>> {
        Ok(self.loader.pages().await?.of(self.parent))
    }

    /// How many rows the whole list has.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn total(&self) -> StoreResult<i64> {
        Ok(self.loader.totals().await?.get(&self.parent).copied().unwrap_or_default())
    }

    /// The cursor of a row of the page.
    pub fn cursor(&self, position: &Position) -> String {
        self.name.cursor(position)
    }

    /// Where the page lies.
    pub fn info(&self, page: &LoadedPage<E>) -> PageInfo {
        let window = self.loader.window();
        let beyond_start = window.from.is_some();
        let cursor =
            |item: Option<&(crate::loader::Item<E>, Position)>| item.map(|(_, position)| self.cursor(position));
        PageInfo {
            has_next_page: if window.backward { beyond_start } else { page.more },
            has_previous_page: if window.backward { page.more } else { beyond_start },
            start_cursor: cursor(page.items.first()),
            end_cursor: cursor(page.items.last()),
        }
    }
}

/// Defines a connection and its edge: `connection!(ModelConnection, ModelEdge, Model of models::Model, "models")`.
macro_rules! connection {
    (
        $connection:ident, $edge:ident, $node:ident, $entity:ty, $noun:literal
        $(, { $($extra:tt)* })?
    ) => {
        #[doc = concat!("A page of a list of ", $noun, ".")]
        pub struct $connection(pub $crate::graphql::paging::ListPart<$entity>);

        #[doc = concat!("One of a list of ", $noun, ", and its place there.")]
        pub struct $edge {
            item: $crate::loader::Item<$entity>,
            cursor: String,
        }

        #[doc = concat!("One of a list of ", $noun, ", and its place there.")]
        #[async_graphql::Object]
        impl $edge {
            /// The row.
            async fn node(&self) -> $crate::graphql::direct::Direct<$node> {
                $crate::graphql::direct::Direct($node::from(self.item.clone()))
            }

            /// Its place in the list, at which another page can begin or end.
            async fn cursor(&self) -> &str {
                &self.cursor
            }
        }

        #[doc = concat!("A page of a list of ", $noun, ".")]
        #[async_graphql::Object]
        impl $connection {
            /// The page's rows, each with its cursor.
            async fn edges(&self, context: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$edge>> {
                let page = self.0.page().await.map_err($crate::graphql::error::fault(context))?;
                let edge = |(item, position)| $edge { cursor: self.0.cursor(&position), item };
                Ok(page.items.into_iter().map(edge).collect())
            }

            /// The page's rows.
            async fn nodes(
                &self,
                context: &async_graphql::Context<'_>,
            ) -> async_graphql::Result<$crate::graphql::direct::DirectList<$node>> {
                let page = self.0.page().await.map_err($crate::graphql::error::fault(context))?;
                Ok(page.items.into_iter().map(|(item, _)| $node::from(item)).collect())
            }

            /// Where the page lies in the list.
            async fn page_info(
                &self,
                context: &async_graphql::Context<'_>,
            ) -> async_graphql::Result<$crate::graphql::paging::PageInfo> {
                let page = self.0.page().await.map_err($crate::graphql::error::fault(context))?;
                Ok(self.0.info(&page))
            }

            /// How many rows the whole list has; counted only when asked for.
            async fn total_count(&self, context: &async_graphql::Context<'_>) -> async_graphql::Result<i64> {
                self.0.total().await.map_err($crate::graphql::error::fault(context))
            }

            $($($extra)*)?
        }
    };
}
pub(super) use connection;
