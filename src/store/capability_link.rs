//! The table `model_capability_associations`.

use super::capability::CapabilityRow;
use super::entity::entity;
use super::narrow::{Narrow, Rows, in_order};
use super::read::gather;
use super::schema::{capabilities, model_capability_associations};
use super::sql::Sql;
use super::{Conn, Joined, StoreResult};
use crate::domain::{JsonText, Support};

entity! {
    /// Which model can, or is known not to do, what.
    CapabilityLink: model_capability_associations => CapabilityLinkRow { CapabilityLinkFields }
    {
        /// The model.
        model_id: i64,
        /// The capability.
        capability_id: i64,
        /// Plain configuration.
        config: Option<String>,
        /// Structured configuration; never beside a plain one.
        config_json: Option<JsonText>,
        /// Whether this configuration is the default one.
        is_default: bool,
        /// There, or known not to be there.
        support: Support,
        /// Which import brought it; `None` if made by hand.
        source: Option<String>,
    }
}

/// Live associations of live capabilities with these models, with these capabilities, by the capability's name.
///
/// # Errors
/// If the database fails.
pub async fn with_capabilities(
    conn: &mut Conn,
    models: Vec<i64>,
) -> StoreResult<Joined<CapabilityLinkRow, CapabilityRow>> {
    let narrow = Narrow::of::<CapabilityLink>(Rows::OfModels(in_order(models.clone())));
    let looked_at = *conn.looked_at();
    let statement = Sql::new("SELECT ")
        .columns_of::<model_capability_associations::table>(&looked_at, "model_capability_associations.")
        .text(", ")
        .columns_of::<capabilities::table>(&looked_at, "capabilities.")
        .text(" FROM model_capability_associations JOIN capabilities ON capabilities.id = model_capability_associations.capability_id")
        .text(" WHERE model_capability_associations.deleted_at IS NULL AND capabilities.deleted_at IS NULL")
        .text(" AND model_capability_associations.model_id")
        .in_ids(models)
        .text(" ORDER BY capabilities.name");
    gather(conn, statement.narrowed_to(narrow)).await
}
