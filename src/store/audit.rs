//! The audit log: change sets, and the events that are no change of the catalogue, as one list.

use super::change_list::Sliced;
use super::read::{Cells, ReadRow, Source, load};
use super::rows::execute_on;
use super::sql::{Sql, Value};
use super::{Author, Conn, StoreResult};
use crate::domain::{AuditOutcome, ChangeChannel, Timestamp};

/// Something that happened and is no change of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// When; if it stands for several, when the first of them happened.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What was attempted: a mutation's or a query's name, or `signIn`.
    pub action: String,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// By which way it came; `None` if by none of those.
    pub channel: Option<ChangeChannel>,
    /// What else there is to say; never a secret.
    pub detail: Option<String>,
    /// The request's id in the log.
    pub request: Option<String>,
    /// The network address that it came from.
    pub address: Option<String>,
    /// How many alike it stands for.
    pub alike: i64,
}

impl AuditEvent {
    /// What this author has done.
    pub fn done(author: &Author, detail: String) -> Self {
        Self {
            at: author.moment,
            actor: author.actor.clone(),
            action: author.operation.clone(),
            outcome: AuditOutcome::Done,
            channel: Some(author.channel),
            detail: Some(detail),
            request: author.request.clone(),
            address: None,
            alike: 1,
        }
    }
}

/// Which of the two kinds of entries one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A change set.
    ChangeSet,
    /// An event.
    Event,
}

/// An entry's place: entries are sorted by moment, then origin, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AuditPlace {
    /// When it happened.
    pub at: Timestamp,
    /// What it is.
    pub origin: Origin,
    /// Its number among those of its origin.
    pub id: i64,
}

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place in the log.
    pub place: AuditPlace,
    /// What happened; a change set's reason is its detail.
    pub event: AuditEvent,
}

/// Which entries are wanted: those that meet all that is given.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// By one of these.
    pub actors: Option<Vec<String>>,
    /// Of one of these actions.
    pub actions: Option<Vec<String>>,
    /// That ended in one of these ways.
    pub outcomes: Option<Vec<AuditOutcome>>,
    /// At this moment or later.
    pub since: Option<Timestamp>,
    /// At this moment or earlier.
    pub until: Option<Timestamp>,
}

/// Which part of the log, the newest first, is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditSlice {
    /// Most entries.
    pub limit: usize,
    /// Where the part starts: after this entry, or before it if `backward`.
    pub from: Option<AuditPlace>,
    /// Whether the part ends at `from`, or at the log's end, instead of starting there.
    pub backward: bool,
}

impl ReadRow for AuditRow {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        let origin = if cells.next::<i64>()? == 0 { Origin::ChangeSet } else { Origin::Event };
        let id = cells.next()?;
        let at = cells.next()?;
        Ok(Self {
            place: AuditPlace { at, origin, id },
            event: AuditEvent {
                at,
                actor: cells.next()?,
                action: cells.next()?,
                outcome: cells.next()?,
                channel: cells.next()?,
                detail: cells.next()?,
                request: cells.next()?,
                address: cells.next()?,
                alike: cells.next()?,
            },
        })
    }
}

/// The cells of an [`AuditRow`], in order, of each origin.
const CHANGE_SETS: &str = "SELECT CAST(0 AS BIGINT) AS origin, id, created_at, actor, coalesce(operation, 'sql') AS action, \
     'done' AS outcome, channel, reason AS detail, request, CAST(NULL AS TEXT) AS address, CAST(1 AS BIGINT) AS alike \
     FROM change_sets WHERE ";
const EVENTS: &str = "SELECT CAST(1 AS BIGINT) AS origin, id, created_at, actor, action, outcome, channel, detail, request, \
     address, alike FROM audit_events WHERE ";

impl Origin {
    const fn select(self) -> &'static str {
        match self {
            Self::ChangeSet => CHANGE_SETS,
            Self::Event => EVENTS,
        }
    }

    const fn count(self) -> &'static str {
        match self {
            Self::ChangeSet => "SELECT count(*) FROM change_sets WHERE ",
            Self::Event => "SELECT count(*) FROM audit_events WHERE ",
        }
    }
}

