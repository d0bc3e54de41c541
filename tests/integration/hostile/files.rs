//! Files that are no catalogues, or were: they are refused with a reason, or taken.

use modelry::registry::transfer::apply::{self, ImportError, Options, Origin};
use modelry::registry::transfer::draft::Draft;
use modelry::registry::transfer::error::ReadError;
use modelry::registry::transfer::{litellm, models_dev, openrouter, own};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::damage::{damaged, damages};
use super::effort::{for_all, for_all_async};
use super::{counts, effort};
use crate::support::{SmallCatalogue, fixtures, on_both_databases};

/// Inputs for each reader.
const READ: u32 = 400;
/// Inputs that are brought to the database.
const APPLIED: u32 = 40;

type Reader = fn(&[u8]) -> Result<Draft, ReadError>;

/// Each format: its reader, who the file is by, and a sound file.
fn formats() -> [(Reader, Origin, String); 4] {
    let openrouter = json!({ "data": [{
        "id": "openai/gpt-5", "name": "OpenAI: GPT-5", "created": 1_750_000_000, "context_length": 400_000,
        "description": "A model.", "architecture": { "modality": "text+image->text", "input_modalities": ["text", "image"],
        "output_modalities": ["text"], "tokenizer": "GPT", "instruct_type": null },
        "pricing": { "prompt": "0.00000125", "completion": "0.00001", "image": "0", "request": "0", "web_search": "0.01" },
        "top_provider": { "context_length": 400_000, "max_completion_tokens": 128_000, "is_moderated": true },
        "supported_parameters": ["tools", "temperature", "reasoning"], "per_request_limits": null,
    }] });
    [
        (own::read, Origin::Own, fixtures::SMALL.to_owned()),
        (models_dev::read, Origin::ThirdParty(models_dev::SOURCE), fixture("models-dev.json")),
        (litellm::read, Origin::ThirdParty(litellm::SOURCE), fixture("litellm.json")),
        (openrouter::read, Origin::ThirdParty(openrouter::SOURCE), openrouter.to_string()),
    ]
}

fn fixture(name: &str) -> String {
    let path = format!("{}/src/registry/transfer/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a fixture")
}

/// A value that a catalogue doesn't expect at its place.
fn odd_values() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(json!("\u{0}")),
        Just(json!("a".repeat(10_000))),
        Just(json!(1e308)),
        Just(json!(-1)),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[[[{}]]]])),
        Just(json!({ "": { "": null } })),
        Just(json!("0000-00-00")),
        Just(json!("9999999-99-99")),
        Just(json!("1e999999999")),
    ]
}

/// Puts `odd` where the `at`-th value of the tree is, counted all around; under another key, if `at` is odd.
fn replace(tree: &mut Value, at: usize, odd: &Value) {
    let all = size(tree);
    let mut left = at % all;
    descend(tree, &mut left, odd);
}

fn size(tree: &Value) -> usize {
    1 + match tree {
        Value::Array(values) => values.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum::<usize>(),
        _ => 0,
    }
}

fn descend(tree: &mut Value, left: &mut usize, odd: &Value) -> bool {
    if *left == 0 {
        *tree = odd.clone();
        return true;
    }
    *left -= 1;
    match tree {
        Value::Array(values) => values.iter_mut().any(|value| descend(value, left, odd)),
        Value::Object(fields) => fields.values_mut().any(|value| descend(value, left, odd)),
        _ => false,
    }
}

/// The file with a value replaced; of a file of lines, in one of them.
fn altered(file: &str, line: usize, at: usize, odd: &Value) -> String {
    if let Ok(mut tree) = serde_json::from_str::<Value>(file) {
        replace(&mut tree, at, odd);
        return tree.to_string();
    }
    let mut lines: Vec<String> = file.lines().map(str::to_owned).collect();
    let line = line % lines.len();
    let mut tree: Value = serde_json::from_str(&lines[line]).expect("a record");
    replace(&mut tree, at, odd);
    lines[line] = tree.to_string();
    lines.join("\n")
}

/// Bytes of any kind.
#[test]
fn any_bytes_are_read_or_refused() {
    for_all(READ, &proptest::collection::vec(any::<u8>(), 0..2_000), |bytes| {
        for (read, ..) in formats() {
            drop(read(&bytes));
        }
        Ok(())
    });
}

/// Sound files, cut, with bytes changed, and with pieces twice.
#[test]
fn damaged_files_are_read_or_refused() {
    let formats = formats();
    for_all(READ, &damages(), |damages| {
        for (read, _, file) in &formats {
            let bytes = damaged(file.clone().into_bytes(), &damages);
            drop(read(&bytes));
        }
        Ok(())
    });
}

/// JSON that is nested more deeply than any stack.
#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        for (read, _, file) in formats() {
            drop(read(deep.as_bytes()));
            // As the value of a field that is kept as it is.
            let within = file.replacen("\"gpt-", &format!("\"deep\":{deep},\"gpt-"), 1);
            drop(read(within.as_bytes()));
        }
    }
}

on_both_databases! {
    /// What is read is taken by the database as well, or refused: a value out of place is never the server's fault, and a
    /// rehearsal leaves nothing behind.
    async fn values_out_of_place_are_taken_or_refused(app: SmallCatalogue) {
        let before = counts(app.database()).await;
        let (app, formats) = (&app, &formats());
        let places = proptest::collection::vec((any::<usize>(), any::<usize>(), odd_values()), 1..4);
        for_all_async(APPLIED, &places, |places| async move {
            for (read, origin, file) in formats {
                let file = places.iter().fold(file.clone(), |file, (line, at, odd)| altered(&file, *line, *at, odd));
                let Ok(draft) = read(file.as_bytes()) else { continue };
                let options = Options { dry_run: true, ..Options::default() };
                let applied = apply::apply(app.parts().store(), draft, *origin, &options, app.parts().clock()).await;
                if let Err(ImportError::Store(error)) = applied {
                    panic!("{error}: {file}");
                }
            }
        });
        assert_eq!(counts(app.database()).await, before, "effort {}", effort::effort());
    }
}
