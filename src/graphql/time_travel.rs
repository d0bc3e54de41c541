//! `at`: the catalogue as it was.

use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};

use super::catalogue::Catalogue;
use super::error::{bad_input, fault};
use super::guard::ByPolicy;
use super::scope::scope;
use crate::domain::Timestamp;
use crate::store::Store;
use crate::store::history::last_moment;

/// The way into the past.
#[derive(Default)]
pub struct TimeTravel;

/// The way into the past.
#[Object(guard = "ByPolicy")]
impl TimeTravel {
    /// The catalogue as it was at a moment: every read answers what it would have answered then, and "today" is the
    /// moment's day in UTC. Ids that are given carry the moment. Empty before the catalogue's history begins.
    async fn at(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The moment, to the microsecond; what was changed at it counts. Not in the future.")]
        time: DateTime<Utc>,
    ) -> Result<Catalogue> {
        past(context, "time", Timestamp::new(time)).await.map(Catalogue::of)
    }
}

/// The database as it was at `moment`.
///
/// # Errors
/// `BAD_USER_INPUT` that names `argument` if the moment is in the future.
pub async fn past(context: &Context<'_>, argument: &str, moment: Timestamp) -> Result<Store> {
    let scope = scope(context)?;
    if moment > scope.now {
        // Change sets are told apart by their moments, which may therefore be ahead of the clock.
        let last = scope.store.counted().read(|conn| Box::pin(last_moment(conn))).await.map_err(fault(context))?;
        let present = last.map_or(scope.now, |last| last.max(scope.now));
        if moment > present {
            return Err(bad_input(format!(
                "{argument}: {} is in the future; the present moment is {}",
                moment.to_text(),
                present.to_text()
            )));
        }
    }
    Ok(scope.store.at(moment))
}
