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
    /// Where the names of its values are, if they are rows of another table; deleted capabilities and categories have none.
    const fn named(self) -> Option<Named> {
        match self {
            Self::Suppliers => Some(Named {
                source: "suppliers ON suppliers.id = grouped.value_id",
                value: "suppliers.name",
                label: "suppliers.display_name",
            }),
            Self::Capabilities => Some(Named {
                source: "capabilities ON capabilities.id = grouped.value_id AND capabilities.deleted_at IS NULL",
                value: "capabilities.name",
                label: "capabilities.display_name",
            }),
            Self::Categories => Some(Named {
                source: "model_categories ON model_categories.id = grouped.value_id AND model_categories.deleted_at IS NULL",
                value: "model_categories.path",
                label: "model_categories.display_name",
            }),
            Self::ModelTypes | Self::SubTypes | Self::LifecycleStages(_) => None,
        }
    }

    /// The value of a model, or of its link to one.
    const fn value(self) -> &'static str {
        match self {
            Self::Suppliers => "counted.supplier_id",
            Self::ModelTypes => "counted.model_type",
            Self::SubTypes => "counted.sub_type",
            Self::LifecycleStages(_) => "counted.lifecycle_stage",
            Self::Capabilities => "facet_link.capability_id",
            Self::Categories => "facet_link.category_id",
        }
    }

    /// The table of links that lead to its values, and which of them count.
    const fn links(self) -> Option<Links> {
        match self {
            Self::Capabilities => Some(Links {
                table: "model_capability_associations AS facet_link",
                value: "capabilities.id",
                values: "capabilities",
                live: "facet_link.deleted_at IS NULL AND facet_link.support = 'supported'",
            }),
            Self::Categories => Some(Links {
                table: "model_category_associations AS facet_link",
                value: "model_categories.id",
                values: "model_categories",
                live: "facet_link.deleted_at IS NULL",
            }),
            Self::Suppliers | Self::ModelTypes | Self::SubTypes | Self::LifecycleStages(_) => None,
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

/// Where the names of a facet's values are.
#[derive(Clone, Copy)]
struct Named {
    source: &'static str,
    value: &'static str,
    label: &'static str,
}

/// How models lead to a facet's values.
#[derive(Clone, Copy)]
struct Links {
    table: &'static str,
    /// The id of what they lead to, and its table.
    value: &'static str,
    values: &'static str,
    /// Which of them count.
    live: &'static str,
}

/// The parent and the value, the label and the count.
type Counted = ((i64, String), (Option<String>, i64));

/// Counts the models of every parent's list by `facet`, in one statement; the most frequent values come first.
///
/// # Errors
/// If the database fails.
pub async fn counts(conn: &mut Conn, list: &List<Model>, facet: Facet) -> StoreResult<Vec<(i64, FacetCount)>> {
    let rows: Vec<Counted> = load(conn, statement(list, facet)).await?;
    Ok(rows.into_iter().map(|((parent, value), (label, count))| (parent, FacetCount { value, label, count })).collect())
}

/// Whether the index of models knows what they are counted by. A stage of life depends on the day.
pub(super) const fn is_counted_in_memory(facet: Facet) -> bool {
    !matches!(facet, Facet::LifecycleStages(_))
}

/// Notes what an answer depends on that was counted elsewhere.
pub(super) fn note(conn: &Conn, list: &List<Model>, facet: Facet) {
    conn.statistics().depends_on(&statement(list, facet));
}

fn statement(list: &List<Model>, facet: Facet) -> Sql {
    let grouped = match facet.links() {
        Some(links) if list.is_all_live() => of_all_links(facet.value(), links),
        None if facet == Facet::ModelTypes && list.is_all_live() => Sql::new(OF_ALL_TYPES),
        links => of_models(list, facet, links),
    };
    ordered(facet, grouped)
}

/// Each parent's values, by id or name, and how many models each has: `parent_id`, `value_id` and `models`.
fn of_models(list: &List<Model>, facet: Facet, links: Option<Links>) -> Sql {
    // A constant among what is grouped by keeps SQLite from an index's order.
    let parent = if list.has_one_parent() { "CAST(0 AS BIGINT)" } else { "counted.parent_id" };
    let joined = links.map_or_else(Sql::default, |links| {
        Sql::new(" JOIN ").text(links.table).text(" ON facet_link.model_id = counted.id AND ").text(links.live)
    });
    let grouped = Sql::new("SELECT ")
        .text(parent)
        .text(" AS parent_id, ")
        .text(facet.value())
        .text(" AS value_id, count(*) AS models FROM (SELECT ")
        .push(list.parent())
        .text(" AS parent_id, models.id, models.supplier_id, models.model_type, models.sub_type")
        .push(facet.computed())
        .push(list.source(false))
        .text(") AS counted")
        .push(joined)
        .text(" WHERE ")
        .text(facet.value())
        .text(" IS NOT NULL GROUP BY ");
    let grouped = if list.has_one_parent() { grouped } else { grouped.text("counted.parent_id, ") };
    grouped.text(facet.value())
}

/// As [`of_models`] for the types of all live models. An index that began with the type would be taken by SQLite for lists of a
/// type too, which it then had to sort; so it begins with the supplier, and types are counted by supplier first.
const OF_ALL_TYPES: &str = "SELECT CAST(0 AS BIGINT) AS parent_id, of_supplier.model_type AS value_id, \
    CAST(sum(of_supplier.models) AS BIGINT) AS models \
    FROM (SELECT models.supplier_id, models.model_type, count(*) AS models FROM models WHERE models.deleted_at IS NULL \
    GROUP BY models.supplier_id, models.model_type) AS of_supplier GROUP BY of_supplier.model_type";

/// As [`of_models`] for all live models: an index of the links says how many each value has, without a look at their models,
/// but for links that deleted models have left, which are taken off. A deletion takes links along, so there are hardly any.
fn of_all_links(link: &'static str, links: Links) -> Sql {
    // Value by value, or PostgreSQL may read the links themselves, which takes twice as long.
    let all = Sql::new("SELECT CAST(0 AS BIGINT) AS parent_id, ")
        .text(links.value)
        .text(" AS value_id, (SELECT count(*) FROM ")
        .text(links.table)
        .text(" WHERE ")
        .text(link)
        .text(" = ")
        .text(links.value)
        .text(" AND ")
        .text(links.live)
        .text(") AS models FROM ")
        .text(links.values);
    // SQLite joins in the order in which CROSS JOIN has them.
    all.text(" UNION ALL SELECT CAST(0 AS BIGINT), ")
        .text(link)
        .text(", -count(*) FROM models CROSS JOIN ")
        .text(links.table)
        .text(" WHERE facet_link.model_id = models.id AND models.deleted_at IS NOT NULL AND ")
        .text(links.live)
        .text(" GROUP BY ")
        .text(link)
}

/// What was grouped by id or name, by name and label, the most frequent first. Values of the same names are one.
fn ordered(facet: Facet, grouped: Sql) -> Sql {
    let Some(Named { source, value, label }) = facet.named() else {
        return Sql::new("SELECT parent_id, value_id, CAST(NULL AS TEXT), models FROM (")
            .push(grouped)
            .text(") AS grouped ORDER BY 4 DESC, 2");
    };
    Sql::new("SELECT grouped.parent_id, ")
        .text(value)
        .text(", ")
        .text(label)
        .text(", CAST(sum(grouped.models) AS BIGINT) FROM (")
        .push(grouped)
        .text(") AS grouped JOIN ")
        .text(source)
        .text(" GROUP BY grouped.parent_id, ")
        .text(value)
        .text(", ")
        .text(label)
        .text(" HAVING sum(grouped.models) > 0 ORDER BY 4 DESC, 2")
}
