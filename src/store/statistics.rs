//! Counting statements: what `Server-Timing` shows, what the tests against N+1 read, and what metrics and traces tell.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use diesel::connection::{DebugQuery, Instrumentation, InstrumentationEvent};

use super::narrow::Narrow;
use super::prepared::Prepared;
use super::sql::Sql;
use super::tables::Tables;
use crate::domain::Timestamp;

/// Most statements of a request whose times are remembered one by one.
const MAX_TIMES: usize = 100;
/// What Diesel writes between a statement's text and the values that are bound to it.
const BEFORE_VALUES: &str = " -- binds: ";

/// How many statements ran on behalf of one request, and how long they took. Clones count together; all that come from one
/// [`super::Store`] add to the same totals.
#[derive(Debug, Clone, Default)]
pub struct Statistics {
    counts: Arc<Counts>,
    totals: Arc<Totals>,
}

#[derive(Debug, Default)]
struct Counts {
    all: Total,
    reads: Reads,
    /// Each statement's own time, if they are wanted.
    times: Option<Mutex<Vec<StatementTime>>>,
}

/// What statements have read.
#[derive(Debug, Default)]
struct Reads {
    /// How many statements said which tables they mention.
    statements: AtomicU64,
    /// The tables of the present that they mention and may read any row of.
    present: AtomicU32,
    /// The rows of the present that they read of other tables.
    narrowed: Mutex<Vec<Narrow>>,
    /// Those of the past.
    past: AtomicU32,
    /// The latest moment of the past, in microseconds since 1970.
    moment: AtomicI64,
}

/// What the statements of a request have read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Tables as they are, of which any row may have been read.
    pub present: Tables,
    /// Rows of other tables, as they are.
    pub narrowed: Vec<Narrow>,
    /// Tables as they were.
    pub past: Tables,
    /// The latest moment that was read as of.
    pub moment: Timestamp,
}

/// What was counted since the process began.
#[derive(Debug, Default)]
struct Totals {
    read: Total,
    write: Total,
    past: Total,
}

#[derive(Debug, Default)]
struct Total {
    statements: AtomicU64,
    nanoseconds: AtomicU64,
}

/// What a connection was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To read.
    Read,
    /// To write, and to read what decides what is written.
    Write,
    /// To read what was.
    Past,
}

/// When a statement ran.
#[derive(Debug, Clone)]
pub struct StatementTime {
    /// What its connection was taken for.
    pub purpose: Purpose,
    /// When it was sent.
    pub began: Instant,
    /// How long it took.
    pub took: Duration,
}

/// All statements for one purpose, since the process began.
#[derive(Debug, Clone, Copy)]
pub struct StatementTotal {
    /// What for.
    pub purpose: Purpose,
    /// How many.
    pub statements: u64,
    /// How long they took, added up.
    pub took: Duration,
}

impl Purpose {
    /// A word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Past => "past",
        }
    }
}

impl Total {
    fn count(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }

    fn add(&self, took: Duration) {
        self.nanoseconds.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    fn took(&self) -> Duration {
        Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed))
    }
}

impl Totals {
    const fn of(&self, purpose: Purpose) -> &Total {
        match purpose {
            Purpose::Read => &self.read,
            Purpose::Write => &self.write,
            Purpose::Past => &self.past,
        }
    }
}

impl Statistics {
    /// Counts of their own, from nought. `timed` says whether each statement's time is remembered too.
    pub(super) fn anew(&self, timed: bool) -> Self {
        let times = timed.then(Mutex::default);
        let counts = Counts { all: Total::default(), reads: Reads::default(), times };
        Self { counts: Arc::new(counts), totals: Arc::clone(&self.totals) }
    }

    /// Statements sent to the database so far, those that open and close transactions included.
    pub fn statements(&self) -> u64 {
        self.counts.all.statements()
    }

    /// Time the statements took, added up; statements that ran side by side count each.
    pub fn elapsed(&self) -> Duration {
        self.counts.all.took()
    }

    /// What was read so far; `None` if some statement didn't say.
    pub fn read(&self) -> Option<Read> {
        let reads = &self.counts.reads;
        let tables = |bits: &AtomicU32| Tables::from_bits(bits.load(Ordering::Acquire));
        let moment =
            chrono::DateTime::from_timestamp_micros(reads.moment.load(Ordering::Acquire)).map(Timestamp::new)?;
        let present = tables(&reads.present);
        let narrowed = lock(&reads.narrowed).iter().filter(|narrow| !present.has(narrow.kind())).cloned().collect();
        let read = Read { present, narrowed, past: tables(&reads.past), moment };
        (reads.statements.load(Ordering::Acquire) == self.statements()).then_some(read)
    }

