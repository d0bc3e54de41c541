//! Processes that start at once on one database.

use super::process::{Server, modelry};
use crate::support::{EmptyDatabase, on_both_databases};

on_both_databases! {
    /// Two servers on an empty database both come up, and the starter catalogue is in once.
    async fn two_servers_share_an_empty_database(database: EmptyDatabase) {
        let folder = tempfile::tempdir().expect("a folder");
        let spawn = || Server::spawn(modelry(&folder, &["serve", "--listen", "127.0.0.1:0", "--database-url", database.url()]));
        let starting = [spawn(), spawn(), spawn()];
        let servers = starting.map(Server::when_ready);
        let models = include_str!("../../../catalog/starter.jsonl").lines().filter(|line| line.contains("\"kind\":\"model\"")).count();
        for server in &servers {
            assert_eq!(server.query("{ models { totalCount } }").await["models"]["totalCount"], models);
        }
        let rows = database.texts("SELECT CAST(count(*) AS TEXT) AS value FROM models").await;
        assert_eq!(rows, [models.to_string()], "none was entered twice and deleted");
    }

    /// Of two migrations, one does the work and the other waits for it.
    async fn two_migrations_don_t_meet(database: EmptyDatabase) {
        let folder = tempfile::tempdir().expect("a folder");
        let spawn = || {
            let mut command = modelry(&folder, &["migrate", "--database-url", database.url()]);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().expect("the program starts")
        };
        let running = [spawn(), spawn(), spawn()];
        let mut said: Vec<String> = running
            .into_iter()
            .map(|child| child.wait_with_output().expect("it ends"))
            .inspect(|output| assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)))
            .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
            .collect();
        said.sort();
        assert!(said[0].starts_with("applied "), "{said:?}");
        assert_eq!(said[1..], ["the schema is up to date\n", "the schema is up to date\n"]);
    }
}
