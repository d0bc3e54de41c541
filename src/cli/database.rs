//! The database that a command works on.

use std::time::Duration;

use super::{CliError, DatabaseOptions};
use crate::store::{DatabaseUrl, Store, StoreSettings};

/// The database where none is named.
const DEFAULT_URL: &str = "sqlite://data/modelry.db";

/// Connections of a command: one works, another may look on.
const CONNECTIONS: usize = 2;

/// How long a command waits for a connection.
const PATIENCE: Duration = Duration::from_secs(30);

/// The database's URL: the option or its variable, or the default.
pub fn resolve(options: &DatabaseOptions) -> String {
    options.database_url.clone().unwrap_or_else(|| DEFAULT_URL.to_owned())
}

/// Prepares connections to the database; nothing is opened yet.
///
/// # Errors
/// If the URL is none, or the folder of the file can't be made.
pub fn open(options: &DatabaseOptions) -> Result<Store, CliError> {
    let url = DatabaseUrl::parse(&resolve(options))?;
    let settings = StoreSettings { connections: CONNECTIONS, wait_timeout: PATIENCE, connect_timeout: PATIENCE };
    Ok(Store::new(&url, &settings)?)
}
