//! A model's prices while they are read or written: one amount per slot.

use crate::domain::{Amount, PriceComponent, ServiceMode};

use super::draft::{PriceDraft, Stamps};

/// The currency of all third-party formats.
pub const USD: &str = "USD";

/// What an amount is for, within one model and one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// What is bought.
    pub component: PriceComponent,
    /// Under which mode of service.
    pub service_mode: ServiceMode,
    /// From how many tokens of context.
    pub min_context_tokens: i64,
}

/// What came of entering an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// The slot was free.
    New,
    /// The slot held the same amount.
    Same,
    /// The slot holds another amount, which stays: the first field read wins.
    Other,
}

/// The prices of one model, read so far.
#[derive(Debug, Default)]
pub struct PriceBook {
    rows: Vec<PriceDraft>,
}

impl PriceBook {
    /// Enters an amount in US dollars, unless its slot is taken.
    pub fn enter(&mut self, slot: Slot, amount: Amount) -> Entered {
        match self.rows.iter().find(|row| slot_of(row) == slot) {
            Some(row) if row.amount == amount => Entered::Same,
            Some(_) => Entered::Other,
            None => {
                self.rows.push(row(slot, amount));
                Entered::New
            }
        }
    }

    /// Whether there is a price for a component, in any mode or tier.
    pub fn has(&self, component: PriceComponent) -> bool {
        self.rows.iter().any(|row| row.component == component)
    }

    /// The amount in a slot.
    pub fn amount(&self, slot: Slot) -> Option<Amount> {
        self.rows.iter().find(|row| slot_of(row) == slot).map(|row| row.amount)
    }

    /// All prices, in the order read.
    pub fn into_rows(self) -> Vec<PriceDraft> {
        self.rows
    }
}

fn slot_of(row: &PriceDraft) -> Slot {
    Slot { component: row.component, service_mode: row.service_mode, min_context_tokens: row.min_context_tokens }
}

fn row(slot: Slot, amount: Amount) -> PriceDraft {
    PriceDraft {
        component: slot.component,
        service_mode: slot.service_mode,
        min_context_tokens: slot.min_context_tokens,
        currency: USD.to_owned(),
        amount,
        valid_from: None,
        valid_until: None,
        source: None,
        stamps: Stamps::default(),
    }
}

/// The prices that a third-party format can say: in US dollars and without an end, one per slot, sorted by slot.
///
/// Of two for one slot the one that holds from the later day is taken.
pub fn lasting(prices: &[PriceDraft]) -> Vec<(Slot, Amount)> {
    let mut rows: Vec<&PriceDraft> =
        prices.iter().filter(|row| row.currency == USD && row.valid_until.is_none()).collect();
    let key = |row: &PriceDraft| (row.service_mode, row.min_context_tokens, row.component);
    rows.sort_by(|left, right| key(left).cmp(&key(right)).then(right.valid_from.cmp(&left.valid_from)));
    rows.dedup_by_key(|row| key(row));
    rows.into_iter().map(|row| (slot_of(row), row.amount)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(min_context_tokens: i64) -> Slot {
        Slot { component: PriceComponent::Input, service_mode: ServiceMode::Standard, min_context_tokens }
    }

    #[test]
    fn the_first_amount_of_a_slot_stays() {
        let amount = |text: &str| text.parse().expect("an amount");
        let mut book = PriceBook::default();
        assert_eq!(book.enter(input(0), amount("1")), Entered::New);
        assert_eq!(book.enter(input(0), amount("1.0")), Entered::Same);
        assert_eq!(book.enter(input(0), amount("2")), Entered::Other);
        assert_eq!(book.enter(input(200_000), amount("2")), Entered::New);
        assert_eq!(book.amount(input(0)), Some(amount("1")));
        assert_eq!(book.into_rows().len(), 2);
    }

    #[test]
    fn only_prices_that_last_are_told_to_others() {
        let day = |text: &str| text.parse().ok();
        let price = |amount: &str, from: Option<_>, until: Option<_>, currency: &str| PriceDraft {
            valid_from: from,
            valid_until: until,
            currency: currency.to_owned(),
            ..row(input(0), amount.parse().expect("an amount"))
        };
        let prices = [
            price("1", None, day("2025-01-01"), USD),
            price("2", day("2025-01-01"), None, USD),
            price("3", day("2025-06-01"), None, USD),
            price("9", None, None, "CNY"),
        ];
        let told: Vec<String> = lasting(&prices).into_iter().map(|(_, amount)| amount.to_string()).collect();
        assert_eq!(told, ["3"]);
    }
}
