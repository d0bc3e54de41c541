//! What the tests of several formats need.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::domain::{Amount, JsonText};

use super::draft::{Draft, Leftovers};

/// The draft as it comes back from the database: leftovers filed under their source.
pub fn filed(mut draft: Draft, source: &str) -> Draft {
    let file = |extra: &mut Leftovers| {
        if !extra.is_empty() {
            let all = JsonText::from_value(&*extra).expect("json");
            *extra = Leftovers::from([(source.to_owned(), all)]);
        }
    };
    draft.suppliers.iter_mut().for_each(|supplier| file(&mut supplier.extra));
    draft.models.iter_mut().for_each(|model| file(&mut model.extra));
    draft
}

/// Where two JSON documents differ in meaning: the order of keys and the spelling of numbers and texts don't count.
/// Numbers are compared as exact decimals.
pub fn differences(left: &str, right: &str) -> Vec<String> {
    let mut found = Vec::new();
    compare(raw(left), raw(right), "", &mut found);
    found
}

fn raw(text: &str) -> &RawValue {
    serde_json::from_str(text).expect("json")
}

fn compare(left: &RawValue, right: &RawValue, path: &str, found: &mut Vec<String>) {
    let (left, right) = (left.get(), right.get());
    let same = match (left.as_bytes()[0], right.as_bytes()[0]) {
        (b'{', b'{') => return compare_objects(left, right, path, found),
        (b'[', b'[') => return compare_lists(left, right, path, found),
        (b'"', b'"') => serde_json::from_str::<String>(left).ok() == serde_json::from_str::<String>(right).ok(),
        _ => left == right || decimal(left).is_some_and(|number| Some(number) == decimal(right)),
    };
    if !same {
        found.push(format!("{path}: {left} and {right}"));
    }
}

/// A number as an exact decimal. Numbers of a billion and more are whole in all catalogues.
fn decimal(text: &str) -> Option<(Amount, i64)> {
    match text.parse::<i64>() {
        Ok(whole) if whole >= 1_000_000_000 => Some((Amount::default(), whole)),
        _ => Some((Amount::from_number(text, 0).ok()?, 0)),
    }
}

fn compare_objects(left: &str, right: &str, path: &str, found: &mut Vec<String>) {
    let fields = |text| serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(text).expect("an object");
    let (left, mut right) = (fields(left), fields(right));
    for (name, value) in left {
        match right.remove(&name) {
            Some(other) => compare(&value, &other, &format!("{path}.{name}"), found),
            None => found.push(format!("{path}.{name}: only left")),
        }
    }
    found.extend(right.keys().map(|name| format!("{path}.{name}: only right")));
}

fn compare_lists(left: &str, right: &str, path: &str, found: &mut Vec<String>) {
    let members = |text| serde_json::from_str::<Vec<Box<RawValue>>>(text).expect("a list");
    let (left, right) = (members(left), members(right));
    if left.len() != right.len() {
        return found.push(format!("{path}: {} and {} members", left.len(), right.len()));
    }
    for (index, (left, right)) in left.iter().zip(&right).enumerate() {
        compare(left, right, &format!("{path}[{index}]"), found);
    }
}

#[test]
fn only_differences_of_meaning_count() {
    assert!(differences(r#"{"a": 1.50, "b": ["\u0078"]}"#, r#"{"b":["x"],"a":15e-1}"#).is_empty());
    assert_eq!(
        differences(r#"{"a": 1, "b": [1]}"#, r#"{"b": [2], "c": null}"#),
        [".a: only left", ".b[0]: 1 and 2", ".c: only right"]
    );
}
