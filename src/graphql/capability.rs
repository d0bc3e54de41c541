//! `Capability`: what models can do; `ModelCapability`: which model can, or is known not to.

use async_graphql::{Context, Enum, Error, ID, InputObject, Json, Object, Result};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value as JsonValue;

use super::change::ChangeConnection;
use super::direct::planned;
use super::error::fault;
use super::filters::{BooleanFilter, DateTimeFilter, DomainFilter, IdFilter, StringFilter, combined, given};
use super::history::{self, FieldBlame};
use super::id::NodeKind;
use super::model::{Model, ModelConnection, ModelOrder, ModelWhere, models_of};
use super::object::{node, stored_json};
use super::paging::{Order, OrderDirection, PageArguments, connection, root_list};
use super::scope::{AsOf, scope};
use crate::domain::{Domain, JsonText, Support};
use crate::loader::LinkedCapability;
use crate::store::Store;
use crate::store::capability::Capability as Capabilities;
use crate::store::links::{any_field_contains, scope_of_capabilities};
use crate::store::order;
use crate::store::page::SortKey;
use crate::store::predicate::{Deleted, Field, Predicate};
use crate::store::schema::fields::capabilities as columns;

fn texts(list: Option<&JsonText>) -> Vec<String> {
    list.and_then(|list| list.read().ok()).unwrap_or_default()
}

node! {
/// What models can do, such as calling tools or seeing images.
Capability over Capabilities {
    /// Natural key: a slug, unique among live capabilities.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Name to show, in any language.
    async fn display_name(&self) -> &str {
        &self.0.display_name
    }
    /// What there is to say about it; null if nothing.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }
    /// Kind of capability, such as `feature` or `modality`; null if none is set.
    async fn capability_type(&self) -> Option<&str> {
        self.0.capability_type.as_deref()
    }
    /// What it takes: `text`, `image`, `audio`, ...; empty if that is not said.
    async fn input_types(&self) -> Vec<String> {
        texts(self.0.input_types.as_ref())
    }
    /// What it gives: `text`, `image`, `embedding`, ...; empty if that is not said.
    async fn output_types(&self) -> Vec<String> {
        texts(self.0.output_types.as_ref())
    }
    /// The field it belongs to.
    async fn domain(&self) -> Domain {
        self.0.domain
    }
    /// Whether it is in use.
    async fn is_active(&self) -> bool {
        self.0.is_active
    }
    /// The models that are known to have it, or known not to.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn models(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Start behind the row with this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the row with this cursor.")] before: Option<String>,
        #[graphql(desc = "Models that have it, or models known not to; those that have it unless said.")] support: Option<Support>,
        #[graphql(name = "where", desc = "Which of them; live ones unless `deleted` says otherwise.")] filter: Option<ModelWhere>,
        #[graphql(desc = "How they are sorted, by at most three keys; by name unless said.")] order_by: Option<Vec<ModelOrder>>,
    ) -> Result<ModelConnection> {
        let page = PageArguments { first, after, last, before };
        let support = support.unwrap_or(Support::Supported);
        let scope = move |parents| scope_of_capabilities(parents, support);
        models_of(context, &page, filter, order_by, &self.0, scope, |key, make| {
            self.0.models(format!("{support} {key}"), make)
        })
    }
}}

planned! { node Capability {
    "name" => name,
    "displayName" => display_name,
    "description" => description,
    "capabilityType" => capability_type,
    "inputTypes" => input_types,
    "outputTypes" => output_types,
    "domain" => domain,
    "isActive" => is_active,
} }

/// What is known of a model's ability: that it is there, with its configuration, or that it is not.
#[derive(Clone)]
pub struct ModelCapability(pub LinkedCapability);

/// What is known of a model's ability: that it is there, with its configuration, or that it is not.
#[Object]
impl ModelCapability {
    /// Global id, such as `ModelCapability:7`; as of the past, with its moment behind `@`.
    pub(super) async fn id(&self) -> ID {
        NodeKind::ModelCapability.id(self.0.link.id, self.0.link.batch().store().moment())
    }
    /// The number in the global id.
    async fn database_id(&self) -> i64 {
        self.0.link.id
    }
    /// Whether the model has the ability, or is known not to.
    async fn support(&self) -> Support {
        self.0.link.support
    }
    /// How the model has it: plain text, or a structure; null if there is nothing to say.
    async fn config(&self) -> Option<Json<JsonValue>> {
        let link = &self.0.link;
        stored_json(link.config_json.as_ref()).or_else(|| link.config.clone().map(|text| Json(JsonValue::String(text))))
    }
    /// Whether this configuration is the default one.
    async fn is_default(&self) -> bool {
        self.0.link.is_default
    }
    /// Which import brought it; null if made by hand.
    async fn source(&self) -> Option<&str> {
        self.0.link.source.as_deref()
    }
    /// The ability.
    async fn capability(&self, context: &Context<'_>) -> Result<Capability> {
        let capability = self.0.capability().await.map_err(fault(context))?;
        capability.map(Capability).ok_or_else(|| Error::new("the capability is gone"))
    }
    /// The model.
    async fn model(&self, context: &Context<'_>) -> Result<Model> {
        let model = self.0.model().await.map_err(fault(context))?;
        model.map(Model).ok_or_else(|| Error::new("the model is gone"))
    }
    /// When it was entered.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.link.created_at.to_utc()
    }
    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.link.updated_at.to_utc()
    }
    /// When it was deleted; null while it lives.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.link.deleted_at.map(crate::domain::Timestamp::to_utc)
    }
    /// Goes up with every change; pass it as `expectedVersion` to change only what you saw.
    async fn version(&self) -> i64 {
        self.0.link.version
    }
    /// What happened to it, the newest first.
    async fn history(
        &self,
        #[graphql(desc = "Changes from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Start behind the change with this cursor.")] after: Option<String>,
        #[graphql(desc = "Changes from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the change with this cursor.")] before: Option<String>,
    ) -> Result<ChangeConnection> {
        history::history(&self.0.link, &PageArguments { first, after, last, before }, false)
    }
    /// Where the value of each of its fields comes from: since when, and by which change.
    async fn blame(&self, context: &Context<'_>) -> Result<Vec<FieldBlame>> {
        history::blame(context, &self.0.link).await
    }
}

