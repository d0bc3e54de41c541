//! Aliases: planned for all models of a supplier at once, since one may pass from a model to another.

use std::collections::BTreeMap;

use crate::domain::check_free_name;
use crate::store::Fresh;
use crate::store::alias::{Alias, AliasFields};

use super::super::draft::ModelDraft;
use super::children;
use super::error::ImportError;
use super::lists::enter;
use super::planner::Planner;

impl Planner {
    /// Plans the aliases of all models of the file. `ids`: each model's supplier and id.
    ///
    /// # Errors
    /// If two models of one supplier have the same alias.
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
                let model = drafts.iter().zip(ids).find(|(_, (_, id))| *id == twice.model_id);
                let path = model.map_or("", |(draft, _)| draft.path.as_str());
                let message = "is another model's alias, or stands in the list twice; keep one of the two";
                ImportError::record(format!("{path}.aliases.{}", twice.alias), message)
            })?;
        }
        Ok(())
    }

    /// Aliases of models that the file doesn't speak of stay, unless it gives them to another.
    fn plan_suppliers_aliases(&mut self, supplier_id: i64, stated: Vec<Fresh<AliasFields>>) -> Result<(), AliasFields> {
        let mut live = self.live.aliases.remove(&supplier_id).unwrap_or_default();
        let is_claimed = |alias: &str| stated.iter().any(|fresh| fresh.fields.alias == alias);
        live.retain(|row| self.stated.contains(&row.model_id) || is_claimed(&row.alias));
        let outcome = children::diff::<Alias>(live, stated, self.author())?;
        let Self { plan, report, alias_changes, .. } = self;
        let name = |row: &AliasFields| format!("aliases.{}", row.alias);
        enter(outcome, &mut plan.aliases, report, name, |model, change| {
            alias_changes.entry(model).or_default().push(change);
        });
        Ok(())
    }
}
