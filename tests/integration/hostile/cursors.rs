//! Cursors, ids and other texts that clients are given and may give back otherwise.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::assert_sound;
use super::effort::for_all_async;
use crate::support::{SmallCatalogue, on_both_databases};

/// Inputs for each test.
const CASES: u32 = 96;

const LIST: &str = "query($text: String) {
    after: models(first: 2, after: $text, orderBy: [{ parameter: \"context_window\", direction: DESC }, { field: NAME }]) {
        nodes { name } pageInfo { hasNextPage endCursor }
    }
}";
const PLAIN_LIST: &str =
    "query($text: String) { models(last: 2, before: $text) { nodes { name } pageInfo { endCursor } } }";
const FEED: &str = "query($text: String) { changes(first: 2, after: $text) { nodes { cursor } endCursor } }";

/// A text that was given, with something done to it.
#[derive(Debug, Clone)]
enum Damage {
    /// A letter is another.
    Replace(usize, char),
    /// Something is left out.
    Cut(usize, usize),
    /// Something stands twice.
    Double(usize),
    /// Something else is put in.
    Insert(usize, String),
}

impl Damage {
    fn done_to(&self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        let place = |at: usize, length: usize| if length == 0 { 0 } else { at % length };
        match self {
            Self::Replace(at, letter) => {
                let at = place(*at, letters.len());
                letters.splice(at..(at + 1).min(letters.len()), [*letter]);
            }
            Self::Cut(at, length) => {
                let at = place(*at, letters.len());
                letters.drain(at..(at + length).min(letters.len()));
            }
            Self::Double(at) => letters.extend_from_within(place(*at, letters.len())..),
            Self::Insert(at, other) => {
                let at = place(*at, letters.len());
                letters.splice(at..at, other.chars());
            }
        }
        letters.into_iter().collect()
    }
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let damage = prop_oneof![
        (any::<usize>(), any::<char>()).prop_map(|(at, letter)| Damage::Replace(at, letter)),
        (any::<usize>(), 1..20_usize).prop_map(|(at, length)| Damage::Cut(at, length)),
        any::<usize>().prop_map(Damage::Double),
        (any::<usize>(), ".{0,20}").prop_map(|(at, text)| Damage::Insert(at, text)),
    ];
    proptest::collection::vec(damage, 1..4)
}

/// Keys of a list's cursor as somebody could write them who knows how cursors are made.
fn keys() -> impl Strategy<Value = Vec<Option<String>>> {
    let odd = prop_oneof![
        Just("9".repeat(400)),
        Just("-1e308".to_owned()),
        Just("NaN".to_owned()),
        Just("Infinity".to_owned()),
        Just("' OR 1=1 --".to_owned()),
        Just("\u{0}".to_owned()),
        Just("2026-02-31".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| number.to_string()),
        any::<String>(),
    ];
    proptest::collection::vec(proptest::option::of(odd), 0..5)
}

/// Seals a list's cursor: the checksum guards against accidents, not against people.
fn sealed(list: u64, keys: &[Option<String>], id: i64) -> String {
    let list = u32::try_from(list).expect("a list's name");
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&list.to_le_bytes());
    for key in keys {
        hasher.update(&[u8::from(key.is_some())]);
        hasher.update(key.as_deref().unwrap_or_default().as_bytes());
    }
    hasher.update(&id.to_le_bytes());
    URL_SAFE_NO_PAD.encode(json!([1, list, keys, id, hasher.finalize()]).to_string())
}

fn content(cursor: &str) -> Value {
    let json = URL_SAFE_NO_PAD.decode(cursor).expect("base64");
    serde_json::from_slice(&json).expect("a cursor")
}

async fn ask(app: &SmallCatalogue, document: &str, text: &str) {
    let response = app.graphql(document, json!({ "text": text })).await;
    assert_sound(&response, &(document, text));
}

