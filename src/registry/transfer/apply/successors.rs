//! Successors: each is there, and no model succeeds itself in a circle.

use std::collections::{HashMap, HashSet};

use super::super::draft::ModelDraft;
use super::error::ImportError;
use super::planner::Planner;

impl Planner {
    /// Checks the successors that the file names. `ids`: each model's supplier and id.
    ///
    /// # Errors
    /// If a successor is nowhere, or a model would come back to itself.
    pub(super) fn check_successors(&self, drafts: &[ModelDraft], ids: &[(i64, i64)]) -> Result<(), ImportError> {
        if drafts.iter().all(|draft| draft.successor.is_none()) {
            return Ok(());
        }
        let mut successors = self.live.successors.clone();
        for (draft, (_, id)) in drafts.iter().zip(ids) {
            match &draft.successor {
                Some(successor) => drop(successors.insert(*id, self.successor_id(draft, successor)?)),
                None if self.terms.origin.is_complete() => drop(successors.remove(id)),
                None => {}
            }
        }
        match drafts.iter().zip(ids).find(|(_, (_, id))| is_in_circle(*id, &successors)) {
            None => Ok(()),
            Some((draft, _)) => {
                let message = "the successors lead back to the model itself; one of them must have none";
                Err(ImportError::record(format!("{}.successor", draft.path), message))
            }
        }
    }

    fn successor_id(&self, draft: &ModelDraft, successor: &(String, String)) -> Result<i64, ImportError> {
        self.model_id(successor).ok_or_else(|| {
            let message = format!("there is no model {:?} of {:?}", successor.1, successor.0);
            ImportError::record(format!("{}.successor", draft.path), message)
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_from_within_only() {
        let successors = HashMap::from([(1, 2), (2, 3), (3, 2), (4, 4), (5, 6)]);
        let found: Vec<i64> = (1..=6).filter(|id| is_in_circle(*id, &successors)).collect();
        assert_eq!(found, [2, 3, 4]);
    }
}
