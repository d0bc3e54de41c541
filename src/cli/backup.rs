//! `modelry backup`.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{CliError, DatabaseOptions, database, output};
use crate::backup::{self, Written};
use crate::registry::clock::Clock;

/// Write all of the database to one file, while it is in use
#[derive(Debug, Args)]
pub struct Backup {
    /// The file, which is replaced when the new one is whole; - for standard output
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Writes a backup, and tells what it has.
///
/// # Errors
/// If there is no database, it fails, or the file can't be written.
pub async fn run(command: Backup) -> Result<(), CliError> {
    let store = database::existing(&command.database).await?;
    let now = Clock::system().now();
    if command.file == Path::new("-") {
        let (_, mut out) = backup::backup(&store, io::stdout(), now).await?;
        return io::Write::flush(&mut out).map_err(output::closed);
    }
    let written = backup::to_file(&store, &command.file, now).await?;
    output::tell(&report(&written))
}

fn report(written: &Written) -> String {
    let (header, trailer) = (&written.header, &written.trailer);
    format!("{} rows of {} tables, as of {}", trailer.rows(), trailer.tables.len(), header.made_at.to_text())
}
