//! `ModelVersion`: a frozen state of a model; `ModelPointer`: a name that points to one.

use async_graphql::{Context, Error, Result};

use super::cursor::ListName;
use super::direct::planned;
use super::error::fault;
use super::model::Model;
use super::model_state::ModelState;
use super::object::node;
use super::paging::{ListPart, PageArguments, connection};
use crate::loader::{Item, ListLoader};
use crate::store::links::scope_of_versions;
use crate::store::model::Model as Models;
use crate::store::model_pointer::ModelPointer as Pointers;
use crate::store::model_version::ModelVersion as Versions;
use crate::store::order;
use crate::store::page::{List, Scope};
use crate::store::predicate::Predicate;
use crate::store::schema::fields;

node! {
/// A model as it was when this was published: frozen under a label, for good.
ModelVersion over Versions {
    /// Natural key within the model, at most 100 bytes.
    async fn label(&self) -> &str {
        &self.0.label
    }
    /// What there is to say about it; null if nothing.
    async fn notes(&self) -> Option<&str> {
        self.0.notes.as_deref()
    }
    /// Whose version it is.
    async fn model(&self, context: &Context<'_>) -> Result<Model> {
        let model = self.0.model().await.map_err(fault(context))?;
        model.map(Model).ok_or_else(|| Error::new("the version's model is gone"))
    }
    /// What it holds: the model with its aliases, parameters, capabilities, categories and prices as they were. Null if the
    /// history that it was kept in is gone.
    async fn content(&self, context: &Context<'_>) -> Result<Option<ModelState>> {
        Ok(self.0.content().await.map_err(fault(context))?.map(|state| ModelState::from(&*state)))
    }
    /// The names that point to it, in order.
    async fn pointers(&self, context: &Context<'_>) -> Result<Vec<ModelPointer>> {
        let pointers = self.0.pointers().await.map_err(fault(context))?;
        Ok(pointers.into_iter().map(ModelPointer).collect())
    }
}}

node! {
/// A name that points to a version of its model and can be moved to another; its history tells where it pointed.
ModelPointer over Pointers {
    /// Natural key within the model: a slug of at most 100 bytes, such as `production`. `latest` follows by itself what is
    /// published.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// What it points to.
    async fn model_version(&self, context: &Context<'_>) -> Result<ModelVersion> {
        let version = self.0.model_version().await.map_err(fault(context))?;
        version.map(ModelVersion).ok_or_else(|| Error::new("the pointer's version is gone"))
    }
    /// Whose pointer it is.
    async fn model(&self, context: &Context<'_>) -> Result<Model> {
        let model = self.0.model().await.map_err(fault(context))?;
        model.map(Model).ok_or_else(|| Error::new("the pointer's model is gone"))
    }
}}

planned! { node ModelVersion {
    "label" => label,
    "notes" => notes,
}
one "model" => Model by model;
many "pointers" => ModelPointer by pointers; }

planned! { node ModelPointer {
    "name" => name,
}
one "modelVersion" => ModelVersion by model_version;
one "model" => Model by model; }

connection!(ModelVersionConnection, ModelVersionEdge, ModelVersion, Versions, "versions of a model");

/// The live versions of a model, the newest first, loaded for its whole batch.
///
/// # Errors
/// `BAD_USER_INPUT` that names the argument.
pub fn versions_of(model: &Item<Models>, page: &PageArguments) -> Result<ModelVersionConnection> {
    let name = ListName("model versions".to_owned());
    let live = || Predicate::is_null(fields::model_versions::deleted_at(), true);
    let keys = || vec![order::model_versions::cut().directed(true)];
    let window = page.window(&name, &List::<Versions>::new(Scope::All, live(), keys()))?;
    let loader = model.versions(format!("{page:?}"), move |store, models| {
        ListLoader::new(store, List::new(scope_of_versions(models), live(), keys()), window)
    });
    Ok(ModelVersionConnection(ListPart::new(loader, name, model.id)))
}
