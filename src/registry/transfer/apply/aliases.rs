//! Aliases: planned for all models of a supplier in a window at once, since one may pass from a model to another.

use std::collections::{BTreeMap, HashSet};

use crate::domain::check_free_name;
use crate::store::Fresh;
use crate::store::alias::{Alias, AliasFields, AliasRow};

use super::super::draft::ModelDraft;
use super::children;
use super::error::ImportError;
use super::lists::enter;
use super::planner::Planner;

impl Planner {
    /// Plans the aliases of a window's models. `ids`: each model's supplier and id.
    ///
    /// # Errors
    /// If one is no name.
    pub(super) fn plan_aliases(&mut self, drafts: &mut [ModelDraft], ids: &[(i64, i64)]) -> Result<(), ImportError> {
        let mut stated: BTreeMap<i64, Vec<Fresh<AliasFields>>> = BTreeMap::new();
        for (draft, (supplier_id, model_id)) in drafts.iter_mut().zip(ids) {
            let stated = stated.entry(*supplier_id).or_default();
            for alias in std::mem::take(&mut draft.aliases) {
                let at = || format!("{}.aliases.{}", draft.path, alias.alias);
                check_free_name(&alias.alias).map_err(|error| ImportError::record(at(), error))?;
                let source = self.source(alias.source);
                let fields = AliasFields { model_id: *model_id, supplier_id: *supplier_id, alias: alias.alias, source };
                stated.push(self.terms.fresh(fields, alias.stamps));
            }
        }
        for (supplier_id, stated) in stated {
            self.plan_suppliers_aliases(supplier_id, stated).map_err(|twice| {
                ImportError::record(format!("aliases.{}", twice.alias), "stands in the file twice; keep one of the two")
            })?;
        }
        Ok(())
    }

    /// The ids of the live aliases that a window's models are given, whosever they are.
    pub(super) fn claimed_aliases(&self, drafts: &[ModelDraft], ids: &[(i64, i64)]) -> Vec<i64> {
        let of_model = drafts.iter().zip(ids).filter_map(|(draft, (supplier_id, _))| {
            let known = self.aliases.get(supplier_id)?;
            Some(draft.aliases.iter().filter_map(|alias| known.get(alias.alias.as_str()).copied()))
        });
        of_model.flatten().collect()
    }

    /// An alias that the file gives to a model of another window is left to that.
    fn plan_suppliers_aliases(&mut self, supplier_id: i64, stated: Vec<Fresh<AliasFields>>) -> Result<(), AliasFields> {
        let claimed_here: HashSet<&str> = stated.iter().map(|fresh| fresh.fields.alias.as_str()).collect();
        let claimed = self.aliases.get(&supplier_id);
        let is_ours = |row: &AliasRow| {
            let alias = row.alias.as_str();
            claimed_here.contains(alias) || !claimed.is_some_and(|claimed| claimed.contains_key(alias))
        };
        let live: Vec<AliasRow> =
            self.window.aliases.remove(&supplier_id).unwrap_or_default().into_iter().filter(is_ours).collect();
        let outcome = children::diff::<Alias>(live, stated, self.author())?;
        let Self { plan, report, alias_changes, .. } = self;
        let name = |row: &AliasFields| format!("aliases.{}", row.alias);
        enter(outcome, &mut plan.aliases, report, name, |model, change| {
            alias_changes.entry(model).or_default().push(change);
        });
        Ok(())
    }
}
