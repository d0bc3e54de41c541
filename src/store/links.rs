//! Conditions and lists that cross from one table to another.

use chrono::NaiveDate;

use super::condition::Condition;
use super::page::Scope;
use super::predicate::{Comparison, Field, Predicate};
use super::sql::{Sql, Value};
use crate::domain::{Amount, PriceComponent, ServiceMode, Support};

/// Models of the suppliers that meet `condition`. Live models have live suppliers; deleted ones are found by deleted
/// suppliers too.
pub fn models_of_suppliers(condition: Predicate) -> Predicate {
    let means = Condition::Supplier(Box::new(condition.means().clone()));
    Predicate::from_sql(
        Sql::new("models.supplier_id IN (SELECT suppliers.id FROM suppliers WHERE ")
            .push(condition.into_sql())
            .text(")"),
    )
    .meaning(means)
}

/// Models of which one of these capabilities is known to be supported, or unsupported.
pub fn models_with_any_capability(names: Vec<String>, support: Support) -> Predicate {
    let means = Condition::Capability(names.clone(), support);
    Predicate::from_sql(
        Sql::new(
            "models.id IN (SELECT link.model_id FROM model_capability_associations AS link \
             JOIN capabilities ON capabilities.id = link.capability_id \
             WHERE link.deleted_at IS NULL AND capabilities.deleted_at IS NULL AND link.support = ",
        )
        .bind(Value::Text(support.as_str().to_owned()))
        .text(" AND capabilities.name")
        .in_texts(names)
        .text(")"),
    )
    .meaning(means)
}

/// Models in the live categories that meet `condition`, or in categories below those.
pub fn models_in_categories(condition: Predicate, include_descendants: bool) -> Predicate {
    let means = Condition::Category { of: Box::new(condition.means().clone()), below: include_descendants };
    let categories = if include_descendants {
        Sql::new("SELECT below.id FROM model_categories JOIN model_categories AS below ON ")
            .text(BELOW_OR_SAME)
            .text(" WHERE below.deleted_at IS NULL AND ")
    } else {
        Sql::new("SELECT model_categories.id FROM model_categories WHERE ")
    };
    Predicate::from_sql(
        Sql::new(
            "models.id IN (SELECT link.model_id FROM model_category_associations AS link \
             WHERE link.deleted_at IS NULL AND link.category_id IN (",
        )
        .push(categories)
        .text("model_categories.deleted_at IS NULL AND ")
        .push(condition.into_sql())
        .text("))"),
    )
    .meaning(means)
}

/// The category `below` is the category `model_categories` or one of its descendants. `0` follows `/` in ASCII.
const BELOW_OR_SAME: &str = "(below.id = model_categories.id OR (below.path >= model_categories.path || '/' \
                             AND below.path < model_categories.path || '0'))";

/// Models with a live alias that meets `condition`.
pub fn models_with_alias(condition: Predicate) -> Predicate {
    Predicate::from_sql(
        Sql::new(
            "models.id IN (SELECT model_aliases.model_id FROM model_aliases WHERE model_aliases.deleted_at IS NULL AND ",
        )
        .push(condition.into_sql())
        .text(")"),
    )
}

/// Rows that belong to live models.
pub fn of_live_models() -> Predicate {
    Predicate::from_sql(Sql::new("model_id IN (SELECT models.id FROM models WHERE models.deleted_at IS NULL)"))
}

/// Models with a live parameter of this name that meets `condition`.
pub fn models_with_parameter(name: &str, condition: Predicate) -> Predicate {
    Predicate::from_sql(
        Sql::new(
            "models.id IN (SELECT model_parameters.model_id FROM model_parameters \
             WHERE model_parameters.deleted_at IS NULL AND model_parameters.parameter_name = ",
        )
        .bind(Value::Text(name.to_owned()))
        .text(" AND ")
        .push(condition.into_sql())
        .text(")"),
    )
}

/// Which of a model's prices is meant.
#[derive(Debug, Clone)]
pub struct PriceKey {
    /// What it is for.
    pub component: PriceComponent,
    /// Currency code.
    pub currency: String,
    /// Mode of service.
    pub service_mode: ServiceMode,
    /// Its tier.
    pub min_context_tokens: i64,
    /// The day it holds.
    pub on: NaiveDate,
}

