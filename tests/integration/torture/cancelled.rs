//! Clients that hang up while they wait, or while their own transaction runs.

use std::time::{Duration, Instant};

use modelry::domain::{ChangeChannel, Timestamp};
use modelry::store::{Author, StoreError};
use serde_json::json;

use super::{assert_sound, at_rest};
use crate::support::{DatabaseKind, Fixture as _, Response, SmallCatalogue, TestDatabase, on_both_databases};

/// How long the writer holds up the others, and how long their clients wait.
const HELD: Duration = Duration::from_millis(700);
const PATIENCE: Duration = Duration::from_millis(150);

/// Makes the aliases of models that are called `left-...` take their time, within the transaction that writes them.
async fn slow_down(database: &TestDatabase) {
    let slow = database.dialect(
        "CREATE TABLE numbers (number INTEGER);
         INSERT INTO numbers WITH RECURSIVE n(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n WHERE number < 3000) SELECT number FROM n;
         CREATE TRIGGER slow AFTER INSERT ON model_aliases WHEN NEW.alias LIKE 'left-%'
         BEGIN SELECT count(*) FROM numbers AS a, numbers AS b WHERE a.number + b.number > 3; END",
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.4); RETURN NULL; END $$;
         CREATE TRIGGER slow AFTER INSERT ON model_aliases FOR EACH ROW WHEN (NEW.alias LIKE 'left-%') EXECUTE FUNCTION slow()",
    );
    database.execute(slow).await.expect("a trigger");
}

async fn speed_up(database: &TestDatabase) {
    let fast = database
        .dialect("DROP TRIGGER slow; DROP TABLE numbers", "DROP TRIGGER slow ON model_aliases; DROP FUNCTION slow()");
    database.execute(fast).await.expect("no trigger");
}

/// The models that are called `left-...`, with the numbers of their aliases and parameters.
const LEFT: &str = "SELECT name || ' ' || (SELECT count(*) FROM model_aliases WHERE model_id = models.id)
    || ' ' || (SELECT count(*) FROM model_parameters WHERE model_id = models.id) AS value FROM models WHERE name LIKE 'left-%' ORDER BY name";
const CREATE: &str =
    "mutation($input: CreateModelInput!) { createModel(input: $input) { model { id } userErrors { message } } }";

/// Reads whose clients have gone while a server made them wait: what was sent is answered to nobody, and only then are their
/// connections lent again.
#[tokio::test]
async fn reads_that_nobody_waits_for_leave_connections_whole() {
    const RELATIONS: &str = "{ models { nodes { name parameters { name } categories { path } supplier { name } } } }";
    let app = SmallCatalogue::on(DatabaseKind::Postgres).await;
    let (client, connection) =
        tokio_postgres::connect(app.database().url(), tokio_postgres::NoTls).await.expect("connected");
    let driver = tokio::spawn(connection);
    client.batch_execute("BEGIN; LOCK TABLE model_parameters IN ACCESS EXCLUSIVE MODE").await.expect("locked");
    let body = json!({ "query": RELATIONS }).to_string();
    let impatient = (0..8).map(|_| app.post(body.clone()).timeout(PATIENCE).send());
    for answer in futures_util::future::join_all(impatient).await {
        assert!(answer.is_err_and(|error| error.is_timeout()), "the lock holds it up");
    }
    client.batch_execute("COMMIT").await.expect("let go");

    let answers = (0..8).map(|_| app.query(RELATIONS));
    let answers = futures_util::future::join_all(answers).await;
    assert!(answers.iter().all(|answer| answer == &answers[0]));
    let is_free = || app.parts().store().pools().iter().all(|pool| pool.in_use == 0);
    for _ in 0..200 {
        if is_free() {
            break;
        }
        tokio::time::sleep(PATIENCE).await;
    }
    assert!(is_free(), "{:?}", app.parts().store().pools());
    drop(client);
    driver.await.expect("it ends").expect("a sound connection");
}

