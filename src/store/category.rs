//! The table `model_categories`.

use super::entity::entity;

entity! {
    /// A tree of categories.
    Category: model_categories => CategoryRow { CategoryFields, NewCategory }
    {
        /// Natural key among its siblings.
        name: String,
        /// Name to show, in any language.
        display_name: String,
        /// Free text.
        description: Option<String>,
        /// Kind of category, such as `task`.
        category_type: String,
        /// The category above; `None` at a root.
        parent_id: Option<i64>,
        /// Whether it is in use.
        is_active: bool,
        /// Place among its siblings.
        position: i32,
        /// Names from the root down, joined by `/`: a subtree is a range of paths.
        path: String,
    }
}
