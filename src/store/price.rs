//! The table `model_prices`.

use chrono::NaiveDate;

use super::entity::entity;
use crate::domain::{Amount, PriceComponent, PriceUnit, ServiceMode};

entity! {
    /// What models cost.
    Price: model_prices => PriceRow { PriceFields }
    {
        /// Whose price it is.
        model_id: i64,
        /// What it is for.
        component: PriceComponent,
        /// What the amount buys; follows from the component.
        unit: PriceUnit,
        /// Mode of service.
        service_mode: ServiceMode,
        /// Holds for requests of at least so many tokens of context.
        min_context_tokens: i64,
        /// Currency code.
        currency: String,
        /// The amount in whole billionths.
        amount_nanos: i64,
        /// What is left, in billionths of a billionth.
        amount_subnanos: i64,
        /// First day it holds; `None`: since before records began.
        valid_from: Option<NaiveDate>,
        /// First day it no longer holds; `None`: until further notice.
        valid_until: Option<NaiveDate>,
        /// Which import brought it; `None` if made by hand.
        source: Option<String>,
    }
}

impl PriceFields {
    /// The exact amount.
    pub fn amount(&self) -> Amount {
        Amount::from_parts(self.amount_nanos, self.amount_subnanos).unwrap_or_default()
    }

    /// Whether the price holds on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|first| first <= day) && self.valid_until.is_none_or(|end| day < end)
    }

    /// What the price is of and from when: the natural key within the model.
    pub fn key(&self) -> (PriceComponent, ServiceMode, i64, &str, Option<NaiveDate>) {
        (self.component, self.service_mode, self.min_context_tokens, &self.currency, self.valid_from)
    }
}
