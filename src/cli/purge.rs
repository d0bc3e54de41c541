//! `modelry purge`.

use clap::Args;

use super::{CliError, DatabaseOptions, database, output};
use crate::domain::ChangeChannel;
use crate::registry::clock::Clock;
use crate::registry::purge::{self, Purged, Terms};
use crate::registry::{Editor, WriteError};
use crate::store::Author;

/// Who is said to have done it if the account has no name.
const NOBODY: &str = "unknown";

/// Remove for good what was deleted long ago
#[derive(Debug, Args)]
pub struct Purge {
    /// Remove what was deleted at least so many days ago
    #[arg(long, value_name = "DAYS")]
    older_than: i64,
    /// Remove its history too, also of what was purged before; published versions keep what they show
    #[arg(long)]
    with_history: bool,
    /// Tell what would go, and remove nothing
    #[arg(long)]
    dry_run: bool,
    /// Who purges, as the history is to tell it (default: the name of your account)
    #[arg(long, value_name = "NAME", env = "USER", hide_env = true)]
    actor: Option<String>,
    /// Why, as the history is to tell it
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Purges, and tells what went.
///
/// # Errors
/// If there is no database, the age is none, or the database fails; nothing is removed then.
pub async fn run(command: Purge) -> Result<(), CliError> {
    let store = database::existing(&command.database).await?;
    let actor = command.actor.as_deref().unwrap_or(NOBODY);
    let author = Author::new(actor, ChangeChannel::Cli, "purge", Clock::system().now());
    let editor = Editor::new(store, Author { reason: command.reason, ..author });
    let Purge { older_than, with_history, dry_run, .. } = command;
    let terms = Terms { older_than_days: older_than, with_history, dry_run };
    match purge::purge(&editor, terms).await {
        Ok(purged) => output::tell(&report(&purged, dry_run)),
        Err(WriteError::Store(error)) => Err(error.into()),
        Err(WriteError::UserErrors(errors)) => {
            Err(CliError::Refused(errors.iter().map(|error| error.message.clone()).collect::<Vec<_>>().join("; ")))
        }
        Err(WriteError::Secrets(error)) => Err(error.into()),
        Err(WriteError::Conflicts(_)) => Err(CliError::Refused("later changes stand in the way".to_owned())),
    }
}

fn report(purged: &Purged, dry_run: bool) -> String {
    let verb = if dry_run { "would be purged" } else { "purged" };
    let mut lines = vec![format!("{} objects {verb}", purged.total())];
    lines.extend(purged.rows.iter().map(|(kind, number)| format!("  {kind}: {number}")));
    if purged.states > 0 {
        lines.push(format!("  states in the history: {}", purged.states));
    }
    lines.join("\n")
}
