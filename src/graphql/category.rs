//! `Category`: a tree that models are put into.

use async_graphql::{Context, Enum, InputObject, Result};
use chrono::NaiveDate;

use super::direct::{DirectList, planned};
use super::error::{bad_input, fault};
use super::filters::{BooleanFilter, DateTimeFilter, IdFilter, StringFilter, combined, given};
use super::id::NodeKind;
use super::model::{ModelConnection, ModelOrder, ModelWhere, models_of};
use super::object::node;
use super::paging::{Order, OrderDirection, PageArguments, connection, root_list};
use super::scope::{AsOf, scope};
use crate::store::Store;
use crate::store::category::Category as Categories;
use crate::store::links::{any_field_contains, scope_of_categories};
use crate::store::order;
use crate::store::page::SortKey;
use crate::store::predicate::{Deleted, Field, Predicate};
use crate::store::schema::fields::model_categories as columns;

/// Most levels that a tree or a list of descendants goes down.
pub const MAX_DEPTH: usize = 20;

/// Checks a depth that a client asks for.
///
/// # Errors
/// `BAD_USER_INPUT` if it is not 1 to [`MAX_DEPTH`].
pub fn depth(given: i32) -> Result<usize> {
    let depth = usize::try_from(given).ok().filter(|depth| (1..=MAX_DEPTH).contains(depth));
    depth.ok_or_else(|| bad_input(format!("maxDepth: must be 1 to {MAX_DEPTH}, not {given}")))
}

node! {
/// A category of models; categories form a tree.
Category over Categories {
    /// Natural key among its siblings: a slug without `/`.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Names from the root down, joined by `/`, such as `llm/chat`; unique among live categories.
    async fn path(&self) -> &str {
        &self.0.path
    }
    /// Name to show, in any language.
    async fn display_name(&self) -> &str {
        &self.0.display_name
    }
    /// What there is to say about it; null if nothing.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }
    /// Kind of category, such as `model_type` or `task`.
    async fn category_type(&self) -> &str {
        &self.0.category_type
    }
    /// Place among its siblings, from 0; siblings with the same one are sorted by name.
    async fn position(&self) -> i32 {
        self.0.position
    }
    /// How many categories are above it: 0 at a root.
    async fn depth(&self) -> i64 {
        i64::try_from(self.0.path.matches('/').count()).unwrap_or(i64::MAX)
    }
    /// Whether it is in use.
    async fn is_active(&self) -> bool {
        self.0.is_active
    }
    /// The category above it; null at a root.
    async fn parent(&self, context: &Context<'_>) -> Result<Option<Category>> {
        Ok(self.0.parent().await.map_err(fault(context))?.map(Category))
    }
    /// The categories directly below it, by position and name; at most 1,000. Within a `categoryTree`, none below its
    /// `maxDepth`.
    async fn children(&self, context: &Context<'_>) -> Result<DirectList<Category>> {
        let children = self.0.children().await.map_err(fault(context))?;
        Ok(children.into_iter().map(Category).collect())
    }
    /// The categories above it, the root first; at most 20.
    async fn ancestors(&self, context: &Context<'_>) -> Result<DirectList<Category>> {
        let ancestors = self.0.ancestors().await.map_err(fault(context))?;
        Ok(ancestors.into_iter().map(Category).collect())
    }
    /// The categories below it, by path.
    async fn descendants(
        &self,
        context: &Context<'_>,
        #[graphql(default = 20, desc = "How many levels down, 1 to 20.")] max_depth: i32,
    ) -> Result<DirectList<Category>> {
        let descendants = self.0.descendants(depth(max_depth)?).await.map_err(fault(context))?;
        Ok(descendants.into_iter().map(Category).collect())
    }
    /// The models in it.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn models(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Start behind the row with this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the row with this cursor.")] before: Option<String>,
        #[graphql(default = false, desc = "Whether models in categories below it count too, each once.")] include_descendants: bool,
        #[graphql(name = "where", desc = "Which of them; live ones unless `deleted` says otherwise.")] filter: Option<ModelWhere>,
        #[graphql(desc = "How they are sorted, by at most three keys; by name unless said.")] order_by: Option<Vec<ModelOrder>>,
    ) -> Result<ModelConnection> {
        let page = PageArguments { first, after, last, before };
        let scope = move |parents| scope_of_categories(parents, include_descendants);
        models_of(context, &page, filter, order_by, &self.0, scope, |key, make| {
            self.0.models(format!("{include_descendants} {key}"), make)
        })
    }
}}

