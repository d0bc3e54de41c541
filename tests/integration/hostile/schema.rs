//! The schema, as introspection tells it: what can be given where, and what to ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::support::TestApp;

/// Lists and inputs within inputs, down to here.
const DEEPEST: usize = 7;

/// The types of a schema.
pub struct Schema {
    types: BTreeMap<String, Value>,
}

/// A place in the arguments of a root field that takes a text, or what is written as one.
#[derive(Debug, Clone)]
pub struct Place {
    /// `query` or `mutation`.
    pub operation: &'static str,
    /// The root field.
    pub field: String,
    /// The argument.
    pub argument: String,
    /// From there, the names of fields.
    pub path: Vec<String>,
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The type without what wraps it.
fn named(of: &Value) -> &str {
    if of["ofType"].is_null() { text(of, "name") } else { named(&of["ofType"]) }
}

/// The type as it is written.
fn written(of: &Value) -> String {
    match text(of, "kind") {
        "NON_NULL" => format!("{}!", written(&of["ofType"])),
        "LIST" => format!("[{}]", written(&of["ofType"])),
        _ => text(of, "name").to_owned(),
    }
}

/// Whether something has to be given.
fn is_needed(value: &Value) -> bool {
    text(&value["type"], "kind") == "NON_NULL" && value["defaultValue"].is_null()
}

impl Schema {
    pub async fn of(app: &TestApp) -> Self {
        let data = app.query(include_str!("../http/introspection.graphql")).await;
        let types = list(&data["__schema"], "types").iter();
        Self { types: types.map(|each| (text(each, "name").to_owned(), each.clone())).collect() }
    }

    fn kind(&self, name: &str) -> &str {
        text(&self.types[name], "kind")
    }

    /// The root fields of a kind of operation.
    fn roots(&self, operation: &str) -> &[Value] {
        list(&self.types[if operation == "query" { "Query" } else { "Mutation" }], "fields")
    }

    fn root(&self, place: &Place) -> &Value {
        self.roots(place.operation).iter().find(|field| text(field, "name") == place.field).expect("a root field")
    }

    /// Every place that takes a text. A field of an input is tried once for each root field that leads to it.
    pub fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for operation in ["query", "mutation"] {
            for field in self.roots(operation) {
                let mut seen = BTreeSet::new();
                for argument in list(field, "args") {
                    let place = Place {
                        operation,
                        field: text(field, "name").to_owned(),
                        argument: text(argument, "name").to_owned(),
                        path: Vec::new(),
                    };
                    self.within(&argument["type"], place, &mut seen, &mut places);
                }
            }
        }
        places
    }

    fn within(&self, of: &Value, place: Place, seen: &mut BTreeSet<(String, String)>, places: &mut Vec<Place>) {
        let name = named(of);
        match self.kind(name) {
            "SCALAR" if !matches!(name, "Int" | "Float" | "Boolean") => {
                places.push(place);
            }
            "INPUT_OBJECT" if place.path.len() < DEEPEST => {
                for field in list(&self.types[name], "inputFields") {
                    let below = text(field, "name").to_owned();
                    if seen.insert((name.to_owned(), below.clone())) {
                        let path = [place.path.clone(), vec![below]].concat();
                        self.within(&field["type"], Place { path, ..place.clone() }, seen, places);
                    }
                }
            }
            _ => {}
        }
    }

    /// A document for the root field of a place, and variables with `payload` there and something plain wherever something
    /// has to be given.
    pub fn request(&self, place: &Place, payload: &Value) -> (String, Value) {
        let root = self.root(place);
        let (mut declared, mut passed, mut variables) = (String::new(), String::new(), Map::new());
        for argument in list(root, "args") {
            let name = text(argument, "name");
            let given = if name == place.argument {
                self.value(&argument["type"], Some((place.path.as_slice(), payload)))
            } else if is_needed(argument) {
                self.value(&argument["type"], None)
            } else {
                continue;
            };
            write!(declared, "${name}: {} ", written(&argument["type"])).expect("written");
            write!(passed, "{name}: ${name} ").expect("written");
            variables.insert(name.to_owned(), given);
        }
        let selection = self.selection(named(&root["type"]), 3);
        (
            format!("{}({declared}) {{ {}({passed}) {selection} }}", place.operation, place.field),
            Value::Object(variables),
        )
    }

    /// A value of a type, with a payload where the path leads to.
    fn value(&self, of: &Value, payload: Option<(&[String], &Value)>) -> Value {
        if text(of, "kind") == "NON_NULL" {
            return self.value(&of["ofType"], payload);
        }
        if text(of, "kind") == "LIST" {
            return json!([self.value(&of["ofType"], payload)]);
        }
        let name = text(of, "name");
        match self.kind(name) {
            "INPUT_OBJECT" => self.input(name, payload),
            "ENUM" => list(&self.types[name], "enumValues")[0]["name"].clone(),
            _ => payload.map_or_else(|| plain(name), |(_, payload)| payload.clone()),
        }
    }

    fn input(&self, name: &str, payload: Option<(&[String], &Value)>) -> Value {
        let fields = list(&self.types[name], "inputFields");
        let here = payload.and_then(|(path, payload)| Some((path.split_first()?, payload)));
        let is_one_of = self.types[name]["isOneOf"] == true;
        let mut object = Map::new();
        for field in fields {
            let key = text(field, "name");
            if let Some(((first, rest), payload)) = here.filter(|((first, _), _)| first.as_str() == key) {
                object.insert(first.clone(), self.value(&field["type"], Some((rest, payload))));
            } else if is_needed(field) {
                object.insert(key.to_owned(), self.value(&field["type"], None));
            }
        }
        if is_one_of && object.is_empty() {
            object.insert(text(&fields[0], "name").to_owned(), self.value(&fields[0]["type"], None));
        }
        Value::Object(object)
    }

    /// Fields of a type that need no arguments, so many levels down.
    fn selection(&self, name: &str, levels: usize) -> String {
        if levels == 0 || !matches!(self.kind(name), "OBJECT" | "INTERFACE" | "UNION") {
            return String::new();
        }
        let mut fields = vec!["__typename".to_owned()];
        for field in list(&self.types[name], "fields") {
            if list(field, "args").iter().any(is_needed) {
                continue;
            }
            let below = named(&field["type"]);
            let selection = self.selection(below, levels - 1);
            if !selection.is_empty() || matches!(self.kind(below), "SCALAR" | "ENUM") {
                fields.push(format!("{} {selection}", text(field, "name")));
            }
        }
        format!("{{ {} }}", fields.join(" "))
    }
}

/// Something plain for a scalar.
fn plain(scalar: &str) -> Value {
    match scalar {
        "Int" => json!(1),
        "Float" => json!(1.5),
        "Boolean" => json!(true),
        "ID" => json!("Model:1"),
        "Date" | "PartialDate" => json!("2026-01-01"),
        "DateTime" => json!("2026-06-01T00:00:00Z"),
        "Decimal" => json!("1.5"),
        _ => json!("x"),
    }
}
