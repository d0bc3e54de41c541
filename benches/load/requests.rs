//! The five requests, to Modelry and to the floors.

use serde_json::{Value, json};

/// Models whose ids the requests for one of them go through.
const MODELS: usize = 1_000;
/// What stands where a write's number comes, so that no description is written twice.
const NUMBER: &str = "0000000000";

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Request {
    Point,
    List,
    Tree,
    Search,
    Write,
}

impl Request {
    pub const ALL: [Self; 5] = [Self::Point, Self::List, Self::Tree, Self::Search, Self::Write];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::List => "list",
            Self::Tree => "tree",
            Self::Search => "search",
            Self::Write => "write",
        }
    }

    /// What it asks for, in words.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Point => "one model by id, with supplier, parameters, capabilities and categories; 1,000 ids in turn",
            Self::List => "the first 50 active language models by name, with the same four relations",
            Self::Tree => "the tree of 300 categories, six deep",
            Self::Search => "active models that hold a text and have a capability: how many, and the first 20",
            Self::Write => "a new description for a model, read back in the same answer; 1,000 ids in turn",
        }
    }

    const fn document(self) -> &'static str {
        match self {
            Self::Point => {
                "query($id: ID!) { node(id: $id) { ... on Model { id name supplier { name } parameters { name value } \
                 capabilities { support capability { name } } categories { path } } } }"
            }
            Self::List => {
                "{ models(first: 50, where: { modelType: { eq: LANGUAGE }, isActive: { eq: true } }) { nodes { id name \
                 supplier { name } parameters { name value } capabilities { support capability { name } } \
                 categories { path } } } }"
            }
            Self::Tree => {
                "{ categoryTree { name children { name children { name children { name children { name \
                 children { name } } } } } } }"
            }
            Self::Search => {
                "{ models(first: 20, where: { search: \"del-01\", isActive: { eq: true }, \
                 capabilities: { allOf: [\"capability_03\"] } }) { totalCount nodes { id name } } }"
            }
            Self::Write => {
                "mutation($id: ID!, $text: String) { updateModel(input: { id: $id, description: $text }) \
                 { model { id name description } userErrors { message } } }"
            }
        }
    }

    fn variables(self, model: i64) -> Value {
        match self {
            Self::Point => json!({ "id": format!("Model:{model}") }),
            Self::Write => json!({ "id": format!("Model:{model}"), "text": description() }),
            Self::List | Self::Tree | Self::Search => json!({}),
        }
    }

    /// Whether it is about one model, which its variables name.
    const fn is_about_one(self) -> bool {
        matches!(self, Self::Point | Self::Write)
    }

    /// What each answer has to hold, Modelry's and that of SQL by hand: one about nothing would be given fast.
    pub const fn mark(self) -> &'static [u8] {
        match self {
            Self::Point | Self::List => b"\"parameters\":[{",
            Self::Tree => b"\"children\":[{",
            Self::Search => b"\"name\":\"model-01",
            Self::Write => b"\"userErrors\":[]",
        }
    }

    /// The bytes that ask Modelry.
    pub fn to_modelry(self, address: &str, token: &str) -> Prepared {
        let authorization = format!("authorization: Bearer {token}\r\n");
        Prepared::of(self, |model| {
            let body = json!({ "query": self.document(), "variables": self.variables(model) }).to_string();
            post(address, "/graphql", &authorization, &body)
        })
    }

    /// The bytes that ask a floor, which has an address for each.
    pub fn to_floor(self, address: &str) -> Prepared {
        Prepared::of(self, |model| {
            let path =
                if self.is_about_one() { format!("/{}/{model}", self.name()) } else { format!("/{}", self.name()) };
            let body = if self == Self::Write { description() } else { String::new() };
            post(address, &path, "", &body)
        })
    }
}

fn description() -> String {
    format!("Described by the benchmark for the {NUMBER}th time.")
}

fn post(address: &str, path: &str, authorization: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\n{authorization}content-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// The bytes of a request, for each of the models that it is about in turn.
pub struct Prepared {
    turns: Vec<Turn>,
}

struct Turn {
    bytes: Vec<u8>,
    /// Where its number stands.
    number: Option<usize>,
}

impl Prepared {
    fn of(request: Request, bytes: impl Fn(i64) -> Vec<u8>) -> Self {
        let turn = |model: usize| {
            // Spread over the whole catalogue.
            let bytes = bytes(1 + model as i64 * 17);
            let number = bytes.windows(NUMBER.len()).position(|window| window == NUMBER.as_bytes());
            Turn { bytes, number }
        };
        let turns = if request.is_about_one() { MODELS } else { 1 };
        Self { turns: (0..turns).map(turn).collect() }
    }

    /// Makes `out` the request for this turn; `number` makes a write differ from all before it.
    pub fn write(&self, turn: usize, number: usize, out: &mut Vec<u8>) {
        let turn = &self.turns[turn % self.turns.len()];
        out.clear();
        out.extend_from_slice(&turn.bytes);
        if let Some(at) = turn.number {
            out[at..at + NUMBER.len()].copy_from_slice(format!("{number:010}").as_bytes());
        }
    }
}