planned! { node Category {
    "name" => name,
    "path" => path,
    "displayName" => display_name,
    "description" => description,
    "categoryType" => category_type,
    "position" => position,
    "depth" => depth,
    "isActive" => is_active,
}
maybe "parent" => Category by parent;
many "children" => Category by children;
many "ancestors" => Category by ancestors; }

connection!(CategoryConnection, CategoryEdge, Category, Categories, "categories");

/// Conditions on categories; all that are given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct CategoryWhere {
    /// By id.
    pub id: Option<IdFilter>,
    /// By name.
    pub name: Option<StringFilter>,
    /// By path; `startsWith` finds a subtree.
    pub path: Option<StringFilter>,
    /// By display name.
    pub display_name: Option<StringFilter>,
    /// By kind of category.
    pub category_type: Option<StringFilter>,
    /// By the category directly above.
    pub parent_id: Option<IdFilter>,
    /// Whether they are roots.
    pub is_root: Option<bool>,
    /// By whether they are in use.
    pub is_active: Option<BooleanFilter>,
    /// By when they were entered.
    pub created_at: Option<DateTimeFilter>,
    /// By when they were last changed.
    pub updated_at: Option<DateTimeFilter>,
    /// Every word of this text is in their path, display name or description; ASCII letters match in either case,
    /// on PostgreSQL all letters.
    pub search: Option<String>,
    /// Whether deleted categories are shown. Counts at the top level of `where` only.
    pub deleted: Option<Deleted>,
    /// Meet all of these.
    pub and: Option<Vec<Self>>,
    /// Meet one of these.
    pub or: Option<Vec<Self>>,
    /// Don't meet this.
    pub not: Option<Box<Self>>,
}

const SEARCHED: [Field; 3] = [columns::path(), columns::display_name(), columns::description()];

impl CategoryWhere {
    fn predicate(&self, as_of: AsOf) -> Result<Predicate> {
        let mut conditions: Vec<Predicate> = [
            given(self.name.as_ref(), columns::name()),
            given(self.path.as_ref(), columns::path()),
            given(self.display_name.as_ref(), columns::display_name()),
            given(self.category_type.as_ref(), columns::category_type()),
            self.is_root.map(|root| Predicate::is_null(columns::parent_id(), root)),
            given(self.is_active.as_ref(), columns::is_active()),
            given(self.created_at.as_ref(), columns::created_at()),
            given(self.updated_at.as_ref(), columns::updated_at()),
            self.search.as_deref().map(|text| any_field_contains(&SEARCHED, text)),
        ]
        .into_iter()
        .flatten()
        .collect();
        for (id, field) in [(&self.id, columns::id()), (&self.parent_id, columns::parent_id())] {
            if let Some(id) = id {
                conditions.push(id.on(field, NodeKind::Category, as_of)?);
            }
        }
        conditions.extend(combined(self.and.as_deref(), self.or.as_deref(), self.not.as_deref(), |filter| {
            filter.predicate(as_of)
        })?);
        Ok(Predicate::all(conditions))
    }
}

/// What categories can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum CategoryOrderField {
    /// By path, which is the order of the tree.
    Path,
    /// By name.
    Name,
    /// By place among their siblings.
    Position,
    /// By when they were entered.
    CreatedAt,
    /// By when they were last changed.
    UpdatedAt,
}

/// One key to sort categories by.
#[derive(Debug, Clone, InputObject)]
pub struct CategoryOrder {
    /// By what.
    pub field: CategoryOrderField,
    /// Which way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl Order for CategoryOrder {
    fn usual() -> Self {
        Self { field: CategoryOrderField::Path, direction: OrderDirection::Asc }
    }

    fn key(&self, _: NaiveDate) -> Result<SortKey> {
        let key = match self.field {
            CategoryOrderField::Path => order::categories::path(),
            CategoryOrderField::Name => order::categories::name(),
            CategoryOrderField::Position => order::categories::position(),
            CategoryOrderField::CreatedAt => order::categories::created_at(),
            CategoryOrderField::UpdatedAt => order::categories::updated_at(),
        };
        Ok(key.directed(self.direction.descending()))
    }
}

/// All categories.
pub fn all(
    context: &Context<'_>,
    store: &Store,
    page: &PageArguments,
    filter: Option<CategoryWhere>,
    order_by: Option<Vec<CategoryOrder>>,
) -> Result<CategoryConnection> {
    let filter = filter.unwrap_or_default();
    let live = Predicate::deleted(columns::deleted_at(), filter.deleted.unwrap_or_default());
    let predicate = Predicate::all([live, filter.predicate(scope(context)?.as_of(store))?]);
    root_list(context, store, page, "categories", predicate, order_by).map(CategoryConnection)
}
