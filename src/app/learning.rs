//! Learning what has changed in the database, whoever changed it.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::store::Store;

/// How often it is asked for changes, heard of or not.
const ASK: Duration = Duration::from_millis(300);
/// How long it is not asked again: what is committed in quick succession is learned of together, or learning would cost as much
/// as writing. What this process commits itself, it knows already.
const PAUSE: Duration = Duration::from_millis(5);

/// Learns of changes, over a connection for which no request has to wait, until the task is ended. Commits to a SQLite file by
/// other processes are looked for every `poll`.
pub(super) fn keep_learning(own: Store, poll: Duration) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut watch = own.watch(poll);
        let mut is_failing = false;
        loop {
            match own.learn_changes().await {
                Ok(()) => is_failing = false,
                Err(error) if !std::mem::replace(&mut is_failing, true) => {
                    tracing::warn!(%error, "changes can't be asked for; until they can, no kept answers are given");
                }
                Err(_) => {}
            }
            tokio::time::sleep(PAUSE).await;
            // What is not heard of is asked for.
            drop(timeout(ASK, watch.committed()).await);
        }
    })
}
