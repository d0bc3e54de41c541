//! `compareModelVersions`: what differs between two states of models.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};

use super::comparison::ModelComparison;
use super::error::{bad_input, fault};
use super::guard::ByPolicy;
use super::id::{NodeKind, expect_row};
use super::scope::scope;
use crate::domain::Timestamp;
use crate::registry::comparison::compare;
use crate::store::history::cut_at;
use crate::store::model_state::{ModelAt, ModelState, NOW, model_states};
use crate::store::model_version::ModelVersion;
use crate::store::reversal::{extent, purged};
use crate::store::rows::by_ids;
use crate::store::{Conn, StoreResult};

/// A state of a model: a version by its id; or a model by its id, as it is now, as it was at a time, or as it was right after
/// a change set. Exactly one of these forms.
#[derive(Debug, Clone, InputObject)]
pub struct ModelStateRef {
    /// Global id of a version; with nothing else.
    pub version: Option<ID>,
    /// Global id of a model.
    pub model: Option<ID>,
    /// The model as it was at this moment; with `model`.
    pub time: Option<DateTime<Utc>>,
    /// The model as it was right after the change set with this global id; with `model`.
    pub change_set: Option<ID>,
}

#[derive(Debug, Clone, Copy)]
enum Wanted {
    Version(i64),
    Now(i64),
    Time(i64, Timestamp),
    ChangeSet(i64, i64),
}

impl ModelStateRef {
    fn wanted(&self, argument: &str) -> Result<Wanted> {
        let inner = |field: &str| format!("{argument}.{field}");
        match (&self.version, &self.model, &self.time, &self.change_set) {
            (Some(id), None, None, None) => {
                Ok(Wanted::Version(expect_row(NodeKind::ModelVersion, &inner("version"), id, None)?))
            }
            (None, Some(id), time, set) => {
                let model = expect_row(NodeKind::Model, &inner("model"), id, None)?;
                match (time, set) {
                    (None, None) => Ok(Wanted::Now(model)),
                    (Some(time), None) => Ok(Wanted::Time(model, Timestamp::new(*time))),
                    (None, Some(set)) => {
                        Ok(Wanted::ChangeSet(model, expect_row(NodeKind::ChangeSet, &inner("changeSet"), set, None)?))
                    }
                    (Some(_), Some(_)) => Err(form(argument)),
                }
            }
            _ => Err(form(argument)),
        }
    }
}

fn form(argument: &str) -> async_graphql::Error {
    bad_input(format!(
        "{argument}: give version alone, or model alone, or model with time, or model with changeSet, and nothing else"
    ))
}

/// Why there is no such state.
#[derive(Debug, Clone, Copy)]
enum Missing {
    Version,
    ChangeSet,
    Model,
    Purged,
}

impl Missing {
    fn told(self, argument: &str) -> async_graphql::Error {
        bad_input(match self {
            Self::Version => format!("{argument}.version: there is no such version"),
            Self::ChangeSet => format!("{argument}.changeSet: there is no such change set"),
            Self::Model => format!("{argument}: the model isn't there, or wasn't at that time"),
            Self::Purged => format!("{argument}: the history of that time is no longer kept whole"),
        })
    }
}

impl Wanted {
    async fn at(self, conn: &mut Conn) -> StoreResult<std::result::Result<ModelAt, Missing>> {
        let (model, cut) = match self {
            Self::Now(model) => return Ok(Ok(ModelAt { model, cut: NOW })),
            Self::Version(id) => {
                let version = by_ids::<ModelVersion>(conn, vec![id]).await?.pop();
                let found = version.filter(|row| row.deleted_at.is_none());
                return Ok(found.map(|row| ModelAt { model: row.model_id, cut: row.cut }).ok_or(Missing::Version));
            }
            Self::Time(model, moment) => (model, cut_at(conn, moment).await?),
            Self::ChangeSet(model, set) => match extent(conn, set).await? {
                Some((_, last)) => (model, last),
                None => return Ok(Err(Missing::ChangeSet)),
            },
        };
        if cut < purged(conn).await? {
            return Ok(Err(Missing::Purged));
        }
        Ok(Ok(ModelAt { model, cut }))
    }
}

type Found = std::result::Result<ModelState, (&'static str, Missing)>;

/// Both states, in at most sixteen statements: three for each side to find its cut, ten for both.
async fn both(conn: &mut Conn, a: Wanted, b: Wanted) -> StoreResult<(Found, Found)> {
    let (a, b) = (a.at(conn).await?, b.at(conn).await?);
    let wanted: Vec<ModelAt> = [a, b].into_iter().filter_map(std::result::Result::ok).collect();
    let states = model_states(conn, &wanted).await?;
    let state = |name, at: std::result::Result<ModelAt, Missing>| {
        let at = at.map_err(|missing| (name, missing))?;
        states.get(&at).cloned().ok_or((name, Missing::Model))
    };
    Ok((state("a", a), state("b", b)))
}

/// Comparing versions.
#[derive(Default)]
pub struct Comparing;

/// Comparing versions.
#[Object(guard = "ByPolicy")]
impl Comparing {
    /// What differs between two states of models: two versions, two moments, or two models. What belongs to models is
    /// matched by names, so that different models can be compared; which import brought something is no difference.
    async fn compare_model_versions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The first state: what is told as before.")] a: ModelStateRef,
        #[graphql(desc = "The second state: what is told as after.")] b: ModelStateRef,
    ) -> Result<ModelComparison> {
        let (first, second) = (a.wanted("a")?, b.wanted("b")?);
        let store = &scope(context)?.store;
        let read = store.read_snapshot(move |conn| Box::pin(both(conn, first, second)));
        let (before, after) = read.await.map_err(fault(context))?;
        let told = |(argument, missing): (&str, Missing)| missing.told(argument);
        let (before, after) = (before.map_err(told)?, after.map_err(told)?);
        Ok(ModelComparison::new(compare(&before, &after)))
    }
}