impl AuditFilter {
    fn sql(&self, origin: Origin) -> Sql {
        let mut conditions = vec![Sql::new("1 = 1")];
        let action = match origin {
            Origin::ChangeSet => "coalesce(operation, 'sql')",
            Origin::Event => "action",
        };
        conditions.extend(self.actors.clone().map(|actors| Sql::new("actor").in_texts(actors)));
        conditions.extend(self.actions.clone().map(|actions| Sql::new(action).in_texts(actions)));
        match (&self.outcomes, origin) {
            (Some(outcomes), Origin::ChangeSet) if !outcomes.contains(&AuditOutcome::Done) => {
                conditions.push(Sql::new("1 = 0"));
            }
            (Some(outcomes), Origin::Event) => {
                let names = outcomes.iter().map(|outcome| outcome.as_str().to_owned()).collect();
                conditions.push(Sql::new("outcome").in_texts(names));
            }
            _ => {}
        }
        let moment = |condition: &'static str, moment| Sql::new(condition).bind(Value::Timestamp(moment));
        conditions.extend(self.since.map(|since| moment("created_at >= ", since)));
        conditions.extend(self.until.map(|until| moment("created_at <= ", until)));
        Sql::default().join(" AND ", conditions)
    }
}

impl AuditSlice {
    /// The condition that entries of `origin` lie beyond the part's start.
    fn keyset(&self, origin: Origin) -> Sql {
        let Some(from) = self.from else { return Sql::default() };
        let at = Value::Timestamp(from.at);
        if from.origin == origin {
            let beyond = if self.backward { " AND (created_at, id) > (" } else { " AND (created_at, id) < (" };
            return Sql::new(beyond).bind(at).text(", ").bind(Value::BigInt(from.id)).text(")");
        }
        // Of the same moment, those of the other origin are all before the start, or all beyond it.
        let same_moment_is_beyond = (origin > from.origin) == self.backward;
        let beyond = match (self.backward, same_moment_is_beyond) {
            (true, true) => " AND created_at >= ",
            (true, false) => " AND created_at > ",
            (false, true) => " AND created_at <= ",
            (false, false) => " AND created_at < ",
        };
        Sql::new(beyond).bind(at)
    }

    const fn order(&self) -> &'static str {
        if self.backward { " ORDER BY created_at, id LIMIT " } else { " ORDER BY created_at DESC, id DESC LIMIT " }
    }

    const fn order_of_both(&self) -> &'static str {
        if self.backward {
            " ORDER BY created_at, origin, id LIMIT "
        } else {
            " ORDER BY created_at DESC, origin DESC, id DESC LIMIT "
        }
    }
}

/// A part of the log, the newest first.
///
/// # Errors
/// If the database fails.
pub async fn list(conn: &mut Conn, filter: &AuditFilter, slice: &AuditSlice) -> StoreResult<Sliced<AuditRow>> {
    // One more than wanted, to see whether there are more.
    let limit = || Value::BigInt(i64::try_from(slice.limit).unwrap_or(i64::MAX - 1) + 1);
    let part = |origin: Origin| {
        let rows = Sql::new(origin.select()).push(filter.sql(origin)).push(slice.keyset(origin));
        rows.text(slice.order()).bind(limit())
    };
    let statement = Sql::new("SELECT * FROM (SELECT * FROM (")
        .push(part(Origin::ChangeSet))
        .text(") AS sets UNION ALL SELECT * FROM (")
        .push(part(Origin::Event))
        .text(") AS events) AS log")
        .text(slice.order_of_both())
        .bind(limit());
    let mut rows: Vec<AuditRow> = load(conn, statement).await?;
    let more = rows.len() > slice.limit;
    rows.truncate(slice.limit);
    if slice.backward {
        rows.reverse();
    }
    Ok(Sliced { rows, more })
}

/// How many entries meet `filter`.
///
/// # Errors
/// If the database fails.
pub async fn count(conn: &mut Conn, filter: &AuditFilter) -> StoreResult<i64> {
    let part = |origin: Origin| Sql::new("(").text(origin.count()).push(filter.sql(origin)).text(")");
    let statement = Sql::new("SELECT ").push(part(Origin::ChangeSet)).text(" + ").push(part(Origin::Event));
    Ok(load(conn, statement).await?.pop().unwrap_or_default())
}

/// Writes down what happened.
///
/// # Errors
/// If the database fails.
pub async fn insert(conn: &mut Conn, event: AuditEvent) -> StoreResult<()> {
    let statement = Sql::new(
        "INSERT INTO audit_events (created_at, actor, action, outcome, channel, detail, request, address, alike) VALUES (",
    )
    .bind(Value::Timestamp(event.at))
    .text(", ")
    .bind(Value::Text(event.actor))
    .text(", ")
    .bind(Value::Text(event.action))
    .text(", ")
    .bind(Value::Text(event.outcome.as_str().to_owned()))
    .text(", ")
    .bind_or_null(event.channel.map(|channel| Value::Text(channel.as_str().to_owned())))
    .text(", ")
    .bind_or_null(event.detail.map(Value::Text))
    .text(", ")
    .bind_or_null(event.request.map(Value::Text))
    .text(", ")
    .bind_or_null(event.address.map(Value::Text))
    .text(", ")
    .bind(Value::BigInt(event.alike))
    .text(")");
    execute_on(conn, statement).await.map(drop)
}
