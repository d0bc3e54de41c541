//! Conditions on models, and on what they lead to.

use async_graphql::{InputObject, Json, Result};
use chrono::NaiveDate;
use serde_json::Value as JsonValue;

use super::error::bad_input;
use super::filters::{
    BooleanFilter, DateFilter, DateTimeFilter, IdFilter, LifecycleStageFilter, ModelTypeFilter, PartialDateFilter,
    StringFilter, combined, given,
};
use super::id::NodeKind;
use super::scalars::Decimal;
use super::supplier::SupplierWhere;
use crate::domain::{Amount, PriceComponent, ServiceMode, Support};
use crate::store::links::{
    PriceKey, models_in_categories, models_of_suppliers, models_with_alias, models_with_any_capability,
    models_with_parameter, models_with_price,
};
use crate::store::predicate::{Comparison, Deleted, Predicate};
use crate::store::schema::fields::{model_aliases, model_categories, model_parameters, models as columns, suppliers};
use crate::store::search::models_matching;
use crate::store::sql::Value;

/// Conditions on models; all that are given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct ModelWhere {
    /// By id.
    pub id: Option<IdFilter>,
    /// By name.
    pub name: Option<StringFilter>,
    /// By display name.
    pub display_name: Option<StringFilter>,
    /// By description.
    pub description: Option<StringFilter>,
    /// By one of their other names.
    pub alias: Option<StringFilter>,
    /// By what they work on.
    pub model_type: Option<ModelTypeFilter>,
    /// By what they are for.
    pub sub_type: Option<StringFilter>,
    /// By whether they are a default.
    pub is_default: Option<BooleanFilter>,
    /// By whether they may be used.
    pub is_active: Option<BooleanFilter>,
    /// By the stage of life that is in effect today.
    pub lifecycle_stage: Option<LifecycleStageFilter>,
    /// By release.
    pub released_on: Option<PartialDateFilter>,
    /// By the end of their training data.
    pub knowledge_cutoff: Option<PartialDateFilter>,
    /// By the day they are deprecated.
    pub deprecated_on: Option<DateFilter>,
    /// By the day they stop answering.
    pub retires_on: Option<DateFilter>,
    /// By when they were entered.
    pub created_at: Option<DateTimeFilter>,
    /// By when they were last changed.
    pub updated_at: Option<DateTimeFilter>,
    /// By who offers them.
    pub supplier: Option<SupplierWhere>,
    /// By what they are known to be able to do, or not to.
    pub capabilities: Option<ModelCapabilitiesWhere>,
    /// By a category they are in.
    pub category: Option<ModelCategoryWhere>,
    /// By parameters; each of these must hold.
    pub parameters: Option<Vec<ModelParameterWhere>>,
    /// By prices; each of these must hold.
    pub prices: Option<Vec<ModelPriceWhere>>,
    /// Every word of this text is in their name, display name, description or an alias, in upper or lower case.
    pub search: Option<String>,
    /// Whether deleted models are shown. Counts at the top level of `where` only; conditions on parameters, prices,
    /// capabilities and categories look at live ones in any case.
    pub deleted: Option<Deleted>,
    /// Meet all of these.
    pub and: Option<Vec<Self>>,
    /// Meet one of these.
    pub or: Option<Vec<Self>>,
    /// Don't meet this.
    pub not: Option<Box<Self>>,
}

/// Conditions on capabilities, by their names; all that are given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct ModelCapabilitiesWhere {
    /// Known to have all of these.
    pub all_of: Option<Vec<String>>,
    /// Known to have one of these.
    pub any_of: Option<Vec<String>>,
    /// Not known to have any of these: known not to have it, or unknown.
    pub none_of: Option<Vec<String>>,
    /// Known not to have any of these: each is marked as unsupported.
    pub all_unsupported: Option<Vec<String>>,
}

/// A category, by one or more of its keys.
#[derive(Debug, Clone, Default, InputObject)]
pub struct ModelCategoryWhere {
    /// By id.
    pub id: Option<IdFilter>,
    /// By name; categories in different branches may share one.
    pub name: Option<String>,
    /// By path, such as `llm/chat`.
    pub path: Option<String>,
    /// Whether models in categories below it count too.
    #[graphql(default = false)]
    pub include_descendants: bool,
}

