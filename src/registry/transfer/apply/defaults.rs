//! Default models: one for each pair of type and sub-type.

use std::collections::{HashMap, HashSet};

use crate::domain::ModelType;
use crate::store::model::{ModelFields, ModelRow};

use super::super::outline::{Position, Standing};
use super::super::source::Models;
use super::error::ImportError;
use super::planner::Planner;
use super::report::{FieldChange, Kind};

/// A type and a sub-type.
type Pair = (ModelType, String);

fn pair(fields: &ModelFields) -> Pair {
    (fields.model_type, fields.sub_type.clone().unwrap_or_default())
}

/// The pair that a model is of after the import. `row`: the model before, if it counts.
fn pair_after(standing: &Standing, row: Option<&ModelRow>) -> Pair {
    match (row, &standing.sub_type) {
        // Who doesn't know what a model is for has only guessed what it works on.
        (Some(row), None) => pair(row),
        (_, sub_type) => (standing.model_type, sub_type.clone().unwrap_or_default()),
    }
}

impl Planner {
    /// Finds out which models stop being defaults. Of those that would be the default of one pair, one that the file makes it
    /// comes before one that is it already, and that before one that comes from another pair.
    ///
    /// # Errors
    /// If the file has two for one pair.
    pub(super) fn settle_defaults(&mut self, stated: &[Standing], models: &Models) -> Result<(), ImportError> {
        let claims = claims(stated, models)?;
        let standings: HashMap<i64, &Standing> = stated
            .iter()
            .filter_map(|standing| Some((self.model_id(&standing.model).filter(|id| *id > 0)?, standing)))
            .collect();
        let keeps_unsaid = !self.terms.origin.is_complete();
        let mut rivals: HashMap<Pair, Vec<(bool, i64)>> = HashMap::new();
        let (mut lost, mut released) = (HashSet::new(), HashSet::new());
        for row in &self.live.defaults {
            let before = pair(row);
            let after = match standings.get(&row.id) {
                Some(standing) => pair_after(standing, Some(row).filter(|_| keeps_unsaid)),
                None if self.states(row) => {
                    released.insert(row.id);
                    continue;
                }
                None => before.clone(),
            };
            if after != before {
                released.insert(row.id);
            }
            if !standings.get(&row.id).is_some_and(|standing| standing.claims) {
                rivals.entry(after.clone()).or_default().push((after != before, row.id));
            }
        }
        for (pair, mut rivals) in rivals {
            rivals.sort_unstable();
            let kept = usize::from(!claims.contains_key(&pair));
            lost.extend(rivals.into_iter().skip(kept).map(|(_, id)| id));
        }
        released.extend(&lost);
        (self.lost, self.released) = (lost, released);
        Ok(())
    }

    /// Whether the file speaks of a model.
    fn states(&self, row: &ModelRow) -> bool {
        self.models.stated(row.supplier_id, &row.name) == Some(row.id)
    }

    /// Plans that models of which the file doesn't speak are no defaults any more.
    pub(super) fn plan_lost_defaults(&mut self) {
        let mut losers: Vec<ModelRow> =
            self.live.defaults.iter().filter(|row| self.lost.contains(&row.id) && !self.states(row)).cloned().collect();
        losers.sort_unstable_by_key(|row| row.id);
        for row in losers {
            let fields = ModelFields { is_default: false, ..row.fields.clone() };
            self.report.count(Kind::Models).updated += 1;
            let [before, after] = [true, false].map(|flag| Some(flag.to_string()));
            let lost = FieldChange { field: "is_default".to_owned(), before, after };
            self.report.note(|| row.name.clone(), vec![lost], self.terms.shown);
            self.plan.models.updates.push((row, fields));
        }
    }
}

/// The pairs for which the file has a default, and where it stands.
fn claims(stated: &[Standing], models: &Models) -> Result<HashMap<Pair, Position>, ImportError> {
    let mut claims = HashMap::new();
    for standing in stated.iter().filter(|standing| standing.claims) {
        if let Some(first) = claims.insert(pair_after(standing, None), standing.at) {
            let pair = format!("{}, {}", standing.model_type, standing.sub_type.as_deref().unwrap_or("no sub-type"));
            let first = models.path(first);
            let message = format!("a second default for ({pair}), beside that at {first}; keep one of the two");
            return Err(ImportError::record(format!("{}.is_default", models.path(standing.at)), message));
        }
    }
    Ok(claims)
}
