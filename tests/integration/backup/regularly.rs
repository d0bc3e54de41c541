//! Backups that `serve` makes by itself.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use modelry::backup;
use tempfile::TempDir;

use super::LivedIn;
use crate::cli::process::{PATIENCE, Server, modelry};
use crate::support::{DatabaseKind, on_both_databases};

/// How often, in milliseconds.
const INTERVAL: i64 = 300;

/// A folder with settings for backups into its folder `backups`.
fn folder(name: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = format!("[backup]\nfolder = \"{name}\"\ninterval_ms = {INTERVAL}\nkeep = 2\n");
    std::fs::write(folder.path().join("modelry.toml"), settings).expect("written");
    folder
}

fn serve(folder: &TempDir, database: &LivedIn) -> Server {
    Server::start(modelry(folder, &["serve", "--listen", "127.0.0.1:0", "--database-url", database.url()]))
}

/// The backups that are there.
fn backups(folder: &TempDir) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder.path().join("backups")).into_iter().flatten();
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with("modelry-")).collect()
}

/// Waits until so many backups were made; the names of all.
async fn made(folder: &TempDir, number: usize, server: &Server) -> BTreeSet<String> {
    let (started, mut seen) = (Instant::now(), BTreeSet::new());
    while seen.len() < number {
        assert!(started.elapsed() < PATIENCE, "{seen:?}: {}", server.log());
        seen.extend(backups(folder));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    seen
}

/// The moment in a name, in milliseconds.
fn moment(name: &str) -> i64 {
    let text = name.rsplit_once('-').expect("a moment").1.trim_end_matches(".backup.gz");
    chrono::NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S%6fZ").expect("a moment").and_utc().timestamp_millis()
}

on_both_databases! {
    /// They are made as often as the settings say, by one of two instances that share a database and a folder; each is whole,
    /// the newest are kept, and nothing else is touched.
    async fn they_are_made_and_removed(database: LivedIn) {
        let folder = folder("backups");
        std::fs::create_dir(folder.path().join("backups")).expect("made");
        std::fs::write(folder.path().join("backups/notes.txt"), "mine").expect("written");
        let servers = if database.kind() == DatabaseKind::Postgres { 2 } else { 1 };
        let servers: Vec<Server> = (0..servers).map(|_| serve(&folder, &database)).collect();
        let seen = made(&folder, 4, &servers[0]).await;
        drop(servers);
        let moments: Vec<i64> = seen.iter().map(|name| moment(name)).collect();
        assert!(moments.windows(2).all(|pair| pair[1] - pair[0] >= INTERVAL), "{seen:?}");
        let left = backups(&folder);
        assert!(left.len() <= 3, "{left:?}");
        for name in &left {
            let (_, trailer) = backup::check(&folder.path().join("backups").join(name)).expect("whole");
            assert!(trailer.rows() > 0);
        }
        assert!(folder.path().join("backups/notes.txt").exists());
        let told = "SELECT detail AS value FROM audit_events WHERE action = 'backup' AND actor = 'modelry' AND channel = 'system'";
        assert!(database.texts(told).await.len() + 1 >= seen.len(), "the audit log tells of each, but for one that is just made");
    }

    /// One that fails is logged and tried again, and the server serves on.
    async fn a_failure_is_tried_again(database: LivedIn) {
        let folder = folder("file/backups");
        std::fs::write(folder.path().join("file"), "").expect("written");
        let server = serve(&folder, &database);
        let started = Instant::now();
        while server.log().matches("no backup could be made").count() < 2 {
            assert!(started.elapsed() < PATIENCE, "{}", server.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        server.query("{ suppliers { totalCount } }").await;
        std::fs::remove_file(folder.path().join("file")).expect("removed");
        while !server.log().contains("a backup was made") {
            assert!(started.elapsed() < PATIENCE, "{}", server.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
