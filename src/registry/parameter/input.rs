//! What a parameter is made of: a value that is of its type, within its bounds and among those allowed.

use serde_json::Value as JsonValue;

use crate::domain::{JsonText, ParameterError, ParameterType, ParameterValue};
use crate::registry::Change;
use crate::registry::check::{VALUE_BYTES, any, prose, snake_case};
use crate::registry::child::bounded;
use crate::registry::user_error::{Errors, Fault, UserErrorCode};
use crate::store::parameter::ParameterFields;

/// Most values that a parameter names as allowed.
const ALLOWED_VALUES: usize = 100;

/// A whole parameter as a client wants it.
#[derive(Debug, Clone)]
pub struct ParameterInput {
    /// Natural key within the model.
    pub name: String,
    /// Type of the value.
    pub parameter_type: ParameterType,
    /// The value.
    pub value: JsonValue,
    /// Whether it is what the API assumes.
    pub is_default: bool,
    /// Free text.
    pub description: Option<String>,
    /// Least number allowed.
    pub minimum: Option<f64>,
    /// Largest number allowed.
    pub maximum: Option<f64>,
    /// The values allowed.
    pub allowed_values: Option<Vec<JsonValue>>,
}

/// What a client wants of a parameter's fields.
#[derive(Debug, Clone, Default)]
pub struct ParameterChanges {
    /// Natural key within the model.
    pub name: Change<String>,
    /// Type of the value.
    pub parameter_type: Change<ParameterType>,
    /// The value.
    pub value: Change<JsonValue>,
    /// Whether it is what the API assumes.
    pub is_default: Change<bool>,
    /// Free text.
    pub description: Change<String>,
    /// Least number allowed.
    pub minimum: Change<f64>,
    /// Largest number allowed.
    pub maximum: Change<f64>,
    /// The values allowed.
    pub allowed_values: Change<Vec<JsonValue>>,
}

fn fault(error: &ParameterError) -> Fault {
    let code = match error {
        ParameterError::Type { .. } => UserErrorCode::WrongType,
        _ => UserErrorCode::OutOfRange,
    };
    (code, error.to_string())
}

impl ParameterInput {
    /// Notes what is wrong with the parameter; its columns if nothing is.
    pub(super) fn fields(&self, model_id: i64, errors: &mut Errors) -> Option<ParameterFields> {
        let name = errors.note("name", snake_case(&self.name));
        let description = errors.note("description", self.description.as_ref().map_or(Ok(()), prose));
        let bounds = self.check_bounds(errors);
        let allowed = self.allowed(errors);
        let value = errors.note("value", self.parameter_type.accept(&self.value).map_err(|error| fault(&error)))?;
        errors.note("value", self.check_value(&value, allowed.as_deref()))?;
        name.and(description)?;
        let sound = bounds && (self.allowed_values.is_none() || allowed.is_some_and(|values| !values.is_empty()));
        sound.then(|| ParameterFields {
            model_id,
            parameter_name: self.name.clone(),
            parameter_type: self.parameter_type,
            number_value: value.number,
            parameter_value: value.text,
            is_default: self.is_default,
            description: self.description.clone(),
            minimum: self.minimum,
            maximum: self.maximum,
            allowed_values: self.allowed_values.as_ref().and_then(|values| JsonText::from_value(values).ok()),
            source: None,
        })
    }

    /// Whether the bounds are such that a value could lie within them.
    fn check_bounds(&self, errors: &mut Errors) -> bool {
        if !self.parameter_type.is_numeric() {
            let given = [("minimum", self.minimum), ("maximum", self.maximum)];
            let wrong = given.iter().find(|(_, bound)| bound.is_some());
            if let Some((field, _)) = wrong {
                errors.add(field, UserErrorCode::Invalid, "only numbers have bounds");
            }
            return wrong.is_none();
        }
        match (self.minimum, self.maximum) {
            (Some(minimum), Some(maximum)) if minimum > maximum => {
                let message = format!("the maximum {maximum} is below the minimum {minimum}");
                errors.add("maximum", UserErrorCode::OutOfRange, message);
                false
            }
            _ => true,
        }
    }

    /// The values allowed, read as the parameter's type; `None` if any value is, or if something is wrong with them.
    fn allowed(&self, errors: &mut Errors) -> Option<Vec<ParameterValue>> {
        let values = self.allowed_values.as_ref()?;
        if values.is_empty() {
            errors.add("allowedValues", UserErrorCode::Invalid, "names no value; write null if any is allowed");
        }
        bounded("allowedValues", values.len(), ALLOWED_VALUES, errors)?;
        errors.enter("allowedValues");
        let accept = |value| self.parameter_type.accept(value).map_err(|error| fault(&error));
        let read = values.iter().enumerate().map(|(at, value)| errors.note(&at.to_string(), accept(value)));
        let read: Vec<Option<ParameterValue>> = read.collect();
        errors.leave();
        read.into_iter().collect()
    }

