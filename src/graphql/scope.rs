//! What a request carries to its resolvers.

use std::sync::Arc;

use async_graphql::{Context, Result};
use chrono::NaiveDate;

use super::error::unauthenticated;
use crate::auth::{Access, Principal};
use crate::domain::ChangeChannel;
use crate::domain::Timestamp;
use crate::registry::Editor;
use crate::secrets::Keyring;
use crate::store::{Author, Store};

/// One request: its handle on the database, its moment, its id, and who asks.
pub struct RequestScope {
    /// The database, counting this request's statements.
    pub store: Store,
    /// When the request came in; "today" in what it asks is this moment's day in UTC.
    pub now: Timestamp,
    /// Names the request in the log and in masked errors.
    pub request_id: String,
    /// Who asks.
    pub principal: Arc<Principal>,
    /// Who may come in: told of those who may not do what they try, and of rights that change.
    pub access: Access,
    /// The master keys that secrets are sealed with.
    pub keyring: Keyring,
}

impl RequestScope {
    /// The request's day, in UTC.
    pub fn today(&self) -> NaiveDate {
        self.now.day()
    }
}

/// What reads are as of: the present, or a moment of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The moment; `None` for the present.
    pub moment: Option<Timestamp>,
    /// The day that "today" is, in UTC.
    pub today: NaiveDate,
}

impl RequestScope {
    /// What reads through `store` are as of: the one place that says which day "today" is.
    pub fn as_of(&self, store: &Store) -> AsOf {
        let moment = store.moment();
        AsOf { moment, today: moment.map_or_else(|| self.today(), |moment| moment.to_utc().date_naive()) }
    }
}

/// The day as of which what changes with the calendar is read through `store`: prices, and stages of life.
///
/// # Errors
/// Those of [`scope`].
pub fn day(context: &Context<'_>, store: &Store) -> Result<NaiveDate> {
    Ok(scope(context)?.as_of(store).today)
}

/// The scope of the request that `context` belongs to.
///
/// # Errors
/// If the schema is executed without one, which is a fault of the server's.
pub fn scope<'a>(context: &Context<'a>) -> Result<&'a RequestScope> {
    context.data::<RequestScope>()
}

/// Writes on behalf of the request, for the mutation under way.
///
/// # Errors
/// As [`scope`]; if nobody knows who asks.
pub fn editor(context: &Context<'_>, reason: Option<&str>) -> Result<Editor> {
    let author = Author { reason: reason.map(str::to_owned), ..author(context)? };
    Ok(Editor::new(scope(context)?.store.clone(), author))
}

/// Who does what the mutation under way does.
///
/// # Errors
/// As [`editor`]: what is written has an author, whatever the table of rights may say one day.
pub fn author(context: &Context<'_>) -> Result<Author> {
    let scope = scope(context)?;
    if scope.principal.is_anonymous() {
        return Err(unauthenticated("nobody writes without saying who they are"));
    }
    let author = Author::new(&scope.principal.name, ChangeChannel::Graphql, context.field().name(), scope.now);
    Ok(Author { request: Some(scope.request_id.clone()), ..author })
}
