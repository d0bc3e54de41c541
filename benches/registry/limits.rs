//! What limits add to a request.

use std::hint::black_box;
use std::time::Instant;

use async_graphql::Variables;
use async_graphql::parser::parse_query;
use modelry::graphql::{SchemaSettings, schema, sdl};
use modelry::limits::{Allowed, Caller, Cost, DocumentLimits, Limiter, Types, answered, check_length, check_shape};
use serde_json::json;

use super::requests::alternate;
use super::uncounted::{EXECUTING, UNCOUNTED};
use crate::Outcome;
use crate::shared::asking::{Asked, runtime};
use crate::shared::process::{COUNTED, Server};

const POINT: &str = "{ node(id: \"Model:10007\") { id ... on Model { name displayName } } }";
const PAGE: &str = "query($first: Int = 50) { models(first: $first, where: { modelType: { eq: LANGUAGE }, isActive: { eq: true } }) \
    { totalCount nodes { id name supplier { name } parameters { name value } capabilities { support capability { name } } \
    categories { path } prices { component amount } } } }";

/// Prints what a point query costs with counting callers, and with a token as well, each against none of it; and what the
/// parts take by themselves.
pub fn measure(database: &str) -> Outcome<()> {
    println!("\n| a point query with | without it | with it | ratio | adds |\n|---|---|---|---|---|");
    for (how, cache) in [("executed", EXECUTING), ("from the cache", "")] {
        let (counted, _) = Server::start_with(database, &format!("{COUNTED}{cache}"))?;
        let (uncounted, _) = Server::start_with(database, &format!("{UNCOUNTED}{cache}"))?;
        let nobody = uncounted.asked_by_nobody();
        compare(&format!("callers counted and costs told, {how}"), counted.asked_by_nobody(), nobody)?;
        compare(&format!("a token, {how}"), uncounted.asked(), nobody)?;
        compare(&format!("both, {how}"), counted.asked(), nobody)?;
        counted.stop()?;
        uncounted.stop()?;
    }
    println!();
    for (name, document) in [("point query", POINT), ("50 models, five relations", PAGE)] {
        println!("checks of a {name}, cost and buckets: {:.2} µs", parts(document)?);
    }
    Ok(())
}

fn compare(what: &str, with: Asked<'_>, without: Asked<'_>) -> Outcome<()> {
    let [with, without] = runtime()?.block_on(alternate([(with, POINT), (without, POINT)], |_| json!({})))?;
    let [with, without] = [with, without].map(|time| time.as_secs_f64() * 1e6);
    println!("| {what} | {without:.1} µs | {with:.1} µs | {:.3} | {:.1} µs |", with / without, with - without);
    Ok(())
}

/// The microseconds that a request's checks take: the limits of its document, its cost, the buckets, and the refund.
fn parts(document: &str) -> Outcome<f64> {
    const TIMES: u32 = 20_000;
    let limits = DocumentLimits {
        tokens: 10_000,
        depth: 20,
        fields: 1_000,
        aliases: 100,
        root_fields: 100,
        directives: 50,
        cost: 50_000,
        introspection: true,
    };
    let allowed = Allowed { cost_per_minute: u32::MAX, requests_per_second: u32::MAX, ..Allowed::default() };
    let limiter = Limiter::new(allowed, None)?;
    let types = Types::of(|| sdl(&schema(&SchemaSettings::default())));
    let parsed = parse_query(document)?;
    let (_, operation) = parsed.operations.iter().next().ok_or("no operation")?;
    let (caller, answer) = (Caller::named("bench"), async_graphql::Value::Null);
    runtime()?.block_on(async {
        let started = Instant::now();
        for _ in 0..TIMES {
            check_length(black_box(document), &limits).map_err(|refused| refused.message)?;
            check_shape(black_box(&parsed), &limits).map_err(|refused| refused.message)?;
            let requested = Cost::of(types, &parsed, &operation.node, &Variables::default()).requested();
            limits.check_cost(requested).map_err(|refused| refused.message)?;
            let admitted = limiter.admit(&caller, requested).await.map_err(|_| "over a limit")?;
            black_box(limiter.settle(&caller, &admitted, answered(&answer)));
        }
        Ok(started.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES))
    })
}
