//! Single values: read as the database has them, written as JSON, and back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use diesel::deserialize::{FromSql, FromSqlRow, Result};
use diesel::pg::Pg;
use diesel::row::{Field as _, Row};
use diesel::sql_types::{BigInt, Binary, Bool, Double, Text, Untyped};
use diesel::sqlite::{Sqlite, SqliteType};
use serde_json::value::RawValue;

use super::Kind;
use crate::store::backend::Link;
use crate::store::shared::not_alone;
use crate::store::sql::Sql;
use crate::store::{Conn, StoreResult};

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// None.
    Null,
    /// A whole number.
    Int(i64),
    /// True or false.
    Bool(bool),
    /// A number.
    Float(f64),
    /// Text; days and moments too.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// How JSON spells the numbers that it doesn't have.
const NOT_A_NUMBER: &str = "NaN";
const INFINITE: &str = "Infinity";
const LESS_THAN_ALL: &str = "-Infinity";

impl Cell {
    /// The value as a column of this kind has it on either database; `None` if it has no such value. (SQLite takes any value
    /// in any column, and has no truth values.)
    pub(super) fn settled(self, kind: Kind) -> Option<Self> {
        Some(match (kind, self) {
            (_, Self::Null) => Self::Null,
            (Kind::Bool, Self::Int(number @ (0 | 1))) => Self::Bool(number == 1),
            // SQLite knows no negative zero.
            (Kind::Float, Self::Float(number)) => Self::Float(if number == 0.0 { 0.0 } else { number }),
            (Kind::Int, value @ Self::Int(_))
            | (Kind::Bool, value @ Self::Bool(_))
            | (Kind::Text | Kind::Date | Kind::Time | Kind::Json, value @ Self::Text(_))
            | (Kind::Bytes, value @ Self::Bytes(_)) => value,
            _ => return None,
        })
    }

    /// Adds the value to a line of JSON.
    pub(super) fn write(&self, line: &mut String) {
        let text = match self {
            Self::Null => "null".to_owned(),
            Self::Int(number) => number.to_string(),
            Self::Bool(flag) => flag.to_string(),
            Self::Float(number) if number.is_nan() => format!("\"{NOT_A_NUMBER}\""),
            Self::Float(number) if number.is_infinite() => {
                format!("\"{}\"", if *number > 0.0 { INFINITE } else { LESS_THAN_ALL })
            }
            // As the standard library has it: the fewest digits that lead back to the number.
            Self::Float(number) => format!("{number:?}"),
            Self::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
            Self::Bytes(bytes) => format!("\"{}\"", STANDARD.encode(bytes)),
        };
        line.push_str(&text);
    }

    /// Reads what [`Self::write`] wrote of a column of this kind; `None` if it can't be that.
    pub(super) fn read(json: &RawValue, kind: Kind) -> Option<Self> {
        let json = json.get();
        if json == "null" {
            return Some(Self::Null);
        }
        let text = || serde_json::from_str::<String>(json).ok();
        Some(match kind {
            Kind::Int => Self::Int(json.parse().ok()?),
            Kind::Bool => Self::Bool(json.parse().ok()?),
            // By the standard library, which is exact to the last digit.
            Kind::Float if json.starts_with('"') => Self::Float(match text()?.as_str() {
                NOT_A_NUMBER => f64::NAN,
                INFINITE => f64::INFINITY,
                LESS_THAN_ALL => f64::NEG_INFINITY,
                _ => return None,
            }),
            Kind::Float => Self::Float(json.parse().ok()?),
            Kind::Text | Kind::Date | Kind::Time | Kind::Json => Self::Text(text()?),
            Kind::Bytes => Self::Bytes(STANDARD.decode(text()?).ok()?),
        })
    }

    /// What it is, for who has expected something else.
    pub(super) const fn what(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Int(_) => "a whole number",
            Self::Bool(_) => "a truth value",
            Self::Float(_) => "a number",
            Self::Text(_) => "a text",
            Self::Bytes(_) => "bytes",
        }
    }
}

/// Runs a statement and reads its rows, whatever columns it has.
pub(super) async fn load_cells(conn: &mut Conn, sql: Sql) -> StoreResult<Vec<Vec<Cell>>> {
    let rows: Vec<Cells> = match &mut conn.0 {
        Link::Sqlite(object) => object.spawn_blocking(move |sqlite| diesel::RunQueryDsl::load(sql, sqlite)).await?,
        Link::Postgres(object) => diesel_async::RunQueryDsl::load(sql, &mut object.connection).await?,
        Link::Shared(_) => return Err(not_alone()),
    };
    Ok(rows.into_iter().map(|row| row.0).collect())
}

