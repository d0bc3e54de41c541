//! The table `master_keys`: names of the master keys that secrets are sealed with.

use super::entity::entity;
use super::read::load;
use super::sql::Sql;
use super::{Conn, StoreResult};

entity! {
    /// A master key, by its name; the key itself is nowhere in the database.
    MasterKey: master_keys => MasterKeyRow { MasterKeyFields }
    {
        /// Its name.
        name: String,
    }
}

/// The name of the master key that secrets are sealed with; `None` before the first was.
///
/// # Errors
/// If the database fails.
pub async fn current(conn: &mut Conn) -> StoreResult<Option<String>> {
    let newest = Sql::new("SELECT name FROM master_keys WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 1");
    Ok(load(conn, newest).await?.pop())
}
