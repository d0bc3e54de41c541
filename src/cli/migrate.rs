//! `modelry migrate`.

use clap::Args;

use super::{CliError, DatabaseOptions, database, output};

/// Bring the database's schema up to date
#[derive(Debug, Args)]
pub struct Migrate {
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Applies pending migrations and names them.
///
/// # Errors
/// If there is no database, or a migration fails.
pub async fn run(command: Migrate) -> Result<(), CliError> {
    let migrated = database::open(&command.database)?.migrate().await?;
    match migrated.applied.as_slice() {
        [] => output::tell(&"the schema is up to date"),
        applied => output::tell(&format!("applied {}", applied.join(", "))),
    }
}
