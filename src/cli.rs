//! The command line: one file per command.

mod backup;
mod backups;
pub mod database;
mod diff;
mod error;
mod export;
mod import;
mod keys;
mod migrate;
pub mod output;
mod progress;
mod purge;
mod restore;
mod schema;
pub mod serve;
mod settle;
pub mod sign_in;
mod source;
mod token;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

pub use error::CliError;

/// A model registry: suppliers, models, abilities, parameters and prices.
#[derive(Debug, Parser)]
#[command(name = "modelry", version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the registry over HTTP
    Serve(serve::Serve),
    /// Bring a catalogue file into the database: all of it, or nothing
    Import(import::Import),
    /// Write the database's catalogue to a file
    Export(export::Export),
    /// Bring the database's schema up to date
    Migrate(migrate::Migrate),
    /// Tell what changed in the catalogue between two moments
    Diff(diff::Diff),
    /// Remove for good what was deleted long ago
    Purge(purge::Purge),
    /// Make, list and revoke tokens that let programs in
    Token(token::Token),
    /// Look after the master keys that suppliers' keys are sealed with
    Keys(keys::Keys),
    /// Write all of the database to one file, while it is in use
    Backup(backup::Backup),
    /// Fill an empty database with what a backup has
    Restore(restore::Restore),
    /// Look for anything in the database that can't be
    Verify(verify::Verify),
    /// Print the GraphQL schema
    Schema,
}

/// Which database to use.
#[derive(Debug, Clone, Args)]
pub struct DatabaseOptions {
    /// The database: `sqlite://path/to/file.db` or `postgres://user:password@host/database`
    #[arg(long, env = "MODELRY_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// The configuration file
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Runs a command. What it has to say goes to standard output, why it failed to standard error.
pub async fn run(cli: Cli) -> ExitCode {
    let result = match cli.command {
        Command::Serve(command) => serve::run(command).await,
        Command::Schema => schema::run(),
        Command::Import(command) => import::run(command).await,
        Command::Export(command) => export::run(command).await,
        Command::Migrate(command) => migrate::run(command).await,
        Command::Diff(command) => diff::run(command).await,
        Command::Purge(command) => purge::run(command).await,
        Command::Token(command) => token::run(command).await,
        Command::Keys(command) => keys::run(command).await,
        Command::Backup(command) => backup::run(command).await,
        Command::Restore(command) => restore::run(command).await,
        Command::Verify(command) => verify::run(command).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            ExitCode::FAILURE
        }
    }
}
