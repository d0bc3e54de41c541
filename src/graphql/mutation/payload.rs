//! What mutations answer: the object as it is now, or what was wrong.

use async_graphql::{Context, Result, SimpleObject};

use super::super::error::fault;
use super::super::scope::scope;
use crate::loader::{Batch, Item, Linked};
use crate::registry::{UserErrorCode, WriteError, WriteResult};

/// Something wrong with an input.
#[derive(SimpleObject)]
pub struct UserError {
    /// Where it is: names of the input's fields and positions in its lists, such as `["parameters", "2", "value"]`.
    field: Vec<String>,
    /// What kind of mistake it is.
    code: UserErrorCode,
    /// What is wrong, and what would be right, in English.
    message: String,
}

/// What a mutation answers.
pub trait Payload {
    /// The table that it changes.
    type Entity: Linked;
    /// The object that it answers with.
    type Object: From<Item<Self::Entity>>;

    /// The answer.
    fn new(object: Option<Self::Object>, user_errors: Vec<UserError>) -> Self;
}

/// Defines answers of mutations.
macro_rules! payloads {
    ($field:ident: $object:ty, over $entity:ty, $($payload:ident),+ $(,)?) => { $(
        /// What came of it.
        #[derive(async_graphql::SimpleObject)]
        pub struct $payload {
            /// The object as it is now; null if something was wrong.
            $field: Option<$object>,
            /// All that was wrong with the input; empty if the change was made.
            user_errors: Vec<$crate::graphql::mutation::payload::UserError>,
        }

        impl $crate::graphql::mutation::payload::Payload for $payload {
            type Entity = $entity;
            type Object = $object;

            fn new(
                $field: Option<$object>,
                user_errors: Vec<$crate::graphql::mutation::payload::UserError>,
            ) -> Self {
                Self { $field, user_errors }
            }
        }
    )+ };
}
pub(super) use payloads;

/// Makes the answer from what came of a write.
pub async fn answer<P: Payload>(
    context: &Context<'_>,
    written: WriteResult<<P::Entity as crate::store::Entity>::Row>,
) -> Result<P> {
    let (row, user_errors) = outcome(context, written)?;
    let object = match row {
        Some(row) => Some(Batch::<P::Entity>::single(&scope(context)?.store, row).into()),
        None => None,
    };
    Ok(P::new(object, user_errors))
}

/// What came of a write, and what was wrong with its input.
///
/// # Errors
/// If the database failed.
pub fn outcome<T>(context: &Context<'_>, written: WriteResult<T>) -> Result<(Option<T>, Vec<UserError>)> {
    match written {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(WriteError::UserErrors(errors)) => {
            let shown = errors.into_iter().map(|error| UserError {
                field: error.field,
                code: error.code,
                message: error.message,
            });
            Ok((None, shown.collect()))
        }
        Err(WriteError::Store(error)) => Err(fault(context)(error)),
    }
}
