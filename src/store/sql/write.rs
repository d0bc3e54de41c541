//! How the pieces of a statement are written, and their values bound, for each database.

use diesel::QueryResult;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::sql_types::{Array, BigInt, Binary, Bool, Date, Double, Nullable, Text};
use diesel::sqlite::Sqlite;

use super::{List, Part, Sql, Value};
use crate::domain::sql_types::TimestampSql;
use crate::store::dump::Cell;

macro_rules! bind_value {
    ($value:expr, $out:expr) => {
        match $value {
            Value::BigInt(number) => $out.push_bind_param::<BigInt, _>(number),
            Value::Double(number) => $out.push_bind_param::<Double, _>(number),
            Value::Bool(flag) => $out.push_bind_param::<Bool, _>(flag),
            Value::Text(text) => $out.push_bind_param::<Text, _>(text),
            Value::Date(day) => $out.push_bind_param::<Date, _>(day),
            Value::Timestamp(moment) => $out.push_bind_param::<TimestampSql, _>(moment),
        }
    };
}

/// Binds a cell's value; the type of one that is null doesn't matter.
macro_rules! bind_cell {
    ($cell:expr, $out:expr) => {
        match $cell {
            Cell::Null => $out.push_bind_param::<Nullable<Text>, _>(&None::<String>),
            Cell::Int(number) => $out.push_bind_param::<BigInt, _>(number),
            Cell::Bool(flag) => $out.push_bind_param::<Bool, _>(flag),
            Cell::Float(number) => $out.push_bind_param::<Double, _>(number),
            Cell::Text(text) => $out.push_bind_param::<Text, _>(text),
            Cell::Bytes(bytes) => $out.push_bind_param::<Binary, _>(bytes),
        }
    };
}

/// Columns with commas between them.
macro_rules! push_columns {
    ($prefix:expr, $columns:expr, $chosen:expr, $out:expr) => {{
        let (mut chosen, mut before) = (*$chosen, "");
        for column in $columns.iter().filter(|_| chosen.next()) {
            $out.push_sql(before);
            $out.push_sql($prefix);
            $out.push_sql(column);
            before = ", ";
        }
    }};
}

/// The text of a name where it stands in a statement.
macro_rules! push_name {
    ($name:expr, $out:expr) => {{
        $out.push_sql("\"");
        $out.push_sql($name.as_str());
        $out.push_sql("\"");
    }};
}

impl QueryFragment<Pg> for Sql {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if self.one_off || self.by_values {
            out.unsafe_to_cache_prepared();
        }
        self.parts.iter().try_for_each(|part| part.walk_postgres(out.reborrow()))
    }
}

impl QueryFragment<Sqlite> for Sql {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        if self.one_off {
            out.unsafe_to_cache_prepared();
        }
        self.parts.iter().try_for_each(|part| part.walk_sqlite(out.reborrow()))
    }
}

impl Part {
    fn walk_postgres<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        match self {
            Self::Text(text) | Self::Unwatched(text) | Self::Dialect(_, text) => out.push_sql(text),
            Self::Bind(value) | Self::BindDialect(_, value) => bind_value!(value, out)?,
            Self::Name(name) => push_name!(name, out),
            Self::Columns(prefix, columns, chosen) => push_columns!(prefix, columns, chosen, out),
            Self::Exact(cell) => bind_cell!(cell, out)?,
            Self::In(list) => {
                out.push_sql(" = ANY(");
                match list {
                    List::Ids(ids, _) => out.push_bind_param::<Array<BigInt>, _>(ids)?,
                    List::Texts(texts, _) => out.push_bind_param::<Array<Text>, _>(texts)?,
                }
                out.push_sql(")");
            }
            Self::ByDatabase(_, parts) | Self::Either(parts, _) => {
                parts.iter().try_for_each(|part| part.walk_postgres(out.reborrow()))?;
            }
        }
        Ok(())
    }

    fn walk_sqlite<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        match self {
            Self::Text(text) | Self::Unwatched(text) | Self::Dialect(text, _) => out.push_sql(text),
            Self::Bind(value) | Self::BindDialect(value, _) => bind_value!(value, out)?,
            Self::Name(name) => push_name!(name, out),
            Self::Columns(prefix, columns, chosen) => push_columns!(prefix, columns, chosen, out),
            Self::Exact(cell) => bind_cell!(cell, out)?,
            Self::In(List::Ids(_, json) | List::Texts(_, json)) => {
                out.push_sql(" IN (SELECT value FROM json_each(");
                out.push_bind_param::<Text, _>(json)?;
                out.push_sql("))");
            }
            Self::ByDatabase(parts, _) | Self::Either(parts, _) => {
                parts.iter().try_for_each(|part| part.walk_sqlite(out.reborrow()))?;
            }
        }
        Ok(())
    }
}
