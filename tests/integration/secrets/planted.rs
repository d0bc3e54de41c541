//! A key that would be recognised anywhere is entered, changed, made to fail in every way, and then looked for everywhere.

use serde_json::{Value, json};

use super::elsewhere::{Credentials, Stream, backups, configured_to_tell, sign_in};
use super::leaks::Pieces;
use super::{CREATE, ROTATE, enter, graphql, keys, serve, supplier};
use crate::cli::process::{Server, output};
use crate::support::app::client;
use crate::support::{DatabaseKind, Response, TestDatabase, on_both_databases};
use crate::telemetry::collector::Collector;

const FIRST: &str = "sk-PLANTED/one\"quoted\\and-0123456789-QWERTZ-7711";
const SECOND: &str = "sk-PLANTED/two<tag>&amp-zyxwvutsrq-ASDFGH-8822";
const THIRD: &str = "sk-PLANTED-three-9876543210-never-taken-YXCVBN-9933";

/// Everything that can be asked of keys, and of whatever leads to them.
const AUDIT: &str = "{ auditLog(first: 100) { nodes { actor action outcome detail channel address requestId } } }";
const READS: [&str; 10] = [
    AUDIT,
    "{ suppliers { nodes { id name extra history { nodes { operation changeSet { id } } } blame { field }
       keys { id label hint status isActive weight ageDays expiresAt rotatedAt lastUsedAt masterKey createdAt updatedAt deletedAt version supplier { name keys { label } } } } } }",
    "{ expiringSupplierKeys(withinDays: 3660) { id label hint masterKey supplier { name } } }",
    "{ changeSets(first: 50) { nodes { id actor operation reason } } }",
    "{ changes(first: 100) { nodes { operation type before after fields { field before after } } } }",
    "{ changes(first: 100) { nodes { id operation } } }",
    "{ node(id: \"SupplierKey:1\") { id } }",
    "{ nodes(ids: [\"SupplierKey:1\", \"Supplier:1\"]) { id } }",
    "{ at(time: \"2100-01-01T00:00:00Z\") { suppliers { nodes { name keys { label } } } } }",
    "{ __type(name: \"SupplierKey\") { fields { name description } } }",
];

/// What came out of a server so far.
struct Heard(Vec<u8>);

impl Heard {
    fn note(&mut self, response: &Response) {
        self.0.extend(format!("{:?}\n{}\n", response.headers, response.text).into_bytes());
    }

    /// Sends a document that is expected to be refused in some way.
    async fn fails(&mut self, server: &Server, query: &str, variables: Value) {
        let response = graphql(&server.admin(), query, variables).await;
        let text = &response.text;
        assert!(text.contains("\"errors\"") || text.contains("\"code\""), "{query} was taken: {text}");
        self.note(&response);
    }

    async fn raw(&mut self, server: &Server, body: String) {
        let response = Response::of(server.admin().post(&client(), body)).await;
        assert_ne!(response.json["errors"], Value::Null, "{}", response.text);
        self.note(&response);
    }
}

/// Inputs that no mutation takes.
async fn refused_inputs(heard: &mut Heard, server: &Server, supplier: &str, id: &str) {
    let too_long = THIRD.repeat(400);
    for input in [
        json!({ "supplierId": supplier, "label": "production", "secret": THIRD }),
        json!({ "supplierId": supplier, "label": THIRD, "secret": THIRD }),
        json!({ "supplierId": supplier, "label": "", "secret": THIRD, "weight": -1 }),
        json!({ "supplierId": supplier, "label": "a", "secret": too_long }),
        json!({ "supplierId": supplier, "label": "a", "secret": format!(" {THIRD}\n") }),
        json!({ "supplierId": supplier, "label": "a", "secret": format!("{THIRD}\u{0}") }),
        json!({ "supplierId": "Supplier:999", "label": "a", "secret": THIRD }),
        json!({ "supplierId": THIRD, "label": "a", "secret": THIRD }),
        json!({ "supplierId": supplier, "label": "a", "secret": [THIRD] }),
        json!({ "supplierId": supplier, "label": "a", "secret": { "text": THIRD } }),
        json!({ "supplierId": supplier, "label": { "text": THIRD }, "secret": THIRD }),
        json!({ "supplierId": supplier, "label": "a", "secret": THIRD, "expiresAt": THIRD }),
        json!({ "supplierId": supplier, "label": "a", "secret": THIRD, "weight": THIRD }),
        json!({ "supplierId": supplier, "label": "a", "key": THIRD }),
        json!(THIRD),
        json!([THIRD]),
    ] {
        heard.fails(server, CREATE, json!({ "input": input })).await;
    }
    for input in [
        json!({ "id": THIRD, "secret": THIRD }),
        json!({ "id": id, "secret": THIRD, "expectedVersion": 99 }),
        json!({ "id": id, "secret": THIRD, "overlapMinutes": -1 }),
        json!({ "id": id, "secret": THIRD, "overlapMinutes": THIRD }),
        json!({ "id": "SupplierKey:999", "secret": THIRD }),
        json!({ "id": id, "secret": [[THIRD]] }),
    ] {
        heard.fails(server, ROTATE, json!({ "input": input })).await;
    }
}

