//! `modelry keys`.

use clap::{Args, Subcommand};

use super::{CliError, DatabaseOptions, database, output};
use crate::domain::ChangeChannel;
use crate::registry::Editor;
use crate::registry::clock::Clock;
use crate::registry::master_key::{self, MasterKeyError, Progress, Status};
use crate::store::Author;

/// Who is said to have done it if the account has no name.
const NOBODY: &str = "unknown";

/// Look after the master keys that suppliers' keys are sealed with
#[derive(Debug, Args)]
pub struct Keys {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Tell which master keys the database needs, and how many keys are under each
    Status(DatabaseOptions),
    /// Open every key, and tell which ones don't open
    Verify(DatabaseOptions),
    /// Put a new master key into use, and wrap every key's data key with it, while servers go on; or go on with what was broken off
    RotateMaster(RotateMaster),
}

#[derive(Debug, Args)]
struct RotateMaster {
    /// Keys that are wrapped anew in one transaction
    #[arg(long, value_name = "NUMBER", default_value_t = 100, value_parser = clap::value_parser!(i64).range(1..=1000))]
    batch: i64,
    /// Who does it, as the log is to tell it (default: the name of your account)
    #[arg(long, value_name = "NAME", env = "USER", hide_env = true)]
    actor: Option<String>,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Does the task, and tells what came of it.
///
/// # Errors
/// If there is no database, a master key can't be used, or not every key opens.
pub async fn run(command: Keys) -> Result<(), CliError> {
    match command.task {
        Task::Status(options) => status(&options).await,
        Task::Verify(options) => verify(&options).await,
        Task::RotateMaster(command) => rotate(command).await,
    }
}

async fn status(options: &DatabaseOptions) -> Result<(), CliError> {
    let (store, keyring) = (database::existing(options).await?, database::keyring(options)?);
    let known = master_key::status(&store, &keyring).await?;
    if known.is_empty() {
        return output::tell(&"no key was sealed yet");
    }
    known.iter().try_for_each(|key| output::tell(&line(key)))
}

fn line(key: &Status) -> String {
    let state = if key.in_use { "in use" } else { "to be retired" };
    let missing = key.missing.as_ref().map(|error| format!("; {error}")).unwrap_or_default();
    format!("{} ({state}): {} live keys, {} deleted{missing}", key.name, key.live, key.deleted)
}

async fn verify(options: &DatabaseOptions) -> Result<(), CliError> {
    let (store, keyring) = (database::existing(options).await?, database::keyring(options)?);
    let verified = master_key::verify(&store, &keyring).await?;
    for (key, error) in &verified.closed {
        output::tell(&format!("SupplierKey:{key}: {error}"))?;
    }
    match verified.closed.len() {
        0 => output::tell(&format!("{} keys open", verified.opened)),
        closed => Err(CliError::Refused(format!("{closed} keys don't open, {} do", verified.opened))),
    }
}

async fn rotate(command: RotateMaster) -> Result<(), CliError> {
    let options = &command.database;
    let (store, keyring) = (database::existing(options).await?, database::keyring(options)?);
    let actor = command.actor.as_deref().unwrap_or(NOBODY);
    let author = Author::new(actor, ChangeChannel::Cli, "rotateMaster", Clock::system().now());
    let editor = Editor::new(store, author);
    let tell = |progress: Progress| {
        // Progress that nobody reads is no reason to stop.
        drop(output::tell(&format!("{} keys wrapped anew, {} left", progress.done, progress.left)));
    };
    let rotated = master_key::rotate(&editor, &keyring, command.batch, tell).await?;
    output::tell(&format!(
        "{} is in use, and every key is under it; {} wrapped anew",
        rotated.master_key, rotated.done
    ))?;
    for name in &rotated.retired {
        output::tell(&format!("{name} is retired; backups from before still need it"))?;
    }
    Ok(())
}

impl From<MasterKeyError> for CliError {
    fn from(error: MasterKeyError) -> Self {
        match error {
            MasterKeyError::Store(error) => Self::Store(error),
            MasterKeyError::Secrets(error) => Self::Secrets(error),
            left @ MasterKeyError::Left(_) => Self::Refused(left.to_string()),
        }
    }
}
