//! Models as they were right after a change, with all that belonged to them.

use std::collections::{BTreeSet, HashMap};

use super::alias::{Alias, AliasRow};
use super::capability::Capability;
use super::capability_link::{CapabilityLink, CapabilityLinkFields};
use super::category::Category;
use super::category_link::{CategoryLink, CategoryLinkRow};
use super::model::{Model, ModelFields};
use super::parameter::{Parameter, ParameterFields};
use super::price::{Price, PriceFields};
use super::read::load;
use super::schema::Columns as _;
use super::sql::{Sql, Value};
use super::supplier::Supplier;
use super::{Conn, Entity, Row as _, StoreResult};

/// A model as of a cut: right after the change of that number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModelAt {
    /// The model.
    pub model: i64,
    /// The cut.
    pub cut: i64,
}

/// The cut that comes after every change: what is now.
pub const NOW: i64 = i64::MAX - 1;

/// What a model was, with all that belonged to it, by natural keys.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelState {
    /// Its own fields.
    pub fields: ModelFields,
    /// Name of its supplier.
    pub supplier: String,
    /// Supplier's and own name of its successor, if it had one.
    pub successor: Option<(String, String)>,
    /// Its other names, in order.
    pub aliases: Vec<String>,
    /// Its parameters, by name.
    pub parameters: Vec<ParameterFields>,
    /// What was known of its abilities, with the capability's name, by that.
    pub capabilities: Vec<(String, CapabilityLinkFields)>,
    /// Paths of the categories that it was in, in order.
    pub categories: Vec<String>,
    /// Its prices, by component, mode, tier, currency and day.
    pub prices: Vec<PriceFields>,
}

/// A state of a row with the changes that made and ended it.
type Lasted<E> = ((i64, i64), <E as Entity>::Row);

/// States of rows that were live at one of the cuts.
struct Past<E: Entity>(Vec<Lasted<E>>);

impl<E: Entity> Past<E> {
    /// Those of the rows whose `column` is one of `ids`.
    async fn load(conn: &mut Conn, column: &'static str, ids: Vec<i64>, cuts: (i64, i64)) -> StoreResult<Self> {
        if ids.is_empty() {
            return Ok(Self(Vec::new()));
        }
        let statement = Sql::new("SELECT since, until, ")
            .columns::<E::Table>("")
            .text(" FROM ")
            .text(E::Table::HISTORY)
            .text(" WHERE ")
            .text(column)
            .in_ids(ids)
            .text(" AND since <= ")
            .bind(Value::BigInt(cuts.1))
            .text(" AND until > ")
            .bind(Value::BigInt(cuts.0));
        Ok(Self(load(conn, statement).await?))
    }

    /// The rows as of a cut, deleted ones included.
    fn at(&self, cut: i64) -> impl Iterator<Item = &E::Row> {
        self.0.iter().filter(move |((since, until), _)| *since <= cut && *until > cut).map(|(_, row)| row)
    }

    fn live_at(&self, cut: i64) -> impl Iterator<Item = &E::Row> {
        self.at(cut).filter(|row| row.deleted_at().is_none())
    }

    /// The row with this id as of a cut, deleted or not.
    fn row(&self, id: i64, cut: i64) -> Option<&E::Row> {
        self.at(cut).find(|row| row.id() == id)
    }

    fn ids(&self, id: impl Fn(&E::Row) -> Option<i64>) -> Vec<i64> {
        self.0.iter().filter_map(|(_, row)| id(row)).collect::<BTreeSet<i64>>().into_iter().collect()
    }
}

struct Pasts {
    models: Past<Model>,
    aliases: Past<Alias>,
    parameters: Past<Parameter>,
    links: Past<CapabilityLink>,
    capabilities: Past<Capability>,
    category_links: Past<CategoryLink>,
    categories: Past<Category>,
    prices: Past<Price>,
    successors: Past<Model>,
    suppliers: Past<Supplier>,
}

