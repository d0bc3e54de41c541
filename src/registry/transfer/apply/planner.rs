//! Compares a file with the database: writes nothing, so that a dry run tells exactly what an import would do.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::Timestamp;
use crate::store::Fresh;
use crate::store::alias::Alias;
use crate::store::capability::Capability;
use crate::store::capability_link::CapabilityLink;
use crate::store::category::Category;
use crate::store::category_link::CategoryLink;
use crate::store::model::Model;
use crate::store::parameter::Parameter;
use crate::store::price::Price;
use crate::store::supplier::Supplier;

use super::super::draft::{FieldTally, Stamps};
use super::Origin;
use super::changes::{Changes, Writing};
use super::error::ImportError;
use super::live::{Live, Window};
use super::register::{BySupplier, ModelIds};
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

/// What an import writes next.
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
    pub async fn write(self, writing: &mut Writing<'_>) -> Result<(), ImportError> {
        self.suppliers.write(writing).await?;
        self.capabilities.write(writing).await?;
        self.categories.write(writing).await?;
        self.models.write(writing).await?;
        self.aliases.write(writing).await?;
        self.parameters.write(writing).await?;
        self.capability_links.write(writing).await?;
        self.category_links.write(writing).await?;
        self.prices.write(writing).await
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
    pub(super) window: Window,
    pub(super) plan: Plan,
    pub(super) report: Report,
    pub(super) suppliers: Names,
    pub(super) capabilities: Names,
    pub(super) categories: Names,
    pub(super) models: ModelIds,
    /// The ids of the live aliases that the file speaks of.
    pub(super) aliases: BySupplier<i64>,
    /// The models that are defaults, and aren't any more after the import.
    pub(super) lost: HashSet<i64>,
    /// The models that are defaults, and are no more, or of another type: they stop being it before all else.
    pub(super) released: HashSet<i64>,
    /// Provisional ids of models to which nothing points outside their window.
    pub(super) passing: Vec<i64>,
    /// What changed of models' aliases, by model.
    pub(super) alias_changes: HashMap<i64, Vec<FieldChange>>,
    definitions: Option<Definitions>,
    last_provisional: i64,
}

impl Planner {
    /// A comparison with what is live.
    pub(super) fn new(live: Live, terms: Terms, homeless: FieldTally) -> Self {
        Self {
            suppliers: Names::of(live.suppliers.iter().map(|(name, row)| (name, row.id))),
            capabilities: Names::of(live.capabilities.iter().map(|(name, row)| (name, row.id))),
            categories: Names::of(live.categories.iter().map(|(path, row)| (path, row.id))),
            report: Report::new(terms.origin.name(), terms.as_of, homeless),
            terms,
            live,
            window: Window::default(),
            plan: Plan::default(),
            models: ModelIds::default(),
            aliases: HashMap::new(),
            lost: HashSet::new(),
            released: HashSet::new(),
            passing: Vec::new(),
            alias_changes: HashMap::new(),
            definitions: None,
            last_provisional: 0,
        }
    }

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