/// A condition on a parameter. A model without the parameter meets only `isNull: true`, which stands alone.
#[derive(Debug, Clone, InputObject)]
pub struct ModelParameterWhere {
    /// The parameter's name, such as `context_window`.
    pub name: String,
    /// This value: a number, text or flag.
    pub eq: Option<Json<JsonValue>>,
    /// One of these values.
    pub r#in: Option<Vec<Json<JsonValue>>>,
    /// A number of at least this.
    pub gte: Option<f64>,
    /// A number of at most this.
    pub lte: Option<f64>,
    /// Whether the model lacks the parameter.
    pub is_null: Option<bool>,
}

/// A condition on a price that holds today. A model without the price meets only `isNull: true`, which stands alone.
#[derive(Debug, Clone, InputObject)]
pub struct ModelPriceWhere {
    /// What the price is for.
    pub component: PriceComponent,
    /// Its currency's code.
    #[graphql(default = "USD")]
    pub currency: String,
    /// Its mode of service; the standard one unless said.
    pub service_mode: Option<ServiceMode>,
    /// Its tier, by the least number of tokens; the lowest tier unless said.
    #[graphql(default = 0)]
    pub min_context_tokens: i64,
    /// Exactly this amount.
    pub eq: Option<Decimal>,
    /// At least this amount.
    pub gte: Option<Decimal>,
    /// At most this amount.
    pub lte: Option<Decimal>,
    /// Whether the model lacks the price.
    pub is_null: Option<bool>,
}

impl ModelWhere {
    /// The condition, deletion included.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` that names the field.
    pub fn with_deletion(&self, today: NaiveDate) -> Result<Predicate> {
        let live = Predicate::deleted(columns::deleted_at(), self.deleted.unwrap_or_default());
        Ok(Predicate::all([live, self.predicate(today)?]))
    }

    fn predicate(&self, today: NaiveDate) -> Result<Predicate> {
        let mut conditions = self.own_fields();
        if let Some(id) = &self.id {
            conditions.push(id.on(columns::id(), NodeKind::Model)?);
        }
        if let Some(stage) = &self.lifecycle_stage {
            conditions.push(stage.on_day(today));
        }
        if let Some(supplier) = &self.supplier {
            conditions.push(models_of_suppliers(supplier.predicate()?));
        }
        if let Some(category) = &self.category {
            conditions.push(category.predicate()?);
        }
        for parameter in self.parameters.iter().flatten() {
            conditions.push(parameter.predicate()?);
        }
        for price in self.prices.iter().flatten() {
            conditions.push(price.predicate(today)?);
        }
        conditions.extend(combined(self.and.as_deref(), self.or.as_deref(), self.not.as_deref(), |filter| {
            filter.predicate(today)
        })?);
        Ok(Predicate::all(conditions))
    }