on_both_databases! {
    async fn damaged_cursors_are_refused(app: SmallCatalogue) {
        let lists = app.graphql(LIST, json!({})).await.data()["after"]["pageInfo"]["endCursor"].clone();
        let plain = app.query("{ models(first: 2) { pageInfo { endCursor } } }").await["models"]["pageInfo"]["endCursor"].clone();
        let feed = app.query("{ changes(first: 2) { endCursor } }").await["changes"]["endCursor"].clone();
        let [lists, plain, feed] = [lists, plain, feed].map(|cursor| cursor.as_str().expect("a cursor").to_owned());
        let (app, given) = (&app, &[(LIST, lists), (PLAIN_LIST, plain), (FEED, feed)]);
        for_all_async(CASES, &damages(), |damages| async move {
            for (document, cursor) in given {
                let damaged = damages.iter().fold(cursor.clone(), |cursor, damage| damage.done_to(&cursor));
                ask(app, document, &damaged).await;
                // The damage within: what is in base64 is whole, what it stands for isn't.
                let content = content(cursor).to_string();
                let damaged = damages.iter().fold(content, |content, damage| damage.done_to(&content));
                ask(app, document, &URL_SAFE_NO_PAD.encode(damaged)).await;
            }
        });
    }

    async fn any_text_as_a_cursor_is_refused(app: SmallCatalogue) {
        let app = &app;
        for_all_async(CASES, &any::<String>(), |text| async move {
            for document in [LIST, PLAIN_LIST, FEED] {
                ask(app, document, &text).await;
            }
        });
    }

    /// Somebody who knows how cursors are made writes sort keys that no row can have.
    async fn forged_cursors_find_nothing_or_are_refused(app: SmallCatalogue) {
        let cursor = app.graphql(LIST, json!({})).await.data()["after"]["pageInfo"]["endCursor"].clone();
        let sorted = content(cursor.as_str().expect("a cursor"))[1].as_u64().expect("a list");
        let cursor = app.query("{ models(first: 2) { pageInfo { endCursor } } }").await["models"]["pageInfo"]["endCursor"].clone();
        let plain = content(cursor.as_str().expect("a cursor"))[1].as_u64().expect("a list");
        let app = &app;
        for_all_async(CASES, &(keys(), any::<i64>()), |(keys, id)| async move {
            ask(app, LIST, &sealed(sorted, &keys, id)).await;
            ask(app, PLAIN_LIST, &sealed(plain, &keys, id)).await;
        });
    }

    async fn any_text_as_an_id_is_refused_or_found_nothing(app: SmallCatalogue) {
        let ids = prop_oneof![
            any::<String>(),
            "(Model|Supplier|ChangeSet|ModelPrice|Category):[0-9]{1,25}",
            "(Model|Supplier|Capability):[0-9]{1,3}@[0-9]{1,6}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,20}Z",
            "Model:1@.{0,30}",
            damages().prop_map(|damages| damages.iter().fold("Model:1@2026-05-01T00:00:00.000000Z".to_owned(), |id, damage| damage.done_to(&id))),
        ];
        let app = &app;
        for_all_async(CASES, &ids, |id| async move {
            for part in [
                "node(id: $id) { id }",
                "nodes(ids: [$id]) { id }",
                "at(time: \"2026-06-01T00:00:00Z\") { node(id: $id) { id } }",
                "models(where: { id: { eq: $id } }) { nodes { id } }",
                "changes(ids: [$id]) { endCursor }",
                "changeSet(id: $id) { id }",
                "categoryTree(rootId: $id) { id }",
            ] {
                let query = format!("query($id: ID!) {{ {part} }}");
                let response = app.graphql(&query, json!({ "id": id })).await;
                assert_sound(&response, &(part, &id));
            }
        });
    }

    /// Filters of every kind, with whatever is in them.
    async fn any_value_in_a_filter_is_refused_or_answered(app: SmallCatalogue) {
        let texts = prop_oneof![any::<String>(), "[%_\\\\*?'\"\\[\\](){}^~!:&|-]{1,30}", "\\PC{0,60}", Just("a".repeat(60_000))];
        let query = "query($text: String!, $texts: [String!], $day: Date, $number: Decimal) {
            models(where: {
                or: [
                    { search: $text }, { name: { contains: $text } }, { displayName: { startsWith: $text } },
                    { description: { not: { eq: $text } } }, { subType: { in: $texts } }, { alias: { contains: $text } },
                    { supplier: { name: { contains: $text } } }, { retiresOn: { gte: $day } },
                    { parameters: [{ name: $text, gte: $number }] }, { parameters: [{ name: \"context_window\", lte: $number }] },
                    { prices: [{ component: INPUT, lte: $number }] }, { capabilities: { anyOf: $texts } }
                ]
            }) { totalCount nodes { name } }
        }";
        let numbers = prop_oneof![
            any::<i64>().prop_map(|number| number.to_string()),
            any::<f64>().prop_map(|number| number.to_string()),
            "-?[0-9]{1,40}(\\.[0-9]{1,40})?",
            "[0-9a-zA-Z.+-]{0,10}",
        ];
        let app = &app;
        for_all_async(CASES, &(texts, "[0-9-]{8,12}", numbers), |(text, day, number)| async move {
            let fine = json!({ "text": text, "texts": [text, "x"], "day": "2026-01-01", "number": "1.5" });
            let odd = json!({ "text": text, "texts": [text], "day": day, "number": number });
            for variables in [fine, odd] {
                let response = app.graphql(query, variables).await;
                assert_sound(&response, &(&text, &day, &number));
            }
        });
    }
}
