//! Processes that are killed, disks that are full, servers that go away: nothing is lost, and nothing is left half-done.
//!
//! A few rounds of each belong to every run of the tests. `make torture` makes it hundreds; the variables are described
//! there.

mod cancelled;
mod commands;
mod full;
mod restarts;
mod silence;
mod writes;

use std::process::Child;
use std::time::{Duration, Instant};

use modelry::store::verify::verify;

use crate::cli::process::PATIENCE;
use crate::support::{DatabaseKind, TestDatabase};

/// How often something is killed, unless `MODELRY_TORTURE_ROUNDS` says otherwise.
const ROUNDS: u64 = 4;

/// Numbers that look random and are the same for the same seed.
pub struct Random(u64);

impl Random {
    /// From `MODELRY_TORTURE_SEED`, or from the clock; the seed is told, for a second time.
    #[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "the seed is no time of Modelry's")]
    pub fn new(test: &str) -> Self {
        let seed = variable("MODELRY_TORTURE_SEED")
            .unwrap_or_else(|| u64::try_from(chrono::Utc::now().timestamp_micros()).unwrap_or_default());
        eprintln!("{test}: MODELRY_TORTURE_SEED={seed}");
        Self(seed)
    }

    /// A number below this one.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit.max(1)
    }

    /// A pause of less than `longest`.
    fn pause(&mut self, longest: Duration) -> Duration {
        Duration::from_micros(self.below(u64::try_from(longest.as_micros()).unwrap_or(u64::MAX)))
    }
}

/// A number in the environment.
#[expect(clippy::disallowed_methods, reason = "how long tests take is no setting of Modelry's")]
fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name}: no number: {text}")))
}

/// How often something is killed.
pub fn rounds() -> u64 {
    variable("MODELRY_TORTURE_ROUNDS").unwrap_or(ROUNDS)
}

/// Tells how much was survived, which is worth knowing.
#[expect(clippy::print_stderr, reason = "it is told beside the seed")]
pub fn tell(test: &str, kills: u64, acknowledged: usize) {
    eprintln!("{test}: {kills} kills survived, {acknowledged} acknowledged writes are there");
}

/// Kills a process after this pause, without a warning; whether it had ended by itself.
async fn kill_after(mut child: Child, pause: Duration) -> bool {
    tokio::time::sleep(pause).await;
    let ended = child.try_wait().expect("its status");
    if ended.is_none() {
        child.kill().expect("killed");
        child.wait().expect("its end");
    }
    ended.is_some()
}

/// Waits until nobody's statement or transaction is open on the server, be it a killed process's. (SQLite's end with the
/// process; another's are waited for by whoever writes.)
pub async fn at_rest(database: &TestDatabase) {
    if database.kind() == DatabaseKind::Sqlite {
        return;
    }
    let others = "SELECT CAST(count(*) AS TEXT) AS value FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'";
    let started = Instant::now();
    while database.texts(others).await != ["0"] {
        assert!(started.elapsed() < PATIENCE, "a transaction stays open");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Makes sure that everything holds in the database.
pub async fn assert_sound(database: &TestDatabase, after: &str) {
    let found = database.store().read_snapshot(|conn| Box::pin(verify(conn))).await.expect("verified");
    assert!(found.is_empty(), "after {after}: {found:#?}");
}
