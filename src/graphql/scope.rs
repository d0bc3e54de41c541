//! What a request carries to its resolvers.

use async_graphql::{Context, Result};
use chrono::NaiveDate;

use crate::domain::ChangeChannel;
use crate::domain::Timestamp;
use crate::registry::Editor;
use crate::store::{Author, Store};

/// One request: its handle on the database, its moment and its id.
pub struct RequestScope {
    /// The database, counting this request's statements.
    pub store: Store,
    /// When the request came in; "today" in what it asks is this moment's day in UTC.
    pub now: Timestamp,
    /// Names the request in the log and in masked errors.
    pub request_id: String,
}

impl RequestScope {
    /// The request's day, in UTC.
    pub fn today(&self) -> NaiveDate {
        self.now.day()
    }
}

/// The day as of which `context` reads what changes with the calendar: prices, and stages of life. Every such reading asks
/// here.
///
/// # Errors
/// Those of [`scope`].
pub fn day(context: &Context<'_>) -> Result<NaiveDate> {
    Ok(scope(context)?.today())
}

/// The scope of the request that `context` belongs to.
///
/// # Errors
/// If the schema is executed without one, which is a fault of the server's.
pub fn scope<'a>(context: &Context<'a>) -> Result<&'a RequestScope> {
    context.data::<RequestScope>()
}

/// Who writes when nobody says who they are.
const ANONYMOUS: &str = "anonymous";

/// Writes on behalf of the request, for the mutation under way.
///
/// # Errors
/// As [`scope`].
pub fn editor(context: &Context<'_>, reason: Option<&str>) -> Result<Editor> {
    let scope = scope(context)?;
    let author = Author::new(ANONYMOUS, ChangeChannel::Graphql, context.field().name(), scope.now);
    let author = Author { reason: reason.map(str::to_owned), request: Some(scope.request_id.clone()), ..author };
    Ok(Editor::new(scope.store.clone(), author))
}
