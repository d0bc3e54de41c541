//! Models: their own fields, and what of them is planned where.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::{LifecycleStage, Schedule};
use crate::store::model::{ModelFields, ModelRow};

use super::super::draft::ModelDraft;
use super::defaults::claimed_defaults;
use super::definitions::check_once;
use super::error::ImportError;
use super::planner::{Planner, Terms};
use super::report::{FieldChange, Kind};
use super::shown::changes;
use super::{Origin, extra};

impl Planner {
    /// Plans the models that the file speaks of, and all that belongs to them.
    ///
    /// # Errors
    /// With the path of a model that can't be taken.
    pub(super) fn plan_models(&mut self, mut drafts: Vec<ModelDraft>) -> Result<(), ImportError> {
        let ids = self.register(&drafts)?;
        self.plan_aliases(&mut drafts, &ids)?;
        self.check_successors(&drafts, &ids)?;
        let claims = claimed_defaults(&drafts, &ids)?;
        for (draft, (supplier_id, id)) in drafts.into_iter().zip(ids) {
            self.plan_model(draft, supplier_id, id)?;
        }
        self.settle_defaults(&claims);
        Ok(())
    }

    /// Gives each model of the file its supplier and its id, so that others can point to it.
    fn register(&mut self, drafts: &[ModelDraft]) -> Result<Vec<(i64, i64)>, ImportError> {
        let mut paths = HashMap::new();
        let mut ids = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let supplier_id = self.suppliers.id(&draft.supplier).ok_or_else(|| {
                let message = format!("there is no supplier {:?}; the file must hold it", draft.supplier);
                ImportError::record(format!("{}.supplier", draft.path), message)
            })?;
            let key = (supplier_id, draft.name.clone());
            check_once(&mut paths, &key, &draft.path)?;
            let known = self.models.get(&key).copied();
            let id = known.unwrap_or_else(|| self.provisional());
            self.models.insert(key, id);
            self.stated.insert(id);
            ids.push((supplier_id, id));
        }
        Ok(ids)
    }

    fn plan_model(&mut self, mut draft: ModelDraft, supplier_id: i64, id: i64) -> Result<(), ImportError> {
        let successor_id = draft.successor.as_ref().and_then(|successor| self.model_id(successor));
        let row = self.live.models.remove(&(supplier_id, draft.name.clone()));
        let before = row.as_ref().map(|row| &row.fields);
        let fields = merged(before, &mut draft, supplier_id, successor_id, self.terms).map_err(|error| {
            ImportError::record(format!("{}.extra", draft.path), format!("the leftovers can't be filed: {error}"))
        })?;
        let name = || format!("{}/{}", draft.supplier, draft.name);
        let mut changed = before.map(|before| differences(before, &fields)).unwrap_or_default();
        changed.extend(self.alias_changes.remove(&id).unwrap_or_default());
        let (is_new, record) = (row.is_none(), name());
        self.place(row, id, fields, &draft);
        self.plan_lists(draft, id, (!is_new).then_some(&mut changed))?;
        if !is_new {
            self.report.note(|| record, changed, self.terms.shown);
        }
        Ok(())
    }

    fn place(&mut self, row: Option<ModelRow>, id: i64, fields: ModelFields, draft: &ModelDraft) {
        let counts = self.report.count(Kind::Models);
        match row {
            Some(row) if row.fields == fields => counts.unchanged += 1,
            Some(row) => {
                counts.updated += 1;
                self.plan.models.updates.push((row, fields));
            }
            None => {
                counts.created += 1;
                self.plan.models.inserts.push((Some(id), self.terms.fresh(fields, draft.stamps)));
            }
        }
    }

    /// The id of a model by its supplier and name.
    pub(super) fn model_id(&self, (supplier, name): &(String, String)) -> Option<i64> {
        self.models.get(&(self.suppliers.id(supplier)?, name.clone())).copied()
    }
}

/// The model after the import: what the file states, over what was there if the file isn't complete.
fn merged(
    before: Option<&ModelFields>,
    draft: &mut ModelDraft,
    supplier_id: i64,
    successor_id: Option<i64>,
    terms: Terms,
) -> serde_json::Result<ModelFields> {
    let origin = terms.origin;
    let base = before.filter(|_| !origin.is_complete());
    let known = before.and_then(|fields| fields.extra.as_ref());
    let leftovers = std::mem::take(&mut draft.extra);
    let extra = match origin {
        Origin::ThirdParty(source) => extra::filed(known, source, leftovers)?,
        Origin::Own | Origin::Starter => extra::replaced(known, leftovers)?,
    };
    let base = base.cloned().unwrap_or_else(|| blank(draft, supplier_id));
    // A third party that doesn't know what a model is for has only guessed what it works on.
    let guessed = !origin.is_complete() && draft.sub_type.is_none();
    let schedule = Schedule {
        deprecated_on: draft.deprecated_on.or(base.deprecated_on),
        retires_on: draft.retires_on.or(base.retires_on),
    };
    let stated = draft.lifecycle_stage.unwrap_or(base.lifecycle_stage);
    let lifecycle_stage =
        if origin.is_complete() { stated } else { kept(stated, base.lifecycle_stage, schedule, terms.now.day()) };
    Ok(ModelFields {
        name: base.name,
        display_name: draft.display_name.take().or(base.display_name),
        description: draft.description.take().or(base.description),
        supplier_id,
        model_type: if guessed { base.model_type } else { draft.model_type },
        sub_type: draft.sub_type.take().or(base.sub_type),
        is_default: draft.is_default.unwrap_or(base.is_default),
        is_active: draft.is_active.unwrap_or(base.is_active),
        lifecycle_stage,
        released_on: draft.released_on.take().or(base.released_on),
        knowledge_cutoff: draft.knowledge_cutoff.take().or(base.knowledge_cutoff),
        deprecated_on: schedule.deprecated_on,
        retires_on: schedule.retires_on,
        successor_id: successor_id.or(base.successor_id),
        extra,
    })
}

/// The stage to write down: the one that was, where the file states an earlier one that a date which has come moves on to
/// the same. Otherwise every import of a file without dates would take back what was written down when the date came.
fn kept(stated: LifecycleStage, before: LifecycleStage, schedule: Schedule, today: NaiveDate) -> LifecycleStage {
    let comes_to_the_same = stated.on(schedule, today) == before.on(schedule, today);
    if stated < before && comes_to_the_same { before } else { stated }
}

/// A model of which nothing is known.
fn blank(draft: &ModelDraft, supplier_id: i64) -> ModelFields {
    ModelFields {
        name: draft.name.clone(),
        display_name: None,
        description: None,
        supplier_id,
        model_type: draft.model_type,
        sub_type: None,
        is_default: false,
        is_active: true,
        lifecycle_stage: LifecycleStage::Active,
        released_on: None,
        knowledge_cutoff: None,
        deprecated_on: None,
        retires_on: None,
        successor_id: None,
        extra: None,
    }
}

fn differences(before: &ModelFields, after: &ModelFields) -> Vec<FieldChange> {
    changes!(
        before, after;
        display_name, description, model_type, sub_type, is_default, is_active, lifecycle_stage, released_on,
        knowledge_cutoff, deprecated_on, retires_on, successor_id, extra,
    )
}
