//! `Change`: what happened to one row, and connections of changes.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Json, Object, Result, SimpleObject};
use serde_json::Value as JsonValue;

use super::alias::ModelAlias;
use super::capability::{Capability, ModelCapability};
use super::category::Category;
use super::change_set::ChangeSet;
use super::cursor::ListName;
use super::error::fault;
use super::feed_cursor;
use super::id::NodeKind;
use super::model::Model;
use super::model_version::{ModelPointer, ModelVersion};
use super::node::Node;
use super::paging::{PageInfo, Position, slice_info};
use super::parameter::ModelParameter;
use super::price::ModelPrice;
use super::shown::{Shown, shown, whole};
use super::supplier::Supplier;
use crate::domain::{ChangeKind, ChangeOperation};
use crate::loader::{ChangeItem, ChangeLists, LinkedCapability};
use crate::store::StoreResult;
use crate::store::state::State;

/// A change of one object of the catalogue.
#[derive(Clone)]
pub struct Change(pub ChangeItem);

/// A field that a change gave another value.
#[derive(Debug, Clone, PartialEq, SimpleObject)]
pub struct FieldChange {
    /// The field's name, as inputs have it.
    field: String,
    /// The value before; null if there was none.
    before: Option<Json<JsonValue>>,
    /// The value after; null if there is none.
    after: Option<Json<JsonValue>>,
}

fn present(value: JsonValue) -> Option<Json<JsonValue>> {
    (!value.is_null()).then_some(Json(value))
}

/// The fields whose values differ, in order.
fn differences(before: Vec<Shown>, after: Vec<Shown>) -> Vec<FieldChange> {
    let names = if after.is_empty() { &before } else { &after };
    let names = names.iter().filter(|field| field.is_fact()).map(|field| field.name.clone());
    let value = |fields: &[Shown], name: &str| {
        fields.iter().find(|field| field.name == name).map_or(JsonValue::Null, |field| field.value.clone())
    };
    let change = |field: String| {
        let (before, after) = (value(&before, &field), value(&after, &field));
        (before != after).then(|| FieldChange { field, before: present(before), after: present(after) })
    };
    names.filter_map(change).collect()
}

impl Change {
    fn shown(&self, state: Option<&Arc<State>>) -> Vec<Shown> {
        state.map(|state| shown(self.0.kind, state)).unwrap_or_default()
    }

    async fn node(&self) -> StoreResult<Option<Node>> {
        let change = &self.0;
        Ok(match change.kind {
            ChangeKind::Supplier => change.supplier_object().await?.map(|item| Node::Supplier(Supplier(item))),
            ChangeKind::Model => change.model().await?.map(|item| Node::Model(Model(item))),
            ChangeKind::ModelAlias => change.alias_object().await?.map(|item| Node::ModelAlias(ModelAlias(item))),
            ChangeKind::ModelParameter => {
                change.parameter_object().await?.map(|item| Node::ModelParameter(ModelParameter(item)))
            }
            ChangeKind::ModelPrice => change.price_object().await?.map(|item| Node::ModelPrice(ModelPrice(item))),
            ChangeKind::Capability => change.capability_object().await?.map(|item| Node::Capability(Capability(item))),
            ChangeKind::ModelCapability => change
                .capability_link_object()
                .await?
                .map(|link| Node::ModelCapability(ModelCapability(LinkedCapability { link, capability: None }))),
            ChangeKind::Category => change.category_object().await?.map(|item| Node::Category(Category(item))),
            ChangeKind::ModelVersion => {
                change.version_object().await?.map(|item| Node::ModelVersion(ModelVersion(item)))
            }
            ChangeKind::ModelPointer => {
                change.pointer_object().await?.map(|item| Node::ModelPointer(ModelPointer(item)))
            }
            ChangeKind::ModelCategory => None,
        })
    }
}

