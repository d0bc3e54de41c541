//! Dated prices: what becomes of a model's prices when a third party states them anew.

use chrono::NaiveDate;

use crate::store::Fresh;
use crate::store::price::{PriceFields, PriceRow};

/// What becomes of one price.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// It is there already.
    Same,
    /// It was not there before.
    New(Fresh<PriceFields>),
    /// Its row is changed in place: it began on the day itself.
    Corrected(PriceRow, PriceFields),
    /// Its row ends, and another begins.
    Replaced(PriceRow, PriceFields, Fresh<PriceFields>),
    /// It is no longer stated: its row ends.
    Ended(PriceRow, PriceFields),
    /// It is no longer stated, and its row is gone: it began on the day itself.
    Gone(PriceRow),
}

/// Compares a model's live prices with those that `source` states on the day `today`.
///
/// A price that `source` states for the first time holds since before records began, unless it has stated others of the
/// model before, and so not this one.
pub fn diff(live: Vec<PriceRow>, stated: Vec<Fresh<PriceFields>>, source: &str, today: NaiveDate) -> Vec<Step> {
    let is_heard_again = live.iter().any(|row| row.source.as_deref() == Some(source));
    let mut steps = Vec::with_capacity(stated.len());
    let mut kept: Vec<i64> = Vec::new();
    for fresh in stated {
        let history: Vec<&PriceRow> = live.iter().filter(|row| is_same_slot(row, &fresh.fields)).collect();
        let current = history.iter().find(|row| row.holds_on(today)).copied();
        kept.extend(current.map(|row| row.id));
        let next = history.iter().filter_map(|row| row.valid_from.filter(|from| *from > today)).min();
        steps.push(restate(current, fresh, is_heard_again || !history.is_empty(), next, today));
    }
    let is_withdrawn =
        |row: &PriceRow| row.source.as_deref() == Some(source) && row.holds_on(today) && !kept.contains(&row.id);
    steps.extend(live.into_iter().filter(is_withdrawn).map(|row| withdraw(row, today)));
    steps
}

fn is_same_slot(row: &PriceRow, fields: &PriceFields) -> bool {
    row.component == fields.component
        && row.service_mode == fields.service_mode
        && row.min_context_tokens == fields.min_context_tokens
        && row.currency == fields.currency
}

/// States a price anew. `next` is the day on which another price is known to begin.
fn restate(
    current: Option<&PriceRow>,
    mut fresh: Fresh<PriceFields>,
    is_later: bool,
    next: Option<NaiveDate>,
    today: NaiveDate,
) -> Step {
    fresh.fields.valid_until = next;
    let Some(row) = current else {
        // Nothing is known of earlier days, unless the source said something of them.
        fresh.fields.valid_from = is_later.then_some(today);
        return Step::New(fresh);
    };
    if row.amount() == fresh.fields.amount() {
        return Step::Same;
    }
    fresh.fields.valid_from = Some(today);
    if row.valid_from == Some(today) {
        Step::Corrected(row.clone(), PriceFields { valid_until: row.valid_until, ..fresh.fields })
    } else {
        Step::Replaced(row.clone(), ended(row, today), fresh)
    }
}

fn withdraw(row: PriceRow, today: NaiveDate) -> Step {
    if row.valid_from == Some(today) {
        return Step::Gone(row);
    }
    let fields = ended(&row, today);
    Step::Ended(row, fields)
}

