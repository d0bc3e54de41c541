//! Trusted documents: the only ones that are executed, where a file of them is named.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use data_encoding::HEXLOWER;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// The documents, by their ids, hashes and texts.
#[derive(Debug, Default)]
pub struct Documents(HashMap<Box<str>, Arc<str>>);

/// The file can't be used.
#[derive(Debug, Error)]
pub enum DocumentsError {
    /// It can't be read.
    #[error("the trusted documents in {} can't be read: {source}", .file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is neither of the formats.
    #[error("the trusted documents in {} can't be taken: {problem}", .file.display())]
    Form {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// One of its documents can't be executed.
    #[error("the trusted document \"{id}\" in {} can't be executed: {problem}", .file.display())]
    Invalid {
        /// The file.
        file: PathBuf,
        /// The document's id.
        id: String,
        /// What is wrong.
        problem: String,
    },
}

impl Documents {
    /// Reads a file: Apollo's manifest of persisted queries, or a JSON object of documents by id. `check` says what is
    /// wrong with a document.
    ///
    /// # Errors
    /// If the file or one of its documents can't be used.
    pub fn load(file: &Path, check: impl Fn(&str) -> Result<(), String>) -> Result<Self, DocumentsError> {
        let text =
            std::fs::read_to_string(file).map_err(|source| DocumentsError::Read { file: file.to_owned(), source })?;
        let entries = entries(&text).map_err(|problem| DocumentsError::Form { file: file.to_owned(), problem })?;
        let mut documents = HashMap::new();
        for (id, document) in entries {
            if let Err(problem) = check(&document) {
                return Err(DocumentsError::Invalid { file: file.to_owned(), id, problem });
            }
            let document: Arc<str> = document.into();
            for name in [id.as_str(), &hash(&document), &document] {
                documents.insert(name.into(), Arc::clone(&document));
            }
        }
        Ok(Self(documents))
    }

    /// The document with this id or hash, or with exactly this text.
    pub fn find(&self, name: &str) -> Option<&Arc<str>> {
        self.0.get(name)
    }
}

/// The SHA-256 hash, in hexadecimal, by which clients name a document.
pub fn hash(document: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(document.as_bytes()))
}

fn entries(text: &str) -> Result<Vec<(String, String)>, String> {
    let content: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
    let Value::Object(content) = content else { return Err("it must be a JSON object".to_owned()) };
    let entries = match content.get("format") {
        Some(Value::String(format)) if format == "apollo-persisted-query-manifest" => of_manifest(&content),
        _ => of_map(content),
    }?;
    if entries.is_empty() { Err("it has no documents".to_owned()) } else { Ok(entries) }
}

fn of_manifest(content: &Map<String, Value>) -> Result<Vec<(String, String)>, String> {
    if content.get("version") != Some(&Value::from(1)) {
        return Err("only version 1 of Apollo's manifest is known".to_owned());
    }
    let Some(Value::Array(operations)) = content.get("operations") else {
        return Err("\"operations\" must be a list".to_owned());
    };
    let read = |(number, operation): (usize, &Value)| {
        let text = |name: &str| {
            let found = operation.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
            found.map(str::to_owned).ok_or_else(|| format!("operation {}: \"{name}\" must be a text", number + 1))
        };
        Ok((text("id")?, text("body")?))
    };
    operations.iter().enumerate().map(read).collect()
}

fn of_map(content: Map<String, Value>) -> Result<Vec<(String, String)>, String> {
    let read = |(id, document)| match document {
        Value::String(document) if !document.is_empty() => Ok((id, document)),
        _ => Err(format!("\"{id}\": a document must be a text that is not empty")),
    };
    content.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(content: &str) -> Result<Documents, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("documents.json");
        std::fs::write(&file, content).expect("a file");
        let check = |document: &str| if document.contains('?') { Err("no document".to_owned()) } else { Ok(()) };
        Documents::load(&file, check).map_err(|error| error.to_string())
    }

    #[test]
    fn both_formats_are_read() {
        let documents = load(r#"{ "one": "{ a }", "two": "{ b }" }"#).expect("a map");
        assert_eq!(documents.find("two").map(|text| &**text), Some("{ b }"));
        assert_eq!(documents.find("{ a }").map(|text| &**text), Some("{ a }"));
        assert!(documents.find("{ c }").is_none());
        let manifest = r#"{ "format": "apollo-persisted-query-manifest", "version": 1,
            "operations": [{ "id": "one", "name": "A", "type": "query", "body": "query A { a }" }] }"#;
        let documents = load(manifest).expect("a manifest");
        assert!(documents.find("one").is_some());
        assert!(documents.find(&hash("query A { a }")).is_some());
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (content, problem) in [
            ("x", "not JSON"),
            ("[]", "must be a JSON object"),
            ("{}", "no documents"),
            (r#"{ "one": 1 }"#, "\"one\": a document must be a text"),
            (r#"{ "one": "{ a }", "two": "?" }"#, "the trusted document \"two\""),
            (r#"{ "format": "apollo-persisted-query-manifest", "version": 2 }"#, "version 1"),
            (
                r#"{ "format": "apollo-persisted-query-manifest", "version": 1, "operations": [{ "id": "x" }] }"#,
                "operation 1: \"body\"",
            ),
        ] {
            let error = load(content).expect_err(content);
            assert!(error.contains(problem) && error.contains("documents.json"), "{error}");
        }
        let error = Documents::load(Path::new("no/such/file"), |_| Ok(())).expect_err("no file").to_string();
        assert!(error.contains("no/such/file"), "{error}");
    }
}
