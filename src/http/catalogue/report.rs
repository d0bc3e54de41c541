//! The lines that an import answers with, each a JSON object.

use async_graphql::ID;
use axum::body::Bytes;
use serde::Serialize;

use crate::graphql::{BAD_USER_INPUT, INTERNAL, UNAVAILABLE, change_set_id, fault_of};
use crate::registry::transfer::apply::{ImportError, Report};
use crate::registry::transfer::error::ReadError;
use crate::registry::transfer::progress::Progress;

/// The file can't be read, or a record of it can't be taken.
const BAD_FILE: &str = "BAD_FILE";

/// Somebody else changed the same rows meanwhile.
const CONFLICT: &str = "CONFLICT";

#[derive(Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
enum Line<'a> {
    Progress { progress: Progress },
    Report { report: &'a Report, change_set_id: Option<ID> },
    Error { error: Wrong },
}

/// Why nothing was imported, and where in the file.
#[derive(Serialize, Default)]
struct Wrong {
    code: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

impl Wrong {
    fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), ..Self::default() }
    }

    fn of(error: ImportError, request_id: &str) -> Self {
        match error {
            ImportError::File(ReadError::Syntax { line, column, message }) => {
                Self { line: Some(line), column: Some(column), ..Self::new(BAD_FILE, message) }
            }
            ImportError::File(ReadError::Record { path, message }) => {
                Self { path: Some(path), ..Self::new(BAD_FILE, message) }
            }
            ImportError::File(ReadError::Format { .. } | ReadError::Changed) => Self::new(BAD_FILE, error.to_string()),
            ImportError::Reason(_) => Self::new(BAD_USER_INPUT, error.to_string()),
            ImportError::Conflict(_) | ImportError::NotEmpty | ImportError::Abandoned => {
                Self::new(CONFLICT, error.to_string())
            }
            ImportError::File(ReadError::Unreadable(error)) => {
                tracing::error!(request.id = %request_id, %error, "a file that was sent can't be read again");
                Self::new(UNAVAILABLE, "the file can't be read again where it was kept; send it once more")
            }
            ImportError::Store(error) => {
                let error = fault_of(request_id.to_owned())(error);
                let code = error.extensions.as_ref().and_then(|extensions| match extensions.get("code") {
                    Some(async_graphql::Value::String(code)) => Some(code.clone()),
                    _ => None,
                });
                Self::new(code.as_deref().unwrap_or(INTERNAL), error.message)
            }
        }
    }
}

/// How far it is.
pub fn progress(progress: Progress) -> Bytes {
    written(&Line::Progress { progress })
}

/// What came of it, which is told to the log as well.
pub fn last(done: Result<Report, ImportError>, request_id: &str) -> Bytes {
    match done {
        Ok(report) => {
            let (source, changes, change_set) = (&report.source, report.changes(), report.change_set);
            let what = if report.dry_run { "a catalogue was compared" } else { "a catalogue was imported" };
            tracing::info!(source, changes, change_set, "{what}");
            written(&Line::Report { report: &report, change_set_id: change_set.map(change_set_id) })
        }
        Err(error) => {
            let error = Wrong::of(error, request_id);
            tracing::info!(code = error.code, "a catalogue was not imported");
            written(&Line::Error { error })
        }
    }
}

fn written(line: &Line<'_>) -> Bytes {
    // What is in a line can be written.
    let mut text = serde_json::to_string(line).unwrap_or_default();
    text.push('\n');
    text.into()
}
