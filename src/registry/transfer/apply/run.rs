//! The course of an import: what a file says of the whole first, then its models, some at a time.
//!
//! A dry run goes the same way and writes nothing, so that it tells exactly what an import would do.

use std::vec::IntoIter;

use tokio::task::JoinHandle;

use super::super::draft::ModelDraft;
use super::super::error::ReadError;
use super::super::outline::Position;
use super::super::progress::{Observer, Stage};
use super::super::source::{Head, Models, Source};
use super::changes::{Ids, Writing};
use super::error::ImportError;
use super::live::Live;
use super::planner::{Planner, Terms};
use super::report::Report;
use crate::store::{Conn, StoreError, Transaction, bulk};

/// Where an import works.
pub enum Place<'a> {
    /// In a transaction, whose changes last together or not at all.
    Writes(&'a mut Transaction),
    /// On a state of the database that nobody changes meanwhile.
    Reads(&'a mut Conn),
}

impl Place<'_> {
    const fn conn(&mut self) -> &mut Conn {
        match self {
            Self::Writes(transaction) => transaction.conn(),
            Self::Reads(conn) => conn,
        }
    }

    const fn stage(&self) -> Stage {
        match self {
            Self::Writes(_) => Stage::Writing,
            Self::Reads(_) => Stage::Comparing,
        }
    }
}

/// Compares a file with the database, `most` models at a time, and writes what differs.
///
/// # Errors
/// [`ImportError`]; some of it may be written by then.
pub async fn run(
    mut place: Place<'_>,
    source: Source,
    terms: Terms,
    most: usize,
    observer: &Observer,
) -> Result<Report, ImportError> {
    let live = Live::load(place.conn(), &source).await?;
    let Source { head, outline, models } = source;
    let (others, all) = (head.len(), head.len() + outline.count);
    let Head { suppliers, capabilities, categories, homeless } = head;
    let mut planner = Planner::new(live, terms, homeless);
    planner.plan_capabilities(capabilities)?;
    planner.plan_categories(categories)?;
    planner.plan_suppliers(suppliers)?;
    let early = planner.register(place.conn(), outline, &models).await?;
    observer.counts(place.stage(), all);
    let mut work = Work { place, planner, ids: Ids::default(), observer };
    work.release_defaults().await?;
    work.write(others).await?;
    let mut ahead = Ahead::start(Reading { models, early: early.into_iter(), most });
    while let Some(window) = ahead.next().await? {
        let taken = window.len();
        work.planner.plan_window(work.place.conn(), window).await?;
        work.write(taken).await?;
    }
    work.planner.plan_lost_defaults();
    work.write(0).await?;
    work.planner.report.settle();
    Ok(work.planner.report)
}

struct Work<'a> {
    place: Place<'a>,
    planner: Planner,
    ids: Ids,
    observer: &'a Observer,
}

impl Work<'_> {
    /// Writes what is planned so far, which says what is to be of so many records.
    async fn write(&mut self, records: usize) -> Result<(), ImportError> {
        let plan = std::mem::take(&mut self.planner.plan);
        let passing = std::mem::take(&mut self.planner.passing);
        if let Place::Writes(transaction) = &mut self.place {
            let mut writing = Writing { transaction, now: self.planner.terms.now, ids: &mut self.ids };
            plan.write(&mut writing).await?;
            self.ids.forget(passing);
        }
        self.observer.did(records);
        if self.observer.is_alone() { Err(ImportError::Abandoned) } else { Ok(()) }
    }

    async fn release_defaults(&mut self) -> Result<(), ImportError> {
        if let Place::Writes(transaction) = &mut self.place {
            bulk::release_defaults(transaction, self.planner.released.iter().copied().collect()).await?;
        }
        Ok(())
    }
}

/// What is left to be read.
struct Reading {
    models: Models,
    /// Places of the models that come before all others.
    early: IntoIter<Position>,
    most: usize,
}

impl Reading {
    fn next(&mut self) -> Result<Vec<ModelDraft>, ReadError> {
        let early: Vec<Position> = self.early.by_ref().take(self.most).collect();
        if early.is_empty() { self.models.next(self.most) } else { self.models.take(&early) }
    }
}

type Read = (Reading, Result<Vec<ModelDraft>, ReadError>);

/// A reader that is one window ahead: a file is read while the database works.
struct Ahead(Option<JoinHandle<Read>>);

impl Ahead {
    fn start(mut reading: Reading) -> Self {
        Self(Some(tokio::task::spawn_blocking(move || {
            let window = reading.next();
            (reading, window)
        })))
    }

    /// The next models; `None` if there are no more.
    async fn next(&mut self) -> Result<Option<Vec<ModelDraft>>, ImportError> {
        let Some(task) = self.0.take() else { return Ok(None) };
        let (reading, window) = task.await.map_err(|error| {
            ImportError::Store(StoreError::Unreachable(format!("the reading of the file was given up: {error}")))
        })?;
        let window = window?;
        if window.is_empty() {
            return Ok(None);
        }
        *self = Self::start(reading);
        Ok(Some(window))
    }
}
