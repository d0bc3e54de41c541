//! What is seen of one operation while it runs.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tracing::Instrument as _;

use super::RequestId;
use super::code::OK;
use super::tracer::Trace;
use crate::store::{StatementTime, Statistics};

tokio::task_local! {
    static CURRENT: Observation;
}

/// What an operation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OperationKind {
    /// Not known: the request was refused before.
    #[default]
    Unknown,
    /// It reads.
    Query,
    /// It writes.
    Mutation,
    /// It follows.
    Subscription,
}

impl OperationKind {
    /// A word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Query => "query",
            Self::Mutation => "mutation",
            Self::Subscription => "subscription",
        }
    }
}

/// A part of an operation that took its time.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// What was done.
    pub name: &'static str,
    /// From when.
    pub began: Instant,
    /// For how long.
    pub took: Duration,
}

/// One operation that is watched. Clones are the same one. What runs [`Observation::during`] it finds it as the
/// [`Observation::current`] one, so that nothing has to be handed down for it.
#[derive(Debug, Clone)]
pub struct Observation(Arc<Observed>);

#[derive(Debug)]
struct Observed {
    id: RequestId,
    began: Instant,
    began_at: SystemTime,
    trace: Option<Trace>,
    seen: Mutex<Seen>,
}

/// What was seen so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    pub(super) kind: OperationKind,
    code: Option<String>,
    pub(super) parts: Vec<Part>,
    statistics: Option<Statistics>,
}

impl Seen {
    /// The code that it ended with.
    pub(super) fn code(&self) -> &str {
        self.code.as_deref().unwrap_or(OK)
    }

    /// The times of its statements.
    pub(super) fn statements(&self) -> Vec<StatementTime> {
        self.statistics.as_ref().map(Statistics::times).unwrap_or_default()
    }
}

impl Observation {
    pub(super) fn new(id: RequestId, trace: Option<Trace>) -> Self {
        let (began, began_at, seen) = (Instant::now(), SystemTime::now(), Mutex::default());
        Self(Arc::new(Observed { id, began, began_at, trace, seen }))
    }

    /// The operation that this task works for, if it is watched.
    pub fn current() -> Option<Self> {
        CURRENT.try_with(Self::clone).ok()
    }

    /// Notes something of the operation that this task works for, if it is watched.
    pub fn note(something: impl FnOnce(&Self)) {
        // Fails if it isn't.
        let _ = CURRENT.try_with(something);
    }

    /// The id of the operation that this task works for; a fresh one if that isn't watched.
    pub fn current_id() -> RequestId {
        Self::current().map_or_else(RequestId::fresh, |observation| observation.id().clone())
    }

    /// Does `work` for this operation: what is logged meanwhile carries its id.
    pub fn during<Work: Future>(&self, work: Work) -> impl Future<Output = Work::Output> + use<Work> {
        let span = tracing::error_span!("request", request.id = %self.0.id);
        CURRENT.scope(self.clone(), work).instrument(span)
    }

    /// What it is called.
    pub fn id(&self) -> &RequestId {
        &self.0.id
    }

    /// Whether spans of it are sent, so that its parts are worth measuring.
    pub fn is_traced(&self) -> bool {
        self.0.trace.is_some()
    }

    /// Notes what it is.
    pub fn saw_kind(&self, kind: OperationKind) {
        self.change().kind = kind;
    }

    /// Notes the code that it ends with. The last one counts.
    pub fn saw_code(&self, code: &str) {
        self.change().code = Some(code.to_owned());
    }

    /// Notes where its statements are counted.
    pub fn saw_statistics(&self, statistics: &Statistics) {
        self.change().statistics = Some(statistics.clone());
    }

    /// Notes the parts that it had.
    pub fn saw_parts(&self, parts: Vec<Part>) {
        self.change().parts = parts;
    }

    /// How many statements it has sent so far.
    pub fn statements(&self) -> u64 {
        self.change().statistics.as_ref().map_or(0, Statistics::statements)
    }

    pub(super) fn seen(&self) -> Seen {
        self.change().clone()
    }

    pub(super) fn began(&self) -> Instant {
        self.0.began
    }

    pub(super) fn began_at(&self) -> SystemTime {
        self.0.began_at
    }

    pub(super) fn trace(&self) -> Option<&Trace> {
        self.0.trace.as_ref()
    }

    fn change(&self) -> MutexGuard<'_, Seen> {
        self.0.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
