//! Typed parameters: a text that must read as what its type says, within its bounds.

use serde_json::Value;
use thiserror::Error;

use super::text_enum::text_enum;

text_enum! {
    /// The type of a parameter's value.
    pub enum ParameterType ("parameter type") {
        /// A whole number of 64 bits.
        Int = "int",
        /// A number.
        Float = "float",
        /// True or false.
        Bool = "bool",
        /// Text.
        String = "string",
        /// Any JSON.
        Json = "json",
    }
}

/// Why a value is not one of a parameter's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ParameterError {
    /// Of another type.
    #[error("{given} is not of type {expected}")]
    Type {
        /// The value, as JSON.
        given: String,
        /// The type that the parameter has.
        expected: ParameterType,
    },
    /// Below the minimum.
    #[error("{given} is below the minimum {minimum}")]
    BelowMinimum {
        /// The value.
        given: String,
        /// The least value allowed.
        minimum: String,
    },
    /// Above the maximum.
    #[error("{given} is above the maximum {maximum}")]
    AboveMaximum {
        /// The value.
        given: String,
        /// The largest value allowed.
        maximum: String,
    },
    /// Not one of the values allowed.
    #[error("{given} is not one of {allowed}")]
    NotAllowed {
        /// The value, as JSON.
        given: String,
        /// The values allowed, as a JSON list.
        allowed: String,
    },
}

/// A value that reads as its parameter's type.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterValue {
    /// As it is stored: the number's digits, `true` or `false`, the text itself, or JSON.
    pub text: String,
    /// The value as a number, for comparison; `None` unless the type is a number's.
    pub number: Option<f64>,
}

impl ParameterType {
    /// Takes a JSON value as this type: a whole number may stand for a float, nothing else is converted.
    ///
    /// # Errors
    /// [`ParameterError::Type`].
    pub fn accept(self, value: &Value) -> Result<ParameterValue, ParameterError> {
        let text = match (self, value) {
            (Self::Int, Value::Number(number)) if number.is_i64() => number.to_string(),
            (Self::Float, Value::Number(number)) if number.as_f64().is_some_and(f64::is_finite) => number.to_string(),
            (Self::Bool, Value::Bool(flag)) => flag.to_string(),
            (Self::String, Value::String(text)) => text.clone(),
            (Self::Json, json) => json.to_string(),
            (_, other) => return Err(ParameterError::Type { given: other.to_string(), expected: self }),
        };
        Ok(ParameterValue { number: self.number(&text), text })
    }

    /// The JSON value that a stored text stands for.
    ///
    /// # Errors
    /// [`ParameterError::Type`] if the text doesn't read as this type.
    pub fn read(self, text: &str) -> Result<Value, ParameterError> {
        let wrong = || ParameterError::Type { given: text.to_owned(), expected: self };
        let value = match self {
            Self::String => Value::String(text.to_owned()),
            Self::Int | Self::Float | Self::Bool | Self::Json => serde_json::from_str(text).map_err(|_| wrong())?,
        };
        self.accept(&value).map(|_| value).map_err(|_| wrong())
    }

    /// Whether values of this type compare as numbers.
    pub const fn is_numeric(self) -> bool {
        matches!(self, Self::Int | Self::Float)
    }

    fn number(self, text: &str) -> Option<f64> {
        if self.is_numeric() { text.parse().ok() } else { None }
    }
}

impl ParameterValue {
    /// Checks a number against its bounds; values that are not numbers have none.
    ///
    /// # Errors
    /// [`ParameterError::BelowMinimum`] or [`ParameterError::AboveMaximum`].
    pub fn check_bounds(&self, minimum: Option<f64>, maximum: Option<f64>) -> Result<(), ParameterError> {
        let given = || self.text.clone();
        match (self.number, minimum, maximum) {
            (Some(number), Some(minimum), _) if number < minimum => {
                Err(ParameterError::BelowMinimum { given: given(), minimum: minimum.to_string() })
            }
            (Some(number), _, Some(maximum)) if number > maximum => {
                Err(ParameterError::AboveMaximum { given: given(), maximum: maximum.to_string() })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_is_taken_as_its_type_or_refused() {
        let text = |kind: ParameterType, value: Value| kind.accept(&value).map(|value| value.text).ok();
        assert_eq!(text(ParameterType::Int, json!(128_000)).as_deref(), Some("128000"));
        assert_eq!(text(ParameterType::Float, json!(1)).as_deref(), Some("1"));
        assert_eq!(text(ParameterType::Json, json!({"a": [1]})).as_deref(), Some(r#"{"a":[1]}"#));
        for (kind, value) in [
            (ParameterType::Int, json!(1.5)),
            (ParameterType::Int, json!("1")),
            (ParameterType::Int, json!(u64::MAX)),
            (ParameterType::Float, json!("0.5")),
            (ParameterType::Bool, json!(1)),
            (ParameterType::String, json!(null)),
        ] {
            assert!(matches!(kind.accept(&value), Err(ParameterError::Type { .. })), "{kind} {value}");
        }
    }

    #[test]
    fn stored_text_reads_back() {
        for (kind, value) in [
            (ParameterType::Int, json!(-3)),
            (ParameterType::Float, json!(0.7)),
            (ParameterType::Bool, json!(true)),
            (ParameterType::String, json!("12")),
            (ParameterType::Json, json!([null, {"x": 1}])),
        ] {
            let stored = kind.accept(&value).expect("of its type");
            assert_eq!(kind.read(&stored.text), Ok(value));
        }
        assert!(ParameterType::Int.read("twelve").is_err());
    }

    #[test]
    fn numbers_keep_to_their_bounds() {
        let value = ParameterType::Float.accept(&json!(2.5)).expect("a float");
        assert_eq!(value.check_bounds(Some(0.0), Some(3.0)), Ok(()));
        assert!(matches!(value.check_bounds(Some(3.0), None), Err(ParameterError::BelowMinimum { .. })));
        assert!(matches!(value.check_bounds(None, Some(2.0)), Err(ParameterError::AboveMaximum { .. })));
        let text = ParameterType::String.accept(&json!("x")).expect("a text");
        assert_eq!(text.check_bounds(Some(1.0), Some(0.0)), Ok(()));
    }
}
