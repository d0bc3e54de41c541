//! `modelry import`.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::progress::Progress;
use super::source::{self, DEFAULT_LIMIT};
use super::{CliError, DatabaseOptions, database, output};
use crate::registry::clock::Clock;
use crate::registry::transfer::apply::{self, Options, Report};
use crate::registry::transfer::format;
use crate::registry::transfer::progress::Observer;
use crate::registry::transfer::source::Source;
use crate::registry::transfer::spool::Spooled;
use crate::store::SourceFile;

/// Changed records that a dry run names, unless told otherwise.
const SHOWN_BY_DRY_RUN: usize = 20;

/// Bring a catalogue file into the database: all of it, or nothing
#[derive(Debug, Args)]
pub struct Import {
    /// The file's format
    format: Format,
    /// A file, an address (http or https), or - for standard input
    #[arg(value_name = "FILE or URL")]
    location: String,
    /// Tell what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The day from which changed prices hold (default: today in UTC)
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// How many changed suppliers and models to list (default: 20 with --dry-run, else none)
    #[arg(long, value_name = "NUMBER")]
    changes: Option<usize>,
    /// Most bytes to read
    #[arg(long, value_name = "BYTES", default_value_t = DEFAULT_LIMIT)]
    max_bytes: u64,
    /// Who imports, as the history is to tell it (default: the name of your account)
    #[arg(long, value_name = "NAME", env = "USER", hide_env = true)]
    actor: Option<String>,
    /// Why, as the history is to tell it
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Report in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// A format that can be read.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// models.dev's api.json
    ModelsDev,
    /// LiteLLM's `model_prices_and_context_window.json`
    Litellm,
    /// OpenRouter's list of models
    Openrouter,
    /// Modelry's own JSON Lines
    Modelry,
}

impl From<Format> for format::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::ModelsDev => Self::ModelsDev,
            Format::Litellm => Self::Litellm,
            Format::Openrouter => Self::Openrouter,
            Format::Modelry => Self::Modelry,
        }
    }
}

/// Imports a catalogue and tells what changed.
///
/// # Errors
/// If the file can't be read or taken, or the database fails; nothing is imported then.
pub async fn run(command: Import) -> Result<(), CliError> {
    let report = import(&command).await?;
    if command.json { output::tell(&json(&report)) } else { output::tell(&report.to_string().trim_end()) }
}

async fn import(command: &Import) -> Result<Report, CliError> {
    let progress = Progress::start("reading");
    let location = source::shown(&command.location);
    let (source, hash) = read(command, &progress).await?;
    progress.next("importing");
    let (origin, clock) = (format::Format::from(command.format).origin(), Clock::system());
    let shown = command.changes.unwrap_or(if command.dry_run { SHOWN_BY_DRY_RUN } else { 0 });
    let options = Options {
        dry_run: command.dry_run,
        as_of: command.as_of,
        shown,
        actor: command.actor.clone(),
        reason: command.reason.clone(),
        request: None,
        file: Some(SourceFile {
            format: origin.name().to_owned(),
            name: Some(source::file_name(&command.location)),
            hash: Some(hash),
            date: None,
        }),
        window: None,
        observer: Observer::default(),
    };
    let applied = if command.dry_run {
        let rehearsal = database::rehearsal(&command.database).await?;
        apply::apply(&rehearsal.store, source, origin, &options, &clock).await
    } else {
        let store = database::open(&command.database)?;
        store.migrate().await?;
        apply::apply(&store, source, origin, &options, &clock).await
    };
    applied.map_err(|error| CliError::Import { location, error })
}

/// The file, checked, and the SHA-256 of its bytes.
async fn read(command: &Import, progress: &Progress) -> Result<(Source, String), CliError> {
    let Spooled { file, hash } = source::read(&command.location, command.max_bytes, progress).await?;
    let opened = format::Format::from(command.format).open(file);
    let source = opened.map_err(|error| CliError::Catalogue { location: source::shown(&command.location), error })?;
    Ok((source, hash))
}

fn json(report: &Report) -> serde_json::Value {
    serde_json::to_value(report).unwrap_or_default()
}