/// A change of one object of the catalogue.
#[Object]
impl Change {
    /// Its place in the feed of changes: `changes(after:)` goes on behind it.
    async fn cursor(&self, context: &Context<'_>) -> Result<String> {
        let feed = self.0.feed().await.map_err(fault(context))?;
        feed.map(|feed| feed_cursor::encode(&feed, self.0.id)).ok_or_else(|| Error::new("the feed has no name"))
    }
    /// Its number: every change has a larger one than those before. Numbers may be skipped.
    async fn number(&self) -> i64 {
        self.0.id
    }
    /// What it was made together with: who did it, when and why.
    async fn change_set(&self, context: &Context<'_>) -> Result<ChangeSet> {
        let found = self.0.change_set().await.map_err(fault(context))?;
        found.map(ChangeSet).ok_or_else(|| Error::new("the change's change set is gone"))
    }
    /// What it is of.
    async fn r#type(&self) -> ChangeKind {
        self.0.kind
    }
    /// What it does.
    async fn operation(&self) -> ChangeOperation {
        self.0.operation
    }
    /// Global id of what it is of.
    async fn object_id(&self) -> ID {
        NodeKind::of(self.0.kind).id(self.0.of_row, None)
    }
    /// What it is of, as it is now, deleted or not; null if it is gone for good, and for types that are no `Node`.
    async fn object(&self, context: &Context<'_>) -> Result<Option<Node>> {
        self.node().await.map_err(fault(context))
    }
    /// The model that is changed or that the object belongs to, as it is now, deleted or not; null if there is none, or
    /// no longer.
    async fn model(&self, context: &Context<'_>) -> Result<Option<Model>> {
        Ok(self.0.model().await.map_err(fault(context))?.map(Model))
    }
    /// All of the object's fields before the change, by name; null if it did not exist.
    async fn before(&self, context: &Context<'_>) -> Result<Option<Json<JsonValue>>> {
        let (before, _) = self.0.states().await.map_err(fault(context))?;
        Ok(before.map(|state| Json(whole(shown(self.0.kind, &state)))))
    }
    /// All of the object's fields after the change, by name; null if it no longer exists.
    async fn after(&self, context: &Context<'_>) -> Result<Option<Json<JsonValue>>> {
        let (_, after) = self.0.states().await.map_err(fault(context))?;
        Ok(after.map(|state| Json(whole(shown(self.0.kind, &state)))))
    }
    /// The fields that have another value after than before, in order; without id, version and the times of making and
    /// changing.
    async fn fields(&self, context: &Context<'_>) -> Result<Vec<FieldChange>> {
        let (before, after) = self.0.states().await.map_err(fault(context))?;
        Ok(differences(self.shown(before.as_ref()), self.shown(after.as_ref())))
    }
}

/// A page of a list of changes.
pub struct ChangeConnection {
    /// The lists that the page is a part of.
    pub lists: Arc<ChangeLists>,
    /// Whose list it is.
    pub parent: i64,
    /// The list's name for its cursors.
    pub name: ListName,
}

/// One of a list of changes, and its place there.
#[derive(SimpleObject)]
pub struct ChangeEdge {
    /// The change.
    node: Change,
    /// Its place in the list, to pass as `after` or `before`.
    cursor: String,
}

impl ChangeConnection {
    fn cursor(&self, change: &ChangeItem) -> String {
        self.name.cursor(&Position { keys: Vec::new(), id: change.id })
    }
}

/// A page of a list of changes.
#[Object]
impl ChangeConnection {
    /// The page's changes, each with its cursor.
    async fn edges(&self, context: &Context<'_>) -> Result<Vec<ChangeEdge>> {
        let page = self.lists.changes(self.parent).await.map_err(fault(context))?;
        let edge = |change: ChangeItem| ChangeEdge { cursor: self.cursor(&change), node: Change(change) };
        Ok(page.rows.into_iter().map(edge).collect())
    }
    /// The page's changes.
    async fn nodes(&self, context: &Context<'_>) -> Result<Vec<Change>> {
        let page = self.lists.changes(self.parent).await.map_err(fault(context))?;
        Ok(page.rows.into_iter().map(Change).collect())
    }
    /// Where the page lies in the list.
    async fn page_info(&self, context: &Context<'_>) -> Result<PageInfo> {
        let page = self.lists.changes(self.parent).await.map_err(fault(context))?;
        Ok(slice_info(
            self.lists.slice(),
            page.more,
            page.rows.first().map(|row| self.cursor(row)),
            page.rows.last().map(|row| self.cursor(row)),
        ))
    }
    /// How many changes the whole list has; counted only when asked for.
    async fn total_count(&self, context: &Context<'_>) -> Result<i64> {
        self.lists.total(self.parent).await.map_err(fault(context))
    }
}
