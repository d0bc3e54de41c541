//! Spans of days, as prices hold in them.

use chrono::NaiveDate;

/// The days from one on, up to but not including another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day; `None`: since before records began.
    pub from: Option<NaiveDate>,
    /// The first day that is no longer in it; `None`: it has no end yet.
    pub until: Option<NaiveDate>,
}

impl Period {
    /// Whether the two have a day in common.
    pub fn meets(self, other: Self) -> bool {
        self.begins_in_time_for(other) && other.begins_in_time_for(self)
    }

    fn begins_in_time_for(self, other: Self) -> bool {
        match (self.from, other.until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        }
    }
}
