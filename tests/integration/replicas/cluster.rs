//! A PostgreSQL server and a streaming standby of it, both of the test's own.

use crate::support::{OwnServer, TestApp, TestDatabase, fixtures};
use modelry::config::Config;

/// What the shell knows of the standby: how to do something as the servers' user, and how to start and stop it.
const STANDBY: &str = "standby=\"$MODELRY_TEST_PG_FOLDER/standby\"; \
    as_server() { (cd / && $MODELRY_TEST_PG_AS \"$@\" </dev/null); }; \
    standby_ctl() { as_server \"$MODELRY_TEST_PG_BIN/pg_ctl\" --pgdata=\"$standby\" --log=\"$standby.log\" --options=\"-p $standby_port\" --wait \"$@\"; }; \
    trap 'standby_ctl --mode=immediate stop >/dev/null 2>&1' EXIT";
/// Makes the standby of the primary's files.
const COPY: &str = "as_server \"$MODELRY_TEST_PG_BIN/pg_basebackup\" --pgdata=\"$standby\" --host=127.0.0.1 \
    --port=\"$MODELRY_TEST_PG_PORT\" --username=postgres --write-recovery-conf --wal-method=stream --checkpoint=fast --no-sync";
/// Starts the standby, on a port that somebody else may take first.
const START: &str = "for attempt in 1 2 3 4 5; do standby_port=$(scripts/free-port); standby_ctl start && break; done; \
    standby_ctl status";

/// A primary and its standby, with the current schema and no rows; gone when dropped.
pub struct Cluster {
    pub primary: TestDatabase,
    pub standby: TestDatabase,
    own: OwnServer,
}

impl Cluster {
    /// Starts both.
    pub async fn start() -> Self {
        let mut own = OwnServer::start();
        let primary = TestDatabase::on_own_server(&own.url());
        // What is committed is sent to the standby when it is written, which costs nothing without `fsync`.
        for setting in ["ALTER SYSTEM SET synchronous_commit = on", "SELECT pg_reload_conf()"] {
            primary.execute(setting).await.expect("a setting");
        }
        primary.store().migrate().await.expect("the schema is made");
        for line in [STANDBY, COPY, START] {
            own.run(line);
        }
        let (port, standby_port) = (own.value("$MODELRY_TEST_PG_PORT"), own.value("$standby_port"));
        let url = primary.url().replace(&format!(":{port}/"), &format!(":{standby_port}/"));
        Self { primary, standby: TestDatabase::on_own_server(&url), own }
    }

    /// A server on the primary, with the small catalogue.
    pub async fn app(&self, change: impl FnOnce(&mut Config)) -> TestApp {
        let app = TestApp::over(self.primary.another(), change).await;
        app.import(fixtures::SMALL).await;
        app.parts().own().learn_changes().await.expect("learned");
        app
    }

    /// Another database of both, a copy of this one, which nobody may be connected to.
    pub async fn beside(&self, name: &str, template: &str) -> TestDatabase {
        let url = |database: &str| self.primary.url().replace("/postgres?", &format!("/{database}?"));
        self.primary.store().close();
        let server = TestDatabase::on_own_server(&url("template1"));
        let connected =
            format!("SELECT CAST(count(*) AS TEXT) AS value FROM pg_stat_activity WHERE datname = '{template}'");
        crate::access::until("nobody is connected", async || server.texts(&connected).await == ["0"]).await;
        server.execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.expect("a database");
        TestDatabase::on_own_server(&url(name))
    }

    /// The standby takes what comes, and shows none of it.
    pub async fn pause(&self) {
        self.standby.execute("SELECT pg_wal_replay_pause()").await.expect("paused");
        let state = "SELECT pg_get_wal_replay_pause_state() AS value";
        crate::access::until("it is paused", async || self.standby.texts(state).await == ["paused"]).await;
    }

    /// The standby goes on.
    pub async fn resume(&self) {
        self.standby.execute("SELECT pg_wal_replay_resume()").await.expect("resumed");
    }

    /// The standby becomes a server that takes writes of its own.
    pub async fn promote(&self) {
        assert_eq!(self.standby.texts("SELECT CAST(pg_promote() AS TEXT) AS value").await, ["true"]);
    }

    /// The standby is gone from one moment to the next.
    pub fn kill_standby(&mut self) {
        self.own.run("kill -QUIT \"$(head -n 1 \"$standby/postmaster.pid\")\"");
        self.own.run("while standby_ctl status >/dev/null; do sleep 0.02; done");
    }

    /// The primary is gone from one moment to the next.
    pub fn kill_primary(&mut self) {
        self.own.run("eval \"$MODELRY_TEST_PG_CTL --mode=immediate stop\"");
    }

    /// The standby is started again.
    pub fn start_standby(&mut self) {
        self.own.run("standby_ctl start");
    }
}
