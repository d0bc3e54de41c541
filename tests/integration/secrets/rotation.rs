//! Changing the master key while a server reads and writes, killed again and again.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;

use super::{configured, enter, graphql, keys, serve, supplier};
use crate::cli::process::{Admin, modelry};
use crate::support::{TestDatabase, on_both_databases};
use crate::torture::{Random, rounds, tell};

/// How many keys there are before the first rotation.
const KEYS: usize = 25;

/// Where a rotation is killed: when it has said so many lines, or after so many milliseconds.
#[derive(Clone, Copy)]
enum Kill {
    Lines(usize),
    Milliseconds(u64),
}

/// Starts a rotation, one key in a transaction, and kills it.
#[expect(clippy::disallowed_methods, reason = "it is called where blocking is allowed")]
fn kill_a_rotation(folder: &tempfile::TempDir, database: &TestDatabase, at: Kill) {
    let arguments = ["keys", "rotate-master", "--batch", "1", "--database-url", database.url()];
    let mut command = modelry(folder, &arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
    let mut lines = BufReader::new(child.stdout.take().expect("standard output")).lines();
    match at {
        Kill::Lines(count) => drop(lines.by_ref().take(count).count()),
        Kill::Milliseconds(time) => std::thread::sleep(Duration::from_millis(time)),
    }
    // Fails if it has ended already.
    drop(child.kill());
    drop(child.wait());
}

/// Enters and reads keys until it is told to stop; how many were entered. No more than fifty stay.
async fn write_until(stop: Arc<AtomicBool>, admin: Admin, supplier: String) -> usize {
    let mut entered = 0;
    while !stop.load(Ordering::Relaxed) {
        let id =
            enter(&admin, &supplier, &format!("key {entered}"), &format!("sk-later-{entered:04}-0123456789")).await;
        entered += 1;
        let listed = graphql(&admin, "{ supplier(name: \"acme\") { keys { id masterKey } } }", json!({})).await;
        assert_eq!(listed.data()["supplier"]["keys"].as_array().map(Vec::len), Some(KEYS));
        if entered > 50 {
            let delete =
                format!("mutation {{ deleteSupplierKey(input: {{ id: \"{id}\" }}) {{ userErrors {{ code }} }} }}");
            assert_eq!(graphql(&admin, &delete, json!({})).await.data()["deleteSupplierKey"]["userErrors"], json!([]));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    entered
}

/// Some that are the same in every run, and if more are wanted, others anywhere.
fn kills(random: &mut Random) -> Vec<Kill> {
    let by_lines = [1, 2, 5, 12, 20, 24].into_iter().map(Kill::Lines);
    let by_time = (0..10).map(|step| Kill::Milliseconds(5 + step * 25));
    let mut kills: Vec<Kill> = by_lines.chain(by_time).collect();
    for number in kills.len() as u64..rounds() {
        kills.push(match number % 2 {
            0 => Kill::Lines(usize::try_from(random.below(60)).expect("few")),
            _ => Kill::Milliseconds(random.below(400)),
        });
    }
    kills
}

on_both_databases! {
    /// Every key that was acknowledged opens in the end, whatever was killed when; the server never stops taking and showing
    /// keys, and takes up the new master key without a restart.
    async fn a_rotation_survives_being_killed_anywhere(database: TestDatabase) {
        let folder = tempfile::tempdir().expect("a folder");
        configured(&folder);
        let server = serve(&folder, &database, "info");
        let acme = supplier(&server.admin(), "acme").await;
        let others = supplier(&server.admin(), "others").await;
        for number in 0..KEYS {
            enter(&server.admin(), &acme, &format!("key {number}"), &format!("sk-first-{number:04}-0123456789")).await;
        }
        let stop = Arc::new(AtomicBool::new(false));
        let writing = tokio::spawn(write_until(Arc::clone(&stop), server.admin(), others));
        let test = format!("a_rotation_survives_being_killed_anywhere, {:?}", database.kind());
        let kills = kills(&mut Random::new(&test));
        for &at in &kills {
            kill_a_rotation(&folder, &database, at);
            // Everything opens at any time.
            let (opens, said) = keys(&folder, &database, &["verify"]);
            assert!(opens, "{said}");
        }
        let (done, said) = keys(&folder, &database, &["rotate-master"]);
        assert!(done, "{said}");
        stop.store(true, Ordering::Relaxed);
        let entered = writing.await.expect("the server takes and shows keys all the time");

        let (opens, said) = keys(&folder, &database, &["verify"]);
        let expected = KEYS + entered;
        assert!(opens && said.contains(&format!("{expected} keys open")), "{expected}: {said}");
        let (_, status) = keys(&folder, &database, &["status"]);
        assert_eq!(status.lines().count(), 1, "one master key is needed, and the others are retired: {status}");
        let told = database.texts("SELECT detail AS value FROM audit_events WHERE action = 'rotateMaster' ORDER BY id").await;
        assert!(told.first().is_some_and(|first| first.starts_with("begun: local:")), "{told:?}");
        assert!(told.last().is_some_and(|last| last.starts_with("done: local:")), "{told:?}");
        let file = std::fs::read_to_string(folder.path().join("master.key")).expect("the file");
        assert_eq!(file.lines().filter(|line| !line.starts_with('#')).count(), 1, "it is alone in the file");
        tell(&test, kills.len() as u64, expected);
        enter(&server.admin(), &acme, "after", "sk-after-everything-0123456789").await;
        assert!(!server.log().contains("a request failed"), "{}", server.log());
    }

    /// Several at once end with one master key, and none is harmed.
    async fn rotations_that_meet_agree(database: TestDatabase) {
        let folder = tempfile::tempdir().expect("a folder");
        configured(&folder);
        let server = serve(&folder, &database, "info");
        let acme = supplier(&server.admin(), "acme").await;
        for number in 0..10 {
            enter(&server.admin(), &acme, &format!("key {number}"), &format!("sk-first-{number:04}-0123456789")).await;
        }
        for _ in 0..3 {
            let arguments = ["keys", "rotate-master", "--batch", "1", "--database-url", database.url()];
            let start = || modelry(&folder, &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
            let together = [start(), start(), start()].map(|child| child.expect("the program starts"));
            for child in together {
                let output = child.wait_with_output().expect("it ends");
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            }
            let (opens, said) = keys(&folder, &database, &["verify"]);
            assert!(opens && said.contains("10 keys open"), "{said}");
            assert_eq!(keys(&folder, &database, &["status"]).1.lines().count(), 1);
        }
        let renamed = server.query("{ supplier(name: \"acme\") { keys { masterKey } } }").await;
        let names: std::collections::BTreeSet<String> = renamed["supplier"]["keys"]
            .as_array()
            .expect("keys")
            .iter()
            .map(|key| key["masterKey"].to_string())
            .collect();
        assert_eq!(names.len(), 1);
    }
}
