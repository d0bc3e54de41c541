//! A JSON object, read field by field: readers take what they know, and what is left is seen to be left.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use indexmap::map::Entry;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::draft::{FieldTally, Leftovers};
use super::error::ReadError;
use super::values;

/// An object's fields that nobody has taken yet, in the file's order.
#[derive(Debug)]
pub struct Fields<'a> {
    /// Where the object stands in the file; empty for the file itself.
    path: String,
    /// What its fields are called in the tally: names with dots between levels, without ids.
    label: String,
    entries: IndexMap<Cow<'a, str>, &'a RawValue>,
    /// Values to be given back as they are, though they need no home.
    kept: Leftovers,
    /// Names of leftovers without a home, of this object's children included.
    homeless: Vec<String>,
}

/// `parent.name`, or `name` alone below nothing.
pub fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }
}

impl<'a> Fields<'a> {
    /// Opens an object that stands at `path`, whose fields are tallied below `label`.
    ///
    /// # Errors
    /// [`ReadError::Record`] if it isn't an object, or has a key twice.
    pub fn open(raw: &'a RawValue, path: String, label: &str) -> Result<Self, ReadError> {
        let Ok(Pairs(pairs)) = serde_json::from_str(raw.get()) else {
            return Err(ReadError::record(path, "must be an object: {\"name\": value, ...}"));
        };
        let mut entries = IndexMap::with_capacity(pairs.len());
        for (name, value) in pairs {
            match entries.entry(name) {
                Entry::Vacant(vacant) => drop(vacant.insert(value)),
                Entry::Occupied(taken) => {
                    return Err(ReadError::record(join(&path, taken.key()), "stands here twice; keep one of the two"));
                }
            }
        }
        Ok(Self { path, label: label.to_owned(), entries, kept: Leftovers::new(), homeless: Vec::new() })
    }

    /// Where the object stands in the file.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Where one of its fields stands.
    pub fn at(&self, name: &str) -> String {
        join(&self.path, name)
    }

    /// Names of the fields left, in the file's order.
    pub fn names(&self) -> Vec<Cow<'a, str>> {
        self.entries.keys().cloned().collect()
    }

    /// A field's value; `None` if it is absent or null, which are the same to every format.
    pub fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.entries.get(name).copied().filter(|raw| raw.get() != "null")
    }

    /// Takes a field.
    pub fn take(&mut self, name: &str) -> Option<&'a RawValue> {
        self.entries.shift_remove(name).filter(|raw| raw.get() != "null")
    }

    /// Takes a field if `convert` knows what to do with it; else it stays.
    pub fn take_as<T>(&mut self, name: &str, convert: impl FnOnce(&'a RawValue) -> Option<T>) -> Option<T> {
        let converted = convert(self.get(name)?)?;
        self.entries.shift_remove(name);
        Some(converted)
    }

    /// Takes a field that is an object with something in it, to be given back by [`Fields::close`]; else it stays.
    ///
    /// # Errors
    /// As [`Fields::open`].
    pub fn child(&mut self, name: &str) -> Result<Option<Self>, ReadError> {
        let object = |raw: &'a RawValue| (values::is_object(raw) && !values::is_hollow(raw)).then_some(raw);
        let Some(raw) = self.take_as(name, object) else { return Ok(None) };
        Self::open(raw, self.at(name), &join(&self.label, name)).map(Some)
    }

    /// Opens the members of a list field without taking it; `None` unless it is a list of objects.
    ///
    /// # Errors
    /// As [`Fields::open`].
    pub fn children(&self, name: &str) -> Result<Option<Vec<Self>>, ReadError> {
        let Some(items) = self.get(name).and_then(values::items) else { return Ok(None) };
        if !items.iter().all(|item| values::is_object(item)) {
            return Ok(None);
        }
        let label = join(&self.label, name);
        let open = |(index, item)| Self::open(item, format!("{}[{index}]", self.at(name)), &label);
        items.into_iter().enumerate().map(open).collect::<Result<_, _>>().map(Some)
    }

    /// Gives `name` back as it is now, without counting it: its meaning has a home, or it has none.
    ///
    /// # Errors
    /// None for a value that came from a file.
    pub fn keep(&mut self, name: &str) -> Result<(), ReadError> {
        if let Some(raw) = self.take(name) {
            let written = values::as_written(raw, &self.at(name))?;
            self.kept.insert(name.to_owned(), written);
        }
        Ok(())
    }

    /// Leaves the name of a field that was taken behind, with null: its value is known, its spelling is unusual.
    ///
    /// # Errors
    /// None in practice.
    pub fn mark(&mut self, name: &str) -> Result<(), ReadError> {
        self.note(name, &None::<bool>)
    }

    /// Leaves a value of the reader's own making behind.
    ///
    /// # Errors
    /// None in practice.
    pub fn note<T: serde::Serialize>(&mut self, name: &str, value: &T) -> Result<(), ReadError> {
        let value = values::to_json(value, &self.path)?;
        self.kept.insert(name.to_owned(), value);
        Ok(())
    }

    /// Gives what is left of a child back to the object it was taken from.
    ///
    /// # Errors
    /// None for values that came from a file.
    pub fn close(mut self, parent: &mut Self, name: &str) -> Result<(), ReadError> {
        self.settle()?;
        parent.homeless.append(&mut self.homeless);
        if self.kept.is_empty() { Ok(()) } else { parent.note(name, &self.kept) }
    }

    /// Gives what is left of a list's members back in place of the list.
    ///
    /// # Errors
    /// None for values that came from a file.
    pub fn close_children(children: Vec<Self>, parent: &mut Self, name: &str) -> Result<(), ReadError> {
        parent.entries.shift_remove(name);
        let mut rests = Vec::with_capacity(children.len());
        for mut child in children {
            child.settle()?;
            parent.homeless.append(&mut child.homeless);
            rests.push(child.kept);
        }
        if rests.iter().all(Leftovers::is_empty) { Ok(()) } else { parent.note(name, &rests) }
    }

    /// What is left of a whole record, counted in `tally`.
    ///
    /// # Errors
    /// None for values that came from a file.
    pub fn finish(mut self, tally: &mut FieldTally) -> Result<Leftovers, ReadError> {
        self.settle()?;
        self.homeless.iter().for_each(|name| count(tally, name));
        Ok(self.kept)
    }

    fn settle(&mut self) -> Result<(), ReadError> {
        for (name, raw) in std::mem::take(&mut self.entries) {
            if raw.get() == "null" {
                continue;
            }
            if !values::is_hollow(raw) {
                self.homeless.push(join(&self.label, &name));
            }
            let written = values::as_written(raw, &self.path)?;
            self.kept.insert(name.into_owned(), written);
        }
        Ok(())
    }
}

