//! Writing models' parameters.

use async_graphql::{Context, ID, InputObject, Json, MaybeUndefined, Object, Result};
use serde_json::Value as JsonValue;

use super::super::guard::ByPolicy;
use super::super::id::NodeKind;
use super::super::model::Model;
use super::super::parameter::ModelParameter;
use super::super::scope::editor;
use super::input::{change, delete_inputs, reference, restore_inputs, target};
use super::payload::{answer, payloads};
use crate::domain::ParameterType;
use crate::registry::parameter::{self, ParameterChanges, ParameterInput};
use crate::store::model::Model as Models;
use crate::store::parameter::Parameter;

/// A whole parameter of a model. What is left out has its usual value.
#[derive(Debug, InputObject)]
pub struct ModelParameterInput {
    /// Natural key within the model, in `snake_case`, such as `context_window`; at most 100 bytes.
    pub name: String,
    /// Type of the value.
    pub r#type: ParameterType,
    /// The value, as the type says: a number, a flag, text or any JSON; at most 65,536 bytes.
    pub value: Json<JsonValue>,
    /// Whether the value is what the API assumes when the parameter isn't sent, which it isn't unless said.
    pub is_default: Option<bool>,
    /// What there is to say about it, at most 10,000 characters; null if nothing.
    pub description: Option<String>,
    /// Least number allowed; null if there is none, as for all types that are not numbers.
    pub minimum: Option<f64>,
    /// Largest number allowed; null if there is none, as for all types that are not numbers.
    pub maximum: Option<f64>,
    /// The values allowed, 1 to 100 of the same type; null if any is.
    pub allowed_values: Option<Vec<Json<JsonValue>>>,
}

/// A parameter to give to a model. What is left out has its usual value.
#[derive(Debug, InputObject)]
pub struct CreateModelParameterInput {
    /// Global id of the model.
    pub model_id: ID,
    /// The parameter.
    #[graphql(flatten)]
    pub parameter: ModelParameterInput,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

/// Changes to a parameter: a field that is left out stays, one that is null becomes empty. The value must be of the type,
/// within the bounds and among the values allowed that the parameter has afterwards.
#[derive(Debug, InputObject)]
pub struct UpdateModelParameterInput {
    /// Global id of the parameter.
    pub id: ID,
    /// Change it only if its `version` is still this one; whatever it is, if left out or null.
    pub expected_version: Option<i64>,
    /// Natural key within the model, in `snake_case`; at most 100 bytes; never null.
    pub name: MaybeUndefined<String>,
    /// Type of the value; never null.
    pub r#type: MaybeUndefined<ParameterType>,
    /// The value, as the type says; at most 65,536 bytes; never null.
    pub value: MaybeUndefined<Json<JsonValue>>,
    /// Whether the value is what the API assumes when the parameter isn't sent; never null.
    pub is_default: MaybeUndefined<bool>,
    /// What there is to say about it, at most 10,000 characters; null if nothing.
    pub description: MaybeUndefined<String>,
    /// Least number allowed; null if there is none.
    pub minimum: MaybeUndefined<f64>,
    /// Largest number allowed; null if there is none.
    pub maximum: MaybeUndefined<f64>,
    /// The values allowed, 1 to 100 of the same type; null if any is.
    pub allowed_values: MaybeUndefined<Vec<Json<JsonValue>>>,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

/// Parameters that a model is to have, all or none of which are set.
#[derive(Debug, InputObject)]
pub struct SetModelParametersInput {
    /// Global id of the model.
    pub model_id: ID,
    /// The parameters as they are to be, at most 100. Those the model has by these names are replaced whole.
    pub parameters: Vec<ModelParameterInput>,
    /// Whether the model's parameters of other names are deleted.
    #[graphql(default = false)]
    pub replace: bool,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

delete_inputs! { DeleteModelParameterInput, "parameter"; }
restore_inputs! { RestoreModelParameterInput, "parameter"; }
payloads!(parameter: ModelParameter, over Parameter, CreateModelParameterPayload, UpdateModelParameterPayload,
    DeleteModelParameterPayload, RestoreModelParameterPayload);
payloads!(model: Model, over Models, SetModelParametersPayload);

fn values(list: Vec<Json<JsonValue>>) -> Vec<JsonValue> {
    list.into_iter().map(|Json(value)| value).collect()
}

impl From<ModelParameterInput> for ParameterInput {
    fn from(input: ModelParameterInput) -> Self {
        Self {
            name: input.name,
            parameter_type: input.r#type,
            value: input.value.0,
            is_default: input.is_default.unwrap_or_default(),
            description: input.description,
            minimum: input.minimum,
            maximum: input.maximum,
            allowed_values: input.allowed_values.map(values),
        }
    }
}

impl UpdateModelParameterInput {
    fn changes(self) -> ParameterChanges {
        ParameterChanges {
            name: change(self.name),
            parameter_type: change(self.r#type),
            value: change::<_, Json<JsonValue>>(self.value).map(|Json(value)| value),
            is_default: change(self.is_default),
            description: change(self.description),
            minimum: change(self.minimum),
            maximum: change(self.maximum),
            allowed_values: change::<_, Vec<Json<JsonValue>>>(self.allowed_values).map(values),
        }
    }
}

/// Writing models' parameters.
#[derive(Default)]
pub struct ParameterMutation;

#[Object(guard = "ByPolicy")]
impl ParameterMutation {
    /// Gives a model a parameter; a model has at most 500.
    async fn create_model_parameter(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model, and the parameter.")] input: CreateModelParameterInput,
    ) -> Result<CreateModelParameterPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let model = reference(NodeKind::Model, &input.model_id);
        answer(context, &editor, parameter::create(&editor, model, input.parameter.into()).await).await
    }

    /// Changes a parameter. If nothing differs, nothing is written and its version stays.
    async fn update_model_parameter(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which parameter, and its new values.")] input: UpdateModelParameterInput,
    ) -> Result<UpdateModelParameterPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::ModelParameter, &input.id, input.expected_version);
        answer(context, &editor, parameter::update(&editor, target, input.changes()).await).await
    }

    /// Makes a model's parameters be as described, all or none. Those that are so already stay as they are.
    async fn set_model_parameters(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model, and the parameters.")] input: SetModelParametersInput,
    ) -> Result<SetModelParametersPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let model = reference(NodeKind::Model, &input.model_id);
        let parameters = input.parameters.into_iter().map(Into::into).collect();
        answer(context, &editor, parameter::set(&editor, model, parameters, input.replace).await).await
    }

    /// Deletes a parameter, which frees its name.
    async fn delete_model_parameter(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which parameter.")] input: DeleteModelParameterInput,
    ) -> Result<DeleteModelParameterPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::ModelParameter, &input.id, input.expected_version);
        answer(context, &editor, parameter::delete(&editor, target).await).await
    }

    /// Restores a deleted parameter of a live model.
    async fn restore_model_parameter(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which parameter.")] input: RestoreModelParameterInput,
    ) -> Result<RestoreModelParameterPayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let id = reference(NodeKind::ModelParameter, &input.id);
        answer(context, &editor, parameter::restore(&editor, id).await).await
    }
}
