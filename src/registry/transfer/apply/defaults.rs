//! Default models: one for each pair of type and sub-type.

use std::collections::{HashMap, HashSet};

use crate::domain::ModelType;
use crate::store::Row;
use crate::store::model::ModelFields;

use super::super::draft::ModelDraft;
use super::error::ImportError;
use super::planner::Planner;
use super::report::{FieldChange, Kind};

/// A type and a sub-type.
type Pair = (ModelType, String);

/// A model that is, or would be, the default of a pair. The least of a pair's candidates wins: one that the file makes
/// the default, then one that is it already, then one that came from another pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Candidate {
    Claims(i64),
    Stays(i64),
    Comes(i64),
}

impl Candidate {
    const fn id(self) -> i64 {
        match self {
            Self::Claims(id) | Self::Stays(id) | Self::Comes(id) => id,
        }
    }
}

fn pair(fields: &ModelFields) -> Pair {
    (fields.model_type, fields.sub_type.clone().unwrap_or_default())
}

/// The models that the file makes defaults. `ids`: each model's supplier and id.
///
/// # Errors
/// If the file has two for one pair.
pub(super) fn claimed_defaults(drafts: &[ModelDraft], ids: &[(i64, i64)]) -> Result<HashSet<i64>, ImportError> {
    let mut paths: HashMap<Pair, &str> = HashMap::new();
    let mut claims = HashSet::new();
    for (draft, (_, id)) in drafts.iter().zip(ids).filter(|(draft, _)| draft.is_default == Some(true)) {
        claims.insert(*id);
        let sub_type = draft.sub_type.clone().unwrap_or_default();
        if let Some(first) = paths.insert((draft.model_type, sub_type), &draft.path) {
            let pair = format!("{}, {}", draft.model_type, draft.sub_type.as_deref().unwrap_or("no sub-type"));
            let message = format!("a second default for ({pair}), beside that at {first}; keep one of the two");
            return Err(ImportError::record(format!("{}.is_default", draft.path), message));
        }
    }
    Ok(claims)
}

impl Planner {
    /// Takes the default from all of a pair's candidates but one.
    pub(super) fn settle_defaults(&mut self, claims: &HashSet<i64>) {
        let mut candidates: HashMap<Pair, Vec<Candidate>> = HashMap::new();
        for (id, before, after) in self.planned_defaults() {
            let candidate = match before {
                _ if claims.contains(&id) => Candidate::Claims(id),
                Some(before) if before == after => Candidate::Stays(id),
                _ => Candidate::Comes(id),
            };
            candidates.entry(after).or_default().push(candidate);
        }
        for mut rivals in candidates.into_values().filter(|rivals| rivals.len() > 1) {
            rivals.sort_unstable();
            rivals[1..].iter().for_each(|loser| self.lose_default(loser.id()));
        }
    }

    /// All models that would be defaults after the import: their ids, the pairs they are the defaults of, and the pairs
    /// they would be.
    fn planned_defaults(&self) -> Vec<(i64, Option<Pair>, Pair)> {
        let inserts = self.plan.models.inserts.iter().filter(|(_, fresh)| fresh.fields.is_default);
        let inserted = inserts.filter_map(|(id, fresh)| Some(((*id)?, None, pair(&fresh.fields))));
        let updates = self.plan.models.updates.iter().filter(|(_, fields)| fields.is_default);
        let updated = updates.map(|(row, after)| (row.id, row.is_default.then(|| pair(row)), pair(after)));
        let changing: HashSet<i64> = self.plan.models.updates.iter().map(|(row, _)| row.id).collect();
        let others = self.live.defaults.iter().filter(|row| !changing.contains(&row.id));
        let untouched = others.map(|row| (row.id, Some(pair(row)), pair(row)));
        inserted.chain(updated).chain(untouched).collect()
    }

    fn lose_default(&mut self, id: i64) {
        if let Some((_, fresh)) = self.plan.models.inserts.iter_mut().find(|(other, _)| *other == Some(id)) {
            fresh.fields.is_default = false;
        } else if let Some((_, fields)) = self.plan.models.updates.iter_mut().find(|(row, _)| row.id() == id) {
            fields.is_default = false;
        } else if let Some(row) = self.live.defaults.iter().find(|row| row.id == id).cloned() {
            let fields = ModelFields { is_default: false, ..row.fields.clone() };
            let counts = self.report.count(Kind::Models);
            counts.updated += 1;
            counts.unchanged -= usize::from(self.stated.contains(&id));
            let [before, after] = [true, false].map(|flag| Some(flag.to_string()));
            let lost = FieldChange { field: "is_default".to_owned(), before, after };
            self.report.note(|| row.name.clone(), vec![lost], self.terms.shown);
            self.plan.models.updates.push((row, fields));
        }
    }
}
