//! Exact amounts of money.
//!
//! Suppliers' figures go down to 1e-10 USD a token, and catalogues write some of them with seventeen digits
//! (`0.049999999999999996` for a million tokens). An [`Amount`] holds them all: a decimal with up to nine digits
//! before the point and eighteen after it, kept as two integers that sort the way the number does.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Billionths in a whole, and billionths of a billionth in a billionth.
const BILLION: i64 = 1_000_000_000;
/// Digits after the point that each of the two integers holds.
const HALF_SCALE: usize = 9;
/// Digits after the point.
const SCALE: usize = 2 * HALF_SCALE;
/// Digits before the point.
const WHOLE_DIGITS: usize = 9;
/// Largest power of ten that a number may carry; beyond it no digit could be in range anyway.
const MAX_EXPONENT: i32 = 60;

/// A price: zero or more, exact to eighteen digits after the point, below a billion.
///
/// Ordered as numbers are. The two parts are what the database stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount {
    /// Whole billionths of the currency unit.
    nanos: i64,
    /// What is left, in billionths of a billionth: 0 to 999,999,999.
    subnanos: i64,
}

/// Why a text is not an amount.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Not digits with at most one point between them.
    #[error("{0:?} is not an amount; write plain decimals without sign or exponent, such as \"0.25\"")]
    Syntax(String),
    /// Below zero.
    #[error("an amount can't be negative")]
    Negative,
    /// A billion or more.
    #[error("an amount has at most {WHOLE_DIGITS} digits before the point")]
    TooLarge,
    /// More digits after the point than are kept.
    #[error("an amount has at most {SCALE} digits after the point")]
    TooFine,
}

impl Amount {
    /// Puts an amount together from its stored parts; `None` if they are out of range.
    pub fn from_parts(nanos: i64, subnanos: i64) -> Option<Self> {
        (nanos >= 0 && (0..BILLION).contains(&subnanos)).then_some(Self { nanos, subnanos })
    }

    /// The parts to store: whole billionths, and billionths of a billionth.
    pub const fn parts(self) -> (i64, i64) {
        (self.nanos, self.subnanos)
    }

    /// Reads a JSON number, exponent allowed, times ten to the power of `exponent`.
    ///
    /// `Amount::from_number("2.5e-06", 6)` is the price of a million where 2.5e-06 is the price of one.
    ///
    /// # Errors
    /// As [`AmountError`] says; nothing is ever rounded.
    pub fn from_number(text: &str, exponent: i32) -> Result<Self, AmountError> {
        let syntax = || AmountError::Syntax(text.to_owned());
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i32>().map_err(|_| syntax())?),
            None => (text, 0),
        };
        let power = power.checked_add(exponent).filter(|power| power.abs() <= MAX_EXPONENT).ok_or_else(syntax)?;
        let negative = mantissa.starts_with('-');
        let (whole, fraction) = split_decimal(mantissa.trim_start_matches('-')).ok_or_else(syntax)?;
        let digits = format!("{whole}{fraction}");
        if negative && digits.bytes().any(|digit| digit != b'0') {
            return Err(AmountError::Negative);
        }
        Self::from_digits(&digits, whole.len() as i64 + i64::from(power))
    }

    /// The text that [`Amount::from_number`] reads back to `self` with the same `exponent`: plain decimals.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "neither is below zero or above 2^31")]
    pub fn to_number(self, exponent: i32) -> String {
        let digits = format!("{:018}{:09}", self.nanos, self.subnanos);
        let point = (WHOLE_DIGITS as i64 - i64::from(exponent)).clamp(0, digits.len() as i64) as usize;
        let missing = (i64::from(exponent) - WHOLE_DIGITS as i64).max(0) as usize;
        let whole = digits[..point].trim_start_matches('0');
        let fraction = format!("{}{}", "0".repeat(missing), &digits[point..]);
        join_decimal(whole, fraction.trim_end_matches('0'))
    }

    /// Digits with the point after the `point`-th of them (which may lie before the first or behind the last).
    fn from_digits(digits: &str, point: i64) -> Result<Self, AmountError> {
        let at = |position: i64| -> i64 {
            let index = point + position;
            usize::try_from(index)
                .ok()
                .and_then(|index| digits.as_bytes().get(index))
                .map_or(0, |digit| i64::from(digit - b'0'))
        };
        let take = |from: i64, to: i64| (from..to).fold(0_i64, |sum, position| sum * 10 + at(position));
        if (-point..-(WHOLE_DIGITS as i64)).any(|position| at(position) != 0) {
            return Err(AmountError::TooLarge);
        }
        if (SCALE as i64..digits.len() as i64 - point).any(|position| at(position) != 0) {
            return Err(AmountError::TooFine);
        }
        Ok(Self {
            nanos: take(-(WHOLE_DIGITS as i64), HALF_SCALE as i64),
            subnanos: take(HALF_SCALE as i64, SCALE as i64),
        })
    }
}

