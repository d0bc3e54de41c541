//! What `serve` does by the clock: backups, and the removal of those that need not stay.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::app::App;
use crate::backup::{self, BackupError, Keep};
use crate::domain::{ChangeChannel, Timestamp};
use crate::store::feed::feed;
use crate::store::{Author, Store, StoreError, StoreResult};

/// Who makes backups by the clock, as the audit log tells it.
const ACTOR: &str = "modelry";
/// How long to wait for the database to be prepared.
const UNPREPARED: Duration = Duration::from_secs(1);
/// The longest pause before a backup that failed is tried again, or one that another instance makes is looked for.
const RETRY: Duration = Duration::from_secs(60);

/// What became of a turn.
enum Turn {
    /// A backup was made, of so many rows.
    Made(PathBuf, u64),
    /// The next one is due after this time.
    Early(Duration),
    /// Another instance is at it.
    Elsewhere,
}

/// Makes a backup whenever the newest one is as old as the settings say; without end. A failure is logged, and tried again.
pub(super) async fn back_up_regularly(app: App) {
    let config = app.config().backup.clone();
    let Some(folder) = config.folder else { return };
    let interval = Duration::from_millis(config.interval_ms);
    let keep = Keep { newest: config.keep, days: config.keep_days };
    loop {
        let pause = if app.is_migrated() {
            match turn(&app, folder.clone(), interval, keep).await {
                Ok(Turn::Made(file, rows)) => {
                    tracing::info!(backup.file = %file.display(), backup.rows = rows, "a backup was made");
                    interval
                }
                Ok(Turn::Early(pause)) => pause,
                Ok(Turn::Elsewhere) => interval.min(RETRY),
                Err(error) => {
                    tracing::error!(%error, "no backup could be made; it is tried again");
                    interval.min(RETRY)
                }
            }
        } else {
            UNPREPARED
        };
        tokio::time::sleep(pause).await;
    }
}

/// Makes a backup if one is due and nobody else does.
async fn turn(app: &App, folder: PathBuf, interval: Duration, keep: Keep) -> Result<Turn, BackupError> {
    let (store, now) = (app.store().patient(), app.clock().now());
    let work = async move {
        let registry = registry(&store).await?;
        let failed = |error| BackupError::Write { file: folder.clone(), error };
        std::fs::create_dir_all(&folder).map_err(failed)?;
        let kept = backup::sweep(&folder, &registry, keep, now).map_err(failed)?;
        if let Some(pause) = kept.newest.and_then(|newest| until_due(newest, now, interval)) {
            return Ok(Turn::Early(pause));
        }
        make(&store, &folder, &registry, keep, now).await
    };
    Ok(app.store().alone(work).await?.transpose()?.unwrap_or(Turn::Elsewhere))
}

async fn make(store: &Store, folder: &Path, registry: &str, keep: Keep, now: Timestamp) -> Result<Turn, BackupError> {
    let file = folder.join(backup::name_of(registry, now));
    let written = backup::to_file(store, &file, now).await?;
    let author = Author::new(ACTOR, ChangeChannel::System, "backup", now);
    if let Err(error) = backup::note(store, author, &written).await {
        tracing::warn!(%error, "the audit log doesn't tell of a backup that was made");
    }
    let failed = |error| BackupError::Write { file: folder.to_owned(), error };
    backup::sweep(folder, registry, keep, now).map_err(failed)?;
    Ok(Turn::Made(file, written.trailer.rows()))
}

async fn registry(store: &Store) -> StoreResult<String> {
    let feed = store.read(|conn| Box::pin(feed(conn))).await?;
    feed.map(|feed| feed.registry).ok_or_else(|| StoreError::Unsupported("the registry has no name".to_owned()))
}

/// How long it is until the interval after the newest backup is over; `None` if it is over.
fn until_due(newest: Timestamp, now: Timestamp, interval: Duration) -> Option<Duration> {
    // One that is of the future was made while the clock was wrong.
    let age = (now.to_utc() - newest.to_utc()).to_std().ok()?;
    interval.checked_sub(age).filter(|pause| !pause.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_due_when_the_interval_is_over() {
        let moment = |text: &str| Timestamp::new(text.parse().expect("a moment"));
        let now = moment("2026-06-15T12:00:00Z");
        let hour = Duration::from_secs(3600);
        for (newest, expected) in [
            ("2026-06-15T11:30:00Z", Some(Duration::from_secs(1800))),
            ("2026-06-15T11:00:00Z", None),
            ("2026-06-14T12:00:00Z", None),
            ("2026-06-15T13:00:00Z", None),
        ] {
            assert_eq!(until_due(moment(newest), now, hour), expected, "{newest}");
        }
    }
}
