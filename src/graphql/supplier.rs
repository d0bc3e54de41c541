//! `Supplier`: who offers models.

use async_graphql::{Context, Enum, InputObject, Json, Result};
use chrono::NaiveDate;
use serde_json::Value as JsonValue;

use super::direct::planned;
use super::error::fault;
use super::filters::{BooleanFilter, DateTimeFilter, IdFilter, StringFilter, combined, given};
use super::guard::Only;
use super::id::NodeKind;
use super::model::{ModelConnection, ModelOrder, ModelWhere, models_of};
use super::object::{node, stored_json};
use super::paging::{Order, OrderDirection, PageArguments, connection, root_list};
use super::scope::{AsOf, scope};
use super::supplier_key::SupplierKey;
use crate::auth::policy::Action;
use crate::store::Store;
use crate::store::links::{any_field_contains, scope_of_suppliers};
use crate::store::order;
use crate::store::page::SortKey;
use crate::store::predicate::{Deleted, Field, Predicate};
use crate::store::schema::fields::suppliers as columns;
use crate::store::supplier::{Supplier as Suppliers, SupplierFields};

node! {
/// Who offers models: a lab, a cloud, a gateway, or a server of one's own.
Supplier over Suppliers {
    /// Natural key: a slug, unique among live suppliers.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Name to show, in any language; null if none is known.
    async fn display_name(&self) -> Option<&str> {
        self.0.display_name.as_deref()
    }
    /// What there is to say about it; null if nothing.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }
    /// Path of the API below `baseUrl`; null if unknown.
    async fn api_endpoint(&self) -> Option<&str> {
        self.0.api_endpoint.as_deref()
    }
    /// Root of the API; null if unknown.
    async fn base_url(&self) -> Option<&str> {
        self.0.base_url.as_deref()
    }
    /// Full URL of the API: the one that was set, else `baseUrl` and `apiEndpoint` joined; null if neither is known.
    async fn api_url(&self) -> Option<String> {
        api_url(&self.0)
    }
    /// Whether calls need a key; null if unknown.
    async fn api_key_required(&self) -> Option<bool> {
        self.0.api_key_required
    }
    /// Home page; null if unknown.
    async fn website(&self) -> Option<&str> {
        self.0.website.as_deref()
    }
    /// Documentation of the API; null if unknown.
    async fn api_docs(&self) -> Option<&str> {
        self.0.api_docs.as_deref()
    }
    /// Kind of supplier, such as `lab`, `cloud` or `gateway`; null if unknown.
    async fn category(&self) -> Option<&str> {
        self.0.category.as_deref()
    }
    /// Path or address of a logo; null if there is none.
    async fn logo(&self) -> Option<&str> {
        self.0.logo.as_deref()
    }
    /// Whether it may be used.
    async fn is_active(&self) -> bool {
        self.0.is_active
    }
    /// Wire protocol of the API, such as `openai`, `anthropic` or `ollama`; null if unknown.
    async fn adapter(&self) -> Option<&str> {
        self.0.adapter.as_deref()
    }
    /// What imports brought and the schema has no home for, by source; null if nothing.
    async fn extra(&self) -> Option<Json<JsonValue>> {
        stored_json(self.0.extra.as_ref())
    }
    /// The live keys that its API is called with, by label, the older first; never the keys themselves. Null as of the past,
    /// since keys have no history. For admins only.
    #[graphql(guard = "Only(Action::ManageKeys)")]
    async fn keys(&self, context: &Context<'_>) -> Result<Option<Vec<SupplierKey>>> {
        let keys = self.0.keys().await.map_err(fault(context))?;
        Ok(keys.map(|keys| keys.into_iter().map(SupplierKey).collect()))
    }
    /// The models it offers.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn models(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Start behind the row with this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the row with this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which of them; live ones unless `deleted` says otherwise.")] filter: Option<ModelWhere>,
        #[graphql(desc = "How they are sorted, by at most three keys; by name unless said.")] order_by: Option<Vec<ModelOrder>>,
    ) -> Result<ModelConnection> {
        let page = PageArguments { first, after, last, before };
        models_of(context, &page, filter, order_by, &self.0, scope_of_suppliers, |key, make| self.0.models(key, make))
    }
}}

planned! { node Supplier {
    "name" => name,
    "displayName" => display_name,
    "description" => description,
    "apiEndpoint" => api_endpoint,
    "baseUrl" => base_url,
    "apiUrl" => api_url,
    "apiKeyRequired" => api_key_required,
    "website" => website,
    "apiDocs" => api_docs,
    "category" => category,
    "logo" => logo,
    "isActive" => is_active,
    "adapter" => adapter,
    "extra" => extra,
} }

