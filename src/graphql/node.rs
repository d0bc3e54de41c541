//! `node` and `nodes`: any object by its global id.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use async_graphql::{Context, ContextSelectionSet, ID, Interface, Result, Value};

use super::alias::ModelAlias;
use super::capability::{Capability, ModelCapability};
use super::category::Category;
use super::change_set::ChangeSet;
use super::direct::Showing;
use super::error::{bad_input, fault};
use super::id::{GlobalId, NodeKind, parse, same_moment};
use super::model::Model;
use super::model_version::{ModelPointer, ModelVersion};
use super::parameter::ModelParameter;
use super::price::ModelPrice;
use super::supplier::Supplier;
use super::time_travel::past;
use crate::domain::Timestamp;
use crate::loader::{Batch, ChangeSetItem, Item, Linked, LinkedCapability};
use crate::store;
use crate::store::predicate::Deleted;
use crate::store::rows::by_ids_and;
use crate::store::{Store, StoreError, StoreResult};

/// Anything with a global id.
#[derive(Clone, Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Global id: the type, a colon and a number; as of the past, its moment behind `@`."
))]
pub enum Node {
    /// Who offers models.
    Supplier(Supplier),
    /// What suppliers offer.
    Model(Model),
    /// Another name of a model.
    ModelAlias(ModelAlias),
    /// A typed fact of a model.
    ModelParameter(ModelParameter),
    /// What a model costs.
    ModelPrice(ModelPrice),
    /// What models can do.
    Capability(Capability),
    /// What is known of a model's ability.
    ModelCapability(ModelCapability),
    /// A category of models.
    Category(Category),
    /// A frozen state of a model.
    ModelVersion(ModelVersion),
    /// A name that points to one.
    ModelPointer(ModelPointer),
    /// Changes that were made together.
    ChangeSet(ChangeSet),
}

impl Showing for Node {
    async fn shown(&self, selection: &ContextSelectionSet<'_>, context: &Context<'_>) -> Option<Value> {
        match self {
            Self::Supplier(supplier) => supplier.shown(selection, context).await,
            Self::Model(model) => model.shown(selection, context).await,
            Self::ModelAlias(alias) => alias.shown(selection, context).await,
            Self::ModelParameter(parameter) => parameter.shown(selection, context).await,
            Self::ModelPrice(price) => price.shown(selection, context).await,
            Self::Capability(capability) => capability.shown(selection, context).await,
            Self::ModelCapability(capability) => capability.shown(selection, context).await,
            Self::Category(category) => category.shown(selection, context).await,
            Self::ModelVersion(version) => version.shown(selection, context).await,
            Self::ModelPointer(pointer) => pointer.shown(selection, context).await,
            Self::ChangeSet(_) => None,
        }
    }
}

/// Most ids that `nodes` takes.
const MAX_IDS: usize = 100;

/// The objects with these ids, in the same order; null where there is none. One statement for each type and moment.
///
/// # Errors
/// `BAD_USER_INPUT` that names `argument` if there are too many ids, one is none, or one is of another moment than
/// `here`, unless that is the present.
pub async fn nodes(
    context: &Context<'_>,
    here: &Store,
    argument: &str,
    ids: &[ID],
    deleted: Deleted,
) -> Result<Vec<Option<Node>>> {
    if ids.len() > MAX_IDS {
        return Err(bad_input(format!("{argument}: at most {MAX_IDS}")));
    }
    let keys = ids.iter().map(|id| key(here, argument, id)).collect::<Result<Vec<GlobalId>>>()?;
    let mut groups: HashMap<(Option<Timestamp>, NodeKind), Vec<i64>> = HashMap::new();
    for key in &keys {
        groups.entry((key.moment, key.kind)).or_default().push(key.row);
    }
    let mut stores = HashMap::from([(here.moment(), here.clone())]);
    for moment in keys.iter().filter_map(|key| key.moment) {
        if let Entry::Vacant(place) = stores.entry(Some(moment)) {
            place.insert(past(context, argument, moment).await?);
        }
    }
    let loads = groups.into_iter().map(|((moment, kind), rows)| {
        let store = stores.get(&moment).unwrap_or(here);
        async move { Ok::<_, StoreError>((moment, load(store, kind, rows, deleted).await?)) }
    });
    let mut found = HashMap::new();
    for loaded in futures_util::future::join_all(loads).await {
        let (moment, nodes) = loaded.map_err(fault(context))?;
        found.extend(nodes.into_iter().map(|((kind, row), node)| (GlobalId { kind, row, moment }, node)));
    }
    Ok(keys.iter().map(|key| found.get(key).cloned()).collect())
}

/// What an id says, with the moment that it is read as of.
fn key(here: &Store, argument: &str, id: &ID) -> Result<GlobalId> {
    let given =
        parse(id).ok_or_else(|| bad_input(format!("{:?} is not an id; ids look like \"Model:42\"", id.as_str())))?;
    if here.moment().is_some() {
        same_moment(argument, id, &given, here.moment())?;
    }
    Ok(GlobalId { moment: given.moment.or_else(|| here.moment()), ..given })
}

async fn load(
    store: &Store,
    kind: NodeKind,
    rows: Vec<i64>,
    deleted: Deleted,
) -> StoreResult<Vec<((NodeKind, i64), Node)>> {
    macro_rules! items {
        ($entity:ty, $wrap:expr) => {
            items::<$entity>(store, rows, deleted)
                .await?
                .into_iter()
                .map(|item| ((kind, item.id), $wrap(item)))
                .collect()
        };
    }
    Ok(match kind {
        NodeKind::Supplier => items!(store::supplier::Supplier, |item| Node::Supplier(Supplier(item))),
        NodeKind::Model => items!(store::model::Model, |item| Node::Model(Model(item))),
        NodeKind::ModelAlias => items!(store::alias::Alias, |item| Node::ModelAlias(ModelAlias(item))),
        NodeKind::ModelParameter => {
            items!(store::parameter::Parameter, |item| Node::ModelParameter(ModelParameter(item)))
        }
        NodeKind::ModelPrice => items!(store::price::Price, |item| Node::ModelPrice(ModelPrice(item))),
        NodeKind::Capability => items!(store::capability::Capability, |item| Node::Capability(Capability(item))),
        NodeKind::ModelCapability => {
            items!(store::capability_link::CapabilityLink, |link| Node::ModelCapability(ModelCapability(
                LinkedCapability { link, capability: None }
            )))
        }
        NodeKind::Category => items!(store::category::Category, |item| Node::Category(Category(item))),
        NodeKind::ChangeSet => {
            let found = ChangeSetItem::by_ids(store, rows).await?;
            found.into_iter().map(|(id, item)| ((kind, id), Node::ChangeSet(ChangeSet(item)))).collect()
        }
        NodeKind::ModelVersion => {
            items!(store::model_version::ModelVersion, |item| Node::ModelVersion(ModelVersion(item)))
        }
        NodeKind::ModelPointer => {
            items!(store::model_pointer::ModelPointer, |item| Node::ModelPointer(ModelPointer(item)))
        }
        // Keys are reached from their suppliers only.
        NodeKind::ModelCategory | NodeKind::SupplierKey => Vec::new(),
    })
}

async fn items<E: Linked>(store: &Store, ids: Vec<i64>, deleted: Deleted) -> StoreResult<Vec<Item<E>>> {
    let rows = store.read_along(move |conn| Box::pin(by_ids_and::<E>(conn, ids, deleted))).await?;
    Ok(Batch::items(store, rows))
}