struct Cells(Vec<Cell>);

impl FromSqlRow<Untyped, Sqlite> for Cells {
    fn build_from_row<'a>(row: &impl Row<'a, Sqlite>) -> Result<Self> {
        let cell = |index| {
            let field = row.get(index).ok_or("a row is cut short")?;
            let Some(value) = field.value() else { return Ok(Cell::Null) };
            Ok(match value.value_type() {
                None => Cell::Null,
                Some(SqliteType::Text) => Cell::Text(FromSql::<Text, Sqlite>::from_sql(value)?),
                Some(SqliteType::Binary) => Cell::Bytes(FromSql::<Binary, Sqlite>::from_sql(value)?),
                Some(SqliteType::Float | SqliteType::Double) => {
                    Cell::Float(FromSql::<Double, Sqlite>::from_sql(value)?)
                }
                Some(SqliteType::SmallInt | SqliteType::Integer | SqliteType::Long) => {
                    Cell::Int(FromSql::<BigInt, Sqlite>::from_sql(value)?)
                }
            })
        };
        (0..row.field_count()).map(cell).collect::<Result<_>>().map(Self)
    }
}

/// The numbers of PostgreSQL's types that [`super::Column::canonical`] leads to.
const BOOL: u32 = 16;
const BYTEA: u32 = 17;
const INT8: u32 = 20;
const FLOAT8: u32 = 701;

impl FromSqlRow<Untyped, Pg> for Cells {
    fn build_from_row<'a>(row: &impl Row<'a, Pg>) -> Result<Self> {
        let cell = |index| {
            let field = row.get(index).ok_or("a row is cut short")?;
            let Some(value) = field.value() else { return Ok(Cell::Null) };
            Ok(match value.get_oid().get() {
                BOOL => Cell::Bool(FromSql::<Bool, Pg>::from_sql(value)?),
                BYTEA => Cell::Bytes(FromSql::<Binary, Pg>::from_sql(value)?),
                INT8 => Cell::Int(FromSql::<BigInt, Pg>::from_sql(value)?),
                FLOAT8 => Cell::Float(FromSql::<Double, Pg>::from_sql(value)?),
                _ => Cell::Text(FromSql::<Text, Pg>::from_sql(value)?),
            })
        };
        (0..row.field_count()).map(cell).collect::<Result<_>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_to_the_last_digit() {
        for (cell, kind, json) in [
            (Cell::Null, Kind::Text, "null"),
            (Cell::Int(i64::MIN), Kind::Int, "-9223372036854775808"),
            (Cell::Int(9_007_199_254_740_993), Kind::Int, "9007199254740993"),
            (Cell::Bool(true), Kind::Bool, "true"),
            (Cell::Float(0.1 + 0.2), Kind::Float, "0.30000000000000004"),
            (Cell::Float(5.0), Kind::Float, "5.0"),
            (Cell::Float(f64::MAX), Kind::Float, "1.7976931348623157e308"),
            (Cell::Float(f64::NEG_INFINITY), Kind::Float, "\"-Infinity\""),
            (Cell::Text("a\n\"\\\u{1}千".to_owned()), Kind::Json, "\"a\\n\\\"\\\\\\u0001千\""),
            (Cell::Bytes(vec![0, 255]), Kind::Bytes, "\"AP8=\""),
        ] {
            let mut line = String::new();
            cell.write(&mut line);
            assert_eq!(line, json);
            let raw: Box<RawValue> = serde_json::from_str(&line).expect("JSON");
            assert_eq!(Cell::read(&raw, kind), Some(cell), "{json}");
        }
    }

    #[test]
    fn a_column_takes_only_what_it_is_for() {
        assert_eq!(Cell::Int(1).settled(Kind::Bool), Some(Cell::Bool(true)));
        assert_eq!(Cell::Int(2).settled(Kind::Bool), None);
        assert_eq!(Cell::Text("1".to_owned()).settled(Kind::Int), None);
        assert_eq!(
            Cell::Float(-0.0).settled(Kind::Float).map(|cell| format!("{cell:?}")),
            Some("Float(0.0)".to_owned())
        );
        let text: Box<RawValue> = serde_json::from_str("\"x\"").expect("JSON");
        for kind in [Kind::Int, Kind::Bool, Kind::Float] {
            assert_eq!(Cell::read(&text, kind), None);
        }
    }
}
