//! Counts of models by what they have in common: see [`super::super::facets`].

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::super::facets::{Facet, FacetCount};
use super::catalogue::{Catalogue, Sets};
use super::names::Named;
use crate::domain::Support;

impl Catalogue {
    /// How many of these models share each value, the most frequent first; `None` if only the database can tell.
    pub(super) fn facet(&self, found: &RoaringBitmap, facet: Facet) -> Option<Vec<FacetCount>> {
        let mut counts = match facet {
            Facet::Suppliers => of_named(self.suppliers.iter(), |supplier| self.of_supplier.of(&supplier.id), found),
            Facet::Capabilities => {
                let set = |named: &Named| self.capable.of(&(named.id, Support::Supported));
                of_named(self.capabilities.iter().filter(|named| named.is_live), set, found)
            }
            Facet::Categories => {
                let set = |named: &Named| self.in_category.of(&named.id);
                of_named(self.categories.iter().filter(|named| named.is_live), set, found)
            }
            Facet::ModelTypes => of_values(&self.of_type, found),
            Facet::SubTypes => of_values(&self.of_sub_type, found),
            Facet::LifecycleStages(_) => return None,
        };
        counts.sort_unstable_by(|one, other| other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)));
        Some(counts)
    }
}

fn of_values(sets: &Sets<String>, found: &RoaringBitmap) -> Vec<FacetCount> {
    let counted = sets.iter().map(|(value, set)| FacetCount {
        value: value.clone(),
        label: None,
        count: number(set.intersection_len(found)),
    });
    counted.filter(|counted| counted.count > 0).collect()
}

/// Rows of the same value and label are one.
fn of_named<'a>(
    rows: impl Iterator<Item = &'a Named>,
    set: impl Fn(&Named) -> Option<&'a RoaringBitmap>,
    found: &RoaringBitmap,
) -> Vec<FacetCount> {
    let mut counts: HashMap<(&str, Option<&str>), i64> = HashMap::new();
    for row in rows {
        let count = set(row).map_or(0, |set| number(set.intersection_len(found)));
        if count > 0 {
            *counts.entry((&row.value, row.label.as_deref())).or_default() += count;
        }
    }
    let counted = counts.into_iter();
    counted
        .map(|((value, label), count)| FacetCount { value: value.to_owned(), label: label.map(str::to_owned), count })
        .collect()
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
