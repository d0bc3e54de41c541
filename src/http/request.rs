//! A GraphQL request as it comes over HTTP, and what is wrong with one that can't be taken.

use async_graphql::Variables;
use serde_json::{Map, Value};

use super::graphql::BAD_REQUEST;
use crate::limits::Refused;

/// Several requests came as one.
const BATCH_NOT_SUPPORTED: &str = "BATCH_NOT_SUPPORTED";

/// A request's parameters, of the right types.
#[derive(Debug)]
pub struct Parameters {
    /// The document; empty if it is only named.
    pub query: String,
    /// The id or hash of a document that the server knows.
    pub document: Option<String>,
    /// The hash that the client says the document has, in the way of Apollo's clients.
    pub hash: Option<String>,
    /// Why the document can't be executed, if that is known already.
    pub refused: Option<Refused>,
    /// Which of its operations to run.
    pub operation_name: Option<String>,
    /// Values of its variables.
    pub variables: Map<String, Value>,
}

impl Parameters {
    /// Reads a JSON body.
    ///
    /// # Errors
    /// A message that names the parameter.
    pub fn from_json(body: &[u8]) -> Result<Self, Refused> {
        let bad = |message| Refused { code: BAD_REQUEST, message };
        let body = serde_json::from_slice(body).map_err(|error| bad(format!("the body is not JSON: {error}")))?;
        match body {
            Value::Object(body) => Self::from_object(body).map_err(bad),
            Value::Array(_) => {
                let message = "requests may not be sent in batches; send each by itself".to_owned();
                Err(Refused { code: BATCH_NOT_SUPPORTED, message })
            }
            _ => Err(bad("the body must be a JSON object with the key \"query\"".to_owned())),
        }
    }

    /// Takes the parameters from a JSON object.
    ///
    /// # Errors
    /// A message that names the parameter.
    pub fn from_object(mut body: Map<String, Value>) -> Result<Self, String> {
        let mut take = |name: &str| body.remove(name).filter(|value| !value.is_null());
        let document = take("documentId");
        Self::new(take("query"), document, take("operationName"), take("variables"), take("extensions"))
    }

    /// Reads the query string of a GET request; `variables` and `extensions` are JSON texts there.
    ///
    /// # Errors
    /// A message that names the parameter.
    pub fn from_query_string(pairs: Vec<(String, String)>) -> Result<Self, String> {
        let mut pairs: std::collections::HashMap<String, String> = pairs.into_iter().collect();
        let mut json = |name: &str| match pairs.remove(name).filter(|text| !text.is_empty()) {
            None => Ok(None),
            Some(text) => serde_json::from_str::<Value>(&text)
                .map(|value| Some(value).filter(|value| !value.is_null()))
                .map_err(|error| format!("{name} is not JSON: {error}")),
        };
        let (variables, extensions) = (json("variables")?, json("extensions")?);
        let mut text = |name: &str| pairs.remove(name).map(Value::String);
        let document = text("documentId");
        Self::new(text("query"), document, text("operationName"), variables, extensions)
    }

    fn new(
        query: Option<Value>,
        document: Option<Value>,
        operation_name: Option<Value>,
        variables: Option<Value>,
        extensions: Option<Value>,
    ) -> Result<Self, String> {
        let extensions = object("extensions", extensions)?;
        let hash = persisted_hash(&extensions)?;
        let document = document_id(document)?.or_else(|| hash.clone());
        let query = match query {
            Some(Value::String(query)) if !query.is_empty() => query,
            None if document.is_some() => String::new(),
            None => return Err("\"query\" is missing".to_owned()),
            Some(_) => return Err("\"query\" must be a text that is not empty".to_owned()),
        };
        let operation_name = match operation_name {
            None => None,
            Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
            Some(_) => return Err("\"operationName\" must be a text".to_owned()),
        };
        let variables = object("variables", variables)?;
        Ok(Self { query, document, hash, refused: None, operation_name, variables })
    }

    /// The request for the schema.
    pub fn into_request(self) -> async_graphql::Request {
        let request =
            async_graphql::Request::new(self.query).variables(Variables::from_json(Value::Object(self.variables)));
        match self.operation_name {
            Some(name) => request.operation_name(name),
            None => request,
        }
    }
}

fn object(name: &str, value: Option<Value>) -> Result<Map<String, Value>, String> {
    match value {
        None => Ok(Map::new()),
        Some(Value::Object(map)) => Ok(map),
        Some(_) => Err(format!("\"{name}\" must be an object")),
    }
}

/// The id of a document.
fn document_id(id: Option<Value>) -> Result<Option<String>, String> {
    match id {
        None => Ok(None),
        Some(Value::String(id)) if !id.is_empty() => Ok(Some(id)),
        Some(_) => Err("\"documentId\" must be a text that is not empty".to_owned()),
    }
}

/// The hash of a document, as Apollo's clients send it.
fn persisted_hash(extensions: &Map<String, Value>) -> Result<Option<String>, String> {
    match extensions.get("persistedQuery").filter(|persisted| !persisted.is_null()) {
        None => Ok(None),
        Some(persisted) => match persisted.get("sha256Hash") {
            Some(Value::String(hash)) if !hash.is_empty() => Ok(Some(hash.clone())),
            _ => Err("\"persistedQuery.sha256Hash\" must be a text that is not empty".to_owned()),
        },
    }
}
