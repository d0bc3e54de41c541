//! Asking a replica how far it is, again and again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::time::sleep;

use super::super::migrate::last_known_migration;
use super::super::read::{Cells, ReadRow, Source, load};
use super::super::revisions::Revisions;
use super::super::sql::Sql;
use super::super::{StoreError, StoreResult};
use super::standing::{Reason, Replica, Standing};

/// How often a replica that has caught up is asked, if nothing is heard of that it might lack.
const ASK: Duration = Duration::from_millis(300);
/// How long it is not asked again, and how long one that lags is left to itself first: twice as long each time.
const PAUSE: Duration = Duration::from_millis(5);
/// How long one that is left out is left to itself first, and at most: twice as long each time.
const FIRST_REST: Duration = Duration::from_millis(100);
const LONGEST_REST: Duration = Duration::from_secs(5);

/// What a replica says of itself.
struct Found {
    is_standby: bool,
    registry: String,
    purged: i64,
    last: i64,
    migration: Option<String>,
}

impl ReadRow for Found {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        Ok(Self {
            is_standby: cells.next()?,
            registry: cells.next()?,
            purged: cells.next()?,
            last: cells.next()?,
            migration: cells.next()?,
        })
    }
}

/// Who asks a replica.
struct Asking {
    replica: Arc<Replica>,
    revisions: Revisions,
    /// The last migration that this binary knows.
    migration: Option<String>,
    /// A change that the replica has and the process didn't know of, and when that was found.
    ahead: Option<(Instant, i64)>,
}

/// Asks a replica, over a connection for which no request has to wait, until the task is ended: often while it lags, seldom
/// while it is left out, and whenever `commits` tell of changes.
pub(super) async fn keep_asking(replica: Arc<Replica>, revisions: Revisions, mut commits: watch::Receiver<()>) {
    let mut asking = Asking { replica, revisions, migration: last_known_migration().ok(), ahead: None };
    let (mut pause, mut rest) = (PAUSE, FIRST_REST);
    let mut wanted = -1;
    loop {
        commits.mark_unchanged();
        let known = asking.revisions.now().position;
        let standing = asking.ask().await;
        let has_caught_up = matches!(standing, Standing::In { position, .. } if position >= known);
        let is_out = matches!(&standing, Standing::Out(reason) if *reason != Reason::NotAsked);
        asking.replica.stands(standing);
        if is_out {
            sleep(rest).await;
            rest = (rest * 2).min(LONGEST_REST);
            continue;
        }
        rest = FIRST_REST;
        if known != wanted {
            (wanted, pause) = (known, PAUSE);
        }
        sleep(pause).await;
        if has_caught_up {
            tokio::select! {
                () = sleep(ASK) => {}
                // Fails only if the primary's store is gone, and this task is ended with it.
                _ = commits.changed() => {}
                () = asking.replica.doubted() => {}
            }
        } else {
            pause = (pause * 2).min(ASK);
        }
    }
}

impl Asking {
    /// Asks once.
    async fn ask(&mut self) -> Standing {
        // Before: if another feed is learned of meanwhile, what comes of this is not taken for that one's.
        let Some(known) = self.revisions.feed() else { return Standing::Out(Reason::NotAsked) };
        let found = match found(&self.replica).await {
            Ok(found) => found,
            Err(error) => return Standing::Out(Reason::Failing(error.to_string())),
        };
        if !found.is_standby {
            return Standing::Out(Reason::NoStandby);
        }
        if found.registry != known.registry {
            return Standing::Out(Reason::OtherRegistry);
        }
        self.replica.saw(found.last);
        if found.migration < self.migration {
            return Standing::Out(Reason::OlderSchema);
        }
        if self.ahead.is_some_and(|(then, number)| found.last >= number && self.revisions.lack(number, then)) {
            return Standing::Out(Reason::Ahead);
        }
        let is_ahead = found.last > self.revisions.now().position;
        // Others have changed something, of which this process hears in a moment; or the primary has lost it.
        self.ahead = is_ahead.then(|| (Instant::now(), found.last));
        // A purge of history alone gives no change a number: until it is there, the replica has nothing that is asked for.
        let has_purged = found.purged >= known.purged;
        let position = if has_purged && !is_ahead { found.last } else { -1 };
        Standing::In { generation: known.generation, position }
    }
}

/// What the replica says of itself, in one statement.
async fn found(replica: &Replica) -> StoreResult<Found> {
    let rows = replica.own.read(|conn| {
        let statement = Sql::new(
            "SELECT pg_is_in_recovery(), registry, purged, (SELECT coalesce(max(number), 0) FROM \
             (SELECT max(id) AS number FROM changes UNION ALL SELECT purged FROM change_feed) AS numbers), \
             (SELECT max(version) FROM __diesel_schema_migrations) FROM change_feed",
        );
        Box::pin(load::<Found>(conn, statement))
    });
    rows.await?.pop().ok_or_else(|| StoreError::Unsupported("its feed of changes has no name".to_owned()))
}
