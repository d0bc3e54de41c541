//! SQL put together at run time: pieces of fixed text and bound values, never text from outside.
//!
//! Lists are filtered, sorted and paged in more ways than Diesel's types can spell without a generic type per
//! combination and database. [`Sql`] is a query fragment of Diesel's own kind, so binding, caching and loading stay
//! Diesel's; only `&'static str` can become text, which makes injection impossible by construction.

mod name;
mod write;

use chrono::NaiveDate;
use diesel::SqliteConnection;
use diesel::query_builder::{Query, QueryId};
use diesel::sql_types::Untyped;

use super::dump::Cell;
use super::entity::Chosen;
use super::looked_at::LookedAt;
use super::narrow::Narrow;
use super::schema::Columns;
use super::tables::Tables;
use crate::domain::Timestamp;
pub use name::Name;

/// A value bound to a statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A whole number, ids included.
    BigInt(i64),
    /// A number.
    Double(f64),
    /// True or false.
    Bool(bool),
    /// Text.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A moment.
    Timestamp(Timestamp),
}

impl Value {
    fn bindable(self) -> Self {
        match self {
            Self::Text(text) => Self::Text(without_nul(text)),
            other => other,
        }
    }
}

/// A text that both databases take, and that is found nowhere if `text` can't be: PostgreSQL refuses NUL, and SQLite
/// ends a pattern there. U+FFFF is no character.
fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{FFFF}") } else { text }
}

