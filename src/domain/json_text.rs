//! JSON kept as it was written, numbers to the last digit.

use diesel::deserialize::FromSqlRow;
use diesel::deserialize::{self, FromSql};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sqlite::Sqlite;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// `json` (not `jsonb`, which would reorder keys) on PostgreSQL, text on SQLite.
#[derive(Debug, Clone, Copy, Default, diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(oid = 114, array_oid = 199), sqlite_type(name = "Text"))]
pub struct JsonSql;

/// A JSON document, as text without white space between its tokens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = JsonSql)]
pub struct JsonText(String);

impl JsonText {
    /// Takes a document's text, dropping white space between tokens; numbers keep their spelling.
    ///
    /// # Errors
    /// If `text` is not JSON.
    pub fn parse(text: &str) -> serde_json::Result<Self> {
        let raw: Box<RawValue> = serde_json::from_str(text)?;
        Ok(Self(compact(raw.get())))
    }

    /// The document of a serializable value.
    ///
    /// # Errors
    /// If the value has no JSON form, such as a map with keys that are not texts.
    pub fn from_value<T: Serialize>(value: &T) -> serde_json::Result<Self> {
        serde_json::to_string(value).map(|text| Self(compact(&text)))
    }

    /// The document's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The document as a value; a part that has none here, such as `1e400`, by its text.
    pub fn to_value(&self) -> Value {
        readable(&self.0)
    }

    /// Reads the document into a type of one's own.
    ///
    /// # Errors
    /// If the document has another shape.
    pub fn read<'a, T: Deserialize<'a>>(&'a self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }
}

/// The value of a document of which a part has no value here, such as `1e400` or half a surrogate pair: such a part is
/// given by its text, and all the others as they are.
fn readable(json: &str) -> Value {
    if let Ok(value) = serde_json::from_str(json) {
        return value;
    }
    if let Ok(members) = serde_json::from_str::<IndexMap<String, &RawValue>>(json) {
        return members.into_iter().map(|(name, member)| (name, readable(member.get()))).collect();
    }
    if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(json) {
        return items.into_iter().map(|item| readable(item.get())).collect();
    }
    Value::String(json.to_owned())
}

/// Drops white space outside strings from well-formed JSON.
fn compact(json: &str) -> String {
    let mut kept = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    for character in json.chars() {
        if in_string || !character.is_ascii_whitespace() {
            kept.push(character);
        }
        match character {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            _ => {}
        }
    }
    kept
}

impl Serialize for JsonText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for JsonText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Ok(Self(compact(raw.get())))
    }
}

impl ToSql<JsonSql, Pg> for JsonText {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<diesel::sql_types::Text, Pg>::to_sql(self.0.as_str(), out)
    }
}

impl FromSql<JsonSql, Pg> for JsonText {
    fn from_sql(bytes: <Pg as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <String as FromSql<diesel::sql_types::Text, Pg>>::from_sql(bytes).map(Self)
    }
}

impl ToSql<JsonSql, Sqlite> for JsonText {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_str());
        Ok(IsNull::No)
    }
}

impl FromSql<JsonSql, Sqlite> for JsonText {
    fn from_sql(bytes: <Sqlite as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <String as FromSql<diesel::sql_types::Text, Sqlite>>::from_sql(bytes).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keys_and_inner_spaces_stay_as_written() {
        let text = r#" { "b" : 5.0e-07 , "a" : [ 1 , "x \" y" ] } "#;
        assert_eq!(JsonText::parse(text).expect("json").as_str(), r#"{"b":5.0e-07,"a":[1,"x \" y"]}"#);
        assert!(JsonText::parse("{").is_err());
    }

    #[test]
    fn a_part_without_a_value_hides_no_other() {
        let text = JsonText::parse(r#"{"a":1,"b":{"huge":1e400,"half":"\ud800"},"c":["x",-1e999]}"#).expect("JSON");
        let expected =
            serde_json::json!({ "a": 1, "b": { "huge": "1e400", "half": r#""\ud800""# }, "c": ["x", "-1e999"] });
        assert_eq!(text.to_value(), expected);
    }
}