/// The models that are asked for and that were live then, in at most ten statements for any number.
///
/// # Errors
/// If the database fails.
pub async fn model_states(conn: &mut Conn, wanted: &[ModelAt]) -> StoreResult<HashMap<ModelAt, ModelState>> {
    let models: Vec<i64> = wanted.iter().map(|at| at.model).collect::<BTreeSet<i64>>().into_iter().collect();
    let bounds = wanted.iter().map(|at| at.cut).min().zip(wanted.iter().map(|at| at.cut).max());
    let Some(cuts) = bounds else { return Ok(HashMap::new()) };
    let own = Past::<Model>::load(conn, "id", models.clone(), cuts).await?;
    let links = Past::<CapabilityLink>::load(conn, "model_id", models.clone(), cuts).await?;
    let category_links = Past::<CategoryLink>::load(conn, "model_id", models.clone(), cuts).await?;
    let successors = Past::<Model>::load(conn, "id", own.ids(|row| row.successor_id), cuts).await?;
    let suppliers: BTreeSet<i64> =
        [&own, &successors].into_iter().flat_map(|past| past.ids(|row| Some(row.supplier_id))).collect();
    let pasts = Pasts {
        aliases: Past::load(conn, "model_id", models.clone(), cuts).await?,
        parameters: Past::load(conn, "model_id", models.clone(), cuts).await?,
        prices: Past::load(conn, "model_id", models, cuts).await?,
        capabilities: Past::load(conn, "id", links.ids(|row| Some(row.capability_id)), cuts).await?,
        categories: Past::load(conn, "id", category_links.ids(|row| Some(row.category_id)), cuts).await?,
        suppliers: Past::load(conn, "id", suppliers.into_iter().collect(), cuts).await?,
        models: own,
        links,
        category_links,
        successors,
    };
    Ok(wanted.iter().filter_map(|at| Some((*at, pasts.state(*at)?))).collect())
}

impl Pasts {
    fn state(&self, at: ModelAt) -> Option<ModelState> {
        let cut = at.cut;
        let model = self.models.live_at(cut).find(|row| row.id == at.model)?;
        let supplier = |id| self.suppliers.row(id, cut).map(|row| row.name.clone()).unwrap_or_default();
        let successor = model.successor_id.and_then(|id| self.successors.live_at(cut).find(|row| row.id == id));
        let mut state = ModelState {
            fields: model.fields.clone(),
            supplier: supplier(model.supplier_id),
            successor: successor.map(|row| (supplier(row.supplier_id), row.name.clone())),
            aliases: self.aliases.live_at(cut).filter(|row| row.model_id == at.model).map(alias).collect(),
            parameters: self.parameters(at),
            capabilities: self.capabilities(at),
            categories: self.categories(at),
            prices: self.prices(at),
        };
        state.aliases.sort_unstable();
        state.categories.sort_unstable();
        Some(state)
    }

    fn parameters(&self, at: ModelAt) -> Vec<ParameterFields> {
        let own = self.parameters.live_at(at.cut).filter(|row| row.model_id == at.model);
        let mut parameters: Vec<ParameterFields> = own.map(|row| row.fields.clone()).collect();
        parameters.sort_by(|left, right| left.parameter_name.cmp(&right.parameter_name));
        parameters
    }

    fn capabilities(&self, at: ModelAt) -> Vec<(String, CapabilityLinkFields)> {
        let live: HashMap<i64, &str> =
            self.capabilities.live_at(at.cut).map(|row| (row.id, row.name.as_str())).collect();
        let own = self.links.live_at(at.cut).filter(|row| row.model_id == at.model);
        let named = own.filter_map(|row| Some(((*live.get(&row.capability_id)?).to_owned(), row.fields.clone())));
        let mut capabilities: Vec<_> = named.collect();
        capabilities.sort_by(|left, right| left.0.cmp(&right.0));
        capabilities
    }

    fn categories(&self, at: ModelAt) -> Vec<String> {
        let live: HashMap<i64, &str> = self.categories.live_at(at.cut).map(|row| (row.id, row.path.as_str())).collect();
        let own = self.category_links.live_at(at.cut).filter(|row: &&CategoryLinkRow| row.model_id == at.model);
        own.filter_map(|row| Some((*live.get(&row.category_id)?).to_owned())).collect()
    }

    fn prices(&self, at: ModelAt) -> Vec<PriceFields> {
        let own = self.prices.live_at(at.cut).filter(|row| row.model_id == at.model);
        let mut prices: Vec<PriceFields> = own.map(|row| row.fields.clone()).collect();
        prices.sort_by(|left, right| left.key().cmp(&right.key()));
        prices
    }
}

fn alias(row: &AliasRow) -> String {
    row.alias.clone()
}
