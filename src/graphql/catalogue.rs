//! The roots of reading the catalogue.

use async_graphql::{Context, ID, Object, Result};

use super::capability::{self, Capability, CapabilityConnection, CapabilityOrder, CapabilityWhere};
use super::category::{self, Category, CategoryConnection, CategoryOrder, CategoryWhere};
use super::direct::{Direct, DirectList};
use super::error::{bad_input, fault};
use super::guard::ByPolicy;
use super::id::{NodeKind, expect_row};
use super::lifecycle::{DefaultModelChoice, DeprecationConnection, default_choice, deprecations};
use super::model::{self, Model, ModelConnection, ModelOrder, ModelWhere};
use super::model_filter::answering_to;
use super::node::{Node, nodes};
use super::paging::PageArguments;
use super::scalars::Date;
use super::scope::scope;
use super::supplier::{self, Supplier, SupplierConnection, SupplierOrder, SupplierWhere};
use crate::domain::ModelType;
use crate::loader::{Batch, Linked, tree};
use crate::store::Store;
use crate::store::capability::Capability as Capabilities;
use crate::store::category::Category as Categories;
use crate::store::model::Model as Models;
use crate::store::predicate::{Comparison, Deleted, Field, Predicate};
use crate::store::rows::row;
use crate::store::schema::fields;
use crate::store::sql::Value;
use crate::store::supplier::Supplier as Suppliers;

/// The catalogue: suppliers, models and what is known of them.
#[derive(Default)]
pub struct Catalogue(Option<Store>);

impl Catalogue {
    /// The catalogue as `past` has it.
    pub const fn of(past: Store) -> Self {
        Self(Some(past))
    }

    /// Where it is read from.
    fn store<'a>(&'a self, context: &Context<'a>) -> Result<&'a Store> {
        match &self.0 {
            Some(past) => Ok(past),
            None => Ok(&scope(context)?.store),
        }
    }
}

fn equal(field: Field, text: &str) -> Predicate {
    Predicate::compare(field, Comparison::Equal, Value::Text(text.to_owned()))
}

/// The live model that is the default of this kind.
fn default_of(model_type: ModelType, sub_type: Option<&str>) -> Predicate {
    use fields::models as columns;
    let sub_type = match sub_type {
        Some(sub_type) => equal(columns::sub_type(), sub_type),
        None => Predicate::is_null(columns::sub_type(), true),
    };
    let default = Predicate::compare(columns::is_default(), Comparison::Equal, Value::Bool(true));
    let live = Predicate::is_null(columns::deleted_at(), true);
    Predicate::all([live, default, equal(columns::model_type(), model_type.as_str()), sub_type])
}

/// The live row that meets `condition`, as the only one of its batch.
async fn one<E: Linked>(
    context: &Context<'_>,
    store: &Store,
    deleted_at: Field,
    condition: Predicate,
) -> Result<Option<crate::loader::Item<E>>> {
    let live = Predicate::all([condition, Predicate::is_null(deleted_at, true)]);
    let found = store.read_along(move |conn| Box::pin(row::<E>(conn, live))).await.map_err(fault(context))?;
    Ok(found.map(|row| Batch::single(store, row)))
}

/// The catalogue: suppliers, models and what is known of them.
#[Object(guard = "ByPolicy")]
impl Catalogue {
    /// The object with this id; null if there is none.
    async fn node(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Global id, such as `Model:42`, or one that was given as of the past.")] id: ID,
        #[graphql(desc = "Whether a deleted object is found; it is not unless said.")] deleted: Option<Deleted>,
    ) -> Option<Result<Direct<Node>>> {
        // The result inside: an id that is none empties this field, and not those beside it.
        let found =
            async { nodes(context, self.store(context)?, "id", &[id], deleted.unwrap_or_default()).await }.await;
        found.map(|mut found| found.pop().flatten().map(Direct)).transpose()
    }

