//! What the database has of the things that a file speaks of, read in one statement a table.

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

use super::super::draft::Draft;
use super::record::{Child, Columns};

/// What a file speaks of.
#[derive(Debug)]
pub struct Wanted {
    suppliers: HashSet<String>,
    models: HashSet<(String, String)>,
}

impl Wanted {
    /// The suppliers and models that `draft` names, as records or as successors.
    pub fn by(draft: &Draft) -> Self {
        let models: HashSet<(String, String)> =
            draft.models.iter().map(|model| (model.supplier.clone(), model.name.clone())).collect();
        let suppliers = draft.suppliers.iter().map(|supplier| supplier.name.clone());
        let successors = draft.models.iter().filter_map(|model| model.successor.as_ref());
        let of_models = models.iter().chain(successors).map(|(supplier, _)| supplier.clone());
        Self { suppliers: suppliers.chain(of_models).collect(), models }
    }

    /// The live rows of its suppliers.
    fn suppliers_of_file(&self) -> Predicate {
        let names = Predicate::text_in(fields::suppliers::name(), self.suppliers.iter().cloned().collect());
        living(fields::suppliers::deleted_at(), names)
    }
}

/// Live rows, by what they are looked up by.
#[derive(Default)]
pub struct Live {
    /// Wanted suppliers, by name.
    pub suppliers: HashMap<String, SupplierRow>,
    /// All capabilities, by name.
    pub capabilities: HashMap<String, CapabilityRow>,
    /// All categories, by path.
    pub categories: HashMap<String, CategoryRow>,
    /// All models of wanted suppliers, by supplier and name.
    pub models: HashMap<(i64, String), ModelRow>,
    /// All models that are the default of their type and sub-type.
    pub defaults: Vec<ModelRow>,
    /// All successors: a model's id, and its successor's. Those of deleted models too, which would close a circle when such
    /// a model is restored.
    pub successors: HashMap<i64, i64>,
    /// All aliases of wanted suppliers' models, by supplier.
    pub aliases: HashMap<i64, Vec<AliasRow>>,
    /// Parameters of wanted models, by model.
    pub parameters: HashMap<i64, Vec<ParameterRow>>,
    /// Abilities of wanted models, by model.
    pub capability_links: HashMap<i64, Vec<CapabilityLinkRow>>,
    /// Categories of wanted models, by model.
    pub category_links: HashMap<i64, Vec<CategoryLinkRow>>,
    /// Prices of wanted models, by model.
    pub prices: HashMap<i64, Vec<PriceRow>>,
}

/// Makes those wait who would delete a supplier or a capability that the import gives something to, or change the tree,
/// the defaults or the successors that it looks at.
///
/// # Errors
/// If the database fails.
pub async fn hold(transaction: &mut Transaction, wanted: &Wanted) -> StoreResult<()> {
    Lock::Categories.hold(transaction).await?;
    Lock::ModelOrder.hold(transaction).await?;
    rows::share_rows::<Supplier>(transaction, wanted.suppliers_of_file()).await?;
    rows::share_rows::<Capability>(transaction, rows::live()).await?;
    Ok(())
}

impl Live {
    /// Reads what is wanted.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn load(conn: &mut Conn, wanted: &Wanted) -> StoreResult<Self> {
        let mut live = Self::definitions(conn).await?;
        let suppliers = rows::rows::<Supplier>(conn, wanted.suppliers_of_file(), &[]).await?;
        let ids: Vec<i64> = suppliers.iter().map(Row::id).collect();
        let models = live.load_models(conn, ids.clone(), &suppliers, wanted).await?;
        live.suppliers = keyed(suppliers, |row| row.name.clone());
        live.parameters = children::<Parameter>(
            conn,
            fields::model_parameters::deleted_at(),
            fields::model_parameters::model_id(),
            &models,
        )
        .await?;
        live.capability_links = children::<CapabilityLink>(
            conn,
            fields::model_capability_associations::deleted_at(),
            fields::model_capability_associations::model_id(),
            &models,
        )
        .await?;
        live.category_links = children::<CategoryLink>(
            conn,
            fields::model_category_associations::deleted_at(),
            fields::model_category_associations::model_id(),
            &models,
        )
        .await?;
        let prices = fields::model_prices::deleted_at();
        live.prices = children::<Price>(conn, prices, fields::model_prices::model_id(), &models).await?;
        let of_suppliers = Predicate::id_in(fields::model_aliases::supplier_id(), ids);
        let aliases = rows::rows::<Alias>(conn, living(fields::model_aliases::deleted_at(), of_suppliers), &[]).await?;
        live.aliases = grouped(aliases, |row| row.supplier_id);
        Ok(live)
    }

    async fn definitions(conn: &mut Conn) -> StoreResult<Self> {
        let capabilities = living(fields::capabilities::deleted_at(), Predicate::always());
        let categories = living(fields::model_categories::deleted_at(), Predicate::always());
        Ok(Self {
            capabilities: keyed(rows::rows::<Capability>(conn, capabilities, &[]).await?, |row| row.name.clone()),
            categories: keyed(rows::rows::<Category>(conn, categories, &[]).await?, |row| row.path.clone()),
            ..Self::default()
        })
    }

    /// Reads models and how they relate to others; answers the ids of those that are wanted themselves.
    async fn load_models(
        &mut self,
        conn: &mut Conn,
        supplier_ids: Vec<i64>,
        suppliers: &[SupplierRow],
        wanted: &Wanted,
    ) -> StoreResult<Vec<i64>> {
        let live = |condition| living(fields::models::deleted_at(), condition);
        let of_suppliers = Predicate::id_in(fields::models::supplier_id(), supplier_ids);
        let models = rows::rows::<Model>(conn, live(of_suppliers), &[]).await?;
        let defaults = Predicate::compare(fields::models::is_default(), Comparison::Equal, Value::Bool(true));
        self.defaults = rows::rows::<Model>(conn, live(defaults), &[]).await?;
        let succeeded = Predicate::is_null(fields::models::successor_id(), false);
        let succeeded = rows::rows::<Model>(conn, succeeded, &[]).await?;
        self.successors = succeeded.iter().filter_map(|row| Some((row.id, row.successor_id?))).collect();
        let names: HashMap<i64, &str> = suppliers.iter().map(|row| (row.id, row.name.as_str())).collect();
        let is_wanted = |row: &&ModelRow| {
            let supplier = names.get(&row.supplier_id);
            supplier.is_some_and(|supplier| wanted.models.contains(&((*supplier).to_owned(), row.name.clone())))
        };
        let ids = models.iter().filter(is_wanted).map(Row::id).collect();
        self.models = keyed(models, |row| (row.supplier_id, row.name.clone()));
        Ok(ids)
    }
}

/// Live rows that meet `condition`.
pub fn living(deleted_at: Field, condition: Predicate) -> Predicate {
    Predicate::all([Predicate::is_null(deleted_at, true), condition])
}

async fn children<C: Child>(
    conn: &mut Conn,
    deleted_at: Field,
    model_id: Field,
    models: &[i64],
) -> StoreResult<HashMap<i64, Vec<C::Row>>> {
    if models.is_empty() {
        return Ok(HashMap::new());
    }
    let of_models = Predicate::id_in(model_id, models.to_vec());
    let found = rows::rows::<C>(conn, living(deleted_at, of_models), &[]).await?;
    Ok(grouped(found, |row| model_of::<C>(row.fields())))
}

fn model_of<C: Child>(columns: &Columns<C>) -> i64 {
    C::model(columns)
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
