//! How a file is applied, and who is said to have done it.

use std::num::NonZeroUsize;

use chrono::NaiveDate;

use super::super::progress::Observer;
use super::Origin;
use crate::domain::{ChangeChannel, Timestamp};
use crate::registry::editor::MODELRY;
use crate::store::{Author, SourceFile};

/// How a file is applied.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Tells what an import would do, and writes nothing.
    pub dry_run: bool,
    /// The day from which changed prices hold; today in UTC, if none is given.
    pub as_of: Option<NaiveDate>,
    /// How many changed suppliers and models the report names, with what changed of them.
    pub shown: usize,
    /// Who imports, as the history tells it; Modelry itself, if nobody is named.
    pub actor: Option<String>,
    /// Why, as the history tells it.
    pub reason: Option<String>,
    /// The request's id in the log.
    pub request: Option<String>,
    /// The file, as the history tells it; its date is the day from which changed prices hold.
    pub file: Option<SourceFile>,
    /// How many models are held at once; 1,000 if nothing is said.
    pub window: Option<NonZeroUsize>,
    /// Who is told how far it is.
    pub observer: Observer,
}

/// How many models are held at once, if nothing is said.
const WINDOW: usize = 1_000;

impl Options {
    pub(super) fn window(&self) -> usize {
        self.window.map_or(WINDOW, NonZeroUsize::get)
    }

    /// Who the history says did it.
    pub(super) fn author(&self, origin: Origin, as_of: NaiveDate, now: Timestamp) -> Author {
        let actor = self.actor.as_deref().unwrap_or(MODELRY);
        let (channel, operation) = match origin {
            Origin::Starter => (ChangeChannel::System, "seedCatalogue"),
            Origin::ThirdParty(_) | Origin::Own => (ChangeChannel::Import, "importCatalogue"),
        };
        let unnamed = || SourceFile { format: origin.name().to_owned(), name: None, hash: None, date: None };
        let source = SourceFile { date: Some(as_of), ..self.file.clone().unwrap_or_else(unnamed) };
        Author {
            reason: self.reason.clone(),
            request: self.request.clone(),
            source: Some(source),
            ..Author::new(actor, channel, operation, now)
        }
    }
}
