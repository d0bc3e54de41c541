//! JSON values as facts: each function takes a value of the shape it names and answers `None` to any other.

use std::borrow::Cow;
use std::str::FromStr;

use chrono::NaiveDate;
use serde_json::value::RawValue;

use crate::domain::{Amount, AmountError, JsonText, PartialDate};

use super::error::ReadError;
use super::fields::Fields;

/// Whole numbers up to here have one exact `f64` each.
pub const EXACT_WHOLE: f64 = 9_007_199_254_740_992.0;

/// A text. One with a zero character is none: `PostgreSQL` can't hold it.
pub fn text(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok().filter(|text: &String| is_storable(text))
}

fn is_storable(text: &str) -> bool {
    !text.contains('\0')
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

/// A number, or a text that reads as one (`"1.5"`), by its digits.
fn digits(raw: &RawValue) -> Option<Cow<'_, str>> {
    let reads = |text: &String| {
        text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) && text.parse::<f64>().is_ok()
    };
    number(raw).map(Cow::Borrowed).or_else(|| text(raw).filter(reads).map(Cow::Owned))
}

/// About how much a number, or a text that reads as one, is. Good for comparing it, not for keeping it.
pub fn magnitude(raw: &RawValue) -> Option<f64> {
    digits(raw)?.parse().ok()
}

/// A whole number, however it is spelled: `256000`, `256000.0`, `2.56e5`.
pub fn whole(raw: &RawValue) -> Option<i64> {
    whole_of(number(raw)?)
}

/// Like [`whole`], for a number that may stand in a text: `"256000"`.
pub fn loosely_whole(raw: &RawValue) -> Option<i64> {
    whole_of(&digits(raw)?)
}

#[expect(clippy::cast_possible_truncation, reason = "whole and exact, as was just checked")]
fn whole_of(digits: &str) -> Option<i64> {
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

/// A list of texts; none of them has a zero character.
pub fn texts(raw: &RawValue) -> Option<Vec<String>> {
    serde_json::from_str(raw.get()).ok().filter(|texts: &Vec<String>| texts.iter().all(|text| is_storable(text)))
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

/// A price given as a number, or a text that reads as one, for one of 10^`exponent` things that the amount is for.
/// `None`, so that the value stays as it is, if it is anything else, if it is too large, or if it has more digits than
/// an amount keeps: that is the noise of somebody's floating-point numbers, which is left rather than rounded.
///
/// # Errors
/// [`ReadError::Record`] at `path` if the price is negative.
pub fn price(raw: &RawValue, path: &str, exponent: i32) -> Result<Option<Amount>, ReadError> {
    let Some(digits) = digits(raw) else { return Ok(None) };
    match Amount::from_number(&digits, exponent) {
        Ok(amount) => Ok(Some(amount)),
        Err(error @ AmountError::Negative) => Err(ReadError::record(path, error)),
        Err(AmountError::Syntax(_) | AmountError::TooLarge | AmountError::TooFine) => Ok(None),
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
    fn a_whole_number_may_stand_in_a_text_where_the_reader_says_so() {
        for (json, number) in [("5", 5), ("\"8192\"", 8192), ("\"2.56e5\"", 256_000)] {
            assert_eq!(loosely_whole(&raw(json)), Some(number), "{json}");
        }
        for json in ["\"8k\"", "\"\"", "\"inf\"", "\"-inf\"", "\"0.5\"", "true", "{}"] {
            assert_eq!(loosely_whole(&raw(json)), None, "{json}");
        }
    }

    #[test]
    fn a_text_that_no_database_can_hold_is_none() {
        assert_eq!(text(&raw(r#""a""#)).as_deref(), Some("a"));
        assert_eq!(text(&raw(r#""a\u0000""#)), None);
        assert_eq!(texts(&raw(r#"["a", "b\u0000"]"#)), None);
    }

    #[test]
    fn a_price_is_a_number_that_is_kept_to_the_last_digit() {
        let amount = |json: &str| price(&raw(json), "m.cost", 6).map(|amount| amount.map(|amount| amount.to_string()));
        assert_eq!(amount("2.5e-06").expect("a price").as_deref(), Some("2.5"));
        assert_eq!(amount("\"1.5\"").expect("a price").as_deref(), Some("1500000"));
        assert_eq!(amount("\"1e-6\"").expect("a price").as_deref(), Some("1"));
        for json in ["-1", "\"-1.0\""] {
            assert_eq!(amount(json).expect_err("negative").to_string(), "m.cost: an amount can't be negative");
        }
    }

    #[test]
    fn what_is_no_price_or_out_of_range_is_left_where_it_is() {
        for json in
            ["4.9999999999999998e-09", "1e12", "1e999", "\"free\"", "\"\"", "\"--1\"", "\"1.\"", "false", "{}", "[1]"]
        {
            assert_eq!(price(&raw(json), "m.cost", 6).expect("left"), None, "{json}");
        }
    }

    #[test]
    fn an_empty_object_says_nothing() {
        assert!(is_hollow(&raw("{ }")) && !is_hollow(&raw("{\"a\":1}")) && !is_hollow(&raw("[]")));
    }
}
