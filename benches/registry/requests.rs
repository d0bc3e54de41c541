//! Requests, timed one after another.

use std::time::Duration;

use serde_json::{Value, json};

use crate::Outcome;
use crate::shared::asking::{Asked, ask};

/// Times each request is sent.
const REPETITIONS: usize = 400;

/// Asks without variables.
pub async fn post(client: &reqwest::Client, asked: Asked<'_>, query: &str) -> Outcome<Value> {
    Ok(ask(client, asked, query, &json!({})).await?.0)
}

const PAGE: &str = "query($after: String) { models(first: 20, after: $after, orderBy: [{ field: NAME }]) \
                    { pageInfo { endCursor } nodes { id name displayName } } }";

const REQUESTS: [(&str, &str); 6] = [
    (
        "one model by id, four relations",
        "{ node(id: \"Model:10007\") { id ... on Model { name supplier { name } \
        parameters { name value } capabilities { support capability { name } } categories { path } } } }",
    ),
    (
        "50 models, five relations, total",
        "{ models(first: 50, where: { modelType: { eq: LANGUAGE }, isActive: { eq: true } }) \
        { totalCount nodes { id name supplier { name } parameters { name value } capabilities { support capability { name } } \
        categories { path } prices { component amount } } } }",
    ),
    (
        "50 suppliers with 10 models each",
        "{ suppliers(first: 50) { nodes { name models(first: 10) { totalCount nodes { name \
        parameters { name } capabilities { support } categories { name } } } } } }",
    ),
    (
        "tree of 300 categories",
        "{ categoryTree { name children { name children { name children { name children { name \
        children { name } } } } } } }",
    ),
    (
        "search and capability, with total",
        "{ models(first: 20, where: { search: \"task 5\", isActive: { eq: true }, \
        capabilities: { allOf: [\"capability_03\"] } }) { totalCount nodes { name } } }",
    ),
    (
        "four facets of 20,000 models",
        "{ models(first: 1) { facets { suppliers { value count } modelTypes { value count } \
        capabilities { value count } categories { value count } } } }",
    ),
];

/// Prints a row for each request, and one for the cost of page 1,000 against page 1.
pub async fn measure(asked: Asked<'_>) -> Outcome<()> {
    let client = reqwest::Client::new();
    for (name, query) in REQUESTS {
        row(&client, asked, name, query, &json!({})).await?;
    }
    let mut after = Value::Null;
    for _ in 1..1000 {
        let (body, _, _) = ask(&client, asked, PAGE, &json!({ "after": after })).await?;
        after = body["data"]["models"]["pageInfo"]["endCursor"].clone();
    }
    let first = row(&client, asked, "page 1 of 20 models", PAGE, &json!({})).await?;
    let last = row(&client, asked, "page 1,000", PAGE, &json!({ "after": after })).await?;
    println!("\npage 1,000 costs {:.2} times what page 1 costs", last.as_secs_f64() / first.as_secs_f64());
    Ok(())
}

/// Prints what it costs to find out who asks: a request that asks for that and nothing else, without a token and with one.
pub async fn measure_access(nobody: Asked<'_>, somebody: Asked<'_>) -> Outcome<()> {
    const WHO: &str = "{ viewer { name } }";
    let [without, with] = alternate([(nobody, WHO), (somebody, WHO)], |_| json!({})).await?;
    let microseconds = |time: Duration| time.as_secs_f64() * 1e6;
    println!(
        "\na token adds {:.1} microseconds to a request of {:.1}, {:.3} times",
        microseconds(with) - microseconds(without),
        microseconds(without),
        with.as_secs_f64() / without.as_secs_f64()
    );
    Ok(())
}

/// The medians of two requests that are sent by turns, so that both meet the same noise; `variables` are those of a turn.
pub async fn alternate(pair: [(Asked<'_>, &str); 2], variables: impl Fn(usize) -> Value) -> Outcome<[Duration; 2]> {
    let client = reqwest::Client::new();
    let mut times = [const { Vec::new() }; 2];
    for turn in 0..REPETITIONS {
        let variables = variables(turn);
        // Each goes first as often as the other.
        for first in [turn % 2, 1 - turn % 2] {
            let (asked, query) = pair[first];
            times[first].push(ask(&client, asked, query, &variables).await?.1);
        }
    }
    Ok(times.map(|mut times: Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    }))
}

async fn row(
    client: &reqwest::Client,
    asked: Asked<'_>,
    name: &str,
    query: &str,
    variables: &Value,
) -> Outcome<Duration> {
    let mut times = Vec::with_capacity(REPETITIONS);
    let mut statements = String::new();
    for _ in 0..REPETITIONS {
        let (_, elapsed, counted) = ask(client, asked, query, variables).await?;
        times.push(elapsed);
        statements = counted;
    }
    times.sort_unstable();
    let (p50, p99) = (times[REPETITIONS / 2], times[REPETITIONS * 99 / 100]);
    let shown = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
    println!("| {name} | {} | {} | {statements} |", shown(p50), shown(p99));
    Ok(p50)
}
