//! What of a file's models must be known before the first of them is compared with the database.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::domain::ModelType;

use super::draft::ModelDraft;

/// Where a model stands in its source: the number of its line, or its place among the drafts.
pub type Position = usize;

/// Something of a supplier's, by name.
pub type Named<T> = HashMap<Box<str>, T>;

/// All models of a file, in short. A file may have many: what only some have is kept apart.
#[derive(Debug, Default)]
pub struct Outline {
    /// Where each model stands, by its supplier and its name.
    pub models: HashMap<String, Named<Position>>,
    /// How many models there are.
    pub count: usize,
    /// The first model that stands there twice.
    pub twice: Option<Twice>,
    /// All aliases, and where their models stand, by supplier.
    pub aliases: HashMap<String, Named<Position>>,
    /// The first alias that a supplier has twice, and where.
    pub alias_twice: Option<(Position, String)>,
    /// All successors.
    pub successions: Vec<Succession>,
    /// The models that are, or stay, the default of their type and sub-type if they are it.
    pub defaults: Vec<Standing>,
}

/// A model that stands in a file twice.
#[derive(Debug)]
pub struct Twice {
    /// Its name.
    pub name: String,
    /// Where it stands again.
    pub at: Position,
    /// Where it stood before.
    pub first: Position,
}

/// That a model is succeeded by another.
#[derive(Debug)]
pub struct Succession {
    /// Where the model stands.
    pub at: Position,
    /// Its supplier and name.
    pub model: (String, String),
    /// Supplier and name of its successor.
    pub successor: (String, String),
}

/// What a file says of a model's being a default.
#[derive(Debug)]
pub struct Standing {
    /// Where the model stands.
    pub at: Position,
    /// Its supplier and name.
    pub model: (String, String),
    /// Whether the file makes it a default. Else it says nothing about that.
    pub claims: bool,
    /// What it works on.
    pub model_type: ModelType,
    /// What it is for, if the file says so.
    pub sub_type: Option<String>,
}

impl Outline {
    /// Adds a model; answers where one of the same supplier and name stands, if there is one already.
    pub fn add(&mut self, model: &ModelDraft, at: Position) -> Option<Position> {
        self.count += 1;
        let first = match self.models.entry(model.supplier.clone()).or_default().entry(model.name.as_str().into()) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(free) => {
                free.insert(at);
                None
            }
        };
        if let (None, Some(first)) = (&self.twice, first) {
            self.twice = Some(Twice { name: model.name.clone(), at, first });
        }
        self.add_aliases(model, at);
        let key = || (model.supplier.clone(), model.name.clone());
        if let Some(successor) = &model.successor {
            self.successions.push(Succession { at, model: key(), successor: successor.clone() });
        }
        if model.is_default != Some(false) {
            let (model_type, sub_type) = (model.model_type, model.sub_type.clone());
            let claims = model.is_default == Some(true);
            self.defaults.push(Standing { at, model: key(), claims, model_type, sub_type });
        }
        first
    }

    fn add_aliases(&mut self, model: &ModelDraft, at: Position) {
        if model.aliases.is_empty() {
            return;
        }
        let known = self.aliases.entry(model.supplier.clone()).or_default();
        for row in &model.aliases {
            let is_second = known.insert(row.alias.as_str().into(), at).is_some();
            if is_second && self.alias_twice.is_none() {
                self.alias_twice = Some((at, row.alias.clone()));
            }
        }
    }

    /// Where the first model of a supplier stands.
    pub fn first_of(&self, supplier: &str) -> Option<Position> {
        self.models.get(supplier)?.values().min().copied()
    }
}
