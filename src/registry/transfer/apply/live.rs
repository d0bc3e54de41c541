//! What the database has of the things that a file speaks of: of the whole, and of some models at a time, in one statement a
//! table.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::store::alias::{Alias, AliasRow};
use crate::store::capability::{Capability, CapabilityRow};
use crate::store::capability_link::{CapabilityLink, CapabilityLinkRow};
use crate::store::category::{Category, CategoryRow};
use crate::store::category_link::{CategoryLink, CategoryLinkRow};
use crate::store::lock::Lock;
use crate::store::model::{Model, ModelRow};
use crate::store::parameter::{Parameter, ParameterRow};
use crate::store::predicate::{Comparison, Field, Predicate};
use crate::store::price::{Price, PriceRow};
use crate::store::schema::fields;
use crate::store::sql::Value;
use crate::store::supplier::{Supplier, SupplierRow};
use crate::store::{Conn, Row, StoreResult, Transaction, rows};

use super::super::source::Source;
use super::record::Child;

/// Live rows that are looked up all along, by what they are looked up by.
#[derive(Default)]
pub struct Live {
    /// Suppliers that the file names, by name.
    pub suppliers: HashMap<String, SupplierRow>,
    /// All capabilities, by name.
    pub capabilities: HashMap<String, CapabilityRow>,
    /// All categories, by path.
    pub categories: HashMap<String, CategoryRow>,
    /// All models that are the default of their type and sub-type.
    pub defaults: Vec<ModelRow>,
}

/// Live rows of some models.
#[derive(Default)]
pub struct Window {
    /// The models, by id.
    pub models: HashMap<i64, ModelRow>,
    /// Their aliases, and others that pass to them, by supplier.
    pub aliases: HashMap<i64, Vec<AliasRow>>,
    /// Their parameters, by model.
    pub parameters: HashMap<i64, Vec<ParameterRow>>,
    /// Their abilities, by model.
    pub capability_links: HashMap<i64, Vec<CapabilityLinkRow>>,
    /// Their categories, by model.
    pub category_links: HashMap<i64, Vec<CategoryLinkRow>>,
    /// Their prices, by model.
    pub prices: HashMap<i64, Vec<PriceRow>>,
}

/// Makes those wait who would delete a supplier or a capability that the import gives something to, or change the tree,
/// the defaults or the successors that it looks at.
///
/// # Errors
/// If the database fails.
pub async fn hold(transaction: &mut Transaction, source: &Source) -> StoreResult<()> {
    Lock::Categories.hold(transaction).await?;
    Lock::ModelOrder.hold(transaction).await?;
    rows::share_rows::<Supplier>(transaction, suppliers_of(source)).await?;
    rows::share_rows::<Capability>(transaction, rows::live()).await?;
    Ok(())
}

/// The live rows of the suppliers that a file names: as records, or as those of models or successors.
fn suppliers_of(source: &Source) -> Predicate {
    let Source { head, outline, .. } = source;
    let records = head.suppliers.iter().map(|supplier| &supplier.name);
    let of_successors = outline.successions.iter().map(|succession| &succession.successor.0);
    let names: HashSet<&String> = records.chain(outline.models.keys()).chain(of_successors).collect();
    let named = Predicate::text_in(fields::suppliers::name(), names.into_iter().cloned().collect());
    living(fields::suppliers::deleted_at(), named)
}

impl Live {
    /// Reads what a file needs.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn load(conn: &mut Conn, source: &Source) -> StoreResult<Self> {
        let capabilities = living(fields::capabilities::deleted_at(), Predicate::always());
        let categories = living(fields::model_categories::deleted_at(), Predicate::always());
        let is_default = Predicate::compare(fields::models::is_default(), Comparison::Equal, Value::Bool(true));
        let defaults = living(fields::models::deleted_at(), is_default);
        Ok(Self {
            suppliers: keyed(rows::rows::<Supplier>(conn, suppliers_of(source), &[]).await?, |row| row.name.clone()),
            capabilities: keyed(rows::rows::<Capability>(conn, capabilities, &[]).await?, |row| row.name.clone()),
            categories: keyed(rows::rows::<Category>(conn, categories, &[]).await?, |row| row.path.clone()),
            defaults: rows::rows::<Model>(conn, defaults, &[]).await?,
        })
    }
}

impl Window {
    /// Reads these models and all that is theirs, and these aliases, whosever they are. `released` models are the defaults that
    /// they were before the import.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn load(
        conn: &mut Conn,
        models: Vec<i64>,
        aliases: Vec<i64>,
        released: &HashSet<i64>,
    ) -> StoreResult<Self> {
        let mut aliases = rows::by_ids::<Alias>(conn, aliases).await?;
        if models.is_empty() {
            return Ok(Self { aliases: grouped(aliases, |row| row.supplier_id), ..Self::default() });
        }
        let known: HashSet<i64> = aliases.iter().map(Row::id).collect();
        let theirs = children::<Alias>(conn, ALIASES, &models).await?;
        aliases.extend(theirs.into_iter().filter(|row| !known.contains(&row.id)));
        let mut window = Self {
            aliases: grouped(aliases, |row| row.supplier_id),
            parameters: grouped(children::<Parameter>(conn, PARAMETERS, &models).await?, |row| row.model_id),
            capability_links: grouped(children::<CapabilityLink>(conn, CAPABILITIES, &models).await?, |row| {
                row.model_id
            }),
            category_links: grouped(children::<CategoryLink>(conn, CATEGORIES, &models).await?, |row| row.model_id),
            prices: grouped(children::<Price>(conn, PRICES, &models).await?, |row| row.model_id),
            models: keyed(rows::by_ids::<Model>(conn, models).await?, |row| row.id),
        };
        for id in released {
            if let Some(row) = window.models.get_mut(id) {
                row.fields.is_default = true;
            }
        }
        Ok(window)
    }
}

/// The columns of deletion and of the model, of a table of rows that belong to models.
type Columns = (Field, Field);

const ALIASES: Columns = (fields::model_aliases::deleted_at(), fields::model_aliases::model_id());
const PARAMETERS: Columns = (fields::model_parameters::deleted_at(), fields::model_parameters::model_id());
const CAPABILITIES: Columns =
    (fields::model_capability_associations::deleted_at(), fields::model_capability_associations::model_id());
const CATEGORIES: Columns =
    (fields::model_category_associations::deleted_at(), fields::model_category_associations::model_id());
const PRICES: Columns = (fields::model_prices::deleted_at(), fields::model_prices::model_id());

/// Live rows that meet `condition`.
pub fn living(deleted_at: Field, condition: Predicate) -> Predicate {
    Predicate::all([Predicate::is_null(deleted_at, true), condition])
}

async fn children<C: Child>(conn: &mut Conn, of: Columns, models: &[i64]) -> StoreResult<Vec<C::Row>> {
    let (deleted_at, model_id) = of;
    let of_models = Predicate::id_in(model_id, models.to_vec());
    rows::rows::<C>(conn, living(deleted_at, of_models), &[]).await
}

fn keyed<R, K: Eq + Hash>(rows: Vec<R>, key: impl Fn(&R) -> K) -> HashMap<K, R> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}

/// The rows by what they belong to.
pub fn grouped<R>(rows: Vec<R>, owner: impl Fn(&R) -> i64) -> HashMap<i64, Vec<R>> {
    let mut groups: HashMap<i64, Vec<R>> = HashMap::new();
    for row in rows {
        groups.entry(owner(&row)).or_default().push(row);
    }
    groups
}
