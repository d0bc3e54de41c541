//! Stages of a model's life: which moves mutations may make, and writing down what dates have moved.

use chrono::NaiveDate;

use super::Change;
use super::editor::MODELRY;
use super::model::ModelChanges;
use super::user_error::{Errors, UserErrorCode};
use crate::domain::{ChangeChannel, LifecycleStage, Timestamp};
use crate::store::lifecycle::{is_any_overdue, lock_overdue, write_stages};
use crate::store::model::ModelFields;
use crate::store::{Author, Row, Store, StoreResult};

/// Models whose stages are written down at once.
const BATCH: i64 = 500;

/// A model's fields before and after a mutation, on the day of it.
#[derive(Debug, Clone, Copy)]
pub struct Moved<'a> {
    /// As they were, with the stage that was in effect; `None` for a new model.
    pub before: Option<&'a ModelFields>,
    /// As they are to be.
    pub after: &'a ModelFields,
    /// The day.
    pub today: NaiveDate,
}

impl ModelChanges {
    /// Whether they may change which stage is in effect.
    pub(super) const fn touch_lifecycle(&self) -> bool {
        !matches!(
            (&self.lifecycle_stage, &self.deprecated_on, &self.retires_on),
            (Change::Keep, Change::Keep, Change::Keep)
        )
    }

    /// The fields that the changes start from: if the stage is set or a day changes, what a date has brought about is written
    /// down first. So it makes no difference whether [`settle`] was there before.
    pub(super) fn settled(&self, before: &ModelFields, today: NaiveDate) -> ModelFields {
        let moves = |change: &Change<NaiveDate>, day| change.clone().or(day) != day;
        let touched = self.lifecycle_stage.value().is_some()
            || moves(&self.deprecated_on, before.deprecated_on)
            || moves(&self.retires_on, before.retires_on);
        let lifecycle_stage = if touched { before.stage_on(today) } else { before.lifecycle_stage };
        ModelFields { lifecycle_stage, ..before.clone() }
    }
}

impl Moved<'_> {
    /// Whether it has just retired.
    pub(super) fn retires(&self) -> bool {
        let was_retired = self.before.is_some_and(|before| before.stage_on(self.today) == LifecycleStage::Retired);
        self.after.stage_on(self.today) == LifecycleStage::Retired && !was_retired
    }

    /// Notes a move that the table of transitions refuses, a stage that a date would override at once, and a retirement that
    /// comes before the deprecation.
    pub(super) fn check(&self, changes: &ModelChanges, errors: &mut Errors) {
        if let Some(wanted) = changes.lifecycle_stage.value() {
            self.check_move(*wanted, errors);
            self.check_dates_allow(*wanted, errors);
        }
        let schedule = self.after.schedule();
        let same = self.before.is_some_and(|before| before.schedule() == schedule);
        if let (false, true, Some(deprecated)) = (same, schedule.is_reversed(), schedule.deprecated_on) {
            let message =
                format!("is before deprecatedOn, which is {deprecated}; a model retires on that day or later");
            errors.add("retiresOn", UserErrorCode::Invalid, message);
        }
    }

    fn check_move(&self, wanted: LifecycleStage, errors: &mut Errors) {
        let from = self.before.map(|before| before.stage_on(self.today));
        if let Some((from, reason)) = from.and_then(|from| Some((from, from.refusal(wanted)?))) {
            let message = format!("a model doesn't go from {from} to {wanted}: {reason}");
            errors.add("lifecycleStage", UserErrorCode::Invalid, message);
        }
    }

    fn check_dates_allow(&self, wanted: LifecycleStage, errors: &mut Errors) {
        let at_once = wanted.on(self.after.schedule(), self.today);
        if at_once == wanted {
            return;
        }
        let days = [("deprecatedOn", self.after.deprecated_on), ("retiresOn", self.after.retires_on)];
        // An active model is moved by either, a deprecated one by its retirement only.
        let movers = &days[usize::from(wanted != LifecycleStage::Active)..];
        let come: Vec<String> = movers
            .iter()
            .filter_map(|(field, day)| Some(format!("{field} ({})", day.filter(|day| *day <= self.today)?)))
            .collect();
        let message = format!(
            "can't be {wanted}: {} would make it {at_once} at once; set null or a day after {} there too",
            come.join(" and "),
            self.today
        );
        errors.add("lifecycleStage", UserErrorCode::Invalid, message);
    }
}

/// Writes down the stages that dates have brought about by `now`, all in one transaction; returns how many models that were.
/// Reads don't need it. Nothing is written, and no transaction opened, if nothing is due; several processes may do it at
/// once. What another writer has in hand is left for the next time.
///
/// # Errors
/// If the database fails.
pub async fn settle(store: &Store, now: Timestamp) -> StoreResult<usize> {
    let today = now.day();
    if !store.read(move |conn| Box::pin(is_any_overdue(conn, today))).await? {
        return Ok(0);
    }
    let author = Author::new(MODELRY, ChangeChannel::System, "settleLifecycle", now);
    store
        .write(author, move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut settled = 0;
                loop {
                    let due = lock_overdue(transaction, today, BATCH).await?;
                    if due.is_empty() {
                        return Ok(settled);
                    }
                    let ids = due.iter().map(Row::id).collect();
                    settled += write_stages(transaction, ids, today, now).await?;
                }
            })
        })
        .await
}