/// Splits digits at their point; `None` unless there is a digit before it and, where there is a point, behind it.
fn split_decimal(text: &str) -> Option<(&str, &str)> {
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    let digits_only = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (!whole.is_empty() && digits_only(whole) && digits_only(fraction)).then_some((whole, fraction))
}

fn join_decimal(whole: &str, fraction: &str) -> String {
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        if text.contains(['e', 'E']) {
            return Err(AmountError::Syntax(text.to_owned()));
        }
        Self::from_number(text, 0)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_number(0))
    }
}

impl serde::Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_the_catalogues_survive() {
        for (text, exponent, shown) in [
            ("2.5e-06", 6, "2.5"),
            ("0.00000015", 6, "0.15"),
            ("1E-10", 6, "0.0001"),
            ("0.049999999999999996", 0, "0.049999999999999996"),
            ("0.75", 6, "750000"),
            ("7.9752604167E-9", 6, "0.0079752604167"),
            ("0", 6, "0"),
            ("-0.0", 0, "0"),
            ("999999999.999999999999999999", 0, "999999999.999999999999999999"),
        ] {
            let amount = Amount::from_number(text, exponent).expect(text);
            assert_eq!(amount.to_string(), shown);
            assert_eq!(Amount::from_number(&amount.to_number(exponent), exponent), Ok(amount), "{text} back");
        }
    }

    #[test]
    fn an_amount_per_one_is_written_back_per_one() {
        let amount = Amount::from_number("2.5e-06", 6).expect("in range");
        assert_eq!(amount.to_number(6), "0.0000025");
        assert_eq!(Amount::from_number("0.75", 6).expect("in range").to_number(6), "0.75");
        assert_eq!(Amount::default().to_number(6), "0");
    }

    #[test]
    fn amounts_sort_as_numbers_do() {
        let mut amounts: Vec<Amount> = ["10", "9.5", "0.000000000000000001", "0", "9.500000000000000001"]
            .iter()
            .map(|text| text.parse().expect("plain"))
            .collect();
        amounts.sort();
        let shown: Vec<String> = amounts.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["0", "0.000000000000000001", "9.5", "9.500000000000000001", "10"]);
    }

    #[test]
    fn what_is_not_an_exact_amount_is_refused() {
        let parse = |text: &str| text.parse::<Amount>();
        for text in ["", ".5", "5.", "+1", "1e-12", "1e3", "NaN", "inf", "1,5", "0x1", " 1", "١"] {
            assert_eq!(parse(text), Err(AmountError::Syntax(text.to_owned())));
        }
        assert_eq!(parse("-1"), Err(AmountError::Negative));
        assert_eq!(parse("1000000000"), Err(AmountError::TooLarge));
        assert_eq!(parse("0.0000000000000000001"), Err(AmountError::TooFine));
        assert_eq!(Amount::from_number("1e999", 0), Err(AmountError::Syntax("1e999".to_owned())));
        assert_eq!(Amount::from_parts(-1, 0), None);
        assert_eq!(Amount::from_parts(0, BILLION), None);
    }
}
