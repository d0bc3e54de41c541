//! Bringing a model back to what it was, with all that belongs to it.

use super::comparison::{Difference, compare};
use super::going_back::{Blocked, Plan, told};
use super::model_pointer::VersionReference;
use super::user_error::{Errors, UserErrorCode, WriteResult, refused};
use super::write::{Target, unless_taken};
use super::{Editor, Reference};
use crate::domain::{ChangeKind, Timestamp};
use crate::store::history::cut_at;
use crate::store::model::{Model, ModelRow};
use crate::store::model_state::{ModelAt, ModelState, NOW, model_states};
use crate::store::obstacles::Obstacle;
use crate::store::reversal::{Places, content, extent, places_at, purged, states_since};
use crate::store::rows::by_ids;
use crate::store::state::State;
use crate::store::{StoreResult, Transaction};

/// What belongs to a model's state: its versions and pointers don't.
const KINDS: [ChangeKind; 6] = [
    ChangeKind::Model,
    ChangeKind::ModelAlias,
    ChangeKind::ModelParameter,
    ChangeKind::ModelCapability,
    ChangeKind::ModelCategory,
    ChangeKind::ModelPrice,
];

/// Which state is meant.
#[derive(Debug, Clone)]
pub enum Goal {
    /// That of a version of the model.
    Version(Reference),
    /// That right after a change set, by its number.
    ChangeSet(i64),
    /// That of a moment.
    Time(Timestamp),
}

/// What a rollback did, or would do.
#[derive(Debug, Clone)]
pub struct RolledBack {
    /// The model, as it is: what a dry run tells of never was.
    pub model: ModelRow,
    /// What changed of it.
    pub differences: Vec<Difference>,
}

/// Brings a model's own fields, aliases, parameters, capabilities, categories and prices back to what they were; or only
/// tells what that would change.
///
/// # Errors
/// If the client got something wrong, if a name, a default or an object that is needed is no longer to be had, or if the
/// database fails. Nothing is changed then.
pub async fn roll_back(editor: &Editor, target: Target, goal: Goal, dry_run: bool) -> WriteResult<RolledBack> {
    editor
        .attempt(!dry_run, move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                let Some(model) = target.live_at::<Model>(transaction, "modelId", &mut errors).await? else {
                    return Err(errors.failure());
                };
                let cut = goal.cut(transaction, model.id, &mut errors).await?;
                errors.finish()?;
                let Some(cut) = cut else { return Err(errors.failure()) };
                let before = present(transaction, model.id).await?;
                let plan = planned(transaction, model.id, cut, &mut errors).await?;
                errors.finish()?;
                let written = plan.write(transaction, now).await;
                let blocked = unless_taken(written, "to", "rows of that state have each other's keys by now")?;
                refuse(&blocked, &mut errors);
                errors.finish()?;
                let after = present(transaction, model.id).await?;
                let differences = before.zip(after).map(|(before, after)| compare(&before, &after));
                let written =
                    if dry_run { None } else { by_ids::<Model>(transaction.conn(), vec![model.id]).await?.pop() };
                Ok(RolledBack { model: written.unwrap_or(model), differences: differences.unwrap_or_default() })
            })
        })
        .await
}

async fn present(transaction: &mut Transaction, model: i64) -> StoreResult<Option<ModelState>> {
    let at = ModelAt { model, cut: NOW };
    Ok(model_states(transaction.conn(), &[at]).await?.remove(&at))
}

impl Goal {
    /// The last change that the state holds; what is wrong is noted.
    async fn cut(&self, transaction: &mut Transaction, model: i64, errors: &mut Errors) -> WriteResult<Option<i64>> {
        let cut = match self {
            Self::Version(reference) => {
                let mut within = Errors::default();
                let found = VersionReference::Id(reference.clone()).of_model(transaction, model, &mut within).await?;
                return match (found, within.finish()) {
                    (Some(version), Ok(())) => Ok(Some(version.cut)),
                    (_, Err(error)) => Err(error.at(&["to", "version"])),
                    (None, Ok(())) => Ok(None),
                };
            }
            Self::ChangeSet(id) => match extent(transaction.conn(), *id).await? {
                Some((_, last)) => last,
                None => return Err(refused("to", UserErrorCode::NotFound, "there is no such change set")),
            },
            Self::Time(moment) => cut_at(transaction.conn(), *moment).await?,
        };
        if cut < purged(transaction.conn()).await? {
            errors.add("to", UserErrorCode::NotFound, "the history of that time is no longer kept whole");
        }
        Ok(Some(cut))
    }
}

/// What has to happen for the model to be as it was right after the change `cut`.
async fn planned(transaction: &mut Transaction, model: i64, cut: i64, errors: &mut Errors) -> StoreResult<Plan> {
    let mut plan = Plan::default();
    for kind in KINDS {
        let places = places_at(transaction.conn(), kind, model, cut).await?;
        if kind == ChangeKind::Model && !places.iter().any(|place| place.was_live) {
            errors.add("to", UserErrorCode::NotFound, "the model wasn't there at that time");
            return Ok(plan);
        }
        let same = unchanged(transaction, kind, &places).await?;
        for place in places {
            match (place.was, place.is) {
                (Some(was), Some(_)) if place.was_live && !same.contains(&place.row) => {
                    plan.restore(kind, (place.row, was));
                }
                (Some(_), None) if place.was_live => {
                    let message = format!("a {kind} of that state was removed for good since");
                    errors.add("to", UserErrorCode::NotFound, message);
                }
                _ if place.is_live && !place.was_live => plan.delete(kind, place.row),
                _ => {}
            }
        }
    }
    Ok(plan)
}

/// The rows that are live now and say what they said then.
async fn unchanged(transaction: &mut Transaction, kind: ChangeKind, places: &[Places]) -> StoreResult<Vec<i64>> {
    let both = || places.iter().filter(|place| place.was_live && place.is_live);
    let (same, moved): (Vec<&Places>, Vec<&Places>) = both().partition(|place| place.was == place.is);
    let numbers = moved.iter().flat_map(|place| [place.was, place.is]).flatten().collect();
    let states = states_since(transaction.conn(), kind, numbers).await?;
    let state = |since: Option<i64>| states.iter().find(|state| Some(state.since) == since);
    let alike = |place: &&Places| match (state(place.was), state(place.is)) {
        (Some(was), Some(is)) => facts(kind, was).eq(facts(kind, is)),
        _ => false,
    };
    Ok(same.into_iter().chain(moved.into_iter().filter(alike)).map(|place| place.row).collect())
}

fn facts(kind: ChangeKind, state: &State) -> impl Iterator<Item = &(&'static str, serde_json::Value)> {
    state.cells.iter().filter(move |(column, _)| content(kind).contains(column))
}

fn refuse(blocked: &[Blocked], errors: &mut Errors) {
    for block in blocked {
        let code = match block.obstacle {
            Obstacle::Taken | Obstacle::DefaultTaken | Obstacle::Overlap => UserErrorCode::Taken,
            Obstacle::Gone | Obstacle::Deleted => UserErrorCode::NotFound,
            Obstacle::InUse => UserErrorCode::InUse,
            Obstacle::TooMany => UserErrorCode::TooMany,
            Obstacle::Misplaced => UserErrorCode::Cycle,
        };
        errors.add("to", code, format!("{}:{}: {}", block.kind, block.row, told(block.obstacle)));
    }
}