/// Documents that hold the key and can't be executed.
async fn refused_documents(heard: &mut Heard, server: &Server, supplier: &str) {
    let key = serde_json::to_string(THIRD).expect("JSON");
    let input = format!("{{ supplierId: \"{supplier}\", label: \"a\", secret: {key} }}");
    for document in [
        format!("mutation {{ createSupplierKey(input: {input}) {{ supplierKey {{ secret }} }} }}"),
        format!("mutation {{ createSupplierKey(input: {input} {{ supplierKey {{ id }} }} }}"),
        format!("mutation {{ createSupplierKey(input: {key}) {{ supplierKey {{ id }} }} }}"),
        format!("mutation {{ createSupplierKeys(input: {input}) {{ id }} }}"),
        format!("mutation {{ createSupplierKey(input: {input}, secret: {key}) {{ supplierKey {{ id }} }} }}"),
        format!("mutation {{ createSupplierKey(input: {{ secret: {key} \"{THIRD}\" }}) {{ supplierKey {{ id }} }} }}"),
        format!("mutation {{ rotateSupplierKey(input: {{ id: 1, secret: {THIRD} }}) {{ supplierKey {{ id }} }} }}"),
        format!(
            "mutation($input: CreateSupplierKeyInput! = {key}) {{ createSupplierKey(input: $input) {{ supplierKey {{ id }} }} }}"
        ),
    ] {
        heard.fails(server, &document, json!({})).await;
    }
    let document = "mutation A { deleteSupplierKey(input: { id: \"SupplierKey:9\" }) { userErrors { code } } }";
    heard.raw(server, json!({ "query": document, "operationName": THIRD }).to_string()).await;
    heard.raw(server, json!({ "query": CREATE, "variables": THIRD }).to_string()).await;
    heard
        .raw(server, format!("{{ \"query\": {CREATE:?}, \"variables\": {{ \"input\": {{ \"secret\": \"{THIRD}\" }} "))
        .await;
}

/// Failures of the database while a key is on its way.
async fn failing_database(heard: &mut Heard, server: &Server, database: &TestDatabase, supplier: &str, id: &str) {
    database.execute("ALTER TABLE supplier_keys RENAME TO supplier_keys_away").await.expect("renamed");
    let create = json!({ "supplierId": supplier, "label": "b", "secret": THIRD });
    heard.fails(server, CREATE, json!({ "input": create.clone() })).await;
    heard.fails(server, ROTATE, json!({ "input": { "id": id, "secret": THIRD } })).await;
    database.execute("ALTER TABLE supplier_keys_away RENAME TO supplier_keys").await.expect("renamed back");
    let refuse = database.dialect(
        "CREATE TRIGGER refuse BEFORE INSERT ON supplier_keys BEGIN SELECT RAISE(ABORT, 'no room'); END",
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room %', NEW; END $$;
         CREATE TRIGGER refuse BEFORE INSERT ON supplier_keys FOR EACH ROW EXECUTE FUNCTION refuse()",
    );
    database.execute(refuse).await.expect("a trigger");
    heard.fails(server, CREATE, json!({ "input": create })).await;
    heard.fails(server, ROTATE, json!({ "input": { "id": id, "secret": THIRD } })).await;
    let allow = database.dialect("DROP TRIGGER refuse", "DROP TRIGGER refuse ON supplier_keys; DROP FUNCTION refuse()");
    database.execute(allow).await.expect("no trigger");
}

