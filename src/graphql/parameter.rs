//! `ModelParameter`: a typed fact or setting of a model.

use async_graphql::{Context, Error, Json, Object, Result};
use chrono::{DateTime, Utc};
use serde_json::Value as JsonValue;

use super::direct::planned;
use super::error::fault;
use super::model::Model;
use super::object::{node, stored_json};
use super::scalars::Date;
use crate::domain::{ParameterType, Timestamp};
use crate::store::parameter::{Parameter, ParameterState};

node! {
/// A typed fact or setting of a model, such as its context window or its default temperature.
ModelParameter over Parameter {
    /// Natural key within the model, in `snake_case`.
    async fn name(&self) -> &str {
        &self.0.parameter_name
    }
    /// Type of the value.
    async fn r#type(&self) -> ParameterType {
        self.0.parameter_type
    }
    /// The value, as its type says: a number, a flag, text, or any JSON.
    async fn value(&self) -> Result<Json<JsonValue>> {
        let value = self.0.parameter_type.read(&self.0.parameter_value);
        value.map(Json).map_err(|error| Error::new(error.to_string()))
    }
    /// Whether the value is what the API assumes when the parameter isn't sent.
    async fn is_default(&self) -> bool {
        self.0.is_default
    }
    /// What there is to say about it; null if nothing.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }
    /// Least number allowed; null if there is none.
    async fn minimum(&self) -> Option<f64> {
        self.0.minimum
    }
    /// Largest number allowed; null if there is none.
    async fn maximum(&self) -> Option<f64> {
        self.0.maximum
    }
    /// The values allowed; null if any is.
    async fn allowed_values(&self) -> Option<Json<JsonValue>> {
        stored_json(self.0.allowed_values.as_ref())
    }
    /// Which import brought it; null if made by hand.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }
    /// Whose parameter it is.
    async fn model(&self, context: &Context<'_>) -> Result<Model> {
        let model = self.0.model().await.map_err(fault(context))?;
        model.map(Model).ok_or_else(|| Error::new("the parameter's model is gone"))
    }
}}

planned! { node ModelParameter {
    "name" => name,
    "type" => r#type,
    "value" => value,
    "isDefault" => is_default,
    "description" => description,
    "minimum" => minimum,
    "maximum" => maximum,
    "allowedValues" => allowed_values,
    "source" => source,
}
one "model" => Model by model; }

/// A value that a parameter of a model had for a time.
pub struct PastParameterValue(pub ParameterState);

/// A value that a parameter of a model had for a time.
#[Object]
impl PastParameterValue {
    /// Type of the value.
    async fn r#type(&self) -> ParameterType {
        self.0.row.parameter_type
    }
    /// The value, as its type says.
    async fn value(&self) -> Result<Json<JsonValue>> {
        let value = self.0.row.parameter_type.read(&self.0.row.parameter_value);
        value.map(Json).map_err(|error| Error::new(error.to_string()))
    }
    /// When the registry took it down.
    async fn since(&self) -> DateTime<Utc> {
        self.0.since.to_utc()
    }
    /// When it was so no longer; null while it is.
    async fn until(&self) -> Option<DateTime<Utc>> {
        self.0.until.map(Timestamp::to_utc)
    }
    /// The day of the catalogue file that said so (`modelry import --as-of`); null if no file did, or one without a day.
    async fn source_date(&self) -> Option<Date> {
        self.0.source_date.map(Date)
    }
    /// Which import brought it; null if made by hand.
    async fn source(&self) -> Option<&str> {
        self.0.row.source.as_deref()
    }
}
