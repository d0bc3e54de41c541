//! Change sets: changes that were made together, and who made them, when and why.

use chrono::NaiveDate;

use super::change_list::{Slice, Sliced};
use super::feed::ChangeFilter;
use super::read::{Cells, ReadRow, Source, load};
use super::sql::{Sql, Value};
use super::{Conn, SourceFile, StoreResult};
use crate::domain::{ChangeChannel, ChangeKind, ChangeOperation, Timestamp};

/// Changes that were made together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSetRow {
    /// Primary key; change sets are numbered in the order in which they were made.
    pub id: i64,
    /// When; later than every change set before.
    pub created_at: Timestamp,
    /// Who.
    pub actor: String,
    /// By which way.
    pub channel: ChangeChannel,
    /// What was done, such as `updateModel`; `None` if it went past Modelry.
    pub operation: Option<String>,
    /// Why; `None` if nothing was said.
    pub reason: Option<String>,
    /// The request's id in the log.
    pub request: Option<String>,
    /// Where the facts come from; `None` if from no file.
    pub source: Option<SourceFile>,
    /// The change set that is undone by this.
    pub reverts: Option<i64>,
}

/// How many changes of a change set are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeCount {
    /// Whose.
    pub change_set: i64,
    /// Of what.
    pub kind: ChangeKind,
    /// What they do.
    pub operation: ChangeOperation,
    /// How many.
    pub count: i64,
}

/// Which change sets are wanted: those that meet all that is given.
#[derive(Debug, Clone, Default)]
pub struct ChangeSetFilter {
    /// Made by one of these.
    pub actors: Option<Vec<String>>,
    /// That came by one of these ways.
    pub channels: Option<Vec<ChangeChannel>>,
    /// That did one of these things.
    pub operations: Option<Vec<String>>,
    /// Made at this moment or later.
    pub since: Option<Timestamp>,
    /// Made at this moment or earlier.
    pub until: Option<Timestamp>,
    /// Whether they undo another one.
    pub is_revert: Option<bool>,
    /// That undo this one.
    pub reverts: Option<i64>,
    /// With a change like this.
    pub changes: Option<ChangeFilter>,
}

impl ReadRow for ChangeSetRow {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        Ok(Self {
            id: cells.next()?,
            created_at: cells.next()?,
            actor: cells.next()?,
            channel: cells.next()?,
            operation: cells.next()?,
            reason: cells.next()?,
            request: cells.next()?,
            source: {
                let format: Option<String> = cells.next()?;
                let (name, hash): (Option<String>, Option<String>) = cells.next()?;
                let date: Option<NaiveDate> = cells.next()?;
                format.map(|format| SourceFile { format, name, hash, date })
            },
            reverts: cells.next()?,
        })
    }
}

impl ReadRow for ChangeCount {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        Ok(Self { change_set: cells.next()?, kind: cells.next()?, operation: cells.next()?, count: cells.next()? })
    }
}

/// The columns of a [`ChangeSetRow`], in order.
const SELECT: &str = "SELECT change_sets.id, change_sets.created_at, change_sets.actor, change_sets.channel, \
     change_sets.operation, change_sets.reason, change_sets.request, change_sets.source_format, \
     change_sets.source_name, change_sets.source_hash, change_sets.source_date, change_sets.reverts FROM change_sets";

impl ChangeSetFilter {
    fn sql(&self) -> Sql {
        let mut conditions = vec![Sql::new("1 = 1")];
        let texts = |column: &'static str, texts: &[String]| Sql::new(column).in_texts(texts.to_vec());
        conditions.extend(self.actors.as_deref().map(|actors| texts("change_sets.actor", actors)));
        conditions.extend(self.operations.as_deref().map(|operations| texts("change_sets.operation", operations)));
        if let Some(channels) = &self.channels {
            let names: Vec<String> = channels.iter().map(|channel| channel.as_str().to_owned()).collect();
            conditions.push(texts("change_sets.channel", &names));
        }
        let moment = |condition: &'static str, moment| Sql::new(condition).bind(Value::Timestamp(moment));
        conditions.extend(self.since.map(|since| moment("change_sets.created_at >= ", since)));
        conditions.extend(self.until.map(|until| moment("change_sets.created_at <= ", until)));
        conditions.extend(self.is_revert.map(|reverts| {
            Sql::new(if reverts { "change_sets.reverts IS NOT NULL" } else { "change_sets.reverts IS NULL" })
        }));
        conditions.extend(self.reverts.map(|id| Sql::new("change_sets.reverts = ").bind(Value::BigInt(id))));
        if let Some(changes) = &self.changes {
            let some = Sql::new("EXISTS (SELECT 1 FROM changes WHERE changes.change_set = change_sets.id AND ");
            conditions.push(some.push(changes.sql()).text(")"));
        }
        Sql::default().join(" AND ", conditions)
    }
}

/// A slice of the change sets that meet `filter`.
///
/// # Errors
/// If the database fails.
pub async fn list(conn: &mut Conn, filter: &ChangeSetFilter, slice: &Slice) -> StoreResult<Sliced<ChangeSetRow>> {
    let statement = Sql::new(SELECT)
        .text(" WHERE ")
        .push(filter.sql())
        .push(slice.keyset("change_sets.id"))
        .push(slice.order("change_sets.id"))
        .text(" LIMIT ")
        .bind(slice.limit());
    Ok(slice.cut(load(conn, statement).await?))
}

/// How many change sets meet `filter`.
///
/// # Errors
/// If the database fails.
pub async fn count(conn: &mut Conn, filter: &ChangeSetFilter) -> StoreResult<i64> {
    let statement = Sql::new("SELECT count(*) FROM change_sets WHERE ").push(filter.sql());
    Ok(load(conn, statement).await?.pop().unwrap_or_default())
}

/// The change sets with these ids, in no particular order.
///
/// # Errors
/// If the database fails.
pub async fn by_ids(conn: &mut Conn, ids: Vec<i64>) -> StoreResult<Vec<ChangeSetRow>> {
    load(conn, Sql::new(SELECT).text(" WHERE change_sets.id").in_ids(ids)).await
}

/// The change set that this request made at this moment, if it made one.
///
/// # Errors
/// If the database fails.
pub async fn made_at(conn: &mut Conn, moment: Timestamp, request: String) -> StoreResult<Vec<ChangeSetRow>> {
    let statement = Sql::new(SELECT)
        .text(" WHERE change_sets.created_at = ")
        .bind(Value::Timestamp(moment))
        .text(" AND change_sets.request = ")
        .bind(Value::Text(request));
    load(conn, statement).await
}

/// The change sets that undo one of these, oldest first.
///
/// # Errors
/// If the database fails.
pub async fn reverting(conn: &mut Conn, reverted: Vec<i64>) -> StoreResult<Vec<ChangeSetRow>> {
    let statement = Sql::new(SELECT).text(" WHERE change_sets.reverts").in_ids(reverted);
    load(conn, statement.text(" ORDER BY change_sets.id")).await
}

/// How many changes of each of these change sets are alike.
///
/// # Errors
/// If the database fails.
pub async fn counts(conn: &mut Conn, change_sets: Vec<i64>) -> StoreResult<Vec<ChangeCount>> {
    let statement = Sql::new("SELECT change_set, kind, operation, count(*) FROM changes WHERE change_set")
        .in_ids(change_sets)
        .text(" GROUP BY change_set, kind, operation ORDER BY change_set, kind, operation");
    load(conn, statement).await
}