/// The full URL of a supplier's API: the one that was set, else its parts joined.
fn api_url(supplier: &SupplierFields) -> Option<String> {
    if let Some(url) = &supplier.api_url {
        return Some(url.clone());
    }
    let base = supplier.base_url.as_deref()?;
    Some(match supplier.api_endpoint.as_deref() {
        Some(path) => format!("{}/{}", base.trim_end_matches('/'), path.trim_start_matches('/')),
        None => base.to_owned(),
    })
}

connection!(SupplierConnection, SupplierEdge, Supplier, Suppliers, "suppliers");

/// Conditions on suppliers; all that are given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct SupplierWhere {
    /// By id.
    pub id: Option<IdFilter>,
    /// By name.
    pub name: Option<StringFilter>,
    /// By display name.
    pub display_name: Option<StringFilter>,
    /// By description.
    pub description: Option<StringFilter>,
    /// By kind of supplier.
    pub category: Option<StringFilter>,
    /// By wire protocol.
    pub adapter: Option<StringFilter>,
    /// By whether they may be used.
    pub is_active: Option<BooleanFilter>,
    /// By whether calls need a key.
    pub api_key_required: Option<BooleanFilter>,
    /// By when they were entered.
    pub created_at: Option<DateTimeFilter>,
    /// By when they were last changed.
    pub updated_at: Option<DateTimeFilter>,
    /// Every word of this text is in their name, display name or description; ASCII letters match in either case,
    /// on PostgreSQL all letters.
    pub search: Option<String>,
    /// Whether deleted suppliers are shown. Counts at the top level of `where` only.
    pub deleted: Option<Deleted>,
    /// Meet all of these.
    pub and: Option<Vec<Self>>,
    /// Meet one of these.
    pub or: Option<Vec<Self>>,
    /// Don't meet this.
    pub not: Option<Box<Self>>,
}

impl SupplierWhere {
    /// The condition, without regard to deletion.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` if an id is of another type or moment.
    pub fn predicate(&self, as_of: AsOf) -> Result<Predicate> {
        let mut conditions: Vec<Predicate> = [
            given(self.name.as_ref(), columns::name()),
            given(self.display_name.as_ref(), columns::display_name()),
            given(self.description.as_ref(), columns::description()),
            given(self.category.as_ref(), columns::category()),
            given(self.adapter.as_ref(), columns::adapter()),
            given(self.is_active.as_ref(), columns::is_active()),
            given(self.api_key_required.as_ref(), columns::api_key_required()),
            given(self.created_at.as_ref(), columns::created_at()),
            given(self.updated_at.as_ref(), columns::updated_at()),
            self.search.as_deref().map(|text| any_field_contains(&SEARCHED, text)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if let Some(id) = &self.id {
            conditions.push(id.on(columns::id(), NodeKind::Supplier, as_of)?);
        }
        conditions.extend(combined(self.and.as_deref(), self.or.as_deref(), self.not.as_deref(), |filter| {
            filter.predicate(as_of)
        })?);
        Ok(Predicate::all(conditions))
    }
}

const SEARCHED: [Field; 3] = [columns::name(), columns::display_name(), columns::description()];

/// What suppliers can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum SupplierOrderField {
    /// By name.
    Name,
    /// By display name.
    DisplayName,
    /// By how many live models they have.
    ModelCount,
    /// By when they were entered.
    CreatedAt,
    /// By when they were last changed.
    UpdatedAt,
}

/// One key to sort suppliers by.
#[derive(Debug, Clone, InputObject)]
pub struct SupplierOrder {
    /// By what.
    pub field: SupplierOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl Order for SupplierOrder {
    fn usual() -> Self {
        Self { field: SupplierOrderField::Name, direction: OrderDirection::Asc }
    }

    fn key(&self, _: NaiveDate) -> Result<SortKey> {
        let key = match self.field {
            SupplierOrderField::Name => order::suppliers::name(),
            SupplierOrderField::DisplayName => order::suppliers::display_name(),
            SupplierOrderField::ModelCount => order::suppliers::model_count(),
            SupplierOrderField::CreatedAt => order::suppliers::created_at(),
            SupplierOrderField::UpdatedAt => order::suppliers::updated_at(),
        };
        Ok(key.directed(self.direction.descending()))
    }
}

/// All suppliers.
pub fn all(
    context: &Context<'_>,
    store: &Store,
    page: &PageArguments,
    filter: Option<SupplierWhere>,
    order_by: Option<Vec<SupplierOrder>>,
) -> Result<SupplierConnection> {
    let filter = filter.unwrap_or_default();
    let live = Predicate::deleted(columns::deleted_at(), filter.deleted.unwrap_or_default());
    root_list(
        context,
        store,
        page,
        "suppliers",
        Predicate::all([live, filter.predicate(scope(context)?.as_of(store))?]),
        order_by,
    )
    .map(SupplierConnection)
}
