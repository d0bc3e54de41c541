//! What a write costs, and what many of them at once must leave.

use std::sync::Arc;
use std::time::Duration;

use modelry::domain::{ChangeChannel, Timestamp};
use modelry::store::{Author, DatabaseUrl, Store, StoreError, StoreSettings};
use serde_json::{Value, json};

use super::mutations::{attempt, mutate};
use super::tables::{TABLES, assert_whole, change_sets, number, run};
use crate::support::{DatabaseKind, Fixture as _, SmallCatalogue, TestApp, TestDatabase, on_both_databases};

const WRITERS: usize = 6;
const EACH: i64 = 10;

async fn model(app: &TestApp) -> Value {
    app.query("{ model(supplier: \"acme\", name: \"alpha\") { id version } }").await["model"].clone()
}

/// The author of a write that a test makes by itself.
fn author() -> Author {
    let moment = Timestamp::new("2026-01-01T00:00:00Z".parse().expect("a moment"));
    Author::new("test", ChangeChannel::System, "test", moment)
}

on_both_databases! {
    /// Changing a field of a default, of which one is asked whether another is it too, asks PostgreSQL seven times, the first two and
    /// the last two together. SQLite is asked ten times, in five trips to its thread.
    async fn a_change_takes_few_statements(app: SmallCatalogue) {
        let model = model(&app).await;
        let document = "mutation($input: UpdateModelInput!) { updateModel(input: $input) { model { id description } } }";
        let mut statements = Vec::new();
        for text in ["one", "two", "three"] {
            let input = json!({ "id": model["id"], "description": text });
            let response = app.graphql(document, json!({ "input": input })).await;
            assert_eq!(response.data()["updateModel"]["model"]["description"], text);
            statements.push(response.statements());
        }
        let expected = if app.database().kind() == DatabaseKind::Sqlite { 10 } else { 7 };
        assert_eq!(statements, [expected; 3]);
    }

    /// Writers of two processes on one row: what was acknowledged is there, each as a change set of its own, numbered in the order
    /// of their moments, no two of which are the same; and nothing else is.
    async fn of_many_writers_none_is_lost(app: SmallCatalogue) {
        let before = change_sets(app.database()).await;
        let version = model(&app).await["version"].as_i64().expect("a version");
        let app = Arc::new(app);
        let other = Arc::new(app.beside(|_| {}).await);
        let id = model(&app).await["id"].clone();
        let writers = (0..WRITERS).map(|writer| {
            let (app, other, id) = (Arc::clone(&app), Arc::clone(&other), id.clone());
            tokio::spawn(async move {
                for round in 0..EACH {
                    let input = json!({ "id": id, "description": format!("{writer} {round}") });
                    let instance: &TestApp = if writer % 2 == 0 { &app } else { &other };
                    mutate(instance, "updateModel", "model { id }", input).await;
                }
            })
        });
        for written in futures_util::future::join_all(writers).await {
            written.expect("a writer ends");
        }
        let made = EACH * i64::try_from(WRITERS).expect("few");
        assert_eq!(change_sets(app.database()).await, before + made);
        assert_eq!(model(&app).await["version"], version + made);
        let unordered = "SELECT CAST(count(*) AS TEXT) AS value FROM change_sets AS one JOIN change_sets AS next ON next.id > one.id \
                         WHERE next.created_at <= one.created_at";
        assert_eq!(number(app.database(), unordered).await, 0);
        assert_whole(app.database(), "many writers").await;
    }

    /// What fails in the midst leaves the connection as it was: the next write is whole.
    async fn a_write_that_fails_is_undone_and_the_next_is_whole(app: SmallCatalogue) {
        let before = change_sets(app.database()).await;
        let id = model(&app).await["id"].clone();
        for round in 0..6 {
            let taken = json!({ "id": id, "name": "beta", "description": "refused" });
            let refused = attempt(&app, "updateModel", "model { id }", taken).await;
            assert_ne!(refused["userErrors"], json!([]), "{refused}");
            let work = app.database().store().write(author(), |_| {
                Box::pin(async { Err::<(), _>(StoreError::Unsupported("given up".to_owned())) })
            });
            work.await.expect_err("given up");
            let input = json!({ "id": id, "description": format!("round {round}") });
            mutate(&app, "updateModel", "model { id }", input).await;
        }
        assert_eq!(change_sets(app.database()).await, before + 6);
        assert_whole(app.database(), "failures").await;
    }

    /// Who waits for others' writes waits no longer than for a connection.
    async fn a_turn_is_not_waited_for_forever(database: TestDatabase) {
        let url = DatabaseUrl::parse(database.url()).expect("a URL");
        let (wait_timeout, connect_timeout) = (Duration::from_millis(200), Duration::from_secs(60));
        let settings = StoreSettings { connections: 4, wait_timeout, connect_timeout, writes_much: false, max_index_bytes: 0 };
        let store = Store::new(&url, &settings).expect("a store");
        let (began, has_begun) = tokio::sync::oneshot::channel();
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let first = tokio::spawn({
            let store = store.clone();
            async move {
                let work = store.write(author(), |_| Box::pin(async move {
                    began.send(()).expect("somebody waits");
                    ended.await.expect("an end");
                    Ok::<_, StoreError>(())
                }));
                work.await
            }
        });
        has_begun.await.expect("a beginning");
        let second = store.write(author(), |_| Box::pin(async { Ok::<_, StoreError>(()) })).await;
        assert!(matches!(second, Err(StoreError::Unreachable(_))), "{second:?}");
        end.send(()).expect("the first waits");
        first.await.expect("a task").expect("the first write");
        store.write(author(), |_| Box::pin(async { Ok::<_, StoreError>(()) })).await.expect("its turn now");
        store.close();
    }
}

/// The plans that triggers keep for a row's change read no table of the history whole, though they are made while the tables are
/// so small that this would be quicker.
#[tokio::test]
async fn kept_plans_of_triggers_read_no_table_whole_on_postgres() {
    let database = TestDatabase::on(DatabaseKind::Postgres).await;
    for table in &TABLES {
        run(&database, &table.insert("INSERT")).await;
    }
    let updates: Vec<String> =
        TABLES.iter().map(|table| format!("UPDATE {} SET version = version + 1", table.name)).collect();
    let rounds = vec![updates.join("; "); 10].join("; ");
    let check = "DO $$ DECLARE whole TEXT; BEGIN
        SELECT string_agg(relname, ', ') INTO whole FROM pg_stat_xact_user_tables WHERE relname LIKE '%\\_history' AND seq_scan > 0;
        IF whole IS NOT NULL THEN RAISE EXCEPTION 'read whole: %', whole; END IF;
    END $$";
    run(&database, &format!("BEGIN; {rounds}; {check}; COMMIT")).await;
    assert_whole(&database, "ten changes of each row").await;
}
