//! The live models of a catalogue as sets: which are of a supplier, of a type, in a category, what they can do.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::documents::{Documents, Folding};
use super::names::Named;
use crate::domain::Support;

/// About how many bytes a model takes beside its texts, and its place in a set.
const MODEL_BYTES: usize = 160;
const LINK_BYTES: usize = 3;

/// The state of the database that something was read from: two that are equal have the same rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The feed's name, and up to where it is forgotten.
    pub(super) feed: (String, i64),
    /// The number of the last change.
    pub(super) last: i64,
}

/// A live model, as far as models are chosen by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ModelFacts {
    pub(super) id: i64,
    pub(super) supplier_id: i64,
    pub(super) is_active: bool,
    pub(super) name: String,
    pub(super) model_type: String,
    pub(super) sub_type: Option<String>,
    pub(super) document: String,
}

/// Sets of models, by what they have in common.
#[derive(Debug)]
pub(super) struct Sets<K>(HashMap<K, RoaringBitmap>);

impl<K> Default for Sets<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash> Sets<K> {
    pub(super) fn of(&self, key: &K) -> Option<&RoaringBitmap> {
        self.0.get(key)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &RoaringBitmap)> {
        self.0.iter()
    }

    fn add(&mut self, key: K, slot: u32) {
        self.0.entry(key).or_default().insert(slot);
    }

    fn remove(&mut self, slot: u32) {
        self.0.retain(|_, set| {
            set.remove(slot);
            !set.is_empty()
        });
    }

    fn places(&self) -> u64 {
        self.0.values().map(RoaringBitmap::len).sum()
    }
}

/// The live models of a catalogue. Each has a slot, a small number by which sets know it.
pub(super) struct Catalogue {
    pub(super) stamp: Stamp,
    pub(super) all: RoaringBitmap,
    pub(super) active: RoaringBitmap,
    pub(super) of_supplier: Sets<i64>,
    pub(super) of_type: Sets<String>,
    pub(super) of_sub_type: Sets<String>,
    /// What models are known to support, and not to.
    pub(super) capable: Sets<(i64, Support)>,
    pub(super) in_category: Sets<i64>,
    pub(super) documents: Documents,
    pub(super) suppliers: Vec<Named>,
    pub(super) capabilities: Vec<Named>,
    pub(super) categories: Vec<Named>,
    slots: HashMap<i64, u32>,
    /// Each slot's model: its name and id.
    models: Vec<(Arc<str>, i64)>,
    free: Vec<u32>,
    /// Names in order, by bytes, as the databases have them.
    by_name: BTreeMap<(Arc<str>, i64), u32>,
}

impl Catalogue {
    pub(super) fn new(stamp: Stamp, folding: Folding) -> Self {
        Self {
            stamp,
            all: RoaringBitmap::new(),
            active: RoaringBitmap::new(),
            of_supplier: Sets::default(),
            of_type: Sets::default(),
            of_sub_type: Sets::default(),
            capable: Sets::default(),
            in_category: Sets::default(),
            documents: Documents::new(folding),
            suppliers: Vec::new(),
            capabilities: Vec::new(),
            categories: Vec::new(),
            slots: HashMap::new(),
            models: Vec::new(),
            free: Vec::new(),
            by_name: BTreeMap::new(),
        }
    }

    /// About how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let links = usize::try_from(self.capable.places() + self.in_category.places()).unwrap_or(usize::MAX);
        self.documents.bytes() + self.models.len() * MODEL_BYTES + links.saturating_mul(LINK_BYTES)
    }

    /// How many models there are.
    pub(super) fn models(&self) -> u64 {
        self.all.len()
    }

    /// Takes a model that isn't there.
    pub(super) fn put(&mut self, model: ModelFacts) {
        let named = (Arc::<str>::from(model.name), model.id);
        let slot = self.free.pop().unwrap_or_else(|| u32::try_from(self.models.len()).unwrap_or(u32::MAX));
        if slot as usize == self.models.len() {
            self.models.push(named.clone());
        } else {
            self.models[slot as usize] = named.clone();
        }
        self.slots.insert(model.id, slot);
        self.by_name.insert(named, slot);
        self.all.insert(slot);
        if model.is_active {
            self.active.insert(slot);
        }
        self.of_supplier.add(model.supplier_id, slot);
        self.of_type.add(model.model_type, slot);
        if let Some(sub_type) = model.sub_type {
            self.of_sub_type.add(sub_type, slot);
        }
        self.documents.put(slot, &model.document);
    }

    /// Says what a model can do, or can't.
    pub(super) fn link_capability(&mut self, model: i64, capability: i64, support: Support) {
        if let Some(slot) = self.slots.get(&model) {
            self.capable.add((capability, support), *slot);
        }
    }

    /// Says what category a model is in.
    pub(super) fn link_category(&mut self, model: i64, category: i64) {
        if let Some(slot) = self.slots.get(&model) {
            self.in_category.add(category, *slot);
        }
    }

    /// Forgets a model, and what it is linked to.
    pub(super) fn remove(&mut self, model: i64) {
        let Some(slot) = self.slots.remove(&model) else { return };
        self.by_name.remove(&self.models[slot as usize]);
        self.all.remove(slot);
        self.active.remove(slot);
        self.of_supplier.remove(slot);
        self.of_type.remove(slot);
        self.of_sub_type.remove(slot);
        self.capable.remove(slot);
        self.in_category.remove(slot);
        self.documents.remove(slot);
        self.free.push(slot);
    }

    /// The model in a slot.
    pub(super) fn id(&self, slot: u32) -> i64 {
        self.models[slot as usize].1
    }

    /// The slot of a model.
    pub(super) fn slot(&self, model: i64) -> Option<u32> {
        self.slots.get(&model).copied()
    }

    /// Name and id of the model in a slot.
    pub(super) fn named(&self, slot: u32) -> &(Arc<str>, i64) {
        &self.models[slot as usize]
    }

    /// Slots in the order of names.
    pub(super) fn by_name(&self) -> &BTreeMap<(Arc<str>, i64), u32> {
        &self.by_name
    }
}
