//! What a request asks, so that the same is known again.

use chrono::NaiveDate;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// A request, as far as its answer depends on it.
pub struct Question<'q> {
    /// The document.
    pub document: &'q str,
    /// The operation that is meant; `None` for the only one.
    pub operation: Option<&'q str>,
    /// The variables.
    pub variables: &'q Map<String, Value>,
    /// The day that "today" is.
    pub today: NaiveDate,
}

/// Stands for a question, and for no other: its SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u8; 32]);

impl Question<'_> {
    /// What stands for it. The order in which variables are given doesn't matter; how a number is written does.
    pub fn key(&self) -> Key {
        let mut hasher = Sha256::new();
        write(&mut hasher, self.document.as_bytes());
        write(&mut hasher, self.operation.unwrap_or_default().as_bytes());
        write(&mut hasher, &[u8::from(self.operation.is_some())]);
        write(&mut hasher, self.today.to_string().as_bytes());
        fields(&mut hasher, self.variables);
        Key(hasher.finalize().into())
    }
}

/// With the length before it, so that nothing that follows can be taken for a part of it.
fn write(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

fn fields(hasher: &mut Sha256, fields: &Map<String, Value>) {
    write(hasher, b"{");
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort_unstable_by_key(|(name, _)| name.as_str());
    hasher.update((sorted.len() as u64).to_le_bytes());
    for (name, value) in sorted {
        write(hasher, name.as_bytes());
        hash(hasher, value);
    }
}

fn hash(hasher: &mut Sha256, value: &Value) {
    match value {
        Value::Object(object) => fields(hasher, object),
        Value::Array(values) => {
            write(hasher, b"[");
            hasher.update((values.len() as u64).to_le_bytes());
            for value in values {
                hash(hasher, value);
            }
        }
        Value::String(text) => {
            write(hasher, b"\"");
            write(hasher, text.as_bytes());
        }
        other => write(hasher, other.to_string().as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn key(document: &str, operation: Option<&str>, variables: &Value) -> Key {
        let today = NaiveDate::from_ymd_opt(2026, 6, 15).expect("a day");
        let Value::Object(variables) = variables else { panic!("no object") };
        Question { document, operation, variables, today }.key()
    }

    #[test]
    fn the_order_of_variables_does_not_matter() {
        let one = json!({ "a": 1, "b": { "c": [1, 2], "d": null } });
        let other = json!({ "b": { "d": null, "c": [1, 2] }, "a": 1 });
        assert_eq!(key("{ a }", None, &one), key("{ a }", None, &other));
    }

    #[test]
    fn all_else_does() {
        let none = json!({});
        let same = key("{ a }", None, &none);
        let others = [
            key("{ a  }", None, &none),
            key("{ a }", Some(""), &none),
            key("{ a }", Some("A"), &none),
            key("{ a }", None, &json!({ "a": null })),
            key("{ a }", None, &json!({ "a": "1" })),
            key("{ a }", None, &json!({ "a": 1 })),
            key("{ a }", None, &json!({ "a": [1, [2]] })),
            key("{ a }", None, &json!({ "a": [[1], 2] })),
        ];
        for (index, other) in others.iter().enumerate() {
            assert_ne!(*other, same, "{index}");
            assert!(!others[index + 1..].contains(other), "{index}");
        }
    }
}
