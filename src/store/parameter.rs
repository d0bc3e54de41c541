//! The table `model_parameters`.

use super::entity::entity;
use crate::domain::{JsonText, ParameterType};

entity! {
    /// Typed facts and settings of models.
    Parameter: model_parameters => ParameterRow { ParameterFields, NewParameter }
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
