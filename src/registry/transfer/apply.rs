//! Applies a catalogue file to the database: all of it, or nothing.
//!
//! What a file says is compared with what the database has by natural keys; only what differs is written. A third
//! party's file changes what it states and withdraws what its own earlier imports brought and it no longer states. A file
//! of the own format is complete: for the records in it, what it doesn't say is no longer so.

mod aliases;
mod changes;
mod children;
mod defaults;
mod definitions;
mod error;
mod extra;
mod lists;
mod live;
mod models;
mod options;
mod parameters;
mod planner;
mod prices;
mod record;
mod register;
mod report;
mod run;
mod shown;
mod starter;
mod successors;
mod suppliers;

pub use error::ImportError;
pub use options::Options;
pub use report::{Changed, Counts, FieldChange, Kind, Report};

use crate::registry::check::prose;
use crate::registry::clock::Clock;
use crate::store::capability::Capability;
use crate::store::category::Category;
use crate::store::model::Model;
use crate::store::predicate::Predicate;
use crate::store::supplier::Supplier;
use crate::store::{Conn, Entity, Store, StoreResult, bulk, rows};

use super::own;
use super::progress::{Observer, Stage};
use super::source::Source;
use children::Author;
use planner::Terms;
use run::{Place, run};

/// So many changes that what the database knows of its tables is no longer true.
const MANY: usize = 1_000;

/// Where a file comes from, which decides what it means that it doesn't say something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A third party, by its source's name: what it doesn't say is unknown.
    ThirdParty(&'static str),
    /// The own format: what it doesn't say of its records is not so.
    Own,
    /// The own format, into an empty catalogue only.
    Starter,
}

impl Origin {
    /// Name of the source.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ThirdParty(source) => source,
            Self::Own => own::FORMAT,
            Self::Starter => "starter",
        }
    }

    /// Whether what the file doesn't say of its records is not so.
    const fn is_complete(self) -> bool {
        matches!(self, Self::Own | Self::Starter)
    }

    const fn author(self) -> Author<'static> {
        match self {
            Self::ThirdParty(source) => Author::ThirdParty(source),
            Self::Own | Self::Starter => Author::Own,
        }
    }
}

/// Applies a file in one transaction.
///
/// # Errors
/// [`ImportError`]; nothing is written then.
pub async fn apply(
    store: &Store,
    source: impl Into<Source>,
    origin: Origin,
    options: &Options,
    clock: &Clock,
) -> Result<Report, ImportError> {
    if let Some((_, wrong)) = options.reason.as_ref().and_then(|reason| prose(reason).err()) {
        return Err(ImportError::Reason(wrong));
    }
    let now = clock.now();
    let as_of = options.as_of.unwrap_or_else(|| now.day());
    let terms = Terms { origin, now, as_of, shown: options.shown };
    let work = Work { source: source.into(), terms, window: options.window(), observer: options.observer.clone() };
    if options.dry_run {
        rehearse(store, work).await
    } else {
        let report = perform(store, work, options.author(origin, as_of, now)).await?;
        if report.changes() >= MANY
            && let Err(error) = store.analyze().await
        {
            // Reads are only slower then, until the database does so by itself.
            tracing::warn!(%error, "the database could not count anew what its tables hold");
        }
        Ok(report)
    }
}

/// Applies the starter catalogue, if there is no supplier, model, capability or category, not even a deleted one.
/// Processes that start together wait for one another. `None`: there was something.
///
/// # Errors
/// If the database fails.
pub async fn seed(store: &Store, clock: &Clock) -> Result<Option<Report>, ImportError> {
    // Asked without a lock first, since all but the first start find something.
    if !store.read(|conn| Box::pin(is_empty(conn))).await? {
        return Ok(None);
    }
    match apply(store, starter::read()?, Origin::Starter, &Options::default(), clock).await {
        Ok(report) => Ok(Some(report)),
        Err(ImportError::NotEmpty) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What is to be done.
struct Work {
    source: Source,
    terms: Terms,
    window: usize,
    observer: Observer,
}

async fn rehearse(store: &Store, work: Work) -> Result<Report, ImportError> {
    let Work { source, terms, window, observer } = work;
    observer.enters(Stage::Comparing);
    let report = store
        .read_snapshot(move |conn| {
            Box::pin(async move {
                if terms.origin == Origin::Starter && !is_empty(conn).await? {
                    return Ok(Err(ImportError::NotEmpty));
                }
                Ok(run(Place::Reads(conn), source, terms, window, &observer).await)
            })
        })
        .await??;
    Ok(Report { dry_run: true, ..report })
}

async fn perform(store: &Store, work: Work, author: crate::store::Author) -> Result<Report, ImportError> {
    let Work { source, terms, window, observer } = work;
    store
        .write(author, move |transaction| {
            Box::pin(async move {
                bulk::lock_imports(transaction).await?;
                observer.enters(Stage::Comparing);
                if terms.origin == Origin::Starter && !is_empty(transaction.conn()).await? {
                    return Err(ImportError::NotEmpty);
                }
                live::hold(transaction, &source).await?;
                let terms = Terms { now: transaction.now(), ..terms };
                let report = run(Place::Writes(transaction), source, terms, window, &observer).await?;
                Ok(Report { change_set: transaction.change_set().await?, ..report })
            })
        })
        .await
}

/// Whether there is no supplier, model, capability or category, deleted ones included.
async fn is_empty(conn: &mut Conn) -> StoreResult<bool> {
    Ok(has_none::<Supplier>(conn).await?
        && has_none::<Model>(conn).await?
        && has_none::<Capability>(conn).await?
        && has_none::<Category>(conn).await?)
}

async fn has_none<E: Entity>(conn: &mut Conn) -> StoreResult<bool> {
    Ok(rows::row::<E>(conn, Predicate::always()).await?.is_none())
}
