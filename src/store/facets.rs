//! Counts beside a list of models: how many of them each supplier, type, capability or category has.

use chrono::NaiveDate;

use super::Conn;
use super::StoreResult;
use super::lifecycle::stage_on;
use super::model::Model;
use super::page::List;
use super::read::load;
use super::sql::Sql;

/// What models are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Facet {
    /// Their supplier.
    Suppliers,
    /// What they work on.
    ModelTypes,
    /// What they are for.
    SubTypes,
    /// What they are known to support.
    Capabilities,
    /// Categories they are directly in.
    Categories,
    /// Their stage of life that is in effect on this day.
    LifecycleStages(NaiveDate),
}

/// How many models share a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The value: a name, a path or a member of a closed set.
    pub value: String,
    /// The value's display name, where it has one.
    pub label: Option<String>,
    /// How many models.
    pub count: i64,
}

impl Facet {
    /// Value, label and the joins that lead to them.
    const fn parts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Suppliers => {
                ("suppliers.name", "suppliers.display_name", "JOIN suppliers ON suppliers.id = counted.supplier_id")
            }
            Self::ModelTypes => ("counted.model_type", "CAST(NULL AS TEXT)", ""),
            Self::SubTypes => ("counted.sub_type", "CAST(NULL AS TEXT)", ""),
            Self::LifecycleStages(_) => ("counted.lifecycle_stage", "CAST(NULL AS TEXT)", ""),
            Self::Capabilities => (
                "capabilities.name",
                "capabilities.display_name",
                "JOIN model_capability_associations AS facet_link ON facet_link.model_id = counted.id \
                 AND facet_link.deleted_at IS NULL AND facet_link.support = 'supported' \
                 JOIN capabilities ON capabilities.id = facet_link.capability_id AND capabilities.deleted_at IS NULL",
            ),
            Self::Categories => (
                "model_categories.path",
                "model_categories.display_name",
                "JOIN model_category_associations AS facet_link ON facet_link.model_id = counted.id \
                 AND facet_link.deleted_at IS NULL \
                 JOIN model_categories ON model_categories.id = facet_link.category_id \
                 AND model_categories.deleted_at IS NULL",
            ),
        }
    }

    /// What it takes beside the columns of a model.
    fn computed(self) -> Sql {
        match self {
            Self::LifecycleStages(day) => Sql::new(", ").push(stage_on(day)).text(" AS lifecycle_stage"),
            _ => Sql::default(),
        }
    }
}

/// The parent and the value, the label and the count.
type Counted = ((i64, String), (Option<String>, i64));

/// Counts the models of every parent's list by `facet`, in one statement; the most frequent values come first.
///
/// # Errors
/// If the database fails.
pub async fn counts(conn: &mut Conn, list: &List<Model>, facet: Facet) -> StoreResult<Vec<(i64, FacetCount)>> {
    let (value, label, joins) = facet.parts();
    let statement = Sql::new("SELECT counted.parent_id, ")
        .text(value)
        .text(", ")
        .text(label)
        .text(", count(*) FROM (SELECT ")
        .push(list.parent())
        .text(" AS parent_id, models.id, models.supplier_id, models.model_type, models.sub_type")
        .push(facet.computed())
        .push(list.source(false))
        .text(") AS counted ")
        .text(joins)
        .text(" WHERE ")
        .text(value)
        .text(" IS NOT NULL GROUP BY counted.parent_id, ")
        .text(value)
        .text(", ")
        .text(if label.starts_with("CAST") { value } else { label })
        .text(" ORDER BY 4 DESC, 2");
    let rows: Vec<Counted> = load(conn, statement).await?;
    Ok(rows.into_iter().map(|((parent, value), (label, count))| (parent, FacetCount { value, label, count })).collect())
}
