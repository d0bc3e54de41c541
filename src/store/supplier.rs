//! The table `suppliers`.

use super::entity::entity;
use crate::domain::JsonText;

entity! {
    /// Who offers models.
    Supplier: suppliers => SupplierRow { SupplierFields }
    {
        /// Natural key.
        name: String,
        /// Name to show, in any language.
        display_name: Option<String>,
        /// Free text.
        description: Option<String>,
        /// Path below `base_url`.
        api_endpoint: Option<String>,
        /// Root of the API.
        base_url: Option<String>,
        /// Full URL of the API, where it is not `base_url` and `api_endpoint` joined.
        api_url: Option<String>,
        /// Whether calls need a key; `None` if unknown.
        api_key_required: Option<bool>,
        /// Home page.
        website: Option<String>,
        /// Documentation of the API.
        api_docs: Option<String>,
        /// Kind of supplier, such as `lab` or `gateway`.
        category: Option<String>,
        /// Path or address of a logo.
        logo: Option<String>,
        /// Whether it may be used.
        is_active: bool,
        /// Wire protocol, such as `openai`.
        adapter: Option<String>,
        /// What imports brought and the schema has no home for: source, then field.
        extra: Option<JsonText>,
    }
}
