//! `modelry verify`.

use clap::Args;

use super::{CliError, DatabaseOptions, database, output};
use crate::store::verify::verify;

/// Look for anything in the database that can't be
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Reads all of the database, as it is at one moment, and tells what doesn't hold in it, line by line.
///
/// # Errors
/// If there is no database, it fails, its schema is not this binary's, or something doesn't hold.
pub async fn run(command: Verify) -> Result<(), CliError> {
    let store = database::existing(&command.database).await?;
    let findings = store.read_snapshot(|conn| Box::pin(verify(conn))).await?;
    for finding in &findings {
        output::tell(finding)?;
    }
    match findings.len() {
        0 => output::tell(&"all is well"),
        number => Err(CliError::Refused(format!("{number} things don't hold"))),
    }
}