    fn own_fields(&self) -> Vec<Predicate> {
        [
            given(self.name.as_ref(), columns::name()),
            given(self.display_name.as_ref(), columns::display_name()),
            given(self.description.as_ref(), columns::description()),
            given(self.alias.as_ref(), model_aliases::alias()).map(models_with_alias),
            given(self.model_type.as_ref(), columns::model_type()),
            given(self.sub_type.as_ref(), columns::sub_type()),
            given(self.is_default.as_ref(), columns::is_default()),
            given(self.is_active.as_ref(), columns::is_active()),
            given(self.released_on.as_ref(), columns::released_on()),
            given(self.knowledge_cutoff.as_ref(), columns::knowledge_cutoff()),
            given(self.deprecated_on.as_ref(), columns::deprecated_on()),
            given(self.retires_on.as_ref(), columns::retires_on()),
            given(self.created_at.as_ref(), columns::created_at()),
            given(self.updated_at.as_ref(), columns::updated_at()),
            self.capabilities.as_ref().map(ModelCapabilitiesWhere::predicate),
            self.search.as_deref().map(models_matching),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl ModelCapabilitiesWhere {
    fn predicate(&self) -> Predicate {
        let each = |names: &Option<Vec<String>>, support| {
            let names = names.iter().flatten();
            Predicate::all(names.map(|name| models_with_any_capability(vec![name.clone()], support)))
        };
        let any = |names: &Vec<String>| models_with_any_capability(names.clone(), Support::Supported);
        let mut conditions =
            vec![each(&self.all_of, Support::Supported), each(&self.all_unsupported, Support::Unsupported)];
        conditions.extend(self.any_of.as_ref().map(any));
        conditions.extend(self.none_of.as_ref().map(|names| any(names).negated()));
        Predicate::all(conditions)
    }
}

impl ModelCategoryWhere {
    fn predicate(&self) -> Result<Predicate> {
        let equal = |field, text: &String| Predicate::compare(field, Comparison::Equal, Value::Text(text.clone()));
        let mut conditions: Vec<Predicate> = [
            self.name.as_ref().map(|name| equal(model_categories::name(), name)),
            self.path.as_ref().map(|path| equal(model_categories::path(), path)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if let Some(id) = &self.id {
            conditions.push(id.on(model_categories::id(), NodeKind::Category)?);
        }
        if conditions.is_empty() {
            return Err(bad_input("where.category: give an id, a name or a path"));
        }
        Ok(models_in_categories(Predicate::all(conditions), self.include_descendants))
    }
}

impl ModelParameterWhere {
    fn predicate(&self) -> Result<Predicate> {
        let number = |bound: f64| Value::Double(bound);
        let mut conditions: Vec<Predicate> = [
            self.gte
                .map(|bound| Predicate::compare(model_parameters::number_value(), Comparison::AtLeast, number(bound))),
            self.lte
                .map(|bound| Predicate::compare(model_parameters::number_value(), Comparison::AtMost, number(bound))),
        ]
        .into_iter()
        .flatten()
        .collect();
        if let Some(Json(value)) = &self.eq {
            conditions.push(parameter_equals(value)?);
        }
        if let Some(values) = &self.r#in {
            let each = values.iter().map(|Json(value)| parameter_equals(value)).collect::<Result<Vec<_>>>()?;
            conditions.push(Predicate::any(each));
        }
        absent_alone(self.is_null, !conditions.is_empty(), "where.parameters")?;
        let present = models_with_parameter(&self.name, Predicate::all(conditions));
        Ok(if self.is_null == Some(true) { present.negated() } else { present })
    }
}

/// Refuses to look for what is absent and has a value.
fn absent_alone(is_null: Option<bool>, bounded: bool, field: &str) -> Result<()> {
    if is_null == Some(true) && bounded {
        return Err(bad_input(format!("{field}: isNull: true goes with no other condition; use or to ask for either")));
    }
    Ok(())
}

fn parameter_equals(value: &JsonValue) -> Result<Predicate> {
    let text =
        |text: String| Predicate::compare(model_parameters::parameter_value(), Comparison::Equal, Value::Text(text));
    match value {
        JsonValue::Number(number) => {
            let number = Value::Double(number.as_f64().unwrap_or(f64::MAX));
            Ok(Predicate::compare(model_parameters::number_value(), Comparison::Equal, number))
        }
        JsonValue::String(string) => Ok(text(string.clone())),
        JsonValue::Bool(flag) => Ok(text(flag.to_string())),
        _ => Err(bad_input("where.parameters: eq and in take numbers, texts and flags")),
    }
}

impl ModelPriceWhere {
    fn predicate(&self, today: NaiveDate) -> Result<Predicate> {
        let key = PriceKey {
            component: self.component,
            currency: self.currency.clone(),
            service_mode: self.service_mode.unwrap_or(ServiceMode::Standard),
            min_context_tokens: self.min_context_tokens,
            on: today,
        };
        let given = [
            ("eq", Comparison::Equal, &self.eq),
            ("gte", Comparison::AtLeast, &self.gte),
            ("lte", Comparison::AtMost, &self.lte),
        ];
        let mut bounds = Vec::new();
        for (name, comparison, bound) in given {
            if let Some(Decimal(text)) = bound {
                let amount = text.parse::<Amount>();
                bounds.push((comparison, amount.map_err(|error| bad_input(format!("where.prices.{name}: {error}")))?));
            }
        }
        absent_alone(self.is_null, !bounds.is_empty(), "where.prices")?;
        let present = models_with_price(&key, &bounds);
        Ok(if self.is_null == Some(true) { present.negated() } else { present })
    }
}

/// The live model of a live supplier that answers to `name`: its name first, an alias second.
pub fn answering_to(supplier: &str, name: &str) -> [Predicate; 2] {
    let equal = |field, text: &str| Predicate::compare(field, Comparison::Equal, Value::Text(text.to_owned()));
    let live = || Predicate::is_null(columns::deleted_at(), true);
    let live_supplier = || Predicate::is_null(suppliers::deleted_at(), true);
    let of_supplier = || models_of_suppliers(Predicate::all([live_supplier(), equal(suppliers::name(), supplier)]));
    [
        Predicate::all([live(), equal(columns::name(), name), of_supplier()]),
        Predicate::all([live(), models_with_alias(equal(model_aliases::alias(), name)), of_supplier()]),
    ]
}
