//! Which of a file's models, aliases and successors the database has already.

use std::collections::{HashMap, HashSet};

use crate::store::alias::Alias;
use crate::store::model::Model;
use crate::store::predicate::{Field, Predicate};
use crate::store::schema::fields;
use crate::store::{Conn, Entity, Row, StoreResult, rows};

use super::super::outline::{Named, Outline, Position, Succession};
use super::super::source::Models;
use super::error::ImportError;
use super::live::living;
use super::planner::Planner;

/// Something of suppliers', by supplier and name.
pub(super) type BySupplier<T> = HashMap<i64, Named<T>>;

/// The id of a model that is yet to be made and that no other points to.
pub(super) const NEW: i64 = 0;

/// Names that one statement looks up.
const NAMES: usize = 5_000;

/// Names times suppliers that one statement looks up: it may try every pair.
const PAIRS: usize = 100_000;

/// Ids of models, by supplier and name. Those of models that are yet to be made are provisional, or [`NEW`].
#[derive(Default)]
pub(super) struct ModelIds {
    /// The models that the file speaks of.
    stated: BySupplier<i64>,
    /// Others that it points to.
    others: BySupplier<i64>,
}

impl ModelIds {
    /// The id of a model that the file speaks of.
    pub(super) fn stated(&self, supplier_id: i64, name: &str) -> Option<i64> {
        self.stated.get(&supplier_id)?.get(name).copied()
    }

    /// The id of a model that the file speaks of or points to.
    pub(super) fn id(&self, supplier_id: i64, name: &str) -> Option<i64> {
        let other = || self.others.get(&supplier_id)?.get(name).copied();
        self.stated(supplier_id, name).or_else(other)
    }

    /// The ids of all models that the file speaks of.
    pub(super) fn all_stated(&self) -> impl Iterator<Item = i64> {
        self.stated.values().flat_map(HashMap::values).copied()
    }
}

impl Planner {
    /// Finds out which models of the file there are, and checks what only all of them together can tell. Answers the places
    /// of the models that have to come first, since others point to them.
    ///
    /// # Errors
    /// With the path of a model that can't be taken.
    pub(super) async fn register(
        &mut self,
        conn: &mut Conn,
        mut outline: Outline,
        models: &Models,
    ) -> Result<Vec<Position>, ImportError> {
        self.check_suppliers(&outline, models)?;
        let stated = self.by_supplier(std::mem::take(&mut outline.models));
        let live = live_ids::<Model>(conn, MODEL_KEY, &stated, |row| (row.supplier_id, &row.name)).await?;
        let first = self.number(stated, &live, &outline.successions);
        drop(live);
        self.register_aliases(conn, &mut outline, models).await?;
        let early = self.check_successors(conn, &outline.successions, first, models).await?;
        self.settle_defaults(&outline.defaults, models)?;
        Ok(early)
    }

    /// Refuses models of suppliers that are nowhere, and such as stand in the file twice.
    fn check_suppliers(&self, outline: &Outline, models: &Models) -> Result<(), ImportError> {
        let unknown = outline.models.keys().filter(|name| self.suppliers.id(name).is_none());
        let first = unknown.filter_map(|name| Some((outline.first_of(name)?, name))).min();
        if let Some((at, name)) = first {
            let message = format!("there is no supplier {name:?}; the file must hold it");
            return Err(ImportError::record(format!("{}.supplier", models.path(at)), message));
        }
        match &outline.twice {
            None => Ok(()),
            Some(twice) => {
                let (name, first) = (&twice.name, models.path(twice.first));
                let message = format!("{name:?} stands in the file twice, here and at {first}; keep one of the two");
                Err(ImportError::record(models.path(twice.at), message))
            }
        }
    }

    /// What is known by names of suppliers, by their ids.
    fn by_supplier(&self, named: HashMap<String, Named<Position>>) -> BySupplier<Position> {
        named.into_iter().filter_map(|(supplier, of)| Some((self.suppliers.id(&supplier)?, of))).collect()
    }

    /// Gives each model its id. Answers where those stand that are new and that others point to, by their ids.
    fn number(
        &mut self,
        stated: BySupplier<Position>,
        live: &BySupplier<i64>,
        successions: &[Succession],
    ) -> HashMap<i64, Position> {
        let targets: HashSet<(i64, &str)> = successions
            .iter()
            .filter_map(|row| Some((self.suppliers.id(&row.successor.0)?, row.successor.1.as_str())))
            .collect();
        let mut first = Vec::new();
        for (supplier_id, models) in stated {
            let live = live.get(&supplier_id);
            let mut ids = Named::with_capacity(models.len());
            for (name, at) in models {
                let known = live.and_then(|live| live.get(&name)).copied();
                if known.is_none() && targets.contains(&(supplier_id, &*name)) {
                    first.push((at, supplier_id, name.clone()));
                }
                ids.insert(name, known.unwrap_or(NEW));
            }
            self.models.stated.insert(supplier_id, ids);
        }
        // In the file's order, since reports show these ids.
        first.sort_unstable();
        let mut places = HashMap::new();
        for (at, supplier_id, name) in first {
            let id = self.provisional();
            self.models.stated.entry(supplier_id).or_default().insert(name, id);
            places.insert(id, at);
        }
        places
    }

