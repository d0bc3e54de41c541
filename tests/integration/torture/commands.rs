//! Commands that are killed on their way.

use std::process::Stdio;
use std::time::{Duration, Instant};

use modelry::backup;
use modelry::registry::clock::Clock;
use tempfile::TempDir;

use super::{Random, assert_sound, at_rest, kill_after, rounds};
use crate::backup::but_for_the_log;
use crate::cli::process::{modelry, output};
use crate::support::fixtures::catalogue;
use crate::support::{EmptyDatabase, Fixture as _, SmallCatalogue, TestDatabase, on_both_databases};

/// A number of rows, as text.
async fn count(database: &TestDatabase, table: &str) -> String {
    database.texts(&format!("SELECT CAST(count(*) AS TEXT) AS value FROM {table}")).await.concat()
}

/// How long a command takes, which must succeed.
fn duration(folder: &TempDir, arguments: &[&str], url: &str) -> Duration {
    let started = Instant::now();
    let output = output(folder, &[arguments, &["--database-url", url]].concat());
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    started.elapsed()
}

/// Starts a command, and kills it within the time that it takes; whether it had ended by then.
async fn kill(folder: &TempDir, arguments: &[&str], url: &str, pause: Duration) -> bool {
    let mut command = modelry(folder, &[arguments, &["--database-url", url]].concat());
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    kill_after(command.spawn().expect("it starts"), pause).await
}

on_both_databases! {
    /// An import is there as a whole or not at all.
    async fn a_killed_import_leaves_all_or_nothing(app: SmallCatalogue) {
        let database = app.database();
        let mut random = Random::new("a_killed_import_leaves_all_or_nothing");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("c"), catalogue(6, 10)).expect("written");
        let measured = EmptyDatabase::on(database.kind()).await;
        let longest = duration(&folder, &["import", "modelry", "c"], measured.url());
        let before = count(database, "models").await;
        let after: u64 = before.parse::<u64>().expect("a number") + 60;
        for round in 0..rounds() {
            kill(&folder, &["import", "modelry", "c"], database.url(), random.pause(longest)).await;
            at_rest(database).await;
            let models = count(database, "models").await;
            assert!(models == before || models == after.to_string(), "round {round}: {models} models");
            assert_sound(database, &format!("round {round}")).await;
        }
        duration(&folder, &["import", "modelry", "c"], database.url());
        assert_eq!(count(database, "models").await, after.to_string());
        assert_sound(database, "the last import").await;
    }

    /// A migration that was killed is taken up by the next one.
    async fn a_killed_migration_is_taken_up(database: EmptyDatabase) {
        let mut random = Random::new("a_killed_migration_is_taken_up");
        let folder = tempfile::tempdir().expect("a folder");
        let longest = duration(&folder, &["migrate"], database.url());
        for round in 0..rounds() {
            let database = EmptyDatabase::on(database.kind()).await;
            for _ in 0..2 {
                kill(&folder, &["migrate"], database.url(), random.pause(longest)).await;
            }
            duration(&folder, &["migrate"], database.url());
            assert_sound(&database, &format!("round {round}")).await;
        }
    }

    /// A file has its name only when it is whole, and the old one stays until then.
    async fn a_killed_backup_leaves_no_half_file(app: SmallCatalogue) {
        let database = app.database();
        let mut random = Random::new("a_killed_backup_leaves_no_half_file");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("b.gz");
        let longest = duration(&folder, &["backup", "b.gz"], database.url());
        let (_, expected) = backup::check(&file).expect("whole");
        for round in 0..rounds() {
            if random.below(2) == 0 {
                drop(std::fs::remove_file(&file));
            }
            kill(&folder, &["backup", "b.gz"], database.url(), random.pause(longest)).await;
            if file.exists() {
                let (_, trailer) = backup::check(&file).unwrap_or_else(|error| panic!("round {round}: {error}"));
                assert_eq!(but_for_the_log(&trailer), but_for_the_log(&expected), "round {round}");
            }
            assert_sound(database, &format!("round {round}")).await;
        }
    }

    /// A database is restored as a whole or stays empty, and then can be filled.
    async fn a_killed_restoration_leaves_all_or_nothing(app: SmallCatalogue) {
        let kind = app.database().kind();
        let mut random = Random::new("a_killed_restoration_leaves_all_or_nothing");
        let folder = tempfile::tempdir().expect("a folder");
        let measured = EmptyDatabase::on(kind).await;
        duration(&folder, &["backup", "b.gz"], app.database().url());
        let longest = duration(&folder, &["restore", "b.gz"], measured.url());
        let (_, expected) = backup::check(&folder.path().join("b.gz")).expect("whole");
        for round in 0..rounds() {
            let target = EmptyDatabase::on(kind).await;
            kill(&folder, &["restore", "b.gz"], target.url(), random.pause(longest)).await;
            at_rest(&target).await;
            duration(&folder, &["migrate"], target.url());
            if count(&target, "suppliers").await == "0" {
                assert_eq!(count(&target, "changes").await, "0", "round {round}");
                assert_sound(&target, &format!("round {round}")).await;
                duration(&folder, &["restore", "b.gz"], target.url());
            }
            let again = folder.path().join("again.gz");
            backup::to_file(target.store(), &again, Clock::system().now()).await.expect("a backup");
            let (_, trailer) = backup::check(&again).expect("whole");
            assert_eq!(but_for_the_log(&trailer), but_for_the_log(&expected), "round {round}");
            assert_sound(&target, &format!("round {round}")).await;
        }
    }
}
