//! Compares a file with the database: pure, so that a dry run tells exactly what an import would do.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::Timestamp;
use crate::store::alias::Alias;
use crate::store::capability::Capability;
use crate::store::capability_link::CapabilityLink;
use crate::store::category::Category;
use crate::store::category_link::CategoryLink;
use crate::store::model::{Model, ModelFields, ModelRow};
use crate::store::parameter::Parameter;
use crate::store::price::Price;
use crate::store::supplier::Supplier;
use crate::store::{Fresh, Row, Transaction, bulk};

use super::super::draft::{Draft, Stamps};
use super::super::progress::Observer;
use super::Origin;
use super::changes::{Changes, Ids, Writing};
use super::error::ImportError;
use super::live::Live;
use super::report::{FieldChange, Report};
use super::starter::Definitions;

/// On what terms a file is applied.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// Where it comes from.
    pub origin: Origin,
    /// When new and changed rows are made and changed.
    pub now: Timestamp,
    /// The day from which changed prices hold.
    pub as_of: NaiveDate,
    /// How many changed records the report names.
    pub shown: usize,
}

impl Terms {
    /// A row to insert, stamped as the file says or now.
    pub(super) fn fresh<Fields>(&self, fields: Fields, stamps: Stamps) -> Fresh<Fields> {
        let updated_at = stamps.updated_at.unwrap_or(self.now);
        let created_at = stamps.created_at.or(stamps.updated_at).unwrap_or(self.now);
        Fresh { fields, created_at, updated_at }
    }
}

/// Everything that an import writes.
#[derive(Default)]
pub struct Plan {
    pub(super) suppliers: Changes<Supplier>,
    pub(super) capabilities: Changes<Capability>,
    pub(super) categories: Changes<Category>,
    pub(super) models: Changes<Model>,
    pub(super) aliases: Changes<Alias>,
    pub(super) parameters: Changes<Parameter>,
    pub(super) capability_links: Changes<CapabilityLink>,
    pub(super) category_links: Changes<CategoryLink>,
    pub(super) prices: Changes<Price>,
}

impl Plan {
    /// Writes it all.
    ///
    /// # Errors
    /// [`ImportError::Conflict`] if somebody else wrote to the same rows; else if the database fails.
    pub async fn write(
        self,
        transaction: &mut Transaction,
        now: Timestamp,
        observer: &Observer,
    ) -> Result<(), ImportError> {
        let mut writing = Writing { transaction, now, observer, ids: Ids::default() };
        observer.writes(self.len());
        bulk::release_defaults(writing.transaction, self.released_defaults()).await?;
        self.suppliers.write(&mut writing).await?;
        self.capabilities.write(&mut writing).await?;
        self.categories.write(&mut writing).await?;
        self.models.write(&mut writing).await?;
        self.aliases.write(&mut writing).await?;
        self.parameters.write(&mut writing).await?;
        self.capability_links.write(&mut writing).await?;
        self.category_links.write(&mut writing).await?;
        self.prices.write(&mut writing).await
    }

    /// How many rows it writes.
    fn len(&self) -> usize {
        self.suppliers.len()
            + self.capabilities.len()
            + self.categories.len()
            + self.models.len()
            + self.aliases.len()
            + self.parameters.len()
            + self.capability_links.len()
            + self.category_links.len()
            + self.prices.len()
    }

    /// Default models that stop being one, or become that of another type.
    fn released_defaults(&self) -> Vec<i64> {
        let stays = |row: &ModelRow, fields: &ModelFields| {
            fields.is_default && (row.model_type, &row.sub_type) == (fields.model_type, &fields.sub_type)
        };
        let released = self.models.updates.iter().filter(|(row, fields)| row.is_default && !stays(row, fields));
        released.map(|(row, _)| row.id()).collect()
    }
}

/// Ids by name, and back.
#[derive(Default)]
pub(super) struct Names {
    ids: HashMap<String, i64>,
    names: HashMap<i64, String>,
}

impl Names {
    fn of<'a>(pairs: impl Iterator<Item = (&'a String, i64)>) -> Self {
        let mut names = Self::default();
        pairs.for_each(|(name, id)| names.add(name, id));
        names
    }

    pub(super) fn add(&mut self, name: &str, id: i64) {
        self.ids.insert(name.to_owned(), id);
        self.names.insert(id, name.to_owned());
    }

    pub(super) fn id(&self, name: &str) -> Option<i64> {
        self.ids.get(name).copied()
    }

    pub(super) fn name(&self, id: i64) -> &str {
        self.names.get(&id).map_or("", String::as_str)
    }
}

/// The comparison under way.
pub(super) struct Planner {
    pub(super) terms: Terms,
    pub(super) live: Live,
    pub(super) plan: Plan,
    pub(super) report: Report,
    pub(super) suppliers: Names,
    pub(super) capabilities: Names,
    pub(super) categories: Names,
    /// Ids of models by supplier and name: those of live rows, and provisional ones.
    pub(super) models: HashMap<(i64, String), i64>,
    /// Models that the file speaks of.
    pub(super) stated: HashSet<i64>,
    /// What changed of models' aliases, by model.
    pub(super) alias_changes: HashMap<i64, Vec<FieldChange>>,
    definitions: Option<Definitions>,
    last_provisional: i64,
}

/// What an import of `draft` writes, and its report.
///
/// # Errors
/// [`ImportError::File`] with the path of a record that can't be taken.
pub fn plan(draft: Draft, live: Live, terms: Terms) -> Result<(Plan, Report), ImportError> {
    let Draft { suppliers, capabilities, categories, models, homeless } = draft;
    let mut planner = Planner {
        suppliers: Names::of(live.suppliers.iter().map(|(name, row)| (name, row.id))),
        capabilities: Names::of(live.capabilities.iter().map(|(name, row)| (name, row.id))),
        categories: Names::of(live.categories.iter().map(|(path, row)| (path, row.id))),
        models: live.models.iter().map(|(key, row)| (key.clone(), row.id)).collect(),
        report: Report::new(terms.origin.name(), terms.as_of, homeless),
        terms,
        live,
        plan: Plan::default(),
        stated: HashSet::new(),
        alias_changes: HashMap::new(),
        definitions: None,
        last_provisional: 0,
    };
    planner.plan_capabilities(capabilities)?;
    planner.plan_categories(categories)?;
    planner.plan_suppliers(suppliers)?;
    planner.plan_models(models)?;
    planner.report.settle();
    Ok((planner.plan, planner.report))
}

impl Planner {
    /// An id for a row that is yet to be made.
    pub(super) const fn provisional(&mut self) -> i64 {
        self.last_provisional -= 1;
        self.last_provisional
    }

    /// The definitions of the starter catalogue.
    pub(super) fn definitions(&mut self) -> Result<&Definitions, ImportError> {
        match &mut self.definitions {
            Some(definitions) => Ok(definitions),
            none => Ok(none.insert(Definitions::load()?)),
        }
    }
}
