//! How many prepared statements a connection keeps.
//!
//! Diesel keeps each statement that it prepares for as long as its connection lives. Clients choose the shapes of filters, of
//! which there are more than a database can keep, so a connection that has too many forgets them all, and begins anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::CacheSize;
use diesel_async::AsyncConnection;

/// Most statements that a connection keeps when it is lent: all of Modelry's own, and as many shapes of filters again.
const MOST: usize = 400;

/// The statements that a connection has prepared since it forgot them last. Clones count together.
#[derive(Debug, Clone, Default)]
pub(super) struct Prepared(Arc<AtomicUsize>);

impl Prepared {
    /// Counts one more.
    pub(super) fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// Forgets the connection's statements, if it has too many, and says so.
    pub(super) fn bound<C: AsyncConnection>(&self, connection: &mut C) -> bool {
        let has_too_many = self.0.load(Ordering::Relaxed) > MOST;
        if has_too_many {
            // To keep none drops those that it has.
            connection.set_prepared_statement_cache_size(CacheSize::Disabled);
            connection.set_prepared_statement_cache_size(CacheSize::Unbounded);
            self.0.store(0, Ordering::Relaxed);
        }
        has_too_many
    }
}
