//! `auditLog`: who did what, who came in, and who was refused.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::change_set::ChangeSet;
use super::cursor::ListName;
use super::error::{bad_input, fault};
use super::guard::ByPolicy;
use super::id::NodeKind;
use super::paging::{PageArguments, PageInfo, Position};
use super::scope::scope;
use crate::domain::{AuditOutcome, ChangeChannel, Timestamp};
use crate::loader::AuditList;
use crate::store::audit::{AuditFilter, AuditPlace, AuditRow, AuditSlice, Origin};

/// Conditions on entries of the audit log; all that are given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct AuditWhere {
    /// By one of these, such as `token:ci`.
    pub actors: Option<Vec<String>>,
    /// Of one of these actions, such as `updateModel` or `signIn`.
    pub actions: Option<Vec<String>>,
    /// That ended in one of these ways.
    pub outcomes: Option<Vec<AuditOutcome>>,
    /// At this moment or later.
    pub since: Option<DateTime<Utc>>,
    /// At this moment or earlier.
    pub until: Option<DateTime<Utc>>,
}

impl AuditWhere {
    fn filter(self) -> AuditFilter {
        AuditFilter {
            actors: self.actors,
            actions: self.actions,
            outcomes: self.outcomes,
            since: self.since.map(Timestamp::new),
            until: self.until.map(Timestamp::new),
        }
    }
}

/// Something that was done, or attempted.
pub struct AuditEntry {
    list: Arc<AuditList>,
    row: AuditRow,
}

/// Something that was done, or attempted.
#[Object]
impl AuditEntry {
    /// Names it: for a change of the catalogue, the global id of its change set; otherwise such as `AuditEvent:7`.
    async fn id(&self) -> ID {
        match self.row.place.origin {
            Origin::ChangeSet => NodeKind::ChangeSet.id(self.row.place.id, None),
            Origin::Event => ID(format!("AuditEvent:{}", self.row.place.id)),
        }
    }
    /// When; for an entry that stands for several, when the first of them was.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.place.at.to_utc()
    }
    /// Who; `anonymous` for who didn't say.
    async fn actor(&self) -> &str {
        &self.row.event.actor
    }
    /// What: the name of a mutation, of a query or of a command, `signIn`, or `sql` for what went past Modelry.
    async fn action(&self) -> &str {
        &self.row.event.action
    }
    /// How it ended.
    async fn outcome(&self) -> AuditOutcome {
        self.row.event.outcome
    }
    /// By which way it came; null for what is no change and no administration.
    async fn channel(&self) -> Option<ChangeChannel> {
        self.row.event.channel
    }
    /// What else there is to say: a change's reason, why somebody was refused, which token was made. Never a secret, and
    /// never a query's variables. Null if there is nothing.
    async fn detail(&self) -> Option<&str> {
        self.row.event.detail.as_deref()
    }
    /// The request's id in the server's log; null if it was no request, or several.
    async fn request_id(&self) -> Option<&str> {
        self.row.event.request.as_deref()
    }
    /// The network address that it came from; null if that is not known.
    async fn address(&self) -> Option<&str> {
        self.row.event.address.as_deref()
    }
    /// How many attempts it stands for: refusals that are alike are counted together, for a minute.
    async fn count(&self) -> i64 {
        self.row.event.alike
    }
    /// The change set; null if it is no change of the catalogue.
    async fn change_set(&self, context: &Context<'_>) -> Result<Option<ChangeSet>> {
        if self.row.place.origin == Origin::Event {
            return Ok(None);
        }
        let found = self.list.change_set(self.row.place.id).await.map_err(fault(context))?;
        Ok(found.map(ChangeSet))
    }
}

/// A page of the audit log.
pub struct AuditConnection {
    list: Arc<AuditList>,
    name: ListName,
}

/// An entry of the audit log, and its place there.
#[derive(SimpleObject)]
pub struct AuditEdge {
    /// The entry.
    node: AuditEntry,
    /// Its place in the log, to pass as `after` or `before`.
    cursor: String,
}

impl AuditConnection {
    fn cursor(&self, row: &AuditRow) -> String {
        self.name.cursor(&position(row.place))
    }

    fn entry(&self, row: &AuditRow) -> AuditEntry {
        AuditEntry { list: Arc::clone(&self.list), row: row.clone() }
    }
}

/// A page of the audit log.
#[Object]
impl AuditConnection {
    /// The page's entries, each with its cursor.
    async fn edges(&self, context: &Context<'_>) -> Result<Vec<AuditEdge>> {
        let page = self.list.page().await.map_err(fault(context))?;
        Ok(page.rows.iter().map(|row| AuditEdge { cursor: self.cursor(row), node: self.entry(row) }).collect())
    }
    /// The page's entries.
    async fn nodes(&self, context: &Context<'_>) -> Result<Vec<AuditEntry>> {
        let page = self.list.page().await.map_err(fault(context))?;
        Ok(page.rows.iter().map(|row| self.entry(row)).collect())
    }
    /// Where the page lies in the log.
    async fn page_info(&self, context: &Context<'_>) -> Result<PageInfo> {
        let page = self.list.page().await.map_err(fault(context))?;
        let slice = self.list.slice();
        Ok(PageInfo {
            has_next_page: if slice.backward { slice.from.is_some() } else { page.more },
            has_previous_page: if slice.backward { page.more } else { slice.from.is_some() },
            start_cursor: page.rows.first().map(|row| self.cursor(row)),
            end_cursor: page.rows.last().map(|row| self.cursor(row)),
        })
    }
    /// How many entries the whole log has that meet the conditions; counted only when asked for.
    async fn total_count(&self, context: &Context<'_>) -> Result<i64> {
        self.list.total().await.map_err(fault(context))
    }
}

/// What cursors call the origins.
const CHANGE_SET: &str = "c";
const EVENT: &str = "e";

fn position(place: AuditPlace) -> Position {
    let origin = if place.origin == Origin::ChangeSet { CHANGE_SET } else { EVENT };
    Position { keys: vec![Some(place.at.to_text()), Some(origin.to_owned())], id: place.id }
}

fn place(position: &Position) -> Option<AuditPlace> {
    let [Some(at), Some(origin)] = position.keys.as_slice() else { return None };
    let origin = match origin.as_str() {
        CHANGE_SET => Origin::ChangeSet,
        EVENT => Origin::Event,
        _ => return None,
    };
    Some(AuditPlace { at: Timestamp::new(at.parse().ok()?), origin, id: position.id })
}

/// The audit log.
#[derive(Default)]
pub struct AuditLog;

/// The audit log.
#[Object(guard = "ByPolicy")]
impl AuditLog {
    /// Who did what, who came in, and who was refused, the newest first: change sets and all that is no change of the
    /// catalogue, as one list. For admins.
    async fn audit_log(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Entries from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Start behind the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "Entries from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the entry with this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which of them.")] filter: Option<AuditWhere>,
    ) -> Result<AuditConnection> {
        let name = ListName("audit log".to_owned());
        let page = PageArguments { first, after, last, before };
        let part = page.part(&name)?;
        let from = part.from.as_ref().map(|position| {
            let broken = || bad_input(format!("{}: this is not a cursor of the audit log", part.cursor_name));
            place(position).ok_or_else(broken)
        });
        let slice = AuditSlice { limit: part.limit, backward: part.backward, from: from.transpose()? };
        let filter = filter.unwrap_or_default().filter();
        let list = Arc::new(AuditList::new(scope(context)?.store.clone(), filter, slice));
        Ok(AuditConnection { list, name })
    }
}
