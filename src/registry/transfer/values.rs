//! JSON values as facts: each function takes a value of the shape it names and answers `None` to any other.

use std::str::FromStr;

use chrono::NaiveDate;
use serde_json::value::RawValue;

use crate::domain::{Amount, AmountError, JsonText, PartialDate};

use super::error::ReadError;
use super::fields::Fields;

/// Whole numbers up to here have one exact `f64` each.
pub const EXACT_WHOLE: f64 = 9_007_199_254_740_992.0;

/// A text.
pub fn text(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

/// A text that reads as a `T`.
pub fn parsed<T: FromStr>(raw: &RawValue) -> Option<T> {
    text(raw)?.parse().ok()
}

/// A day, written in full: `2026-01-31`.
pub fn day(raw: &RawValue) -> Option<NaiveDate> {
    parsed::<PartialDate>(raw)?.as_str().parse().ok()
}

/// True or false.
pub fn flag(raw: &RawValue) -> Option<bool> {
    match raw.get() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// A number, by its digits.
pub fn number(raw: &RawValue) -> Option<&str> {
    let text = raw.get();
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit()).then_some(text)
}

/// A whole number, however it is spelled: `256000`, `256000.0`, `2.56e5`.
#[expect(clippy::cast_possible_truncation, reason = "whole and exact, as was just checked")]
pub fn whole(raw: &RawValue) -> Option<i64> {
    let digits = number(raw)?;
    if let Ok(number) = digits.parse() {
        return Some(number);
    }
    let number: f64 = digits.parse().ok()?;
    (number.fract() == 0.0 && number.abs() < EXACT_WHOLE).then_some(number as i64)
}

/// The members of a list.
pub fn items(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok()
}

/// A list of texts.
pub fn texts(raw: &RawValue) -> Option<Vec<String>> {
    serde_json::from_str(raw.get()).ok()
}

/// Whether the value is an object.
pub fn is_object(raw: &RawValue) -> bool {
    raw.get().starts_with('{')
}

/// Whether the value is an object with nothing in it, which says nothing.
pub fn is_hollow(raw: &RawValue) -> bool {
    let text = raw.get();
    let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    inner.is_some_and(|inner| inner.trim().is_empty())
}

/// Takes a field that must be an object, as written.
///
/// # Errors
/// [`ReadError::Record`] if it is anything else but null.
pub fn object(fields: &mut Fields<'_>, name: &str) -> Result<Option<JsonText>, ReadError> {
    let path = fields.at(name);
    match fields.take(name) {
        Some(raw) if !is_object(raw) => Err(ReadError::record(path, "must be an object: {\"name\": value, ...}")),
        Some(raw) => as_written(raw, &path).map(Some),
        None => Ok(None),
    }
}

/// A price given as a number for one of 10^`exponent` things that the amount is for. `None` if it has more digits than
/// an amount keeps: that is the noise of somebody's floating-point numbers, which is left rather than rounded.
///
/// # Errors
/// [`ReadError::Record`] at `path` if the value is no number, negative or too large.
pub fn price(raw: &RawValue, path: &str, exponent: i32) -> Result<Option<Amount>, ReadError> {
    let digits = number(raw).ok_or_else(|| {
        ReadError::record(path, format!("{} is not a price; write a number, 0 or more, such as 2.5", raw.get()))
    })?;
    amount(digits, path, exponent)
}

/// Like [`price`], for the digits of a number.
///
/// # Errors
/// [`ReadError::Record`] at `path` if the digits are no number, negative or too large.
pub fn amount(digits: &str, path: &str, exponent: i32) -> Result<Option<Amount>, ReadError> {
    match Amount::from_number(digits, exponent) {
        Ok(amount) => Ok(Some(amount)),
        Err(AmountError::TooFine) => Ok(None),
        Err(error) => Err(ReadError::record(path, error)),
    }
}

/// The value as written, without white space between its tokens.
///
/// # Errors
/// [`ReadError::Record`] at `path` if the value isn't JSON, which a value taken from a file always is.
pub fn as_written(raw: &RawValue, path: &str) -> Result<JsonText, ReadError> {
    JsonText::parse(raw.get()).map_err(|error| ReadError::record(path, error))
}

/// The JSON of a value of one's own.
///
/// # Errors
/// [`ReadError::Record`] at `path` if the value has no JSON form.
pub fn to_json<T: serde::Serialize + ?Sized>(value: &T, path: &str) -> Result<JsonText, ReadError> {
    JsonText::from_value(&value).map_err(|error| ReadError::record(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> Box<RawValue> {
        RawValue::from_string(json.to_owned()).expect("json")
    }

    #[test]
    fn whole_numbers_are_known_in_any_spelling() {
        for (json, number) in [("256000", 256_000), ("256000.0", 256_000), ("2.56e5", 256_000), ("-1", -1)] {
            assert_eq!(whole(&raw(json)), Some(number), "{json}");
        }
        for json in ["0.5", "1e300", "\"5\"", "null", "[1]"] {
            assert_eq!(whole(&raw(json)), None, "{json}");
        }
    }

    #[test]
    fn a_price_is_a_number_that_is_kept_to_the_last_digit() {
        let amount = |json: &str| price(&raw(json), "m.cost", 6).map(|amount| amount.map(|amount| amount.to_string()));
        assert_eq!(amount("2.5e-06").expect("a price").as_deref(), Some("2.5"));
        assert_eq!(amount("4.9999999999999998e-09").expect("a price"), None);
        assert_eq!(amount("-1").expect_err("negative").to_string(), "m.cost: an amount can't be negative");
        assert_eq!(
            amount("\"free\"").expect_err("text").to_string(),
            "m.cost: \"free\" is not a price; write a number, 0 or more, such as 2.5"
        );
    }

    #[test]
    fn an_empty_object_says_nothing() {
        assert!(is_hollow(&raw("{ }")) && !is_hollow(&raw("{\"a\":1}")) && !is_hollow(&raw("[]")));
    }
}
