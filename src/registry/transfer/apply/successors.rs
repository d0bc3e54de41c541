//! Successors: each is there, and no model succeeds itself in a circle.

use std::collections::{HashMap, HashSet};

use crate::store::{Conn, bulk};

use super::super::outline::{Position, Succession};
use super::super::source::Models;
use super::error::ImportError;
use super::planner::Planner;
use super::register::NEW;

impl Planner {
    /// Checks the successors that the file names. `first`: where those stand that are yet to be made. Answers their places,
    /// each behind that of its own successor.
    ///
    /// # Errors
    /// If a successor is nowhere, or a model would come back to itself.
    pub(super) async fn check_successors(
        &mut self,
        conn: &mut Conn,
        successions: &[Succession],
        first: HashMap<i64, Position>,
        models: &Models,
    ) -> Result<Vec<Position>, ImportError> {
        if successions.is_empty() {
            return Ok(Vec::new());
        }
        self.register_others(conn, successions).await?;
        let mut successors: HashMap<i64, i64> = bulk::successors(conn).await?.into_iter().collect();
        if self.terms.origin.is_complete() {
            for id in self.models.all_stated() {
                successors.remove(&id);
            }
        }
        let mut named = Vec::new();
        for row in successions {
            let successor = self.model_id(&row.successor).ok_or_else(|| {
                let message = format!("there is no model {:?} of {:?}", row.successor.1, row.successor.0);
                ImportError::record(format!("{}.successor", models.path(row.at)), message)
            })?;
            // Nothing points to a model that is only new: it is in no circle.
            if let Some(id) = self.model_id(&row.model).filter(|id| *id != NEW) {
                successors.insert(id, successor);
                named.push((id, row.at));
            }
        }
        if let Some((_, at)) = named.into_iter().find(|(id, _)| is_in_circle(*id, &successors)) {
            let message = "the successors lead back to the model itself; one of them must have none";
            return Err(ImportError::record(format!("{}.successor", models.path(at)), message));
        }
        Ok(in_order(&first, &successors))
    }
}

fn is_in_circle(start: i64, successors: &HashMap<i64, i64>) -> bool {
    let mut seen = HashSet::new();
    let mut at = start;
    while let Some(next) = successors.get(&at) {
        if *next == start {
            return true;
        }
        if !seen.insert(*next) {
            return false;
        }
        at = *next;
    }
    false
}

/// The places of these models, each behind that of its successor, if that is one of them. There is no circle among them.
fn in_order(models: &HashMap<i64, Position>, successors: &HashMap<i64, i64>) -> Vec<Position> {
    let mut depths: HashMap<i64, usize> = HashMap::new();
    for start in models.keys() {
        let mut way = Vec::new();
        let mut next = Some(start);
        while let Some(id) = next.filter(|id| models.contains_key(id) && !depths.contains_key(id)) {
            way.push(*id);
            next = successors.get(id);
        }
        let mut depth = next.and_then(|id| depths.get(id)).copied().unwrap_or_default();
        for id in way.into_iter().rev() {
            depth += 1;
            depths.insert(id, depth);
        }
    }
    let mut order: Vec<(usize, Position)> =
        models.iter().map(|(id, at)| (depths.get(id).copied().unwrap_or_default(), *at)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_from_within_only() {
        let successors = HashMap::from([(1, 2), (2, 3), (3, 2), (4, 4), (5, 6)]);
        let found: Vec<i64> = (1..=6).filter(|id| is_in_circle(*id, &successors)).collect();
        assert_eq!(found, [2, 3, 4]);
    }

    #[test]
    fn successors_come_first() {
        let models = HashMap::from([(-1, 10), (-2, 20), (-3, 30), (-4, 5)]);
        let successors = HashMap::from([(-1, -2), (-2, -3), (-3, 7), (-4, -3), (8, -1)]);
        assert_eq!(in_order(&models, &successors), [30, 5, 20, 10]);
    }
}
