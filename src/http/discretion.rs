//! Errors that don't repeat secrets.

use async_graphql::{Response as GraphqlResponse, ServerError};

/// What is said instead of a message that may repeat a secret.
const DISCREET: &str =
    "the request doesn't fit the schema; what is wrong with it isn't repeated, since it may hold a secret";

/// Whether a document may hold a secret, or be meant to take one from a variable: it names what takes one.
pub fn may_hold_secret(document: &str) -> bool {
    let document = document.to_ascii_lowercase();
    ["supplierkey", "secret"].iter().any(|word| document.contains(word))
}

/// The response without messages that may repeat a secret, if the request may hold one. Those of Modelry's own have a code
/// and don't; those of the GraphQL engine quote what they can't take.
pub fn discreet(mut response: GraphqlResponse, secretive: bool) -> GraphqlResponse {
    let coded = |error: &ServerError| error.extensions.as_ref().is_some_and(|with| with.get("code").is_some());
    for error in response.errors.iter_mut().filter(|error| secretive && !coded(error)) {
        DISCREET.clone_into(&mut error.message);
    }
    response
}
