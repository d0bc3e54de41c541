//! What parameters were.

use super::batch::{Item, Relation, group_by};
use crate::store::StoreResult;
use crate::store::model::Model;
use crate::store::parameter::{ParameterState, states_of};

impl Item<Model> {
    /// The values that the model's parameter of this name had, in order; times without one are gaps between them.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn parameter_states(&self, name: String) -> StoreResult<Vec<ParameterState>> {
        let batch = self.batch();
        let states = batch.relations().parameter_states.entry(name.clone(), Relation::default);
        let load = async {
            let models = batch.ids();
            let found =
                batch.store().read(move |conn| Box::pin(async move { states_of(conn, models, &name).await })).await?;
            Ok(group_by(found, |state| state.row.model_id))
        };
        let states = states.get(|| load).await?;
        Ok(states.get(&self.id).map(|states| values(states)).unwrap_or_default())
    }
}

/// States in which the value lasted, those with the same value that follow each other as one.
fn values(states: &[ParameterState]) -> Vec<ParameterState> {
    let lasting = |state: &&ParameterState| state.row.deleted_at.is_none() && state.until != Some(state.since);
    let mut values: Vec<ParameterState> = Vec::new();
    for state in states.iter().filter(lasting) {
        match values.last_mut() {
            Some(last) if last.until == Some(state.since) && same(last, state) => last.until = state.until,
            _ => values.push(state.clone()),
        }
    }
    values
}

fn same(left: &ParameterState, right: &ParameterState) -> bool {
    let value = |state: &ParameterState| (state.row.parameter_type, state.row.parameter_value.clone());
    value(left) == value(right)
}
