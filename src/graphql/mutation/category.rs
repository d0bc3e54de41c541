//! Writing categories, and putting models into them.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::super::category::Category;
use super::super::guard::ByPolicy;
use super::super::id::NodeKind;
use super::super::model::Model;
use super::super::scope::editor;
use super::input::{delete_inputs, inputs, reference, reference_or_key, restore_inputs, target};
use super::payload::{answer, payloads};
use crate::registry::category::{self, CategoryChanges};
use crate::registry::category_link;
use crate::store::category::Category as Categories;
use crate::store::model::Model as Models;

inputs! {
    /// A category to enter.
    create CreateCategoryInput {
        /// The category above it: a global id such as `Category:7`, or a path such as `llm`; null for a root. The tree has at
        /// most 20 levels, and 1,000 categories side by side.
        pub parent_id: Option<ID>,
    }
    /// Changes to a category: a field that is left out stays, one that is null becomes empty. A new name becomes part of the
    /// paths of everything below it.
    update UpdateCategoryInput {}
    => CategoryChanges {
        required {
            /// Natural key among its siblings: 1 to 100 bytes of lower-case letters, digits and `. _ -`; never null.
            name: String,
            /// Name to show, in any language, at most 200 characters; never null.
            display_name: String,
            /// Kind of category, such as `model_type` or `task`, at most 100 bytes, spelled as names are; never null.
            category_type: String,
        }
        usual {
            /// Whether it is in use, which it is unless said; never empty.
            is_active: bool,
            /// Place among its siblings, from 0, which it is unless said; never empty.
            position: i32,
        }
        optional {
            /// What there is to say about it, at most 10,000 characters; null if nothing.
            description: String,
        }
    }
}

/// Where a category is to be, with everything below it.
#[derive(Debug, InputObject)]
pub struct MoveCategoryInput {
    /// Global id of the category to move.
    pub id: ID,
    /// Move it only if its `version` is still this one; whatever it is, if left out or null.
    pub expected_version: Option<i64>,
    /// The category to move it below: a global id such as `Category:7`, or a path such as `llm`; a root if left out or
    /// null.
    pub parent_id: Option<ID>,
    /// Its place among its new siblings, from 0; the one it has if left out or null.
    pub position: Option<i32>,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

/// Categories to put a model into.
#[derive(Debug, InputObject)]
pub struct AttachCategoriesInput {
    /// Global id of the model.
    pub model_id: ID,
    /// The categories, at most 100: global ids such as `Category:7`, or paths such as `llm/chat`.
    pub categories: Vec<ID>,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

/// Categories to take a model out of.
#[derive(Debug, InputObject)]
pub struct DetachCategoriesInput {
    /// Global id of the model.
    pub model_id: ID,
    /// The categories, at most 100: global ids such as `Category:7`, or paths such as `llm/chat`.
    pub categories: Vec<ID>,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

delete_inputs! {
    DeleteCategoryInput, "category",
        "Whether the live categories below it are deleted with it; unless they are, a category that has any is not deleted.";
}
restore_inputs! { RestoreCategoryInput, "category"; }
payloads!(category: Category, over Categories, CreateCategoryPayload, UpdateCategoryPayload, MoveCategoryPayload,
    DeleteCategoryPayload, RestoreCategoryPayload);
payloads!(model: Model, over Models, AttachCategoriesPayload, DetachCategoriesPayload);

/// Writing categories, and putting models into them.
#[derive(Default)]
pub struct CategoryMutation;

#[Object(guard = "ByPolicy")]
impl CategoryMutation {
    /// Enters a category, below another one or as a root.
    async fn create_category(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The category.")] input: CreateCategoryInput,
    ) -> Result<CreateCategoryPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let parent = input.parent_id.as_ref().map(|id| reference_or_key(NodeKind::Category, id));
        answer(context, &editor, category::create(&editor, parent, input.changes()).await).await
    }

    /// Changes a category. If nothing differs, nothing is written and its version stays.
    async fn update_category(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which category, and its new values.")] input: UpdateCategoryInput,
    ) -> Result<UpdateCategoryPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::Category, &input.id, input.expected_version);
        answer(context, &editor, category::update(&editor, target, input.changes()).await).await
    }

    /// Moves a category with everything below it. It can't come below itself.
    async fn move_category(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which category, and where to.")] input: MoveCategoryInput,
    ) -> Result<MoveCategoryPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::Category, &input.id, input.expected_version);
        let parent = input.parent_id.as_ref().map(|id| reference_or_key(NodeKind::Category, id));
        answer(context, &editor, category::relocate(&editor, target, parent, input.position).await).await
    }

    /// Deletes a category, which frees its place and takes the models out of it.
    async fn delete_category(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which category.")] input: DeleteCategoryInput,
    ) -> Result<DeleteCategoryPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::Category, &input.id, input.expected_version);
        answer(context, &editor, category::delete(&editor, target, input.cascade).await).await
    }

    /// Restores a deleted category below its live parent, with the categories and places of models that were deleted with
    /// it.
    async fn restore_category(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which category.")] input: RestoreCategoryInput,
    ) -> Result<RestoreCategoryPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let id = reference(NodeKind::Category, &input.id);
        answer(context, &editor, category::restore(&editor, id).await).await
    }

    /// Puts a model into categories, all or none; those it is in already stay as they are. A model is directly in at most
    /// 100.
    async fn attach_categories(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model, and which categories.")] input: AttachCategoriesInput,
    ) -> Result<AttachCategoriesPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let model = reference(NodeKind::Model, &input.model_id);
        let categories = input.categories.iter().map(|id| reference_or_key(NodeKind::Category, id)).collect();
        answer(context, &editor, category_link::attach(&editor, model, categories).await).await
    }

    /// Takes a model out of categories, all or none; those it is not in stay so.
    async fn detach_categories(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model, and which categories.")] input: DetachCategoriesInput,
    ) -> Result<DetachCategoriesPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let model = reference(NodeKind::Model, &input.model_id);
        let categories = input.categories.iter().map(|id| reference_or_key(NodeKind::Category, id)).collect();
        answer(context, &editor, category_link::detach(&editor, model, categories).await).await
    }
}
