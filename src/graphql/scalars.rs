//! Scalars: exact decimals, days, and dates of known precision.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;

use crate::domain::{Amount, PartialDate};
use crate::secrets::Secret;

/// Most digits of a number whose text is certain to survive a reader's 64-bit floats (`DBL_DIG` of C).
const EXACT_DIGITS: usize = f64::DIGITS as usize;

/// An exact decimal as text, such as `"0.25"`: up to nine digits before the point and eighteen after it, zero or more,
/// without sign or exponent. A number of at most fifteen digits may be given as such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(pub String);

/// An exact decimal as text, such as `"0.25"`: up to nine digits before the point and eighteen after it, zero or more,
/// without sign or exponent. A number of at most fifteen digits may be given as such.
#[Scalar]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        // Only the text is taken here: whether it is an amount is told by the field that it stands in.
        match value {
            Value::String(text) => Ok(Self(text)),
            Value::Number(number) if number.is_f64() && digits(&number.to_string()) > EXACT_DIGITS => {
                let message =
                    "a number of more than fifteen digits isn't kept exactly; write it as text, such as \"0.25\"";
                Err(InputValueError::custom(message))
            }
            Value::Number(number) => Ok(Self(number.to_string())),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// How many digits a number is written with, its exponent's and leading zeros apart.
fn digits(number: &str) -> usize {
    let significand = number.split(['e', 'E']).next().unwrap_or_default();
    let digits = significand.trim_start_matches(['-', '0', '.']);
    digits.chars().filter(char::is_ascii_digit).count()
}

impl From<Amount> for Decimal {
    fn from(amount: Amount) -> Self {
        Self(amount.to_string())
    }
}

impl From<Decimal> for String {
    fn from(decimal: Decimal) -> Self {
        decimal.0
    }
}

/// A text that is taken and never given: a key, a password. What is wrong with one is said without repeating it.
pub struct SecretText(pub Secret);

/// A text that is taken and never given: a key, a password. What is wrong with one is said without repeating it.
#[Scalar]
impl ScalarType for SecretText {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(Secret::new(text))),
            // What is no text may hold the secret all the same.
            _ => Err(InputValueError::custom("a secret is a text")),
        }
    }

    fn to_value(&self) -> Value {
        Value::Null
    }
}

/// A day, as `2025-06-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date(pub NaiveDate);

/// A day, as `2025-06-30`.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            // Years beyond four digits come with a sign, and neither database sorts them right.
            Ok(day) if text.len() == 10 && text.starts_with(|first: char| first.is_ascii_digit()) => Ok(Self(day)),
            _ => Err(InputValueError::custom(format!("{text:?} is not a day; write it as \"2025-06-30\""))),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A date of the precision that is known: a year, a month or a day, as `2025`, `2025-06` or `2025-06-30`. Compared by
/// its first day; as an upper bound by its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownDate(pub PartialDate);

/// A date of the precision that is known: a year, a month or a day, as `2025`, `2025-06` or `2025-06-30`. Compared by
/// its first day; as an upper bound by its last.
#[Scalar(name = "PartialDate")]
impl ScalarType for KnownDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        text.parse().map(Self).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl From<KnownDate> for PartialDate {
    fn from(date: KnownDate) -> Self {
        date.0
    }
}
