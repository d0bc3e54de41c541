//! What the database's planner knows of the tables.

use diesel_async::SimpleAsyncConnection as _;

use super::backend::Link;
use super::{Store, StoreResult};

/// Of this schema's tables only: the database may hold others.
const ANALYZE: &str = "DO $$ DECLARE name TEXT; BEGIN \
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP \
    EXECUTE format('ANALYZE %I', name); END LOOP; END $$";

impl Store {
    /// Has PostgreSQL count anew what its tables hold: it plans by what it last knew, which after a large write is that
    /// they are small, and would learn better only minutes later by itself. SQLite's plans don't hang on numbers.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn analyze(&self) -> StoreResult<()> {
        self.read(|conn| {
            Box::pin(async move {
                match &mut conn.0 {
                    Link::Sqlite(_) => Ok(()),
                    Link::Shared(_) => Err(super::shared::not_alone()),
                    Link::Postgres(object) => Ok(object.connection.batch_execute(ANALYZE).await?),
                }
            })
        })
        .await
    }
}
