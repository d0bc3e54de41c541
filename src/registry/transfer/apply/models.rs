//! Models: their own fields, and what of them is planned where.

use chrono::NaiveDate;

use crate::domain::{LifecycleStage, Schedule};
use crate::store::Conn;
use crate::store::model::{ModelFields, ModelRow};

use super::super::draft::ModelDraft;
use super::super::error::ReadError;
use super::error::ImportError;
use super::live::Window;
use super::planner::{Planner, Terms};
use super::register::NEW;
use super::report::{FieldChange, Kind};
use super::shown::changes;
use super::{Origin, extra};

impl Planner {
    /// Plans some of the models that the file speaks of, and all that belongs to them.
    ///
    /// # Errors
    /// With the path of a model that can't be taken.
    pub(super) async fn plan_window(
        &mut self,
        conn: &mut Conn,
        mut drafts: Vec<ModelDraft>,
    ) -> Result<(), ImportError> {
        let ids = drafts.iter().map(|draft| self.ids_of(draft)).collect::<Result<Vec<_>, _>>()?;
        let known = ids.iter().map(|(_, id)| *id).filter(|id| *id > 0).collect();
        self.window = Window::load(conn, known, self.claimed_aliases(&drafts, &ids), &self.released).await?;
        self.plan_aliases(&mut drafts, &ids)?;
        for (draft, (supplier_id, id)) in drafts.into_iter().zip(ids) {
            self.plan_model(draft, supplier_id, id)?;
        }
        Ok(())
    }

    /// The supplier and the id of a model of the file. One that is new has an id from now on, so that others can point to it.
    fn ids_of(&mut self, draft: &ModelDraft) -> Result<(i64, i64), ReadError> {
        let supplier_id = self.suppliers.id(&draft.supplier).ok_or(ReadError::Changed)?;
        match self.models.stated(supplier_id, &draft.name).ok_or(ReadError::Changed)? {
            NEW => {
                let id = self.provisional();
                self.passing.push(id);
                Ok((supplier_id, id))
            }
            id => Ok((supplier_id, id)),
        }
    }

    fn plan_model(&mut self, mut draft: ModelDraft, supplier_id: i64, id: i64) -> Result<(), ImportError> {
        let successor_id = draft.successor.as_ref().and_then(|successor| self.model_id(successor));
        let row = self.window.models.remove(&id);
        let before = row.as_ref().map(|row| &row.fields);
        let mut fields = merged(before, &mut draft, supplier_id, successor_id, self.terms).map_err(|error| {
            ImportError::record(format!("{}.extra", draft.path), format!("the leftovers can't be filed: {error}"))
        })?;
        fields.is_default &= !self.lost.contains(&id);
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
            Some(mut row) => {
                counts.updated += 1;
                // Only what differs is written, and a default that was released isn't what it was.
                if self.released.contains(&id) {
                    row.fields.is_default = !fields.is_default;
                }
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
        self.models.id(self.suppliers.id(supplier)?, name)
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