on_both_databases! {
    /// Writes whose clients go in the middle are made as a whole or not at all; what is half done is seen by nobody, no transaction
    /// stays open, and the next write is let in.
    async fn clients_that_go_in_the_middle_leave_nothing_half_done(app: SmallCatalogue) {
        let database = app.database();
        slow_down(database).await;
        let data = app.query("{ suppliers(first: 1) { nodes { id } } }").await;
        let supplier = &data["suppliers"]["nodes"][0]["id"];
        let create = |name: String| {
            let input = json!({
                "supplierId": supplier, "name": name, "modelType": "LANGUAGE", "aliases": [format!("{name}-a"), format!("{name}-b")],
                "parameters": [{ "name": "context_window", "type": "INT", "value": 1000 }],
            });
            app.post(json!({ "query": CREATE, "variables": { "input": input } }).to_string())
        };
        for number in 0..3 {
            let answer = create(format!("left-{number}")).timeout(PATIENCE).send().await;
            assert!(answer.is_err_and(|error| error.is_timeout()), "its transaction takes longer");
            let seen = database.texts(LEFT).await;
            assert!(seen.iter().all(|model| model.ends_with(" 2 1")), "half a model is seen: {seen:?}");
        }
        let response = Response::of(create("next".to_owned())).await;
        assert!(response.data()["createModel"]["model"]["id"].is_string(), "{}", response.text);
        at_rest(database).await;
        // Fails if a transaction is still open.
        speed_up(database).await;
        let seen = database.texts(LEFT).await;
        assert!(!seen.is_empty() && seen.iter().all(|model| model.ends_with(" 2 1")), "{seen:?}");
        assert_sound(database, "clients that went in the middle").await;
    }

    /// An import whose client goes away while it writes is given up as a whole.
    async fn an_import_that_nobody_waits_for_leaves_nothing(app: SmallCatalogue) {
        let database = app.database();
        slow_down(database).await;
        let models = (0..12).map(|number| format!(
            "{{\"kind\":\"model\",\"supplier\":\"local\",\"name\":\"left-{number}\",\"model_type\":\"language\",\"aliases\":[\"left-{number}\"]}}"
        ));
        let file = ["{\"format\":\"modelry\",\"version\":1}".to_owned()].into_iter().chain(models).collect::<Vec<_>>().join("\n");
        let request = app.request(reqwest::Method::POST, "/catalogue?format=modelry");
        let request = request.header("content-type", "application/octet-stream").body(file);
        let mut answer = request.send().await.expect("an answer");
        let mut told = String::new();
        while !told.contains("WRITING") {
            let piece = answer.chunk().await.expect("sound").expect("it goes on");
            told.push_str(std::str::from_utf8(&piece).expect("text"));
        }
        drop(answer);
        let started = Instant::now();
        while app.parts().imports().available_permits() == 0 {
            assert!(started.elapsed().as_secs() < 60, "it is not given up");
            tokio::time::sleep(PATIENCE).await;
        }
        at_rest(database).await;
        speed_up(database).await;
        assert_eq!(database.texts(LEFT).await, Vec::<String>::new());
        assert_sound(database, "an import that nobody waited for").await;
    }

    /// Writes whose clients have gone come to an end by themselves: no transaction stays open, and the next write is let in.
    async fn requests_that_nobody_waits_for_leave_nothing_open(app: SmallCatalogue) {
        let database = app.database();
        let moment: Timestamp = serde_json::from_value(json!("2026-06-15T12:00:00.000000Z")).expect("a moment");
        let author = Author::new("slow", ChangeChannel::Cli, "hold", moment);
        let slow = database.another_store();
        let holding = tokio::spawn(async move {
            slow.write::<(), StoreError, _>(author, |_| Box::pin(async {
                tokio::time::sleep(HELD).await;
                Ok(())
            }))
            .await
        });
        tokio::time::sleep(PATIENCE).await;
        let create = |name: String| json!({ "query": format!("mutation {{ createSupplier(input: {{ name: \"{name}\" }}) {{ supplier {{ name }} }} }}") }).to_string();
        let impatient = (0..3).map(|number| app.post(create(format!("left-{number}"))).timeout(PATIENCE).send());
        for answer in futures_util::future::join_all(impatient).await {
            assert!(answer.is_err_and(|error| error.is_timeout()), "the writer holds it up");
        }
        holding.await.expect("it ends").expect("written");

        let started = Instant::now();
        let response = Response::of(app.post(create("next".to_owned()))).await;
        assert_eq!(response.data()["createSupplier"]["supplier"]["name"], "next");
        assert!(started.elapsed() < HELD * 20, "the writer is free: {:?}", started.elapsed());
        at_rest(database).await;
        assert_sound(database, "clients that hung up").await;
    }
}
