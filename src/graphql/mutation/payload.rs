//! What mutations answer: the object as it is now, or what was wrong.

use async_graphql::{Context, Result, SimpleObject};

use super::super::change_set::ChangeSet;
use super::super::error::{fault, secrets_fault};
use super::super::scope::scope;
use crate::domain::Timestamp;
use crate::loader::{Batch, ChangeSetItem, Item, Linked};
use crate::registry::{Editor, UserErrorCode, WriteError, WriteResult};
use crate::store::change_set::made_at;

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

    /// The answer; `written` is the moment of the change set, if anything was changed.
    fn new(object: Option<Self::Object>, user_errors: Vec<UserError>, written: Option<Timestamp>) -> Self;
}

/// Defines answers of mutations.
macro_rules! payloads {
    ($field:ident: $object:ty, over $entity:ty, $($payload:ident),+ $(,)?) => { $(
        /// What came of it.
        #[derive(async_graphql::SimpleObject)]
        #[graphql(complex)]
        pub struct $payload {
            /// The object as it is now; null if something was wrong.
            $field: Option<$object>,
            /// All that was wrong with the input; empty if the change was made.
            user_errors: Vec<$crate::graphql::mutation::payload::UserError>,
            #[graphql(skip)]
            written: Option<$crate::domain::Timestamp>,
        }

        /// What came of it.
        #[async_graphql::ComplexObject]
        impl $payload {
            /// The change set that this made; null if nothing was changed.
            async fn change_set(
                &self,
                context: &async_graphql::Context<'_>,
            ) -> async_graphql::Result<Option<$crate::graphql::change_set::ChangeSet>> {
                $crate::graphql::mutation::payload::change_set(context, self.written).await
            }
        }

        impl $crate::graphql::mutation::payload::Payload for $payload {
            type Entity = $entity;
            type Object = $object;

            fn new(
                $field: Option<$object>,
                user_errors: Vec<$crate::graphql::mutation::payload::UserError>,
                written: Option<$crate::domain::Timestamp>,
            ) -> Self {
                Self { $field, user_errors, written }
            }
        }
    )+ };
}
pub(super) use payloads;

/// The change set that the request made at this moment; `None` if it changed nothing then. Moments are not given twice,
/// but to who comes after a write that changed nothing: hence the request.
///
/// # Errors
/// If the database fails.
pub async fn change_set(context: &Context<'_>, written: Option<Timestamp>) -> Result<Option<ChangeSet>> {
    let Some(moment) = written else { return Ok(None) };
    let scope = scope(context)?;
    let request = scope.request_id.clone();
    let find = scope.store.read(move |conn| Box::pin(made_at(conn, moment, request)));
    let found = find.await.map_err(fault(context))?;
    Ok(ChangeSetItem::items(&scope.store, found).pop().map(ChangeSet))
}

/// Makes the answer from what came of a write.
pub async fn answer<P: Payload>(
    context: &Context<'_>,
    editor: &Editor,
    written: WriteResult<<P::Entity as crate::store::Entity>::Row>,
) -> Result<P> {
    let (row, user_errors) = outcome(context, written)?;
    let written = row.is_some().then(|| editor.moment()).flatten();
    let object = match row {
        Some(row) => Some(Batch::<P::Entity>::single(&scope(context)?.store, row).into()),
        None => None,
    };
    Ok(P::new(object, user_errors, written))
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
        // Told by the one mutation that meets them.
        Err(WriteError::Conflicts(_)) => Ok((None, Vec::new())),
        Err(WriteError::Store(error)) => Err(fault(context)(error)),
        Err(WriteError::Secrets(error)) => Err(secrets_fault(context, &error)),
    }
}
