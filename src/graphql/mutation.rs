//! The roots of writing, one file for each kind of object.

#![expect(clippy::useless_let_if_seq, reason = "the code that `MergedObject` stands for is so")]

mod alias;
mod api_token;
mod capability;
mod category;
mod input;
mod model;
mod model_version;
mod parameter;
mod payload;
mod price;
mod purge;
mod revert;
mod supplier;
mod supplier_key;

use async_graphql::MergedObject;

/// Everything that can be changed. A value that can't be taken is a user error in the answer, never a failure of the
/// request; all of an input's are reported at once, and then nothing is changed.
#[derive(MergedObject, Default)]
pub struct Mutation(
    supplier::SupplierMutation,
    supplier_key::SupplierKeyMutation,
    model::ModelMutation,
    parameter::ParameterMutation,
    price::PriceMutation,
    alias::AliasMutation,
    capability::CapabilityMutation,
    category::CategoryMutation,
    model_version::VersionMutation,
    revert::RevertMutation,
    purge::PurgeMutation,
    api_token::ApiTokenMutation,
);
