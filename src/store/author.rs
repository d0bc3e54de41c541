//! Who changes the catalogue, and the change set that the changes become.
//!
//! Triggers write the history (`migrations/`); what they can't know is announced to them before the first change of a
//! transaction: on SQLite by a row of `change_sets` that `change_feed` names while the transaction lasts, on PostgreSQL
//! by a setting of the transaction. From then on other writers wait, so that change sets are numbered in the order in
//! which they become visible.

use std::future::{Future as _, poll_fn};
use std::pin::pin;
use std::task::Poll;

use chrono::NaiveDate;
use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use diesel::{QueryResult, SqliteConnection};
use futures_util::future::join;
use serde::Serialize;

use super::StoreResult;
use super::backend::{Conn, Link, send};
use super::postgres::PostgresConnection;
use super::read::{load, load_from_postgres, load_from_sqlite};
use super::revisions::{Learned, changed_here};
use super::shared::not_alone;
use super::sql::{Sql, Value};
use super::transaction::give_up;
use super::turn::Turn;
use crate::domain::{ChangeChannel, Timestamp};

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

    /// Makes the change set on SQLite, and returns its number.
    fn change_set(self, moment: Timestamp) -> Sql {
        let text = |text: String| Some(Value::Text(text));
        let (format, name, hash, date) = match self.source {
            Some(source) => (text(source.format), source.name.and_then(text), source.hash.and_then(text), source.date),
            None => (None, None, None, None),
        };
        let values = [
            Some(Value::Timestamp(moment)),
            text(self.actor),
            text(self.channel.as_str().to_owned()),
            text(self.operation),
            self.reason.and_then(text),
            self.request.and_then(text),
            format,
            name,
            hash,
            date.map(Value::Date),
            self.reverts.map(Value::BigInt),
        ];
        Sql::new(
            "INSERT INTO change_sets (created_at, actor, channel, operation, reason, request, \
             source_format, source_name, source_hash, source_date, reverts) VALUES (",
        )
        .join(", ", values.map(|value| Sql::default().bind_or_null(value)))
        .text(") RETURNING id")
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

/// Opens a transaction that may write, and announces its changes; other writers wait until it ends. Fails without leaving one
/// open.
pub(super) async fn begin(conn: &mut Conn, author: Author) -> StoreResult<Announced> {
    let announced = match &mut conn.0 {
        Link::Sqlite(object) => object.spawn_blocking(move |sqlite| begin_on_sqlite(sqlite, author)).await,
        Link::Postgres(object) => begin_on_postgres(object, &author).await,
        Link::Shared(_) => return Err(not_alone()),
    };
    if announced.is_err() && conn.is_open() {
        give_up(conn).await;
    }
    Ok(announced?)
}

async fn begin_on_postgres(object: &mut PostgresConnection, author: &Author) -> QueryResult<Announced> {
    let announce = Sql::new("SELECT announce_changes(")
        .bind(Value::Timestamp(author.moment))
        .text(", CAST(")
        .bind(Value::Text(author.announcement()))
        .text(" AS JSONB))");
    object.open = true;
    // Sent together, answered together.
    let connection = &object.connection;
    let (begun, moments) = join(send(connection, "BEGIN"), load_from_postgres::<Timestamp>(connection, announce)).await;
    begun?;
    Ok(Announced { moment: moments?.pop().unwrap_or(author.moment), change_set: None })
}

fn begin_on_sqlite(sqlite: &mut SqliteConnection, author: Author) -> QueryResult<Announced> {
    // The write lock at once: who reads first and finds it taken later could only fail.
    AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE")?;
    let last = Sql::new("SELECT created_at FROM change_sets ORDER BY id DESC LIMIT 1");
    let last = load_from_sqlite::<Timestamp>(sqlite, last)?.pop();
    let moment = last.map_or(author.moment, |last| author.moment.max(last.next()));
    let change_set = load_from_sqlite::<i64>(sqlite, author.change_set(moment))?.pop();
    let name = Sql::new("UPDATE change_feed SET change_set = ").bind_or_null(change_set.map(Value::BigInt));
    diesel::RunQueryDsl::execute(name, sqlite)?;
    Ok(Announced { moment, change_set })
}

/// The change set of the open transaction, if it has changes already.
pub(super) async fn current(conn: &mut Conn) -> StoreResult<Option<i64>> {
    let statement = Sql::default().dialect(
        "SELECT max(change_set) FROM changes WHERE change_set = (SELECT change_set FROM change_feed)",
        "SELECT nullif(current_setting('modelry.change_set', true), '')::BIGINT",
    );
    Ok(load::<Option<i64>>(conn, statement).await?.pop().flatten())
}

/// Makes the open transaction's writes last; if that fails, none do. A change set without changes is none. The turn
/// is passed on as soon as the end is under way. Returns what changed.
pub(super) async fn conclude(conn: &mut Conn, announced: Announced, turn: Option<Turn>) -> StoreResult<Learned> {
    let changed = match &mut conn.0 {
        Link::Shared(_) => return Err(not_alone()),
        Link::Sqlite(object) => object.spawn_blocking(move |sqlite| conclude_on_sqlite(sqlite, announced)).await,
        Link::Postgres(object) => conclude_on_postgres(object, turn).await,
    };
    if changed.is_err() && conn.is_open() {
        give_up(conn).await;
    }
    Ok(changed?)
}

async fn conclude_on_postgres(object: &mut PostgresConnection, turn: Option<Turn>) -> QueryResult<Learned> {
    let connection = &object.connection;
    // Sent together, once the first is prepared: until then it would come after the commit. If it fails, nothing is committed.
    let (changed, committed) = if object.concludes {
        let mut both = pin!(join(load_from_postgres(connection, changed_here()), send(connection, "COMMIT")));
        match poll_fn(|context| Poll::Ready(both.as_mut().poll(context))).await {
            Poll::Ready(done) => done,
            Poll::Pending => {
                // Sent: whoever is next begins meanwhile, and waits for the lock until this is over.
                drop(turn);
                both.await
            }
        }
    } else {
        let changed = load_from_postgres(connection, changed_here()).await?;
        (Ok(changed), send(connection, "COMMIT").await)
    };
    object.open = committed.is_err();
    object.concludes = true;
    committed?;
    changed.map(Learned::of)
}

fn conclude_on_sqlite(sqlite: &mut SqliteConnection, announced: Announced) -> QueryResult<Learned> {
    let changed = Learned::of(load_from_sqlite(sqlite, changed_here())?);
    diesel::RunQueryDsl::execute(Sql::new("UPDATE change_feed SET change_set = NULL"), sqlite)?;
    if let (true, Some(unused)) = (changed.is_nothing(), announced.change_set) {
        let forget = Sql::new("DELETE FROM change_sets WHERE id = ").bind(Value::BigInt(unused));
        diesel::RunQueryDsl::execute(forget, sqlite)?;
    }
    AnsiTransactionManager::commit_transaction(sqlite)?;
    Ok(changed)
}
