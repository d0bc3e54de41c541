//! `ChangeSet`: changes that were made together, by whom, when and why.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::change::ChangeConnection;
use super::cursor::ListName;
use super::error::fault;
use super::id::NodeKind;
use super::paging::{PageArguments, PageInfo, Position, slice_info};
use super::scalars::Date;
use crate::domain::{ChangeChannel, ChangeKind, ChangeOperation};
use crate::loader::{ChangeSetItem, ChangeSetList};

/// Changes that were made together: those of one mutation, of one import, of one command.
#[derive(Clone)]
pub struct ChangeSet(pub ChangeSetItem);

/// The file that the facts of a change set were taken from.
#[derive(Debug, Clone, SimpleObject)]
pub struct ChangeSetSource {
    /// The file's format, such as `models-dev`.
    format: String,
    /// The file's name, without its folder; null if unknown.
    name: Option<String>,
    /// SHA-256 of the file's bytes, in hexadecimal; null if unknown.
    hash: Option<String>,
    /// The day that the file's facts are of; null if unknown.
    date: Option<Date>,
}

/// How many changes of a change set are alike.
#[derive(Debug, Clone, SimpleObject)]
pub struct ChangeCount {
    /// What they are of.
    r#type: ChangeKind,
    /// What they do.
    operation: ChangeOperation,
    /// How many.
    count: i64,
}

/// Changes that were made together: those of one mutation, of one import, of one command.
#[Object]
impl ChangeSet {
    /// Global id, such as `ChangeSet:7`.
    pub(super) async fn id(&self) -> ID {
        NodeKind::ChangeSet.id(self.0.id, None)
    }
    /// The number in the global id. Change sets are numbered in the order in which they were made; numbers may be
    /// skipped.
    async fn database_id(&self) -> i64 {
        self.0.id
    }
    /// When it was made: later than every change set before, whatever the clock said.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.to_utc()
    }
    /// Who made it.
    async fn actor(&self) -> &str {
        &self.0.actor
    }
    /// By which way it came.
    async fn channel(&self) -> ChangeChannel {
        self.0.channel
    }
    /// What was done: a mutation's name, `importCatalogue`, ...; null if it went past Modelry.
    async fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }
    /// Why, in the words of who did it; null if nothing was said.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
    /// The request's id in the server's log; null if it was no request.
    async fn request_id(&self) -> Option<&str> {
        self.0.request.as_deref()
    }
    /// The file that its facts were taken from; null if from none.
    async fn source(&self) -> Option<ChangeSetSource> {
        let source = self.0.source.clone()?;
        Some(ChangeSetSource {
            format: source.format,
            name: source.name,
            hash: source.hash,
            date: source.date.map(Date),
        })
    }
    /// The change set that is undone by this; null if none is.
    async fn reverts(&self, context: &Context<'_>) -> Result<Option<Self>> {
        Ok(self.0.reverts().await.map_err(fault(context))?.map(Self))
    }
    /// The last change set that undoes this one; null if none does.
    async fn reverted_by(&self, context: &Context<'_>) -> Result<Option<Self>> {
        Ok(self.0.reverted_by().await.map_err(fault(context))?.map(Self))
    }
    /// How many changes it has of each type and operation.
    async fn summary(&self, context: &Context<'_>) -> Result<Vec<ChangeCount>> {
        let counts = self.0.counts().await.map_err(fault(context))?;
        let count = |count: crate::store::change_set::ChangeCount| ChangeCount {
            r#type: count.kind,
            operation: count.operation,
            count: count.count,
        };
        Ok(counts.into_iter().map(count).collect())
    }
    /// How many changes it has.
    async fn total_count(&self, context: &Context<'_>) -> Result<i64> {
        let counts = self.0.counts().await.map_err(fault(context))?;
        Ok(counts.iter().map(|count| count.count).sum())
    }
    /// Its changes, in the order in which they were made: its diff.
    async fn changes(
        &self,
        #[graphql(desc = "Changes from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Start behind the change with this cursor.")] after: Option<String>,
        #[graphql(desc = "Changes from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the change with this cursor.")] before: Option<String>,
    ) -> Result<ChangeConnection> {
        let name = ListName("changes of a change set".to_owned());
        let slice = PageArguments { first, after, last, before }.slice(&name, false)?;
        Ok(ChangeConnection { lists: self.0.changes(slice), parent: self.0.id, name })
    }
}

/// A page of a list of change sets.
pub struct ChangeSetConnection {
    /// The list that it is a part of.
    pub list: ChangeSetList,
    /// The list's name for its cursors.
    pub name: ListName,
}

/// One of a list of change sets, and its place there.
#[derive(SimpleObject)]
pub struct ChangeSetEdge {
    /// The change set.
    node: ChangeSet,
    /// Its place in the list, to pass as `after` or `before`.
    cursor: String,
}

impl ChangeSetConnection {
    fn cursor(&self, set: &ChangeSetItem) -> String {
        self.name.cursor(&Position { keys: Vec::new(), id: set.id })
    }
}

/// A page of a list of change sets.
#[Object]
impl ChangeSetConnection {
    /// The page's change sets, each with its cursor.
    async fn edges(&self, context: &Context<'_>) -> Result<Vec<ChangeSetEdge>> {
        let page = self.list.page().await.map_err(fault(context))?;
        let edge = |set: &ChangeSetItem| ChangeSetEdge { cursor: self.cursor(set), node: ChangeSet(set.clone()) };
        Ok(page.rows.iter().map(edge).collect())
    }
    /// The page's change sets.
    async fn nodes(&self, context: &Context<'_>) -> Result<Vec<ChangeSet>> {
        let page = self.list.page().await.map_err(fault(context))?;
        Ok(page.rows.iter().cloned().map(ChangeSet).collect())
    }
    /// Where the page lies in the list.
    async fn page_info(&self, context: &Context<'_>) -> Result<PageInfo> {
        let page = self.list.page().await.map_err(fault(context))?;
        let cursor = |set: Option<&ChangeSetItem>| set.map(|set| self.cursor(set));
        Ok(slice_info(self.list.slice(), page.more, cursor(page.rows.first()), cursor(page.rows.last())))
    }
    /// How many change sets the whole list has; counted only when asked for.
    async fn total_count(&self, context: &Context<'_>) -> Result<i64> {
        self.list.total().await.map_err(fault(context))
    }
}