impl PriceKey {
    /// `SELECT chosen FROM model_prices WHERE it is this price`.
    fn select(&self, chosen: &'static str) -> Sql {
        let today = || Value::Date(self.on);
        Sql::new("SELECT ")
            .text(chosen)
            .text(" FROM model_prices WHERE model_prices.deleted_at IS NULL AND model_prices.component = ")
            .bind(Value::Text(self.component.as_str().to_owned()))
            .text(" AND model_prices.currency = ")
            .bind(Value::Text(self.currency.clone()))
            .text(" AND model_prices.service_mode = ")
            .bind(Value::Text(self.service_mode.as_str().to_owned()))
            .text(" AND model_prices.min_context_tokens = ")
            .bind(Value::BigInt(self.min_context_tokens))
            .text(" AND (model_prices.valid_from IS NULL OR model_prices.valid_from <= ")
            .bind(today())
            .text(") AND (model_prices.valid_until IS NULL OR model_prices.valid_until > ")
            .bind(today())
            .text(")")
    }

    /// The amount of a model's price as text that sorts as the number does.
    pub(super) fn sortable_amount(&self) -> Sql {
        Sql::default()
            .dialect(
                "(SELECT printf('%018d%09d', model_prices.amount_nanos, model_prices.amount_subnanos) FROM (",
                "(SELECT (lpad(model_prices.amount_nanos::text, 18, '0') || lpad(model_prices.amount_subnanos::text, 9, '0')) \
                 COLLATE \"C\" FROM (",
            )
            .push(self.select("model_prices.model_id, model_prices.amount_nanos, model_prices.amount_subnanos"))
            .text(") AS model_prices WHERE model_prices.model_id = models.id LIMIT 1)")
    }
}

/// Models with this price, compared so with `amount` where one is given.
pub fn models_with_price(key: &PriceKey, bounds: &[(Comparison, Amount)]) -> Predicate {
    let sql = bounds.iter().fold(key.select("model_prices.model_id"), |sql, (comparison, amount)| {
        let (nanos, subnanos) = amount.parts();
        sql.text(" AND (model_prices.amount_nanos, model_prices.amount_subnanos)")
            .text(comparison.operator())
            .text("(")
            .bind(Value::BigInt(nanos))
            .text(", ")
            .bind(Value::BigInt(subnanos))
            .text(")")
    });
    Predicate::from_sql(Sql::new("models.id IN (").push(sql).text(")"))
}

/// The models of each of these suppliers.
pub fn scope_of_suppliers(suppliers: Vec<i64>) -> Scope {
    Scope::Column("models.supplier_id", suppliers)
}

/// The versions of each of these models.
pub fn scope_of_versions(models: Vec<i64>) -> Scope {
    Scope::Column("model_versions.model_id", models)
}

/// The models with each of these capabilities.
pub fn scope_of_capabilities(capabilities: Vec<i64>, support: Support) -> Scope {
    Scope::Link(
        Sql::new(
            "SELECT capability_id AS parent_id, model_id AS child_id FROM model_capability_associations \
             WHERE deleted_at IS NULL AND support = ",
        )
        .bind(Value::Text(support.as_str().to_owned()))
        .text(" AND capability_id")
        .in_ids(capabilities),
    )
}

/// The models in each of these categories, and in categories below them if so wanted; each model once.
pub fn scope_of_categories(categories: Vec<i64>, include_descendants: bool) -> Scope {
    if !include_descendants {
        return Scope::Link(
            Sql::new(
                "SELECT category_id AS parent_id, model_id AS child_id FROM model_category_associations \
                 WHERE deleted_at IS NULL AND category_id",
            )
            .in_ids(categories),
        );
    }
    Scope::Link(
        Sql::new(
            "SELECT DISTINCT model_categories.id AS parent_id, link.model_id AS child_id FROM model_categories \
             JOIN model_categories AS below ON ",
        )
        .text(BELOW_OR_SAME)
        .text(
            " JOIN model_category_associations AS link ON link.category_id = below.id \
             WHERE below.deleted_at IS NULL AND link.deleted_at IS NULL AND model_categories.id",
        )
        .in_ids(categories),
    )
}

/// Rows whose `column` holds `text` in any of the given fields.
pub fn any_field_contains(fields: &[Field], text: &str) -> Predicate {
    Predicate::all(
        text.split_whitespace()
            .map(|word| Predicate::any(fields.iter().map(|field| Predicate::contains(*field, word)))),
    )
}
