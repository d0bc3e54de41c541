//! `modelry restore`.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{CliError, DatabaseOptions, database, output};
use crate::backup::{self, BackupError, Header, Restoration, Source, Trailer};
use crate::domain::ChangeChannel;
use crate::registry::clock::Clock;
use crate::store::Author;

/// Who is said to have done it if the account has no name.
const NOBODY: &str = "unknown";

/// Fill an empty database with what a backup has
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup; - for standard input
    file: PathBuf,
    /// Only read the file, from its first byte to its last, and tell what it is of
    #[arg(long, conflicts_with_all = ["as_new", "revoke_tokens"])]
    check: bool,
    /// Give the restored registry's feed of changes a name of its own and revoke its tokens, for a copy that goes on beside the original
    #[arg(long)]
    as_new: bool,
    /// Revoke every API token that comes with it: one that was revoked since the backup would be good again
    #[arg(long)]
    revoke_tokens: bool,
    /// Who restores it, as the audit log is to tell it (default: the name of your account)
    #[arg(long, value_name = "NAME", env = "USER", hide_env = true)]
    actor: Option<String>,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Restores a backup, and tells what was restored. A file is read to its end before the database is touched.
///
/// # Errors
/// If the file is damaged or of a newer schema, the database is not empty, or fails; nothing is restored then.
pub async fn run(command: Restore) -> Result<(), CliError> {
    let is_stream = command.file == Path::new("-");
    if command.check && is_stream {
        return Err(CliError::Refused("name a file to check".to_owned()));
    }
    if !is_stream {
        let (header, trailer) = backup::check(&command.file)?;
        if command.check {
            return output::tell(&report(&header, &trailer, "whole"));
        }
    }
    let source: Source = if is_stream {
        Box::new(io::stdin())
    } else {
        let failed = |error| BackupError::Read { file: command.file.clone(), error };
        Box::new(File::open(&command.file).map_err(failed)?)
    };
    let store = database::open(&command.database)?;
    let actor = command.actor.as_deref().unwrap_or(NOBODY);
    let author = Author::new(actor, ChangeChannel::Cli, "restore", Clock::system().now());
    let how = Restoration { author, as_new: command.as_new, revoke_tokens: command.revoke_tokens };
    let restored = backup::restore(&store, source, how).await?;
    if !restored.tokens.is_empty() {
        output::note(&good_again(&restored.tokens));
    }
    let mut told = report(&restored.header, &restored.trailer, "restored, and read back the same");
    if !restored.migrated.is_empty() {
        told = format!("{told}\nthen applied {}", restored.migrated.join(", "));
    }
    output::tell(&told)
}

/// What is to be known of the tokens that came with it.
fn good_again(tokens: &[String]) -> String {
    format!(
        "these API tokens are good, as they were when the backup was made, also if they were revoked since \
         (`modelry token revoke` ends one, --revoke-tokens all): {}",
        tokens.join(", ")
    )
}

fn report(header: &Header, trailer: &Trailer, verb: &str) -> String {
    let (rows, tables, made_at) = (trailer.rows(), trailer.tables.len(), header.made_at.to_text());
    format!("{verb}: {rows} rows of {tables} tables, as of {made_at}, of the registry {}", header.registry)
}