    /// The tables of the present that statements mention, of those that say so.
    pub(super) fn mentioned(&self) -> Tables {
        Tables::from_bits(self.counts.reads.present.load(Ordering::Acquire))
    }

    /// Notes what a statement reads that is about to be sent.
    pub(super) fn reads(&self, sql: &Sql, of_the_past: bool) {
        let reads = &self.counts.reads;
        if of_the_past {
            reads.past.fetch_or(sql.tables().bits(), Ordering::AcqRel);
        } else {
            self.depends_on(sql);
        }
        reads.statements.fetch_add(1, Ordering::AcqRel);
    }

    /// Notes what a statement of the present would read, which need not be sent.
    pub(super) fn depends_on(&self, sql: &Sql) {
        let whole = sql.narrowed().iter().fold(sql.tables(), |tables, narrow| tables.without(narrow.kind()));
        self.reads_all_of(whole);
        sql.narrowed().iter().for_each(|narrow| self.reads_rows(narrow.clone()));
    }

    /// Notes tables of the present any row of which may be read.
    pub(super) fn reads_all_of(&self, tables: Tables) {
        self.counts.reads.present.fetch_or(tables.bits(), Ordering::AcqRel);
    }

    /// Notes rows of the present that a statement has read.
    pub(super) fn reads_rows(&self, narrow: Narrow) {
        let mut narrowed = lock(&self.counts.reads.narrowed);
        if !narrowed.contains(&narrow) {
            narrowed.push(narrow);
        }
    }

    /// Notes that it is read as of a moment.
    pub(super) fn goes_back_to(&self, moment: Timestamp) {
        self.counts.reads.moment.fetch_max(moment.to_utc().timestamp_micros(), Ordering::AcqRel);
    }

    /// The first hundred statements' times, if they are remembered: see [`super::Store::timed`].
    pub fn times(&self) -> Vec<StatementTime> {
        let times = self.counts.times.as_ref();
        times.map(|times| lock(times).clone()).unwrap_or_default()
    }

    /// What was counted since the process began, by all that share the database with this.
    pub fn totals(&self) -> [StatementTotal; 3] {
        [Purpose::Read, Purpose::Write, Purpose::Past].map(|purpose| {
            let total = self.totals.of(purpose);
            StatementTotal { purpose, statements: total.statements(), took: total.took() }
        })
    }

    fn began(&self, purpose: Purpose) {
        self.counts.all.count();
        self.totals.of(purpose).count();
    }

    fn ended(&self, purpose: Purpose, began: Instant) {
        let took = began.elapsed();
        self.counts.all.add(took);
        self.totals.of(purpose).add(took);
        if let Some(times) = &self.counts.times {
            let mut times = lock(times);
            if times.len() < MAX_TIMES {
                times.push(StatementTime { purpose, began, took });
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Diesel's hook that feeds a [`Statistics`].
pub(super) struct Counter {
    statistics: Statistics,
    purpose: Purpose,
    prepared: Prepared,
    /// When each of the statements began that are under way: a server answers them in the order in which they were sent.
    began: VecDeque<Instant>,
}

impl Counter {
    pub(super) fn new(statistics: Statistics, purpose: Purpose, prepared: Prepared) -> Self {
        Self { statistics, purpose, prepared, began: VecDeque::new() }
    }
}

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartQuery { query, .. } => {
                tracing::trace!(sql = %Text(query), "statement");
                self.statistics.began(self.purpose);
                self.began.push_back(Instant::now());
            }
            InstrumentationEvent::FinishQuery { .. } => {
                if let Some(began) = self.began.pop_front() {
                    self.statistics.ended(self.purpose, began);
                }
            }
            InstrumentationEvent::CacheQuery { .. } => self.prepared.count(),
            _ => {}
        }
    }
}

/// A statement's text without the values that are bound to it, which are a client's and stay out of the log.
struct Text<'a>(&'a dyn DebugQuery);

impl fmt::Display for Text<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        formatter.write_str(text.split_once(BEFORE_VALUES).map_or(text.as_str(), |(text, _)| text))
    }
}
