//! Top-level errors: what no field can carry. Codes are the constants here, in `extensions.code`.

use async_graphql::{Context, Error, ErrorExtensions};

use super::scope::RequestScope;
use crate::secrets::SecretsError;
use crate::store::StoreError;

/// An argument that can't be taken.
pub const BAD_USER_INPUT: &str = "BAD_USER_INPUT";
/// Nobody knows who asks: without a token where one is needed, or with one that is not good.
pub const UNAUTHENTICATED: &str = "UNAUTHENTICATED";
/// Who asks may not do that.
pub const FORBIDDEN: &str = "FORBIDDEN";
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

/// Who asks has to say who they are.
pub fn unauthenticated(message: impl Into<String>) -> Error {
    with_code(message, UNAUTHENTICATED)
}

/// Who asks may not do that.
pub fn forbidden(message: impl Into<String>) -> Error {
    with_code(message, FORBIDDEN)
}

/// Turns a failure at the database into what a client may see, and logs the rest.
pub fn fault(context: &Context<'_>) -> impl Fn(StoreError) -> Error {
    fault_of(context.data::<RequestScope>().map(|scope| scope.request_id.clone()).unwrap_or_default())
}

/// Turns a failure to seal or open a secret into what a client may see, and logs the rest.
pub fn secrets_fault(context: &Context<'_>, error: &SecretsError) -> Error {
    let request_id = context.data::<RequestScope>().map(|scope| scope.request_id.clone()).unwrap_or_default();
    tracing::error!(request.id = %request_id, %error, "a request failed at a secret");
    let answer = if error.is_passing() {
        with_code("the master key can't be used at the moment; try again", UNAVAILABLE)
    } else {
        with_code("the server failed; its log has the details under this request's id", INTERNAL)
    };
    answer.extend_with(|_, extensions| extensions.set("requestId", request_id.as_str()))
}

/// As [`fault`], for the request with this id.
pub fn fault_of(request_id: String) -> impl Fn(StoreError) -> Error {
    move |error| {
        if let StoreError::Replica(_) = error {
            // The request is then sent to the primary.
            tracing::debug!(request.id = %request_id, %error, "a request failed at a replica");
        } else {
            tracing::error!(request.id = %request_id, error = %error, "a request failed at the database");
        }
        let error = match error {
            StoreError::Unreachable(_) | StoreError::Replica(_) => {
                with_code("the database can't be reached at the moment; try again", UNAVAILABLE)
            }
            StoreError::Full(_) => {
                with_code("the database has no room for writes at the moment; what is there can be read", UNAVAILABLE)
            }
            StoreError::Failing(_) => {
                with_code("the database can't be used at the moment: its disk is full or failing", UNAVAILABLE)
            }
            StoreError::Duplicate(_) | StoreError::Unsupported(_) | StoreError::Statement(_) => {
                return masked(&request_id);
            }
        };
        error.extend_with(|_, extensions| extensions.set("requestId", request_id.as_str()))
    }
}

/// Logs what can't be the client's doing, and masks it.
pub fn internal<E: std::fmt::Display>(context: &Context<'_>) -> impl Fn(E) -> Error {
    let request_id = context.data::<RequestScope>().map(|scope| scope.request_id.clone()).unwrap_or_default();
    move |error| {
        tracing::error!(request.id = %request_id, error = %error, "a request failed");
        masked(&request_id)
    }
}

/// A fault of which a client is told nothing but where to look for it.
fn masked(request_id: &str) -> Error {
    let error = with_code("the server failed; its log has the details under this request's id", INTERNAL);
    error.extend_with(|_, extensions| extensions.set("requestId", request_id))
}
