//! Whether a floor tells what Modelry tells: one that told less would be no floor.

use serde_json::Value;

use super::client::Connection;
use super::generator::check;
use super::requests::{Prepared, Request};
use crate::Outcome;
use crate::shared::asking::runtime;

/// Models about which both are asked.
const MODELS: usize = 20;

/// The length of Modelry's answer, after each fact in it was found in the floor's and none beside them.
pub fn compare(request: Request, modelry: (&str, &Prepared), floor: (&str, &Prepared)) -> Outcome<usize> {
    runtime()?.block_on(async {
        let mut length = 0;
        for turn in 0..MODELS {
            let told = ask(request, modelry.0, modelry.1, turn).await?;
            let by_hand = ask(request, floor.0, floor.1, turn).await?;
            let (told_facts, by_hand_facts) = (facts(&told)?, facts(&by_hand)?);
            if told_facts.is_empty() || told_facts != by_hand_facts {
                let name = request.name();
                let (told, by_hand) = (told_facts.join(" "), by_hand_facts.join(" "));
                return Err(format!("{name}: Modelry told {told}, and SQL by hand {by_hand}").into());
            }
            length = told.len();
        }
        Ok(length)
    })
}

async fn ask(request: Request, address: &str, prepared: &Prepared, turn: usize) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    prepared.write(turn, 0, &mut bytes);
    let mut connection = Connection::open(address).await?;
    let answer = connection.exchange(&bytes).await?;
    check(answer.status, answer.body, request.mark())?;
    Ok(answer.body.to_vec())
}

/// Names, values and counts of an answer, however it is nested, in order; not what Modelry tells of its cost.
fn facts(answer: &[u8]) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    let answer: Value = serde_json::from_slice(answer)?;
    collect(answer.get("data").unwrap_or(&answer), "", &mut found);
    found.sort();
    Ok(found)
}

fn collect(value: &Value, key: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| collect(value, key, found)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, key, found)),
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) | Value::String(_) => found.push(format!("{key}={value}")),
    }
}
