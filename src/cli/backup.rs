//! `modelry backup`.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{CliError, DatabaseOptions, database, output};
use crate::backup::{self, Written};
use crate::domain::ChangeChannel;
use crate::registry::clock::Clock;
use crate::store::{Author, Store};

/// Who is said to have done it if the account has no name.
const NOBODY: &str = "unknown";

/// Write all of the database to one file, while it is in use
#[derive(Debug, Args)]
pub struct Backup {
    /// The file, which is replaced when the new one is whole; - for standard output
    file: PathBuf,
    /// Who makes it, as the audit log is to tell it (default: the name of your account)
    #[arg(long, value_name = "NAME", env = "USER", hide_env = true)]
    actor: Option<String>,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Writes a backup, and tells what it has.
///
/// # Errors
/// If there is no database, it fails, or the file can't be written.
pub async fn run(command: Backup) -> Result<(), CliError> {
    let store = database::existing(&command.database).await?;
    let actor = command.actor.as_deref().unwrap_or(NOBODY);
    let author = Author::new(actor, ChangeChannel::Cli, "backup", Clock::system().now());
    let now = author.moment;
    if command.file == Path::new("-") {
        let (written, mut out) = backup::backup(&store, io::stdout(), now).await?;
        io::Write::flush(&mut out).map_err(output::closed)?;
        note(&store, author, &written).await;
        return Ok(());
    }
    let written = backup::to_file(&store, &command.file, now).await?;
    note(&store, author, &written).await;
    output::tell(&report(&written))
}

/// Tells the audit log. The backup is as good without, also of a database that can't be written any more.
async fn note(store: &Store, author: Author, written: &Written) {
    if let Err(error) = backup::note(store, author, written).await {
        output::note(&format!("the audit log doesn't tell of this backup: {error}"));
    }
}

fn report(written: &Written) -> String {
    let (header, trailer) = (&written.header, &written.trailer);
    format!("{} rows of {} tables, as of {}", trailer.rows(), trailer.tables.len(), header.made_at.to_text())
}
