//! What the history costs: writing it, keeping it, and reading the past.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::requests::alternate;
use crate::shared::asking::runtime;
use crate::shared::catalogue;
use crate::shared::process::{Server, run};
use crate::shared::raw::Raw;
use crate::{Outcome, milliseconds};

/// Models of the small catalogue whose rows are changed over and over.
const MODELS: usize = 200;
/// How often each of its rows has been changed when the past is read.
const DEPTHS: [usize; 2] = [10, 100];
/// States put into the history of each of 20,000 models: a million.
const STATES_EACH: usize = 50;

const TABLES: [&str; 9] = [
    "suppliers",
    "models",
    "model_aliases",
    "model_parameters",
    "capabilities",
    "model_capability_associations",
    "model_categories",
    "model_category_associations",
    "model_prices",
];

const POINT: &str = "node(id: \"Model:77\") { id ... on Model { name supplier { name } parameters { name value } \
                     capabilities { support capability { name } } categories { path } } }";
const LIST: &str = "models(first: 50, where: { modelType: { eq: LANGUAGE }, isActive: { eq: true } }) { totalCount \
                    nodes { id name supplier { name } parameters { name value } capabilities { support capability { name } } \
                    categories { path } prices { component amount } } }";
const FACETS: &str = "models(first: 1) { facets { suppliers { value count } capabilities { value count } } }";
const SEARCH: &str = "models(first: 20, where: { search: \"task 5\" }) { totalCount nodes { name } }";

/// Imports the catalogue at `generated` into a database without triggers, and compares that with one that has them.
pub fn measure_writing(url: &dyn Fn(&str) -> Outcome<String>, generated: &Path, with: &str) -> Outcome<()> {
    let bare = url("bare")?;
    run(&["migrate", "--database-url", &bare])?;
    let raw = Raw::of(&bare);
    raw.drop_history_triggers()?;
    let import = |database: &str| run(&["import", "modelry", &generated.to_string_lossy(), "--database-url", database]);
    let without_history = import(&bare)?.elapsed;
    let with_history = import(&url("kept")?)?.elapsed;
    println!("\n| the history costs | without | with | ratio |\n|---|---|---|---|");
    ratio("import of 20,000 models into an empty database", without_history, with_history);

    let (server, _) = Server::start(&bare)?;
    let (other, _) = Server::start(with)?;
    let describe = "mutation($text: String) { updateModel(input: { id: \"Model:10007\", description: $text }) \
                    { model { description } userErrors { message } } }";
    let described = |turn: usize| json!({ "text": format!("described for the {turn}th time") });
    let pair = [(server.asked(), describe), (other.asked(), describe)];
    let [without_history, with_history] = runtime()?.block_on(alternate(pair, described))?;
    ratio("a description, by HTTP, p50", without_history, with_history);

    let changes = Raw::of(with).number("SELECT count(*) FROM changes")?;
    let bytes = Raw::of(with).history_bytes()?;
    println!("\n{} bytes of history a change, indexes included ({changes} changes)", bytes / changes.max(1));

    Raw::of(with).execute(&a_million_states())?;
    println!("\n| live reads beside a million states more | without | with | ratio |\n|---|---|---|---|");
    for (name, query) in [("one model, four relations", POINT), ("50 models, five relations, total", LIST)] {
        let document = format!("{{ {query} }}");
        let pair = [(server.asked(), document.as_str()), (other.asked(), document.as_str())];
        let [without, with] = runtime()?.block_on(alternate(pair, |_| json!({})))?;
        ratio(name, without, with);
    }
    server.stop()?;
    other.stop()
}

fn ratio(name: &str, before: Duration, after: Duration) {
    let ratio = after.as_secs_f64() / before.as_secs_f64();
    println!("| {name} | {} | {} | {ratio:.2} |", milliseconds(before), milliseconds(after));
}

/// States of models that lasted no time: the rows are there, and no read finds them.
fn a_million_states() -> String {
    let numbers = format!("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {STATES_EACH})");
    let number = "1000000000 + n.x * 100000 + models.id";
    format!(
        "INSERT INTO changes (id, change_set, kind, of_row, of_model, operation) \
         {numbers} SELECT {number}, 1, 'Model', models.id, models.id, 'update' FROM models, n; \
         INSERT INTO models_history {numbers} SELECT {number}, {number}, models.* FROM models, n;"
    )
}

/// Compares reads of the past with live ones, at different numbers of changes a row.
pub fn measure_past(url: &dyn Fn(&str) -> Outcome<String>, folder: &Path) -> Outcome<()> {
    let small = folder.join("small.jsonl");
    catalogue::write(&small, MODELS)?;
    let database = url("past")?;
    run(&["import", "modelry", &small.to_string_lossy(), "--database-url", &database])?;
    let raw = Raw::of(&database);
    println!("\n| the past, in the middle of its changes | live | past | ratio |\n|---|---|---|---|");
    let mut made = 0;
    for depth in DEPTHS {
        let updates = TABLES.map(|table| format!("UPDATE {table} SET version = version + 1;")).concat();
        for _ in made..depth {
            raw.execute(&updates)?;
        }
        made = depth;
        let middle = raw.moment(
            "SELECT created_at FROM change_sets WHERE id = (SELECT (min(id) + max(id)) / 2 FROM change_sets)",
        )?;
        let (server, _) = Server::start(&database)?;
        for (name, query) in [("one model", POINT), ("50 models", LIST), ("facets", FACETS), ("search", SEARCH)] {
            let live = format!("{{ {query} }}");
            let past = format!("{{ at(time: \"{middle}\") {{ {query} }} }}");
            let pair = [(server.asked(), live.as_str()), (server.asked(), past.as_str())];
            let [live, past] = runtime()?.block_on(alternate(pair, |_| Value::Null))?;
            ratio(&format!("{name}, {depth} changes a row"), live, past);
        }
        server.stop()?;
    }
    Ok(())
}