/// Counts one occurrence of a field without a home.
pub fn count(tally: &mut FieldTally, name: &str) {
    match tally.get_mut(name) {
        Some(times) => *times += 1,
        None => drop(tally.insert(name.to_owned(), 1)),
    }
}

/// An object's pairs, repeated keys included.
struct Pairs<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor).map(Pairs)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some((Key(name), value)) = map.next_entry()? {
            pairs.push((name, value));
        }
        Ok(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(json: &str) -> Result<Fields<'_>, ReadError> {
        Fields::open(serde_json::from_str(json).expect("json"), "m".to_owned(), "")
    }

    #[test]
    fn what_is_not_taken_is_left_in_its_place_and_counted() {
        let mut record =
            open(r#"{"id": "a", "none": null, "cost": {"input": 1, "image": 2.50}, "seen": []}"#).expect("ok");
        assert_eq!(record.take_as("id", values::text).as_deref(), Some("a"));
        let mut cost = record.child("cost").expect("sound").expect("there");
        assert_eq!(cost.take("input").map(RawValue::get), Some("1"));
        cost.close(&mut record, "cost").expect("closed");

        let mut tally = FieldTally::new();
        let left = record.finish(&mut tally).expect("finished");
        assert_eq!(serde_json::to_string(&left).expect("json"), r#"{"cost":{"image":2.50},"seen":[]}"#);
        assert_eq!(tally.into_iter().collect::<Vec<_>>(), [("cost.image".to_owned(), 1), ("seen".to_owned(), 1)]);
    }

    #[test]
    fn a_key_that_stands_twice_is_told_by_its_path() {
        let error = open(r#"{"gpt": 1, "\u0067pt": 2}"#).expect_err("twice");
        assert_eq!(error.to_string(), "m.gpt: stands here twice; keep one of the two");
        assert!(open("[1]").is_err());
    }

    #[test]
    fn a_child_that_is_no_object_stays_and_is_counted() {
        let mut record = open(r#"{"cost": 5, "limit": [1], "pricing": {}}"#).expect("ok");
        for name in ["cost", "limit", "pricing", "none"] {
            assert!(record.child(name).expect("sound").is_none(), "{name}");
        }
        let mut tally = FieldTally::new();
        let left = record.finish(&mut tally).expect("finished");
        assert_eq!(serde_json::to_string(&left).expect("json"), r#"{"cost":5,"limit":[1],"pricing":{}}"#);
        assert_eq!(tally.keys().collect::<Vec<_>>(), ["cost", "limit"]);
    }

    #[test]
    fn lists_of_objects_keep_their_order() {
        let mut record = open(r#"{"tiers": [{"size": 1}, {"size": 2, "x": true}], "no": [1]}"#).expect("ok");
        assert!(record.children("no").expect("sound").is_none());
        let mut tiers = record.children("tiers").expect("sound").expect("objects");
        assert_eq!(tiers[1].path(), "m.tiers[1]");
        for tier in &mut tiers {
            tier.take("size");
        }
        Fields::close_children(tiers, &mut record, "tiers").expect("closed");
        let mut tally = FieldTally::new();
        assert_eq!(record.finish(&mut tally).expect("finished")["tiers"].as_str(), r#"[{},{"x":true}]"#);
        assert_eq!(tally.keys().collect::<Vec<_>>(), ["tiers.x", "no"]);
    }
}