fn ended(row: &PriceRow, today: NaiveDate) -> PriceFields {
    PriceFields { valid_until: Some(today), ..row.fields.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Amount, PriceComponent, ServiceMode, Timestamp};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn moment() -> Timestamp {
        Timestamp::new("2026-01-01T00:00:00Z".parse().expect("a moment"))
    }

    fn fields(amount: &str, source: Option<&str>) -> PriceFields {
        let (amount_nanos, amount_subnanos) = amount.parse::<Amount>().expect("an amount").parts();
        PriceFields {
            model_id: 1,
            component: PriceComponent::Input,
            unit: PriceComponent::Input.unit(),
            service_mode: ServiceMode::Standard,
            min_context_tokens: 0,
            currency: "USD".to_owned(),
            amount_nanos,
            amount_subnanos,
            valid_from: None,
            valid_until: None,
            source: source.map(str::to_owned),
        }
    }

    fn row(id: i64, fields: PriceFields) -> PriceRow {
        PriceRow { id, fields, created_at: moment(), updated_at: moment(), deleted_at: None, version: 1 }
    }

    fn between(fields: PriceFields, from: Option<&str>, until: Option<&str>) -> PriceFields {
        PriceFields { valid_from: from.map(day), valid_until: until.map(day), ..fields }
    }

    fn state(live: &[PriceRow], amount: Option<&str>, today: &str) -> Vec<Step> {
        let stated = amount.map(|amount| Fresh::now(fields(amount, Some("x")), moment()));
        diff(live.to_vec(), stated.into_iter().collect(), "x", day(today))
    }

    fn begins(fields: PriceFields) -> Fresh<PriceFields> {
        Fresh::now(fields, moment())
    }

    #[test]
    fn the_first_price_holds_since_before_records_began() {
        assert_eq!(state(&[], Some("2"), "2026-05-01"), [Step::New(begins(fields("2", Some("x"))))]);
    }

    #[test]
    fn a_price_that_a_source_adds_later_holds_from_that_day() {
        let input = row(1, fields("2", Some("x")));
        let tier = PriceFields { min_context_tokens: 200_000, ..fields("4", Some("x")) };
        let stated = vec![begins(fields("2", Some("x"))), begins(tier.clone())];
        let steps = diff(vec![input], stated, "x", day("2026-05-01"));
        assert_eq!(steps, [Step::Same, Step::New(begins(between(tier, Some("2026-05-01"), None)))]);
    }

    #[test]
    fn the_same_price_stays_whose_it_is() {
        let by_hand = row(1, fields("2.0", None));
        assert_eq!(state(&[by_hand], Some("2"), "2026-05-01"), [Step::Same]);
    }

    #[test]
    fn another_price_follows_the_one_before() {
        let old = row(1, fields("2", Some("x")));
        let ended = between(fields("2", Some("x")), None, Some("2026-05-01"));
        let new = begins(between(fields("3", Some("x")), Some("2026-05-01"), None));
        assert_eq!(state(std::slice::from_ref(&old), Some("3"), "2026-05-01"), [Step::Replaced(old, ended, new)]);
    }

    #[test]
    fn a_price_that_began_today_is_corrected_in_place() {
        let old = row(1, between(fields("2", None), Some("2026-05-01"), None));
        let after = between(fields("3", Some("x")), Some("2026-05-01"), None);
        assert_eq!(state(std::slice::from_ref(&old), Some("3"), "2026-05-01"), [Step::Corrected(old, after)]);
    }

    #[test]
    fn a_price_that_is_withdrawn_ends_or_goes() {
        let old = row(1, fields("2", Some("x")));
        let ended = between(fields("2", Some("x")), None, Some("2026-05-01"));
        assert_eq!(state(std::slice::from_ref(&old), None, "2026-05-01"), [Step::Ended(old, ended.clone())]);
        let young = row(2, between(fields("2", Some("x")), Some("2026-05-01"), None));
        assert_eq!(state(std::slice::from_ref(&young), None, "2026-05-01"), [Step::Gone(young)]);
        assert_eq!(state(&[row(1, ended)], None, "2026-05-02"), [], "ended already");
        assert_eq!(state(&[row(1, fields("2", Some("y")))], None, "2026-05-01"), [], "another source's");
    }

    #[test]
    fn a_price_that_comes_back_holds_from_that_day() {
        let old = row(1, between(fields("2", Some("x")), None, Some("2026-05-01")));
        let again = between(fields("2", Some("x")), Some("2026-06-01"), None);
        assert_eq!(state(&[old], Some("2"), "2026-06-01"), [Step::New(begins(again))]);
    }

    #[test]
    fn an_older_file_gives_way_to_later_prices() {
        let early = row(1, between(fields("2", Some("x")), None, Some("2026-05-01")));
        let late = row(2, between(fields("3", Some("x")), Some("2026-05-01"), None));
        let ended = between(fields("2", Some("x")), None, Some("2026-03-01"));
        let between_them = begins(between(fields("2.5", Some("x")), Some("2026-03-01"), Some("2026-05-01")));
        let steps = state(&[early.clone(), late], Some("2.5"), "2026-03-01");
        assert_eq!(steps, [Step::Replaced(early, ended, between_them)]);
    }
}