/// All that the database holds: the bytes of its files, or every row of every table as text.
async fn contents(database: &TestDatabase) -> Vec<u8> {
    if database.kind() == DatabaseKind::Sqlite {
        let path = database.url().trim_start_matches("sqlite://").to_owned();
        let files = ["", "-wal", "-shm"].map(|ending| std::fs::read(format!("{path}{ending}")).unwrap_or_default());
        return files.concat();
    }
    let tables = "SELECT tablename::text AS value FROM pg_tables WHERE schemaname = 'public'";
    let mut all = Vec::new();
    for table in database.texts(tables).await {
        let rows = database.texts(&format!("SELECT row_to_json(t)::text || t::text AS value FROM {table} AS t")).await;
        all.extend(rows.join("\n").into_bytes());
    }
    all
}

on_both_databases! {
    /// No piece of it is in an answer, a stream, the log at its most talkative, metrics, spans, an export, a backup, what commands
    /// say, or the database; nor is what lets callers in, where it isn't handed to them.
    async fn a_planted_key_is_found_nowhere(database: TestDatabase) {
        let folder = tempfile::tempdir().expect("a folder");
        let collector = Collector::answering(axum::http::StatusCode::OK).await;
        configured_to_tell(&folder, &collector.address);
        let server = serve(&folder, &database, "trace");
        let [code, session] = sign_in(&server).await;
        let credentials = Credentials(vec![server.admin().token().to_owned(), code, session]);
        let stream = Stream::open(&server).await;
        let pieces = Pieces::of(&[FIRST, SECOND, THIRD]);
        let mut heard = Heard(Vec::new());
        let supplier = supplier(&server.admin(), "acme").await;
        let id = enter(&server.admin(), &supplier, "production", FIRST).await;
        let ends = json!({ "id": id, "secret": SECOND, "expiresAt": "2030-01-01T00:00:00Z" });
        let rotated = graphql(&server.admin(), ROTATE, json!({ "input": ends })).await;
        let new = rotated.data()["rotateSupplierKey"]["supplierKey"]["id"].as_str().expect("an id").to_owned();
        heard.note(&rotated);

        refused_inputs(&mut heard, &server, &supplier, &new).await;
        refused_documents(&mut heard, &server, &supplier).await;
        failing_database(&mut heard, &server, &database, &supplier, &new).await;
        for query in READS {
            heard.note(&graphql(&server.admin(), query, json!({})).await);
        }
        for path in ["/readyz", "/schema.graphql", "/metrics"] {
            heard.note(&server.get(path).await);
        }
        super::supplier(&server.admin(), "the-last-one").await;
        let streamed = stream.all_until("the-last-one").await;
        for (place, bytes) in [("an answer", &heard.0), ("a stream", &streamed), ("the database", &contents(&database).await)] {
            pieces.assert_none(place, bytes);
            credentials.assert_none(place, bytes);
        }

        for format in ["modelry", "models.dev", "litellm"] {
            let exported = output(&folder, &["export", "--format", format, "--database-url", database.url()]);
            let exported = [exported.stdout, exported.stderr].concat();
            pieces.assert_none("an export", &exported);
            credentials.assert_none("an export", &exported);
        }
        for (name, backup) in backups(&folder, &database).await {
            pieces.assert_none(&name, &backup);
            credentials.assert_none(&name, &backup);
        }
        for task in ["status", "verify", "rotate-master", "verify"] {
            let (done, said) = keys(&folder, &database, &[task]);
            assert!(done, "{task}: {said}");
            pieces.assert_none("what a command says", said.as_bytes());
        }
        pieces.assert_none("the database", &contents(&database).await);
        let audited = graphql(&server.admin(), AUDIT, json!({})).await.text;
        for told in ["create SupplierKey:1 of Supplier:1", "rotate SupplierKey:1 of Supplier:1"] {
            assert!(audited.contains(told), "{told} is missing: {audited}");
        }
        let log = server.log();
        server.terminate();
        assert_eq!(server.ended().await.code(), Some(0));
        // What is left to be sent is sent in the end.
        assert!(collector.spans().iter().any(|span| span.name == "GraphQL mutation"), "{:?}", collector.spans());
        for (place, bytes) in [("the log", log.as_bytes()), ("a span", &collector.received())] {
            pieces.assert_none(place, bytes);
            credentials.assert_none(place, bytes);
        }
    }
}
