//! The table `model_parameters`.

use chrono::NaiveDate;

use super::entity::entity;
use super::past::and_known;
use super::read::{Cells, ReadRow, Source, load};
use super::schema::model_parameters;
use super::sql::{Sql, Value};
use super::{Conn, StoreResult};
use crate::domain::{JsonText, ParameterType, Timestamp};

entity! {
    /// Typed facts and settings of models.
    Parameter: model_parameters => ParameterRow { ParameterFields }
    {
        /// Whose parameter it is.
        model_id: i64,
        /// Natural key within the model.
        parameter_name: String,
        /// Type of the value.
        parameter_type: ParameterType,
        /// The value's text.
        parameter_value: String,
        /// The value as a number, if its type is one.
        number_value: Option<f64>,
        /// Whether the value is what the API assumes when the parameter isn't sent.
        is_default: bool,
        /// Free text.
        description: Option<String>,
        /// Least value allowed.
        minimum: Option<f64>,
        /// Largest value allowed.
        maximum: Option<f64>,
        /// The values allowed, as a JSON list.
        allowed_values: Option<JsonText>,
        /// Which import brought it; `None` if made by hand.
        source: Option<String>,
    }
}

/// A value that a parameter had for a time.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterState {
    /// The row as it was.
    pub row: ParameterRow,
    /// When it came to be so.
    pub since: Timestamp,
    /// When it was so no longer; `None` while it is.
    pub until: Option<Timestamp>,
    /// The day of the file that said so; `None` if no file did, or one without a day.
    pub source_date: Option<NaiveDate>,
}

impl ReadRow for ParameterState {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        Ok(Self { row: cells.next()?, since: cells.next()?, until: cells.next()?, source_date: cells.next()? })
    }
}

/// Every state that the parameters of this name of these models were ever in, deleted ones included, in order.
///
/// # Errors
/// If the database fails.
pub async fn states_of(conn: &mut Conn, models: Vec<i64>, name: &str) -> StoreResult<Vec<ParameterState>> {
    let statement = Sql::new("SELECT ")
        .columns::<model_parameters::table>("state.")
        .text(
            ", made.created_at, ended.created_at, made.source_date FROM model_parameters_history AS state \
             JOIN changes AS making ON making.id = state.since JOIN change_sets AS made ON made.id = making.change_set \
             LEFT JOIN changes AS ending ON ending.id = state.until",
        )
        .push(and_known("ending.id"))
        .text(" LEFT JOIN change_sets AS ended ON ended.id = ending.change_set WHERE state.model_id")
        .in_ids(models)
        .text(" AND state.parameter_name = ")
        .bind(Value::Text(name.to_owned()))
        .push(and_known("state.since"))
        .text(" ORDER BY state.since");
    load(conn, statement).await
}
