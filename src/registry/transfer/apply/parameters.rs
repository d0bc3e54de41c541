//! Parameters as rows: values that have their type, keep to their bounds and are among those allowed.

use serde_json::Value;

use crate::domain::{JsonText, ParameterError, ParameterType, check_snake_case};
use crate::store::parameter::ParameterFields;

use super::super::draft::ParameterDraft;
use super::error::ImportError;

/// The row of a parameter of the model that stands at `path`.
///
/// # Errors
/// If the value isn't one that the parameter can have.
pub fn columns(draft: ParameterDraft, model_id: i64, path: &str) -> Result<ParameterFields, ImportError> {
    let at = |field: &str| format!("{path}.parameters.{}.{field}", draft.name);
    check_snake_case(&draft.name).map_err(|error| ImportError::record(at("name"), error))?;
    let wrong = |message: String| ImportError::record(at("value"), message);
    let value: Value = draft.value.read().map_err(|error| wrong(error.to_string()))?;
    let accepted = draft.parameter_type.accept(&value).map_err(|error| wrong(error.to_string()))?;
    accepted.check_bounds(draft.minimum, draft.maximum).map_err(|error| wrong(error.to_string()))?;
    check_allowed(&value, draft.allowed_values.as_ref()).map_err(|error| wrong(error.to_string()))?;
    let text = match draft.parameter_type {
        ParameterType::String => accepted.text,
        // As written: a number read and written again may differ in its last digit.
        _ => draft.value.as_str().to_owned(),
    };
    Ok(ParameterFields {
        model_id,
        number_value: draft.parameter_type.is_numeric().then(|| text.parse().ok()).flatten(),
        parameter_name: draft.name,
        parameter_type: draft.parameter_type,
        parameter_value: text,
        is_default: draft.is_default,
        description: draft.description,
        minimum: draft.minimum,
        maximum: draft.maximum,
        allowed_values: draft.allowed_values,
        source: draft.source,
    })
}

fn check_allowed(value: &Value, allowed: Option<&JsonText>) -> Result<(), ParameterError> {
    let Some(allowed) = allowed else { return Ok(()) };
    let same = |other: &Value| other == value || (other.is_number() && other.as_f64() == value.as_f64());
    match allowed.read::<Vec<Value>>() {
        Ok(values) if values.iter().any(same) => Ok(()),
        _ => Err(ParameterError::NotAllowed { given: value.to_string(), allowed: allowed.as_str().to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> JsonText {
        JsonText::parse(text).expect("json")
    }

    fn draft(parameter_type: ParameterType, value: &str) -> ParameterDraft {
        ParameterDraft::new("depth", parameter_type, json(value))
    }

    fn refusal(draft: ParameterDraft) -> String {
        columns(draft, 1, "openai.models.gpt").expect_err("refused").to_string()
    }

    #[test]
    fn a_value_is_kept_to_the_last_digit() {
        let row = columns(draft(ParameterType::Float, "0.30000000000000004"), 7, "m").expect("a float");
        assert_eq!((row.parameter_value.as_str(), row.number_value), ("0.30000000000000004", Some(0.1 + 0.2)));
        let row = columns(draft(ParameterType::String, "\"\\u4e2d\""), 7, "m").expect("a text");
        assert_eq!((row.parameter_value.as_str(), row.number_value), ("中", None));
        let row = columns(draft(ParameterType::Json, "[1.50, {\"a\": 5e-7}]"), 7, "m").expect("json");
        assert_eq!(row.parameter_value, "[1.50,{\"a\":5e-7}]");
    }

    #[test]
    fn a_value_that_the_parameter_cant_have_is_told_by_its_path() {
        assert_eq!(
            refusal(draft(ParameterType::Int, "\"ten\"")),
            "openai.models.gpt.parameters.depth.value: \"ten\" is not of type int"
        );
        let bounded = ParameterDraft { maximum: Some(3.0), ..draft(ParameterType::Int, "4") };
        assert!(refusal(bounded).ends_with("4 is above the maximum 3"));
        let allowed = Some(json("[\"low\", \"high\"]"));
        let chosen = ParameterDraft { allowed_values: allowed, ..draft(ParameterType::String, "\"mid\"") };
        assert!(refusal(chosen).ends_with("\"mid\" is not one of [\"low\",\"high\"]"));
    }

    #[test]
    fn a_whole_number_is_among_the_same_numbers_with_a_point() {
        let number = ParameterDraft { allowed_values: Some(json("[1.0, 2.0]")), ..draft(ParameterType::Int, "2") };
        assert!(columns(number, 1, "m").is_ok());
    }
}
