//! Dates of known precision: catalogues give some by the day, some by the month, some by the year.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use diesel::sql_types::Text;
use thiserror::Error;

/// A year, a month or a day: `2025`, `2025-06` or `2025-06-30`. Kept as written.
///
/// Ordered by its first day: texts compare the same way, which is how the database does it.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = Text)]
pub struct PartialDate(String);

/// A text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not a date; write a year, a month or a day, such as \"2025\", \"2025-06\" or \"2025-06-30\"")]
pub struct PartialDateError(String);

impl PartialDate {
    /// The date as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text at or behind which every date lies whose first day is not before this one's.
    ///
    /// `2025-01-01` starts with the year, so that `2025` itself counts as not before it.
    pub fn lower_bound(&self) -> &str {
        let text = self.0.as_str();
        let text = if text.len() == 10 { text.strip_suffix("-01").unwrap_or(text) } else { text };
        if text.len() == 7 { text.strip_suffix("-01").unwrap_or(text) } else { text }
    }

    /// The text at or before which every date lies whose first day is not after this one's last.
    pub fn upper_bound(&self) -> String {
        match self.0.len() {
            4 => format!("{}-12-31", self.0),
            7 => format!("{}-31", self.0),
            _ => self.0.clone(),
        }
    }
}

impl FromStr for PartialDate {
    type Err = PartialDateError;

    fn from_str(text: &str) -> Result<Self, PartialDateError> {
        let padded = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            10 => text.to_owned(),
            _ => String::new(),
        };
        let shaped = padded.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        match NaiveDate::parse_from_str(&padded, "%Y-%m-%d") {
            Ok(_) if shaped => Ok(Self(text.to_owned())),
            _ => Err(PartialDateError(text.to_owned())),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl serde::Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl<DB> diesel::serialize::ToSql<Text, DB> for PartialDate
where
    DB: diesel::backend::Backend,
    str: diesel::serialize::ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
        self.0.as_str().to_sql(out)
    }
}

impl<DB> diesel::deserialize::FromSql<Text, DB> for PartialDate
where
    DB: diesel::backend::Backend,
    String: diesel::deserialize::FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        Ok(String::from_sql(bytes)?.parse()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().expect(text)
    }

    #[test]
    fn years_months_and_days_are_dates() {
        for text in ["2025", "2025-06", "2024-02-29"] {
            assert_eq!(date(text).to_string(), text);
        }
        for text in [
            "",
            "25",
            "2025-6",
            "2025-13",
            "2025-02-30",
            "2025-06-31",
            "2025/06/30",
            "20250630",
            "+025-01-01",
            "June 2025",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn bounds_compare_by_the_first_day() {
        let not_before = |value: &str, bound: &str| value >= date(bound).lower_bound();
        assert!(not_before("2025", "2025-01-01") && not_before("2025-01", "2025-01-01"));
        assert!(!not_before("2025-01", "2025-01-02") && not_before("2025-03", "2025-03-01"));
        assert!(!not_before("2025", "2025-10-01") && not_before("2025-10", "2025-10"));

        let not_after = |value: &str, bound: &str| value <= date(bound).upper_bound().as_str();
        assert!(not_after("2025-01-31", "2025-01") && not_after("2025-12", "2025"));
        assert!(!not_after("2025-02", "2025-01") && not_after("2025-01", "2025-01-15"));
    }
}