#[derive(Debug, Clone)]
enum Part {
    Text(&'static str),
    /// Text that mentions tables on which no answer depends.
    Unwatched(&'static str),
    /// Text that differs between the databases: SQLite's, PostgreSQL's.
    Dialect(&'static str, &'static str),
    Bind(Value),
    /// The name of a thing of the database's, in quotes.
    Name(Name),
    /// Columns of a table, each behind a prefix.
    Columns(&'static str, &'static [&'static str], Chosen),
    /// A value that is bound as it is.
    Exact(Cell),
    /// A value that differs between the databases: SQLite's, PostgreSQL's.
    BindDialect(Value, Value),
    /// Pieces that differ between the databases: SQLite's, PostgreSQL's.
    ByDatabase(Vec<Part>, Vec<Part>),
    /// `IN (...)` over any number of values: one bound value, so that one prepared statement serves every number.
    In(List),
    /// Pieces that differ between the present and the past: the present's, the past's.
    Either(Vec<Part>, Vec<Part>),
}

impl Part {
    fn tables(&self) -> Tables {
        let of_all = |parts: &[Self]| parts.iter().fold(Tables::default(), |tables, part| tables.and(part.tables()));
        match self {
            Self::Text(text) => Tables::mentioned_in_fixed(text),
            Self::Dialect(sqlite, postgres) => {
                Tables::mentioned_in_fixed(sqlite).and(Tables::mentioned_in_fixed(postgres))
            }
            Self::Name(name) => Tables::mentioned_in(name.as_str()),
            Self::ByDatabase(these, those) => of_all(these).and(of_all(those)),
            // What is for the past stands alone there: see `for_the_past`.
            Self::Either(present, _) => of_all(present),
            // The table of columns stands behind `FROM`.
            Self::Columns(..)
            | Self::Unwatched(_)
            | Self::Bind(_)
            | Self::Exact(_)
            | Self::BindDialect(..)
            | Self::In(_) => Tables::default(),
        }
    }

    fn for_the_past(self) -> Vec<Self> {
        match self {
            Self::Either(_, past) => past,
            other => vec![other],
        }
    }
}

/// Values for `IN`: an array for PostgreSQL, and the same as JSON for SQLite, which has no arrays to bind.
#[derive(Debug, Clone)]
enum List {
    Ids(Vec<i64>, String),
    Texts(Vec<String>, String),
}

/// A fragment of SQL. Fragments are joined by [`Sql::push`].
#[derive(Debug, Clone, Default)]
pub struct Sql {
    parts: Vec<Part>,
    one_off: bool,
    by_values: bool,
    narrowed: Vec<Narrow>,
    looked_at: Option<LookedAt>,
}

impl Sql {
    /// A fragment that differs between the databases.
    pub fn by_database(sqlite: Self, postgres: Self) -> Self {
        let one_off = sqlite.one_off || postgres.one_off;
        let by_values = sqlite.by_values || postgres.by_values;
        let looked_at = sqlite.looked_at.or(postgres.looked_at);
        Self {
            parts: vec![Part::ByDatabase(sqlite.parts, postgres.parts)],
            one_off,
            by_values,
            looked_at,
            ..Self::default()
        }
    }

    /// A fragment of fixed text.
    pub fn new(text: &'static str) -> Self {
        Self { parts: vec![Part::Text(text)], ..Self::default() }
    }

    /// Adds fixed text.
    pub fn text(mut self, text: &'static str) -> Self {
        self.parts.push(Part::Text(text));
        self
    }

    /// Adds fixed text that looks at tables for the program's own sake: no answer depends on what they hold.
    pub(super) fn unwatched(mut self, text: &'static str) -> Self {
        self.parts.push(Part::Unwatched(text));
        self
    }

    /// Adds fixed text that differs between the databases.
    pub fn dialect(mut self, sqlite: &'static str, postgres: &'static str) -> Self {
        self.parts.push(Part::Dialect(sqlite, postgres));
        self
    }

    /// Adds a bound value.
    pub fn bind(mut self, value: Value) -> Self {
        self.parts.push(Part::Bind(value.bindable()));
        self
    }

    /// Adds a bound value, or `NULL` if there is none.
    pub fn bind_or_null(self, value: Option<Value>) -> Self {
        match value {
            Some(value) => self.bind(value),
            None => self.text("NULL"),
        }
    }

    /// Adds the name of a table, a column or the like, in quotes.
    pub fn name(mut self, name: &Name) -> Self {
        self.parts.push(Part::Name(name.clone()));
        self
    }

    /// Adds the value of a cell, bound as it is.
    pub fn exactly(mut self, cell: Cell) -> Self {
        self.parts.push(Part::Exact(cell));
        self
    }

    /// Adds a bound value that differs between the databases.
    pub fn bind_dialect(mut self, sqlite: Value, postgres: Value) -> Self {
        self.parts.push(Part::BindDialect(sqlite.bindable(), postgres.bindable()));
        self
    }

    /// Adds ` IN (ids)`, as a condition on what was added before. One id is compared by `=`: for a list of one PostgreSQL makes
    /// a plan each time, since a plan for any list looks dearer.
    pub fn in_ids(mut self, ids: Vec<i64>) -> Self {
        if let [id] = ids.as_slice() {
            return self.text(" = ").bind(Value::BigInt(*id));
        }
        let json = serde_json::Value::from(ids.as_slice()).to_string();
        self.parts.push(Part::In(List::Ids(ids, json)));
        self
    }

    /// Adds ` IN (texts)`, as a condition on what was added before.
    pub fn in_texts(mut self, texts: Vec<String>) -> Self {
        let texts: Vec<String> = texts.into_iter().map(without_nul).collect();
        let json = serde_json::Value::from(texts.as_slice()).to_string();
        self.parts.push(Part::In(List::Texts(texts, json)));
        self
    }

    /// Adds another fragment.
    pub fn push(mut self, other: Self) -> Self {
        self.one_off |= other.one_off;
        self.by_values |= other.by_values;
        self.looked_at = self.looked_at.or(other.looked_at);
        self.parts.extend(other.parts);
        self
    }

    /// Adds a fragment of which there is another for connections to the past, where tables are views and have no indexes.
    pub fn either(mut self, present: Self, past: Self) -> Self {
        self.one_off |= present.one_off || past.one_off;
        self.by_values |= present.by_values || past.by_values;
        self.looked_at = self.looked_at.or(present.looked_at).or(past.looked_at);
        self.parts.push(Part::Either(present.parts, past.parts));
        self
    }

    /// The fragment as it is for the past.
    pub(super) fn for_the_past(mut self) -> Self {
        self.parts = self.parts.into_iter().flat_map(Part::for_the_past).collect();
        self
    }

    /// Adds the columns of a table, each behind `prefix`.
    pub fn columns<T: Columns>(mut self, prefix: &'static str) -> Self {
        self.parts.push(Part::Columns(prefix, T::COLUMNS, Chosen::ALL));
        self
    }

    /// Adds those columns of a table that are looked at, each behind `prefix`. The rows of the statement are read as having no
    /// others, so all its columns are of the same `looked_at`.
    pub(super) fn columns_of<T: Columns>(mut self, looked_at: &LookedAt, prefix: &'static str) -> Self {
        self.parts.push(Part::Columns(prefix, T::COLUMNS, looked_at.of::<T>()));
        self.looked_at = Some(*looked_at);
        self
    }

    /// Which columns its rows have; all, unless it was said.
    pub(super) fn looked_at(&self) -> LookedAt {
        self.looked_at.unwrap_or(LookedAt::ALL)
    }

    /// Adds fragments with `separator` between them.
    pub fn join(self, separator: &'static str, fragments: impl IntoIterator<Item = Self>) -> Self {
        fragments.into_iter().enumerate().fold(self, |sql, (index, fragment)| {
            if index == 0 { sql.push(fragment) } else { sql.text(separator).push(fragment) }
        })
    }

    /// Marks a fragment whose text is one of very many: its statement is not kept prepared, since Diesel's cache
    /// has no bound and clients choose the shapes of filters.
    pub fn one_off(mut self) -> Self {
        self.one_off = true;
        self
    }

    /// Marks a fragment by whose values it is decided how a statement is best run: how many documents hold a text. PostgreSQL
    /// plans its statement each time, where it would soon plan a kept one for any values; SQLite plans for any in either case.
    pub fn planned_by_values(mut self) -> Self {
        self.by_values = true;
        self
    }

    /// Whether the fragment is so marked.
    pub(super) const fn is_planned_by_values(&self) -> bool {
        self.by_values
    }

    /// Says that the whole statement reads these rows of their table and no others, wherever it mentions the table. Forgotten
    /// when the fragment is added to another.
    pub(super) fn narrowed_to(mut self, narrow: Option<Narrow>) -> Self {
        self.narrowed.extend(narrow);
        self
    }

    /// The rows that are read of tables of which only some are.
    pub(super) fn narrowed(&self) -> &[Narrow] {
        &self.narrowed
    }

    /// The tables that the fragment mentions, whichever database it is for.
    pub(super) fn tables(&self) -> Tables {
        self.mentioned().without_contents()
    }

    /// Whether it mentions a column that only tells about a row: see [`super::narrow::CONTENTS`].
    pub(super) fn mentions_contents(&self) -> bool {
        self.mentioned().with_contents()
    }

    fn mentioned(&self) -> Tables {
        self.parts.iter().fold(Tables::default(), |tables, part| tables.and(part.tables()))
    }

    /// How many pieces the fragment has.
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }
}

impl QueryId for Sql {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

/// Rows are read cell by cell ([`super::read`]), so their types are never looked at.
impl Query for Sql {
    type SqlType = Untyped;
}

impl diesel::RunQueryDsl<SqliteConnection> for Sql {}
