//! Moments in UTC, to the microsecond: what both databases can keep.

use chrono::{DateTime, NaiveDate, SecondsFormat, SubsecRound, Utc};
use diesel::deserialize::FromSqlRow;
use diesel::deserialize::{self, FromSql};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sqlite::Sqlite;

/// `timestamptz` on PostgreSQL, RFC 3339 text in UTC with six digits of a second on SQLite (which sorts by time).
#[derive(Debug, Clone, Copy, Default, diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185), sqlite_type(name = "Text"))]
pub struct TimestampSql;

/// What PostgreSQL counts moments from, 2000-01-01, in microseconds since 1970.
const POSTGRES_EPOCH: i64 = 946_684_800_000_000;

/// A moment in UTC, to the microsecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = TimestampSql)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// The beginning of 1970.
    pub const EPOCH: Self = Self(DateTime::UNIX_EPOCH);

    /// The moment, cut to whole microseconds.
    pub fn new(moment: DateTime<Utc>) -> Self {
        Self(moment.trunc_subsecs(6))
    }

    /// The same moment as a `chrono` value.
    pub const fn to_utc(self) -> DateTime<Utc> {
        self.0
    }

    /// The first moment after this one.
    pub fn next(self) -> Self {
        Self(self.0 + chrono::TimeDelta::microseconds(1))
    }

    /// The moment's day, in UTC.
    pub fn day(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// RFC 3339 in UTC with six digits of a second: `2026-01-31T08:30:00.000000Z`.
    pub fn to_text(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::Micros, true)
    }
}

impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DateTime::<Utc>::deserialize(deserializer).map(Self::new)
    }
}

impl ToSql<TimestampSql, Pg> for Timestamp {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<diesel::sql_types::Timestamptz, Pg>::to_sql(&self.0, out)
    }
}

impl FromSql<TimestampSql, Pg> for Timestamp {
    fn from_sql(bytes: <Pg as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let since = <i64 as FromSql<diesel::sql_types::BigInt, Pg>>::from_sql(bytes)?;
        let moment = since.checked_add(POSTGRES_EPOCH).and_then(DateTime::from_timestamp_micros);
        moment.map(Self).ok_or_else(|| "a moment beyond all that can be told".into())
    }
}

impl ToSql<TimestampSql, Sqlite> for Timestamp {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.to_text());
        Ok(IsNull::No)
    }
}

impl FromSql<TimestampSql, Sqlite> for Timestamp {
    fn from_sql(mut bytes: <Sqlite as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = bytes.read_text();
        match of_usual_text(text.as_bytes()) {
            Some(moment) => Ok(moment),
            None => Ok(Self(DateTime::parse_from_rfc3339(text)?.with_timezone(&Utc))),
        }
    }
}

/// The moment that a text tells which is as [`Timestamp::to_text`] writes them, as all are that Modelry wrote.
fn of_usual_text(text: &[u8]) -> Option<Timestamp> {
    let shape = b"dddd-dd-ddTdd:dd:dd.ddddddZ";
    let fits = |(letter, shape): (&u8, &u8)| if *shape == b'd' { letter.is_ascii_digit() } else { letter == shape };
    if text.len() != shape.len() || !text.iter().zip(shape).all(fits) {
        return None;
    }
    let number =
        |from: usize, to: usize| text[from..to].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    let day = NaiveDate::from_ymd_opt(i32::try_from(number(0, 4)).ok()?, number(5, 7), number(8, 10))?;
    let moment = day.and_hms_micro_opt(number(11, 13), number(14, 16), number(17, 19), number(20, 26))?;
    Some(Timestamp(moment.and_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_texts_are_read_as_others_are() {
        for text in ["2026-01-31T08:30:00.000000Z", "1969-12-31T23:59:59.999999Z", "2024-02-29T00:00:00.000001Z"] {
            let moment = of_usual_text(text.as_bytes()).expect("a moment");
            assert_eq!(moment.to_utc(), DateTime::parse_from_rfc3339(text).expect("a moment"), "{text}");
            assert_eq!(moment.to_text(), text);
        }
    }

    #[test]
    fn what_is_unusual_or_no_moment_is_left_alone() {
        for text in [
            "",
            "2026-01-31T08:30:00Z",
            "2026-01-31 08:30:00.000000Z",
            "2026-01-31T08:30:00.000000+00:00",
            "2026-02-30T08:30:00.000000Z",
            "2026-01-31T24:30:00.000000Z",
            "2026-01-31T08:3x:00.000000Z",
        ] {
            assert_eq!(of_usual_text(text.as_bytes()), None, "{text}");
        }
    }
}
