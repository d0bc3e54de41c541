//! Time travel, on both databases: what was so then is what reads find as of then.

mod histories;
mod ids;
mod moments;
mod prices;
mod random;

use std::time::Duration;

use modelry::registry::clock::Clock;
use serde_json::{Value, json};

use crate::support::{DatabaseKind, Fixture, Response, TestApp, TestDatabase};

/// Every kind of read there is, as a list of root fields.
const READS: &str = include_str!("past/reads.graphql");
/// What the reads select of models.
const FIELDS: &str = include_str!("past/fields.graphql");

/// A registry whose clock goes with the database's, which stamps what is changed past it, and that takes large documents.
struct Registry(TestApp);

/// What every read answered at a moment, and how many statements that took.
struct Dump {
    moment: String,
    text: String,
    statements: usize,
}

impl Fixture for Registry {
    async fn on(kind: DatabaseKind) -> Self {
        let many = |config: &mut modelry::config::Config| {
            let limits = &mut config.limits;
            (limits.max_tokens, limits.max_fields, limits.max_cost) = (1_000_000, 100_000, 10_000_000);
            (limits.max_aliases, limits.max_root_fields) = (100_000, 100_000);
            // It knows the present only: statements are counted against those of the past.
            config.search.max_index_bytes = 0;
        };
        Self(TestApp::over(TestDatabase::on(kind).await, many).await)
    }
}

impl Registry {
    /// Lets time pass.
    fn tick(&self) {
        self.0.parts().clock().set(Clock::system().now());
    }

    /// Applies a catalogue, later than all that was before.
    async fn import(&self, catalogue: &str) {
        self.tick();
        self.0.import(catalogue).await;
    }

    /// Runs SQL past the registry, later than all that was before: SQLite's own clock counts milliseconds.
    async fn execute(&self, sql: &str) {
        tokio::time::sleep(Duration::from_millis(2)).await;
        self.0.database().execute(sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
        self.tick();
    }

    /// Tries a mutation; whether it was made.
    async fn mutate(&self, mutation: &str, input: Value) -> bool {
        self.tick();
        let (initial, rest) = mutation.split_at(1);
        let document = format!(
            "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ userErrors {{ message }} }} }}",
            initial.to_uppercase()
        );
        let response = self.0.graphql(&document, json!({ "input": input })).await;
        response.data()[mutation]["userErrors"].as_array().is_some_and(Vec::is_empty)
    }

    /// The moment of the newest change set, as ids have it.
    async fn moment(&self) -> String {
        let database = self.0.database();
        let text = database
            .dialect("created_at", "to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
        let newest = format!("SELECT {text} AS value FROM change_sets ORDER BY id DESC LIMIT 1");
        database.texts(&newest).await.pop().expect("a change set")
    }

    /// What root fields answer now.
    async fn now(&self, fields: &str) -> Response {
        self.0.graphql(&document(fields), json!({})).await
    }

    /// What root fields answered at `moment`.
    async fn at(&self, moment: &str, fields: &str) -> Response {
        self.0.graphql(&document(&format!("at(time: {moment:?}) {{ {fields} }}")), json!({})).await
    }

    /// What every read answers now.
    async fn dump(&self) -> Dump {
        let response = self.now(READS).await;
        let text = serde_json::to_string_pretty(response.data()).expect("JSON");
        Dump { moment: self.moment().await, text, statements: response.statements() }
    }

    /// Checks that as of a dump's moment every read answers what it did then, by as many statements, but for ids, which
    /// carry the moment.
    async fn check(&self, dump: &Dump) {
        let response = self.at(&dump.moment, READS).await;
        let text = serde_json::to_string_pretty(&response.data()["at"]).expect("JSON");
        let with_moment = text.matches(&format!("@{}\"", dump.moment)).count();
        assert_eq!(with_moment, text.matches("\"id\":").count(), "every id carries the moment");
        let text = text.replace(&format!("@{}\"", dump.moment), "\"");
        if text != dump.text {
            let lines = text.lines().zip(dump.text.lines()).enumerate().find(|(_, (then, kept))| then != kept);
            let context = lines.map(|(number, _)| {
                dump.text.lines().take(number + 1).skip(number.saturating_sub(12)).collect::<Vec<_>>().join("\n")
            });
            panic!("as of {}: {lines:?}, after\n{}", dump.moment, context.unwrap_or_default());
        }
        assert_eq!(response.statements(), dump.statements, "as of {}", dump.moment);
    }
}

fn document(fields: &str) -> String {
    let fragments = if fields.contains("...ModelFields") { FIELDS } else { "" };
    format!("{{ {fields} }} {fragments}")
}
