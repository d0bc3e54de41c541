//! Writing suppliers.

use async_graphql::{Context, Object, Result};

use super::super::guard::ByPolicy;
use super::super::id::NodeKind;
use super::super::scope::editor;
use super::super::supplier::Supplier;
use super::input::{delete_inputs, inputs, reference, restore_inputs, target};
use super::payload::{answer, payloads};
use crate::registry::supplier::{self, SupplierChanges};
use crate::store::supplier::Supplier as Suppliers;

inputs! {
    /// A supplier to enter.
    create CreateSupplierInput {}
    /// Changes to a supplier: a field that is left out stays, one that is null becomes empty.
    update UpdateSupplierInput {}
    => SupplierChanges {
        required {
            /// Natural key: 1 to 100 bytes of lower-case letters, digits and `. _ : / @ -`, unique among live suppliers;
            /// never null.
            name: String,
        }
        usual {
            /// Whether it may be used, which it may unless said; never empty.
            is_active: bool,
        }
        optional {
            /// Name to show, in any language, at most 200 characters; null if none is known.
            display_name: String,
            /// What there is to say about it, at most 10,000 characters; null if nothing.
            description: String,
            /// Path of the API below `baseUrl`, such as `/v1`, at most 2,000 bytes; null if unknown.
            api_endpoint: String,
            /// Root of the API, an http(s) address of at most 2,000 bytes; null if unknown.
            base_url: String,
            /// Full URL of the API, at most 2,000 bytes; null if it is `baseUrl` and `apiEndpoint` joined.
            api_url: String,
            /// Whether calls need a key; null if unknown.
            api_key_required: bool,
            /// Home page, an http(s) address of at most 2,000 bytes; null if unknown.
            website: String,
            /// Documentation of the API, an http(s) address of at most 2,000 bytes; null if unknown.
            api_docs: String,
            /// Kind of supplier, such as `lab`, `cloud` or `gateway`, spelled as names are; null if unknown.
            category: String,
            /// Path or http(s) address of a logo, at most 2,000 bytes; null if there is none.
            logo: String,
            /// Wire protocol of the API, such as `openai`, `anthropic` or `ollama`, spelled as names are; null if unknown.
            adapter: String,
        }
    }
}

delete_inputs! {
    DeleteSupplierInput, "supplier",
        "Whether its live models are deleted with it; unless they are, a supplier that has any is not deleted.";
}
restore_inputs! { RestoreSupplierInput, "supplier"; }
payloads!(supplier: Supplier, over Suppliers,
    CreateSupplierPayload, UpdateSupplierPayload, DeleteSupplierPayload, RestoreSupplierPayload);

/// Writing suppliers.
#[derive(Default)]
pub struct SupplierMutation;

#[Object(guard = "ByPolicy")]
impl SupplierMutation {
    /// Enters a supplier.
    async fn create_supplier(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The supplier.")] input: CreateSupplierInput,
    ) -> Result<CreateSupplierPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        answer(context, &editor, supplier::create(&editor, input.changes()).await).await
    }

    /// Changes a supplier. If nothing differs, nothing is written and its version stays.
    async fn update_supplier(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which supplier, and its new values.")] input: UpdateSupplierInput,
    ) -> Result<UpdateSupplierPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::Supplier, &input.id, input.expected_version);
        answer(context, &editor, supplier::update(&editor, target, input.changes()).await).await
    }

    /// Deletes a supplier, which frees its name.
    async fn delete_supplier(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which supplier.")] input: DeleteSupplierInput,
    ) -> Result<DeleteSupplierPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::Supplier, &input.id, input.expected_version);
        answer(context, &editor, supplier::delete(&editor, target, input.cascade).await).await
    }

    /// Restores a deleted supplier, with the models that were deleted with it.
    async fn restore_supplier(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which supplier.")] input: RestoreSupplierInput,
    ) -> Result<RestoreSupplierPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let id = reference(NodeKind::Supplier, &input.id);
        answer(context, &editor, supplier::restore(&editor, id).await).await
    }
}
