//! The database that a command works on.

use tempfile::TempDir;

use super::{CliError, DatabaseOptions};
use crate::config::{Config, Overrides};
use crate::secrets::Keyring;
use crate::store::{DatabaseUrl, SchemaState, Store, StoreSettings};

/// A database to try something on: the one that is there, or an empty one in its place, gone when dropped.
pub struct Rehearsal {
    /// The database.
    pub store: Store,
    _removes_itself: Option<TempDir>,
}

/// The settings, and the database that they name.
fn settings(options: &DatabaseOptions) -> Result<(Config, DatabaseUrl), CliError> {
    let config = Config::load(&Overrides {
        file: options.config.clone(),
        database_url: options.database_url.clone(),
        ..Overrides::default()
    })?;
    let url = DatabaseUrl::parse(&config.database_url)?;
    Ok((config, url))
}

/// The settings.
///
/// # Errors
/// If they can't be used.
pub fn config(options: &DatabaseOptions) -> Result<Config, CliError> {
    settings(options).map(|(config, _)| config)
}

/// The database that the settings name. Nothing is opened yet; a SQLite file that is not there will be made.
///
/// # Errors
/// If the settings can't be used, or the folder of the file can't be made.
pub fn open(options: &DatabaseOptions) -> Result<Store, CliError> {
    let (config, url) = settings(options)?;
    // Nobody but the command uses the process.
    Ok(Store::new(&url, &StoreSettings { writes_much: true, ..config.store() })?)
}

/// The master keys that the settings name.
///
/// # Errors
/// If the settings can't be used, or the environment holds what is no key.
pub fn keyring(options: &DatabaseOptions) -> Result<Keyring, CliError> {
    let (config, _) = settings(options)?;
    Ok(Keyring::new(config.secrets())?)
}

/// The database that the settings name, as it is: nothing is made or migrated.
///
/// # Errors
/// If the settings or the database can't be used, or its schema is not this binary's.
pub async fn existing(options: &DatabaseOptions) -> Result<Store, CliError> {
    let (config, url) = settings(options)?;
    if let DatabaseUrl::Sqlite(path) = &url
        && !path.exists()
    {
        return Err(CliError::NoDatabase(path.clone()));
    }
    let store = Store::new(&url, &config.store())?;
    match store.schema_state().await? {
        SchemaState::Current => Ok(store),
        SchemaState::Behind => Err(CliError::Schema("the database's schema is not up to date; run `modelry migrate`")),
        SchemaState::Newer => Err(CliError::Schema("the database was made by a newer Modelry; use that version")),
    }
}

/// A database that may be read to see what a command would do. Nothing is made where the settings point to.
///
/// # Errors
/// If the settings or the database can't be used, or its schema is not this binary's.
pub async fn rehearsal(options: &DatabaseOptions) -> Result<Rehearsal, CliError> {
    match existing(options).await {
        Err(CliError::NoDatabase(_)) => {
            let folder = tempfile::tempdir().map_err(CliError::Scratch)?;
            let url = DatabaseUrl::Sqlite(folder.path().join("modelry.db"));
            let (config, _) = settings(options)?;
            let store = Store::new(&url, &config.store())?;
            store.migrate().await?;
            Ok(Rehearsal { store, _removes_itself: Some(folder) })
        }
        found => Ok(Rehearsal { store: found?, _removes_itself: None }),
    }
}
