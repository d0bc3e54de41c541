//! A JSON object under construction: a source's leftovers, with the facts put in their places among them.

use indexmap::IndexMap;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::domain::{Amount, JsonText};

/// An object: its fields by name.
#[derive(Debug, Clone, Default)]
pub struct Object(IndexMap<String, Node>);

/// A value of an object. What is only passed on stays text; it is opened when a fact goes inside.
#[derive(Debug, Clone)]
enum Node {
    /// Any value, as text.
    Text(JsonText),
    /// An object that facts were put into.
    Object(Object),
    /// A list of such objects.
    List(Vec<Object>),
}

impl Object {
    /// The fields of an object given as text; empty if it isn't one.
    pub fn open(text: &JsonText) -> Self {
        let fields: IndexMap<String, JsonText> = text.read().unwrap_or_default();
        Self(fields.into_iter().map(|(name, value)| (name, Node::Text(value))).collect())
    }

    /// Puts a value in its place, whatever was there.
    ///
    /// # Errors
    /// If the value has no JSON form.
    pub fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> serde_json::Result<()> {
        let value = JsonText::from_value(&value)?;
        self.0.insert(name.to_owned(), Node::Text(value));
        Ok(())
    }

    /// Like [`Object::put`], if there is a value.
    ///
    /// # Errors
    /// If the value has no JSON form.
    pub fn put_some<T: Serialize>(&mut self, name: &str, value: Option<T>) -> serde_json::Result<()> {
        value.map_or(Ok(()), |value| self.put(name, &value))
    }

    /// Puts an amount for 10^`exponent` in its place, as a plain decimal for one.
    ///
    /// # Errors
    /// None: decimals are JSON.
    pub fn put_amount(&mut self, name: &str, amount: Amount, exponent: i32) -> serde_json::Result<()> {
        let number = JsonText::parse(&amount.to_number(exponent))?;
        self.0.insert(name.to_owned(), Node::Text(number));
        Ok(())
    }

    /// A field's text; `None` if it is absent, or was opened.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.0.get(name) {
            Some(Node::Text(text)) => Some(text.as_str()),
            _ => None,
        }
    }

    /// Whether a field is there, null or not.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether a field is a mark: null, for "the value is known; it is spelled here".
    pub fn is_mark(&self, name: &str) -> bool {
        self.text(name) == Some("null")
    }

    /// Whether a field is an object, opened or not.
    pub fn is_object(&self, name: &str) -> bool {
        match self.0.get(name) {
            Some(Node::Text(text)) => text.as_str().starts_with('{'),
            Some(Node::Object(_)) => true,
            Some(Node::List(_)) | None => false,
        }
    }

    /// Names of all fields.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Takes a field out.
    pub fn remove(&mut self, name: &str) {
        self.0.shift_remove(name);
    }

    /// The object that stands at `name`, made if there is none.
    pub fn object(&mut self, name: &str) -> &mut Self {
        self.0.entry(name.to_owned()).or_insert_with(|| Node::Object(Self::default())).as_object()
    }

    /// The list of objects that stands at `name`, made if there is none.
    pub fn list(&mut self, name: &str) -> &mut Vec<Self> {
        self.0.entry(name.to_owned()).or_insert_with(|| Node::List(Vec::new())).as_list()
    }

    /// Sorts the fields by `rank`, and those of equal rank by name.
    pub fn sort_by_rank(&mut self, rank: impl Fn(&str) -> usize) {
        self.0.sort_by(|left, _, right, _| rank(left).cmp(&rank(right)).then_with(|| left.cmp(right)));
    }
}

impl Node {
    fn as_object(&mut self) -> &mut Object {
        match self {
            Self::Object(object) => object,
            other => {
                let opened = if let Self::Text(text) = other { Object::open(text) } else { Object::default() };
                *other = Self::Object(opened);
                other.as_object()
            }
        }
    }

    fn as_list(&mut self) -> &mut Vec<Object> {
        match self {
            Self::List(list) => list,
            other => {
                let members: Vec<JsonText> =
                    if let Self::Text(text) = other { text.read().unwrap_or_default() } else { Vec::new() };
                *other = Self::List(members.iter().map(Object::open).collect());
                other.as_list()
            }
        }
    }
}

impl Serialize for Object {
    /// Marks are not written.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, node) in &self.0 {
            match node {
                Node::Text(text) if text.as_str() == "null" => {}
                Node::Text(text) => map.serialize_entry(name, text)?,
                Node::Object(object) => map.serialize_entry(name, object)?,
                Node::List(list) => map.serialize_entry(name, list)?,
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_go_in_among_the_leftovers() {
        let left = r#"{"cost":{"image":2.50,"old":null},"tiers":[{},{"x":null,"y":1}],"body":{"stop":null}}"#;
        let mut record = Object::open(&JsonText::parse(left).expect("json"));
        let amount = Amount::from_number("2.5e-06", 6).expect("an amount");
        record.object("cost").put_amount("input", amount, 6).expect("put");
        record.list("tiers")[0].put("size", &1).expect("put");
        record.object("limit").put_some("context", Some(8)).expect("put");
        record.sort_by_rank(|name| usize::from(name == "body"));
        assert_eq!(
            serde_json::to_string(&record).expect("json"),
            r#"{"cost":{"image":2.50,"input":0.0000025},"limit":{"context":8},"tiers":[{"size":1},{"y":1}],"body":{"stop":null}}"#
        );
    }

    #[test]
    fn a_mark_says_where_a_known_value_is_spelled() {
        let record = Object::open(&JsonText::parse(r#"{"a":null,"b":1}"#).expect("json"));
        assert!(record.is_mark("a") && !record.is_mark("b") && !record.is_mark("c"));
        assert_eq!(record.text("b"), Some("1"));
    }
}