    /// Finds the models that are successors and that the file doesn't speak of.
    pub(super) async fn register_others(
        &mut self,
        conn: &mut Conn,
        successions: &[Succession],
    ) -> Result<(), ImportError> {
        let mut others: BySupplier<Position> = HashMap::new();
        for Succession { at, successor: (supplier, name), .. } in successions {
            let Some(supplier_id) = self.suppliers.id(supplier) else { continue };
            if self.models.stated(supplier_id, name).is_none() {
                others.entry(supplier_id).or_default().insert(name.as_str().into(), *at);
            }
        }
        self.models.others = live_ids::<Model>(conn, MODEL_KEY, &others, |row| (row.supplier_id, &row.name)).await?;
        Ok(())
    }

    /// Finds the aliases that the file speaks of and that some model has.
    async fn register_aliases(
        &mut self,
        conn: &mut Conn,
        outline: &mut Outline,
        models: &Models,
    ) -> Result<(), ImportError> {
        if let Some((at, alias)) = &outline.alias_twice {
            let message = "is another model's alias, or stands in the list twice; keep one of the two";
            return Err(ImportError::record(format!("{}.aliases.{alias}", models.path(*at)), message));
        }
        let stated = self.by_supplier(std::mem::take(&mut outline.aliases));
        self.aliases = live_ids::<Alias>(conn, ALIAS_KEY, &stated, |row| (row.supplier_id, &row.alias)).await?;
        Ok(())
    }
}

/// The columns of a table that make its natural key, and that of deletion.
#[derive(Debug, Clone, Copy)]
struct Key {
    supplier_id: Field,
    name: Field,
    deleted_at: Field,
}

const MODEL_KEY: Key = Key {
    supplier_id: fields::models::supplier_id(),
    name: fields::models::name(),
    deleted_at: fields::models::deleted_at(),
};

const ALIAS_KEY: Key = Key {
    supplier_id: fields::model_aliases::supplier_id(),
    name: fields::model_aliases::alias(),
    deleted_at: fields::model_aliases::deleted_at(),
};

/// The ids of the live rows that have these names.
async fn live_ids<E: Entity>(
    conn: &mut Conn,
    key: Key,
    names: &BySupplier<Position>,
    named: fn(&E::Row) -> (i64, &String),
) -> StoreResult<BySupplier<i64>> {
    let mut ids: BySupplier<i64> = HashMap::new();
    let mut lookup = Lookup::default();
    // New suppliers have nothing yet.
    for (supplier_id, names) in names.iter().filter(|(id, _)| **id > 0) {
        for name in names.keys() {
            if lookup.add(*supplier_id, name) {
                lookup.find::<E>(conn, key, named, &mut ids).await?;
            }
        }
    }
    lookup.find::<E>(conn, key, named, &mut ids).await?;
    Ok(ids)
}

/// What a statement looks up: it finds all that has one of the names and is one of the suppliers'.
#[derive(Default)]
struct Lookup {
    suppliers: Vec<i64>,
    names: Vec<String>,
}

impl Lookup {
    /// Adds a name; answers whether that is enough.
    fn add(&mut self, supplier: i64, name: &str) -> bool {
        if self.suppliers.last() != Some(&supplier) {
            self.suppliers.push(supplier);
        }
        self.names.push(name.to_owned());
        self.names.len() >= NAMES || self.names.len() * self.suppliers.len() >= PAIRS
    }

    async fn find<E: Entity>(
        &mut self,
        conn: &mut Conn,
        key: Key,
        named: fn(&E::Row) -> (i64, &String),
        ids: &mut BySupplier<i64>,
    ) -> StoreResult<()> {
        let Self { suppliers, names } = std::mem::take(self);
        if names.is_empty() {
            return Ok(());
        }
        let of_suppliers = Predicate::id_in(key.supplier_id, suppliers);
        let condition = Predicate::all([of_suppliers, Predicate::text_in(key.name, names)]);
        for row in rows::rows::<E>(conn, living(key.deleted_at, condition), &[]).await? {
            let (supplier_id, name) = named(&row);
            ids.entry(supplier_id).or_default().insert(name.as_str().into(), row.id());
        }
        Ok(())
    }
}