    fn check_value(&self, value: &ParameterValue, allowed: Option<&[ParameterValue]>) -> Result<(), Fault> {
        if value.text.contains('\0') {
            return Err((UserErrorCode::Invalid, "can't hold the character U+0000".to_owned()));
        }
        if value.text.len() > VALUE_BYTES {
            let message = format!("has {} bytes; at most {} are kept", value.text.len(), VALUE_BYTES);
            return Err((UserErrorCode::TooLong, message));
        }
        value.check_bounds(self.minimum, self.maximum).map_err(|error| fault(&error))?;
        let same = |other: &ParameterValue| match (other.number, value.number) {
            (Some(left), Some(right)) => left.total_cmp(&right).is_eq(),
            _ => other.text == value.text,
        };
        match (allowed, &self.allowed_values) {
            (Some(allowed), Some(values)) if !allowed.iter().any(same) => Err(fault(&ParameterError::NotAllowed {
                given: self.value.to_string(),
                allowed: JsonValue::from(values.clone()).to_string(),
            })),
            _ => Ok(()),
        }
    }
}

impl ParameterChanges {
    pub(super) fn check(&self, errors: &mut Errors) {
        self.name.check_required("name", any, errors);
        self.parameter_type.check_required("type", any, errors);
        self.value.check_required("value", any, errors);
        self.is_default.check_required("isDefault", any, errors);
    }

    /// The whole parameter afterwards.
    pub(super) fn onto(self, before: &ParameterFields) -> ParameterInput {
        let value = before.parameter_type.read(&before.parameter_value).unwrap_or_default();
        let allowed = before.allowed_values.as_ref().and_then(|values| values.read().ok());
        ParameterInput {
            name: self.name.or_required(before.parameter_name.clone()),
            parameter_type: self.parameter_type.or_required(before.parameter_type),
            value: self.value.or_required(value),
            is_default: self.is_default.or_required(before.is_default),
            description: self.description.or(before.description.clone()),
            minimum: self.minimum.or(before.minimum),
            maximum: self.maximum.or(before.maximum),
            allowed_values: self.allowed_values.or(allowed),
        }
    }
}

/// Notes what is wrong with a list of parameters that are to be a model's, names given twice included.
pub fn check_list(inputs: &[ParameterInput], model_id: i64, errors: &mut Errors) -> Vec<ParameterFields> {
    let mut fields = Vec::with_capacity(inputs.len());
    for (at, input) in inputs.iter().enumerate() {
        errors.enter(at);
        fields.extend(input.fields(model_id, errors));
        if inputs[..at].iter().any(|earlier| earlier.name == input.name) {
            errors.add("name", UserErrorCode::Taken, format!("{:?} is named twice", input.name));
        }
        errors.leave();
    }
    fields
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn input(parameter_type: ParameterType, value: JsonValue) -> ParameterInput {
        ParameterInput {
            name: "temperature".to_owned(),
            parameter_type,
            value,
            is_default: false,
            description: None,
            minimum: None,
            maximum: None,
            allowed_values: None,
        }
    }

    fn found(input: &ParameterInput) -> Vec<(String, UserErrorCode)> {
        let mut errors = Errors::default();
        let fields = input.fields(1, &mut errors);
        assert_eq!(fields.is_some(), errors.found().is_empty());
        errors.found()
    }

    fn one(field: &str, code: UserErrorCode) -> Vec<(String, UserErrorCode)> {
        vec![(field.to_owned(), code)]
    }

    #[test]
    fn a_value_is_of_its_type_and_within_its_bounds() {
        use UserErrorCode::{Invalid, OutOfRange, WrongType};
        let float = input(ParameterType::Float, json!(0.7));
        assert_eq!(found(&ParameterInput { minimum: Some(0.0), maximum: Some(2.0), ..float.clone() }), []);
        assert_eq!(found(&ParameterInput { minimum: Some(1.0), ..float.clone() }), one("value", OutOfRange));
        assert_eq!(found(&input(ParameterType::Int, json!("8"))), one("value", WrongType));
        assert_eq!(found(&input(ParameterType::String, json!("a\0"))), one("value", Invalid));
        let crossed = ParameterInput { minimum: Some(1.0), maximum: Some(0.5), ..float };
        assert!(found(&crossed).contains(&("maximum".to_owned(), OutOfRange)));
        let text = ParameterInput { minimum: Some(1.0), ..input(ParameterType::String, json!("x")) };
        assert_eq!(found(&text), one("minimum", Invalid));
    }

    #[test]
    fn a_value_is_one_of_those_allowed() {
        let allowed = |values: JsonValue| ParameterInput {
            allowed_values: values.as_array().cloned(),
            ..input(ParameterType::Float, json!(1))
        };
        assert_eq!(found(&allowed(json!([0.5, 1.0]))), []);
        assert_eq!(found(&allowed(json!([0.5]))), one("value", UserErrorCode::OutOfRange));
        assert_eq!(found(&allowed(json!([1, "x"]))), one("allowedValues.1", UserErrorCode::WrongType));
        assert_eq!(found(&allowed(json!([]))).first(), one("allowedValues", UserErrorCode::Invalid).first());
    }

    #[test]
    fn every_mistake_of_a_list_is_found() {
        let inputs = [
            input(ParameterType::Int, json!(1)),
            ParameterInput { name: "Top P".to_owned(), ..input(ParameterType::Int, json!("x")) },
            input(ParameterType::Int, json!(2)),
        ];
        let mut errors = Errors::default();
        check_list(&inputs, 1, &mut errors);
        let fields: Vec<String> = errors.found().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["1.name", "1.value", "2.name"]);
    }
}
