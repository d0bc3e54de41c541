//! The database that a command works on.

use super::{CliError, DatabaseOptions};
use crate::config::{Config, Overrides};
use crate::store::{DatabaseUrl, Store};

/// Prepares connections to the database that the settings name; nothing is opened yet.
///
/// # Errors
/// If the settings can't be used, the URL is none, or the folder of the file can't be made.
pub fn open(options: &DatabaseOptions) -> Result<Store, CliError> {
    let config = Config::load(&Overrides {
        file: options.config.clone(),
        database_url: options.database_url.clone(),
        ..Overrides::default()
    })?;
    Ok(Store::new(&DatabaseUrl::parse(&config.database_url)?, &config.store())?)
}