    /// The objects with these ids, in the same order; null where there is none.
    async fn nodes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Global ids, at most 100, those given as of the past included.")] ids: Vec<ID>,
        #[graphql(desc = "Whether deleted objects are found; they are not unless said.")] deleted: Option<Deleted>,
    ) -> Result<Vec<Option<Node>>> {
        nodes(context, self.store(context)?, "ids", &ids, deleted.unwrap_or_default()).await
    }

    /// The live supplier with this name; null if there is none.
    async fn supplier(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Natural key, such as `openai`.")] name: String,
    ) -> Result<Option<Direct<Supplier>>> {
        use fields::suppliers as columns;
        Ok(one::<Suppliers>(context, self.store(context)?, columns::deleted_at(), equal(columns::name(), &name))
            .await?
            .map(|item| Direct(Supplier(item))))
    }

    /// Suppliers.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn suppliers(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Start behind the row with this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the row with this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which of them; live ones unless `deleted` says otherwise.")] filter: Option<
            SupplierWhere,
        >,
        #[graphql(desc = "How they are sorted, by at most three keys; by name unless said.")] order_by: Option<
            Vec<SupplierOrder>,
        >,
    ) -> Result<SupplierConnection> {
        supplier::all(context, self.store(context)?, &PageArguments { first, after, last, before }, filter, order_by)
    }

    /// The live model of this supplier that answers to this name, by its own name or an alias; null if none does.
    async fn model(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The supplier's name, such as `openai`.")] supplier: String,
        #[graphql(desc = "The model's name or one of its aliases, such as `gpt-4o`.")] name: String,
    ) -> Result<Option<Direct<Model>>> {
        for condition in answering_to(&supplier, &name) {
            if let Some(model) =
                one::<Models>(context, self.store(context)?, fields::models::deleted_at(), condition).await?
            {
                return Ok(Some(Direct(Model(model))));
            }
        }
        Ok(None)
    }

    /// Models.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn models(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Start behind the row with this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the row with this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which of them; live ones unless `deleted` says otherwise.")] filter: Option<
            ModelWhere,
        >,
        #[graphql(desc = "How they are sorted, by at most three keys; by name unless said.")] order_by: Option<
            Vec<ModelOrder>,
        >,
    ) -> Result<ModelConnection> {
        model::all(context, self.store(context)?, &PageArguments { first, after, last, before }, filter, order_by)
    }

    /// The model to use for a kind of work: the live default of this type and sub-type or, if that is retired, the first
    /// model in its `successorChain` that isn't; null if no default is configured or all of these are retired.
    /// `defaultModelChoice` says which it was.
    async fn default_model(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What it works on.")] r#type: ModelType,
        #[graphql(desc = "What it is for, such as `chat`; without it, the default that has no sub-type.")]
        sub_type: Option<String>,
    ) -> Result<Option<Model>> {
        let choice = default_choice(context, self.store(context)?, default_of(r#type, sub_type.as_deref())).await?;
        Ok(choice.and_then(DefaultModelChoice::into_model))
    }

    /// The model to use for a kind of work, as `defaultModel` gives it, and whether it is the configured default or one that
    /// took its place; null if no default is configured.
    async fn default_model_choice(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What it works on.")] r#type: ModelType,
        #[graphql(desc = "What it is for, such as `chat`; without it, the default that has no sub-type.")]
        sub_type: Option<String>,
    ) -> Result<Option<DefaultModelChoice>> {
        default_choice(context, self.store(context)?, default_of(r#type, sub_type.as_deref())).await
    }

    /// The live models, drafts apart, with a day of deprecation or retirement before a day, past ones included, by the first
    /// of these days. Models that are deprecated or retired without such a day are not among them.
    async fn deprecations(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The first day that is no longer looked at.")] before: Date,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Start behind the row with this cursor.")] after: Option<String>,
    ) -> Result<DeprecationConnection> {
        deprecations(self.store(context)?, before, &PageArguments { first, after, ..PageArguments::default() })
    }

    /// The live capability with this name; null if there is none.
    async fn capability(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Natural key, such as `tool_calling`.")] name: String,
    ) -> Result<Option<Direct<Capability>>> {
        use fields::capabilities as columns;
        Ok(one::<Capabilities>(context, self.store(context)?, columns::deleted_at(), equal(columns::name(), &name))
            .await?
            .map(|item| Direct(Capability(item))))
    }

    /// Capabilities.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn capabilities(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Start behind the row with this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the row with this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which of them; live ones unless `deleted` says otherwise.")] filter: Option<
            CapabilityWhere,
        >,
        #[graphql(desc = "How they are sorted, by at most three keys; by name unless said.")] order_by: Option<
            Vec<CapabilityOrder>,
        >,
    ) -> Result<CapabilityConnection> {
        capability::all(context, self.store(context)?, &PageArguments { first, after, last, before }, filter, order_by)
    }

    /// The live category at this path; null if there is none.
    async fn category(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Names from the root down, joined by `/`, such as `llm/chat`.")] path: String,
    ) -> Result<Option<Direct<Category>>> {
        use fields::model_categories as columns;
        Ok(one::<Categories>(context, self.store(context)?, columns::deleted_at(), equal(columns::path(), &path))
            .await?
            .map(|item| Direct(Category(item))))
    }

    /// Categories, as a flat list.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn categories(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Start behind the row with this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the row with this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which of them; live ones unless `deleted` says otherwise.")] filter: Option<
            CategoryWhere,
        >,
        #[graphql(desc = "How they are sorted, by at most three keys; by path unless said.")] order_by: Option<
            Vec<CategoryOrder>,
        >,
    ) -> Result<CategoryConnection> {
        category::all(context, self.store(context)?, &PageArguments { first, after, last, before }, filter, order_by)
    }

    /// The tree of live categories, loaded at once: its roots, or one category with what is below it.
    async fn category_tree(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The category to start at; all roots unless given.")] root_id: Option<ID>,
        #[graphql(default = 6, desc = "How many levels, 1 to 20; below the last, `children` are empty.")]
        max_depth: i32,
    ) -> Result<DirectList<Category>> {
        use fields::model_categories as columns;
        let depth = category::depth(max_depth)?;
        let store = self.store(context)?;
        let root = match &root_id {
            None => None,
            Some(id) => {
                let id = expect_row(NodeKind::Category, "rootId", id, store.moment())?;
                let found =
                    one::<Categories>(context, store, columns::deleted_at(), Predicate::id_in(columns::id(), vec![id]));
                Some(found.await?.ok_or_else(|| bad_input("rootId: there is no such category"))?)
            }
        };
        let levels = tree(store, root.map(|item| (*item).clone()), depth).await.map_err(fault(context))?;
        Ok(levels.into_iter().map(Category).collect())
    }
}
