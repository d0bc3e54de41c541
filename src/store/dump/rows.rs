//! Rows as lines of JSON, read in the order of the primary key and written again.

use serde_json::value::RawValue;

use super::cell::load_cells;
use super::{Cell, Column, Kind, Table, odd};
use crate::store::backend::Link;
use crate::store::shared::not_alone;
use crate::store::sql::{Sql, Value};
use crate::store::{Conn, StoreError, StoreResult};

/// Rows that stand one behind another in a table.
#[derive(Debug)]
pub struct Batch {
    /// Each row as a list in JSON: its values in the order of the columns.
    pub lines: Vec<String>,
    /// The key of the last row, to go on behind.
    pub last: Option<Vec<Cell>>,
}

/// Reads up to `limit` rows, behind the one with the key `after` or from the start.
///
/// # Errors
/// If the database fails, or has a value that its column is not for.
pub async fn batch(conn: &mut Conn, table: &Table, after: Option<Vec<Cell>>, limit: usize) -> StoreResult<Batch> {
    let columns = table.columns.iter().map(Column::canonical);
    let keys = |sql: Sql| sql.join(", ", table.key_columns().map(key));
    let mut select = Sql::new("SELECT ").join(", ", columns).text(" FROM ").name(&table.name);
    if let Some(after) = after {
        let values = after.into_iter().map(|cell| Sql::default().exactly(cell));
        select = keys(select.text(" WHERE (")).text(") > (").join(", ", values).text(")");
    }
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let select = keys(select.text(" ORDER BY ")).text(" LIMIT ").bind(Value::BigInt(limit));
    let mut batch = Batch { lines: Vec::new(), last: None };
    for row in load_cells(conn, select).await? {
        let row = settled(table, row)?;
        batch.lines.push(line(&row));
        batch.last = Some(table.key.iter().filter_map(|&at| row.get(at).cloned()).collect());
    }
    Ok(batch)
}

/// A column of a primary key, by which texts are sorted byte by byte.
fn key(column: &Column) -> Sql {
    let sql = Sql::default().name(&column.name);
    if column.kind == Kind::Text { sql.dialect("", " COLLATE \"C\"") } else { sql }
}

fn settled(table: &Table, row: Vec<Cell>) -> StoreResult<Vec<Cell>> {
    let key = table.key.iter().filter_map(|&at| row.get(at)).fold(String::new(), |mut key, cell| {
        key.push(' ');
        cell.write(&mut key);
        key
    });
    let settle = |(cell, column): (Cell, &Column)| {
        let (what, name) = (cell.what(), column.name.as_str());
        let wrong = || odd(format!("{}: the row{key} has {what} in {name}", table.name.as_str()));
        cell.settled(column.kind).ok_or_else(wrong)
    };
    row.into_iter().zip(&table.columns).map(settle).collect()
}

fn line(row: &[Cell]) -> String {
    let mut line = String::from("[");
    for (index, cell) in row.iter().enumerate() {
        if index > 0 {
            line.push(',');
        }
        cell.write(&mut line);
    }
    line.push(']');
    line
}

/// Writes rows, given as [`batch`] reads them.
///
/// # Errors
/// If a line is no row of this table, or the database refuses it.
pub(super) async fn insert(conn: &mut Conn, table: &Table, lines: &[String]) -> StoreResult<()> {
    if lines.is_empty() {
        return Ok(());
    }
    match &mut conn.0 {
        Link::Sqlite(object) => {
            let rows = lines.iter().map(|line| sqlite_row(table, line)).collect::<StoreResult<Vec<_>>>()?;
            object
                .spawn_blocking(move |sqlite| {
                    rows.into_iter().try_for_each(|row| diesel::RunQueryDsl::execute(row, sqlite).map(drop))
                })
                .await?;
        }
        Link::Postgres(object) => {
            let statement = postgres_rows(table, lines);
            diesel_async::RunQueryDsl::execute(statement, &mut object.connection).await?;
        }
        Link::Shared(_) => return Err(not_alone()),
    }
    Ok(())
}

fn into(table: &Table) -> Sql {
    let columns = table.columns.iter().map(|column| Sql::default().name(&column.name));
    Sql::new("INSERT INTO ").name(&table.name).text(" (").join(", ", columns).text(") ")
}

fn sqlite_row(table: &Table, line: &str) -> StoreResult<Sql> {
    let wrong = || StoreError::Unsupported(format!("{}: a line is no row of this table", table.name.as_str()));
    let cells: Vec<&RawValue> = serde_json::from_str(line).map_err(|_| wrong())?;
    if cells.len() != table.columns.len() {
        return Err(wrong());
    }
    let cells = cells.into_iter().zip(&table.columns).map(|(json, column)| Cell::read(json, column.kind));
    let cells = cells.collect::<Option<Vec<Cell>>>().ok_or_else(wrong)?;
    let cells = cells.into_iter().map(|cell| Sql::default().exactly(cell));
    Ok(into(table).text("VALUES (").join(", ", cells).text(")"))
}

/// All rows as one statement with one value, which the database takes apart itself.
fn postgres_rows(table: &Table, lines: &[String]) -> Sql {
    let cells = table.columns.iter().enumerate().map(|(index, column)| {
        let cell = |before| {
            let index = Value::BigInt(i64::try_from(index).unwrap_or(i64::MAX));
            Sql::new(before).text("item.line ->> CAST(").bind(index).text(" AS INTEGER)")
        };
        match column.kind {
            Kind::Int => cell("CAST(").text(" AS BIGINT)"),
            Kind::Bool => cell("CAST(").text(" AS BOOLEAN)"),
            Kind::Float => cell("CAST(").text(" AS DOUBLE PRECISION)"),
            Kind::Text => cell(""),
            Kind::Date => cell("CAST(").text(" AS DATE)"),
            Kind::Time => cell("CAST(").text(" AS TIMESTAMPTZ)"),
            Kind::Json => cell("CAST(").text(" AS JSON)"),
            Kind::Bytes => cell("decode(").text(", 'base64')"),
        }
    });
    into(table)
        .text("SELECT ")
        .join(", ", cells)
        .text(" FROM json_array_elements(CAST(")
        .bind(Value::Text(format!("[{}]", lines.join(","))))
        .text(" AS JSON)) AS item (line)")
}
