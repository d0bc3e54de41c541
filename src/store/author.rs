//! Who changes the catalogue, and the change set that the changes become.
//!
//! Triggers write the history (`migrations/`); what they can't know is announced to them before the first change of a
//! transaction: on SQLite by a row of `change_sets` that `change_feed` names while the transaction lasts, on PostgreSQL
//! by a setting of the transaction. From then on other writers wait, so that change sets are numbered in the order in
//! which they become visible.

use chrono::NaiveDate;
use diesel::sql_types::{BigInt, Date, Nullable, Text};
use serde::Serialize;

use super::StoreResult;
use super::backend::{Conn, Link};
use super::read::load;
use super::revisions::changed_here;
use super::sql::{Sql, Value};
use crate::domain::sql_types::TimestampSql;
use crate::domain::{ChangeChannel, ChangeKind, Timestamp};

/// The file that changes were taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceFile {
    /// Its format, such as `models.dev`.
    pub format: String,
    /// Its name, without a folder or what an address keeps secret.
    pub name: Option<String>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub hash: Option<String>,
    /// The day its facts are of.
    pub date: Option<NaiveDate>,
}

/// Who changes the catalogue, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Who.
    pub actor: String,
    /// By which way.
    pub channel: ChangeChannel,
    /// What is done, such as `updateModel`.
    pub operation: String,
    /// Why, in the words of who does it.
    pub reason: Option<String>,
    /// The request's id in the log.
    pub request: Option<String>,
    /// Where the facts come from.
    pub source: Option<SourceFile>,
    /// The change set that is undone by this.
    pub reverts: Option<i64>,
    /// When; the change set's own moment is this or, if another change set is as late, right after that one's.
    pub moment: Timestamp,
}

impl Author {
    /// Someone who gives no reason and has no file.
    pub fn new(
        actor: impl Into<String>,
        channel: ChangeChannel,
        operation: impl Into<String>,
        moment: Timestamp,
    ) -> Self {
        Self {
            actor: actor.into(),
            channel,
            operation: operation.into(),
            reason: None,
            request: None,
            source: None,
            reverts: None,
            moment,
        }
    }

    /// What PostgreSQL's trigger makes the change set of.
    fn announcement(&self) -> String {
        let source = self.source.as_ref();
        serde_json::json!({
            "actor": self.actor,
            "channel": self.channel.as_str(),
            "operation": self.operation,
            "reason": self.reason,
            "request": self.request,
            "source_format": source.map(|source| &source.format),
            "source_name": source.and_then(|source| source.name.as_ref()),
            "source_hash": source.and_then(|source| source.hash.as_ref()),
            "source_date": source.and_then(|source| source.date),
            "reverts": self.reverts,
        })
        .to_string()
    }
}

/// What was announced: the moment of the change set, and on SQLite its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Announced {
    pub(super) moment: Timestamp,
    pub(super) change_set: Option<i64>,
}

/// Announces the changes of the open transaction; other writers wait until it ends.
pub(super) async fn announce(conn: &mut Conn, author: Author) -> StoreResult<Announced> {
    match &mut conn.0 {
        Link::Sqlite(object) => Ok(object.spawn_blocking(move |sqlite| announce_to_sqlite(sqlite, &author)).await?),
        Link::Shared(_) => Err(super::shared::not_alone()),
        Link::Postgres(_) => {
            let announce = Sql::new("SELECT announce_changes(")
                .bind(Value::Timestamp(author.moment))
                .text(", CAST(")
                .bind(Value::Text(author.announcement()))
                .text(" AS JSONB))");
            let moment = load::<Timestamp>(conn, announce).await?.pop().unwrap_or(author.moment);
            Ok(Announced { moment, change_set: None })
        }
    }
}

/// The change set of the open transaction, if it has changes already.
pub(super) async fn current(conn: &mut Conn) -> StoreResult<Option<i64>> {
    let statement = Sql::default().dialect(
        "SELECT max(change_set) FROM changes WHERE change_set = (SELECT change_set FROM change_feed)",
        "SELECT nullif(current_setting('modelry.change_set', true), '')::BIGINT",
    );
    Ok(load::<Option<i64>>(conn, statement).await?.pop().flatten())
}

/// Ends the announcement, before the transaction is committed. A change set without changes is none. Returns the numbers of the
/// last changes, by kind.
pub(super) async fn conclude(conn: &mut Conn, announced: Announced) -> StoreResult<Vec<(ChangeKind, i64)>> {
    let changed = changed_here(conn).await?;
    let (Link::Sqlite(object), Some(change_set)) = (&mut conn.0, announced.change_set) else { return Ok(changed) };
    object
        .spawn_blocking(move |sqlite| {
            use diesel::RunQueryDsl as _;
            diesel::sql_query("UPDATE change_feed SET change_set = NULL").execute(sqlite)?;
            diesel::sql_query(
                "DELETE FROM change_sets WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM changes WHERE change_set = ?1)",
            )
            .bind::<BigInt, _>(change_set)
            .execute(sqlite)
            .map(drop)
        })
        .await?;
    Ok(changed)
}

#[derive(diesel::QueryableByName)]
struct Moment {
    #[diesel(sql_type = TimestampSql)]
    created_at: Timestamp,
}

#[derive(diesel::QueryableByName)]
struct Made {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

fn announce_to_sqlite(sqlite: &mut diesel::SqliteConnection, author: &Author) -> diesel::QueryResult<Announced> {
    use diesel::RunQueryDsl as _;
    let last: Vec<Moment> =
        diesel::sql_query("SELECT created_at FROM change_sets ORDER BY id DESC LIMIT 1").load(sqlite)?;
    let moment = last.first().map_or(author.moment, |last| author.moment.max(last.created_at.next()));
    let source = author.source.as_ref();
    let made: Made = diesel::sql_query(
        "INSERT INTO change_sets (created_at, actor, channel, operation, reason, request, \
         source_format, source_name, source_hash, source_date, reverts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind::<TimestampSql, _>(moment)
    .bind::<Text, _>(&author.actor)
    .bind::<Text, _>(author.channel.as_str())
    .bind::<Text, _>(&author.operation)
    .bind::<Nullable<Text>, _>(&author.reason)
    .bind::<Nullable<Text>, _>(&author.request)
    .bind::<Nullable<Text>, _>(source.map(|source| &source.format))
    .bind::<Nullable<Text>, _>(source.and_then(|source| source.name.as_ref()))
    .bind::<Nullable<Text>, _>(source.and_then(|source| source.hash.as_ref()))
    .bind::<Nullable<Date>, _>(source.and_then(|source| source.date))
    .bind::<Nullable<BigInt>, _>(author.reverts)
    .get_result(sqlite)?;
    diesel::sql_query("UPDATE change_feed SET change_set = ?").bind::<BigInt, _>(made.id).execute(sqlite)?;
    Ok(Announced { moment, change_set: Some(made.id) })
}
