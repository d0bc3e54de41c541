//! Which models meet a condition, and which of them a page shows.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::hash::Hash;

use roaring::RoaringBitmap;

use super::super::condition::Condition;
use super::super::sql::Value;
use super::catalogue::{Catalogue, Sets};
use super::names::Named;
use crate::domain::Support;

/// Most ids that the database is given to sort.
const MOST_TO_SORT: u64 = 2_000;

/// Which part of a list of models is wanted.
#[derive(Debug, Clone)]
pub(in crate::store) struct Wanted {
    /// Most rows.
    pub(in crate::store) limit: usize,
    /// In which order, if it can be told here.
    pub(in crate::store) by_name: Option<ByName>,
}

/// By name, and by id where names are the same.
#[derive(Debug, Clone)]
pub(in crate::store) struct ByName {
    /// Whether it is read from the end.
    pub(in crate::store) descending: bool,
    /// Behind this name and id.
    pub(in crate::store) from: Option<(String, i64)>,
}

impl Catalogue {
    /// The models among `within` that meet the condition; `None` if only the database can tell.
    pub(super) fn meeting(&self, condition: &Condition, within: &RoaringBitmap) -> Option<RoaringBitmap> {
        Some(match condition {
            Condition::All | Condition::Live => within.clone(),
            Condition::OneOf(column, values) => self.with_value(column, values)? & within,
            Condition::Words(words) => return self.documents.holding(words, within),
            Condition::Capability(names, support) => self.capable_of(names, *support) & within,
            Condition::Supplier(of) => of_any(&self.of_supplier, &meeting(&self.suppliers, of)?) & within,
            Condition::Category { of, below } => of_any(&self.in_category, &self.categories_of(of, *below)?) & within,
            Condition::Every(parts) => {
                // Texts last: they are looked into for what is left.
                let (dear, cheap): (Vec<_>, Vec<_>) = parts.iter().partition(|part| part.has_words());
                let each = cheap.into_iter().chain(dear);
                each.into_iter().try_fold(within.clone(), |left, part| self.meeting(part, &left))?
            }
            Condition::Any(parts) => {
                parts.iter().try_fold(RoaringBitmap::new(), |found, part| Some(found | self.meeting(part, within)?))?
            }
            Condition::Not(of) => within - self.meeting(of, within)?,
            Condition::Other => return None,
        })
    }

    fn with_value(&self, column: &str, values: &[Value]) -> Option<RoaringBitmap> {
        match column {
            "models.is_active" => values.iter().try_fold(RoaringBitmap::new(), |found, value| match value {
                Value::Bool(true) => Some(found | &self.active),
                Value::Bool(false) => Some(found | (&self.all - &self.active)),
                _ => None,
            }),
            "models.model_type" => Some(of_any(&self.of_type, &texts(values)?)),
            "models.sub_type" => Some(of_any(&self.of_sub_type, &texts(values)?)),
            "models.supplier_id" => Some(of_any(&self.of_supplier, &ids(values)?)),
            "models.id" => Some(ids(values)?.into_iter().filter_map(|id| self.slot(id)).collect()),
            _ => None,
        }
    }

    fn capable_of(&self, names: &[String], support: Support) -> RoaringBitmap {
        let named =
            self.capabilities.iter().filter(|capability| capability.is_live && names.contains(&capability.name));
        of_any(&self.capable, &named.map(|capability| (capability.id, support)).collect::<Vec<_>>())
    }

    fn categories_of(&self, condition: &Condition, below: bool) -> Option<Vec<i64>> {
        let live = || self.categories.iter().filter(|category| category.is_live);
        let mut chosen = Vec::new();
        for category in live() {
            if !category.meets(condition)? {
                continue;
            }
            if below {
                chosen.extend(live().filter(|other| other.is_at_or_below(category)).map(|other| other.id));
            } else {
                chosen.push(category.id);
            }
        }
        Some(chosen)
    }

    /// The ids of the models among `found` that the database has to look at to find the part that is wanted: it itself, if the
    /// order is known, or all. `None` if they are too many.
    pub(super) fn candidates(&self, found: &RoaringBitmap, wanted: &Wanted) -> Option<Vec<i64>> {
        let Some(order) = &wanted.by_name else {
            return (found.len() <= MOST_TO_SORT).then(|| found.iter().map(|slot| self.id(slot)).collect());
        };
        let beyond = |name: &str, id: i64| {
            order.from.as_ref().is_none_or(|(from, from_id)| {
                let place = (name, id).cmp(&(from.as_str(), *from_id));
                place == if order.descending { Ordering::Less } else { Ordering::Greater }
            })
        };
        // Walking all names finds one that is wanted every (all / found) steps; sorting looks at each that was found.
        let all = u64::try_from(self.by_name().len()).unwrap_or(u64::MAX);
        let limit = u64::try_from(wanted.limit).unwrap_or(u64::MAX);
        let is_dense = found.len().saturating_mul(found.len()) > all.saturating_mul(limit);
        let is_wanted = |slot: &u32| found.contains(*slot) && beyond(&self.named(*slot).0, self.named(*slot).1);
        let slots: Vec<u32> = match (is_dense, order.descending) {
            (true, false) => self.by_name().values().copied().filter(is_wanted).take(wanted.limit).collect(),
            (true, true) => self.by_name().values().rev().copied().filter(is_wanted).take(wanted.limit).collect(),
            (false, _) => self.first(found.iter().filter(is_wanted), wanted.limit, order.descending),
        };
        Some(slots.into_iter().map(|slot| self.id(slot)).collect())
    }

    /// The first of these by name, in no particular order.
    fn first(&self, slots: impl Iterator<Item = u32>, limit: usize, descending: bool) -> Vec<u32> {
        let mut first = BinaryHeap::with_capacity(limit + 1);
        for slot in slots {
            first.push(Placed { name: self.named(slot), descending, slot });
            if first.len() > limit {
                first.pop();
            }
        }
        first.into_iter().map(|placed| placed.slot).collect()
    }
}

/// A model at its place in the order of names; the last is the greatest.
struct Placed<'a> {
    name: &'a (std::sync::Arc<str>, i64),
    descending: bool,
    slot: u32,
}

impl Ord for Placed<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = self.name.cmp(other.name);
        if self.descending { place.reverse() } else { place }
    }
}

impl PartialOrd for Placed<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Placed<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Placed<'_> {}

fn meeting(rows: &[Named], condition: &Condition) -> Option<Vec<i64>> {
    let mut ids = Vec::new();
    for row in rows {
        if row.meets(condition)? {
            ids.push(row.id);
        }
    }
    Some(ids)
}

fn of_any<K: Eq + Hash>(sets: &Sets<K>, keys: &[K]) -> RoaringBitmap {
    keys.iter().filter_map(|key| sets.of(key)).fold(RoaringBitmap::new(), |found, set| found | set)
}

fn texts(values: &[Value]) -> Option<Vec<String>> {
    let text = |value: &Value| if let Value::Text(text) = value { Some(text.clone()) } else { None };
    values.iter().map(text).collect()
}

fn ids(values: &[Value]) -> Option<Vec<i64>> {
    let id = |value: &Value| if let Value::BigInt(id) = value { Some(*id) } else { None };
    values.iter().map(id).collect()
}