planned! { node ModelCapability {
    "support" => support,
    "config" => config,
    "isDefault" => is_default,
    "source" => source,
}
one "capability" => Capability by capability;
one "model" => Model by model; }

connection!(CapabilityConnection, CapabilityEdge, Capability, Capabilities, "capabilities");

/// Conditions on capabilities; all that are given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct CapabilityWhere {
    /// By id.
    pub id: Option<IdFilter>,
    /// By name.
    pub name: Option<StringFilter>,
    /// By display name.
    pub display_name: Option<StringFilter>,
    /// By kind of capability.
    pub capability_type: Option<StringFilter>,
    /// By the field they belong to.
    pub domain: Option<DomainFilter>,
    /// By whether they are in use.
    pub is_active: Option<BooleanFilter>,
    /// By when they were entered.
    pub created_at: Option<DateTimeFilter>,
    /// By when they were last changed.
    pub updated_at: Option<DateTimeFilter>,
    /// Every word of this text is in their name, display name or description; ASCII letters match in either case,
    /// on PostgreSQL all letters.
    pub search: Option<String>,
    /// Whether deleted capabilities are shown. Counts at the top level of `where` only.
    pub deleted: Option<Deleted>,
    /// Meet all of these.
    pub and: Option<Vec<CapabilityWhere>>,
    /// Meet one of these.
    pub or: Option<Vec<CapabilityWhere>>,
    /// Don't meet this.
    pub not: Option<Box<CapabilityWhere>>,
}

const SEARCHED: [Field; 3] = [columns::name(), columns::display_name(), columns::description()];

impl CapabilityWhere {
    fn predicate(&self, as_of: AsOf) -> Result<Predicate> {
        let mut conditions: Vec<Predicate> = [
            given(self.name.as_ref(), columns::name()),
            given(self.display_name.as_ref(), columns::display_name()),
            given(self.capability_type.as_ref(), columns::capability_type()),
            given(self.domain.as_ref(), columns::domain()),
            given(self.is_active.as_ref(), columns::is_active()),
            given(self.created_at.as_ref(), columns::created_at()),
            given(self.updated_at.as_ref(), columns::updated_at()),
            self.search.as_deref().map(|text| any_field_contains(&SEARCHED, text)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if let Some(id) = &self.id {
            conditions.push(id.on(columns::id(), NodeKind::Capability, as_of)?);
        }
        conditions.extend(combined(self.and.as_deref(), self.or.as_deref(), self.not.as_deref(), |filter| {
            filter.predicate(as_of)
        })?);
        Ok(Predicate::all(conditions))
    }
}

/// What capabilities can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum CapabilityOrderField {
    /// By name.
    Name,
    /// By display name.
    DisplayName,
    /// By the field they belong to.
    Domain,
    /// By when they were entered.
    CreatedAt,
    /// By when they were last changed.
    UpdatedAt,
}

/// One key to sort capabilities by.
#[derive(Debug, Clone, InputObject)]
pub struct CapabilityOrder {
    /// By what.
    pub field: CapabilityOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl Order for CapabilityOrder {
    fn usual() -> Self {
        Self { field: CapabilityOrderField::Name, direction: OrderDirection::Asc }
    }

    fn key(&self, _: NaiveDate) -> Result<SortKey> {
        let key = match self.field {
            CapabilityOrderField::Name => order::capabilities::name(),
            CapabilityOrderField::DisplayName => order::capabilities::display_name(),
            CapabilityOrderField::Domain => order::capabilities::domain(),
            CapabilityOrderField::CreatedAt => order::capabilities::created_at(),
            CapabilityOrderField::UpdatedAt => order::capabilities::updated_at(),
        };
        Ok(key.directed(self.direction.descending()))
    }
}

/// All capabilities.
pub fn all(
    context: &Context<'_>,
    store: &Store,
    page: &PageArguments,
    filter: Option<CapabilityWhere>,
    order_by: Option<Vec<CapabilityOrder>>,
) -> Result<CapabilityConnection> {
    let filter = filter.unwrap_or_default();
    let live = Predicate::deleted(columns::deleted_at(), filter.deleted.unwrap_or_default());
    let predicate = Predicate::all([live, filter.predicate(scope(context)?.as_of(store))?]);
    root_list(context, store, page, "capabilities", predicate, order_by).map(CapabilityConnection)
}
