//! What the database's planner knows of the tables, and of what is visible in them.

use diesel_async::SimpleAsyncConnection as _;

use super::backend::Link;
use super::{Store, StoreResult};

/// Of this schema's tables only: the database may hold others.
const ANALYZE: &str = "DO $$ DECLARE name TEXT; BEGIN \
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP \
    EXECUTE format('ANALYZE %I', name); END LOOP; END $$";

/// Of those that are counted and filtered by indexes alone, which takes that their pages are known to hold nothing that anybody
/// may not see yet. The server finds that out by itself only minutes later.
const VACUUM: &str =
    "VACUUM (ANALYZE) models, model_search, model_capability_associations, model_category_associations";

/// Where commits don't wait for the disk, these do, and so for all before them: what isn't there yet is visible to nobody for
/// sure, and `VACUUM` would find nothing.
const WAIT: &str = "SET synchronous_commit = on";
const WAIT_AS_BEFORE: &str = "RESET synchronous_commit";

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
                    Link::Postgres(object) => {
                        for command in [WAIT, ANALYZE, VACUUM, WAIT_AS_BEFORE] {
                            object.connection.batch_execute(command).await?;
                        }
                        Ok(())
                    }
                }
            })
        })
        .await
    }
}
