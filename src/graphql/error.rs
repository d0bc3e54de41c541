//! Top-level errors: what no field can carry. Codes are the constants here, in `extensions.code`.

use async_graphql::{Context, Error, ErrorExtensions};

use super::scope::RequestScope;
use crate::store::StoreError;

/// An argument that can't be taken.
pub const BAD_USER_INPUT: &str = "BAD_USER_INPUT";
/// A cursor of the feed of changes that it can't be read on from: the client has to start anew from a full read.
pub const FEED_RESYNC: &str = "FEED_RESYNC";
/// The database can't be reached at the moment, or has no room for what was to be written.
pub const UNAVAILABLE: &str = "UNAVAILABLE";
/// A fault of the server's; the log has its details under the request's id.
pub const INTERNAL: &str = "INTERNAL";

fn with_code(message: impl Into<String>, code: &'static str) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

/// An argument that can't be taken, by its name and what would be right.
pub fn bad_input(message: impl Into<String>) -> Error {
    with_code(message, BAD_USER_INPUT)
}

/// Turns a failure at the database into what a client may see, and logs the rest.
pub fn fault(context: &Context<'_>) -> impl Fn(StoreError) -> Error {
    fault_of(context.data::<RequestScope>().map(|scope| scope.request_id.clone()).unwrap_or_default())
}

/// As [`fault`], for the request with this id.
pub fn fault_of(request_id: String) -> impl Fn(StoreError) -> Error {
    move |error| {
        tracing::error!(request.id = %request_id, error = %error, "a request failed at the database");
        let error = match error {
            StoreError::Unreachable(_) => {
                with_code("the database can't be reached at the moment; try again", UNAVAILABLE)
            }
            StoreError::Full(_) => {
                with_code("the database has no room for writes at the moment; what is there can be read", UNAVAILABLE)
            }
            StoreError::Duplicate(_) | StoreError::Unsupported(_) | StoreError::Statement(_) => {
                with_code("the server failed; its log has the details under this request's id", INTERNAL)
            }
        };
        error.extend_with(|_, extensions| extensions.set("requestId", request_id.as_str()))
    }
}
