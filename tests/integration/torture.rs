//! Processes that are killed, disks that are full, servers that go away: nothing is lost, and nothing is left half-done.
//!
//! A few rounds of each belong to every run of the tests. `make torture` makes it hundreds; the variables are described
//! there.

mod cancelled;
mod commands;
mod full;
mod restarts;
mod writes;

use std::process::Child;
use std::time::Duration;

use modelry::store::verify::verify;

use crate::support::TestDatabase;

/// How often something is killed, unless `MODELRY_TORTURE_ROUNDS` says otherwise.
const ROUNDS: u64 = 4;

/// Numbers that look random and are the same for the same seed.
struct Random(u64);

impl Random {
    /// From `MODELRY_TORTURE_SEED`, or from the clock; the seed is told, for a second time.
    #[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "the seed is no time of Modelry's")]
    fn new(test: &str) -> Self {
        let seed = variable("MODELRY_TORTURE_SEED")
            .unwrap_or_else(|| u64::try_from(chrono::Utc::now().timestamp_micros()).unwrap_or_default());
        eprintln!("{test}: MODELRY_TORTURE_SEED={seed}");
        Self(seed)
    }

    fn below(&mut self, limit: u64) -> u64 {
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
fn rounds() -> u64 {
    variable("MODELRY_TORTURE_ROUNDS").unwrap_or(ROUNDS)
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

/// Makes sure that everything holds in the database.
async fn assert_sound(database: &TestDatabase, after: &str) {
    let found = database.store().read_snapshot(|conn| Box::pin(verify(conn))).await.expect("verified");
    assert!(found.is_empty(), "after {after}: {found:#?}");
}
