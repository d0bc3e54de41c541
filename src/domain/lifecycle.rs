//! The stages of a model's life, the moves between them, and what dates make of them.

use chrono::NaiveDate;

use super::text_enum::text_enum;

text_enum! {
    /// The stage of its life that a model is in. Moves that make sense are `DRAFT` to `ACTIVE` or `RETIRED`, `ACTIVE` to
    /// `DRAFT`, `DEPRECATED` or `RETIRED`, `DEPRECATED` to `ACTIVE` or `RETIRED`, and `RETIRED` to `DEPRECATED` or
    /// `ACTIVE`; mutations refuse the others. Dates move an active model to deprecated, and both to retired.
    pub enum LifecycleStage ("lifecycle stage") {
        /// Announced or in preview; its facts may still change. Dates don't move it.
        Draft = "draft",
        /// For use.
        Active = "active",
        /// Still answers; its supplier advises against new use.
        Deprecated = "deprecated",
        /// No longer answers.
        Retired = "retired",
    }
}

/// The days on which a model's stage changes by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Schedule {
    /// From when it is deprecated.
    pub deprecated_on: Option<NaiveDate>,
    /// From when it no longer answers.
    pub retires_on: Option<NaiveDate>,
}

impl Schedule {
    /// Whether the model would retire before it is deprecated.
    pub fn is_reversed(self) -> bool {
        self.deprecated_on.zip(self.retires_on).is_some_and(|(deprecated, retires)| retires < deprecated)
    }
}

fn has_come(date: Option<NaiveDate>, day: NaiveDate) -> bool {
    date.is_some_and(|date| date <= day)
}

impl LifecycleStage {
    /// The stage that is in effect on `day`, where this one is written down beside `schedule`.
    pub fn on(self, schedule: Schedule, day: NaiveDate) -> Self {
        match self {
            Self::Active | Self::Deprecated if has_come(schedule.retires_on, day) => Self::Retired,
            Self::Active if has_come(schedule.deprecated_on, day) => Self::Deprecated,
            stage => stage,
        }
    }

    /// Why a model doesn't move from this stage to `to`; `None` if it may. This is the table of transitions; staying is
    /// no move.
    pub const fn refusal(self, to: Self) -> Option<&'static str> {
        match (self, to) {
            (Self::Draft, Self::Deprecated) => {
                Some("a draft is in nobody's use yet, so there is nothing to advise against; make it active or retired")
            }
            (Self::Deprecated, Self::Draft) => {
                Some("a deprecated model is in use, so it can't become a draft again; make it active or retired")
            }
            (Self::Retired, Self::Draft) => {
                Some("a retired model was in use, so it can't become a draft again; make it deprecated or active")
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn dates_move_what_is_in_use_and_nothing_else() {
        use LifecycleStage::{Active, Deprecated, Draft, Retired};
        let schedule = Schedule { deprecated_on: Some(day("2026-03-01")), retires_on: Some(day("2026-06-01")) };
        for (on, expected) in [
            ("2026-02-28", [Draft, Active, Deprecated, Retired]),
            ("2026-03-01", [Draft, Deprecated, Deprecated, Retired]),
            ("2026-05-31", [Draft, Deprecated, Deprecated, Retired]),
            ("2026-06-01", [Draft, Retired, Retired, Retired]),
        ] {
            let stages: Vec<LifecycleStage> =
                LifecycleStage::ALL.iter().map(|stage| stage.on(schedule, day(on))).collect();
            assert_eq!(stages, expected, "{on}");
        }
        assert_eq!(Active.on(Schedule::default(), day("2999-01-01")), Active);
    }

    #[test]
    fn a_schedule_can_be_the_wrong_way_round() {
        let schedule = |deprecated: &str, retires: &str| Schedule {
            deprecated_on: Some(day(deprecated)),
            retires_on: Some(day(retires)),
        };
        assert!(schedule("2026-03-01", "2026-02-28").is_reversed());
        assert!(!schedule("2026-03-01", "2026-03-01").is_reversed());
        assert!(!Schedule { retires_on: Some(day("2026-03-01")), ..Schedule::default() }.is_reversed());
    }
}
