//! Writing models' prices.

use crate::registry::Editor;
use chrono::NaiveDate;

use super::Change;
use super::check::{any, currency, not_negative};
use super::child::{Child, check_alive, live_model, parent_of};
use super::user_error::{Errors, UserErrorCode, WriteResult};
use super::write::{Reference, Target, delete_row, restore_row, save, to_restore, unless_taken};
use crate::domain::{Amount, Period, PriceComponent, ServiceMode};
use crate::store::predicate::Predicate;
use crate::store::price::{Price, PriceFields, PriceRow};
use crate::store::rows::{live, of_models, rows};
use crate::store::{Entity as _, Fresh, StoreResult, Transaction};

/// Most prices a model has.
pub const LIMIT: usize = 500;

/// A whole price as a client wants it.
#[derive(Debug, Clone)]
pub struct PriceInput {
    /// What it is for.
    pub component: PriceComponent,
    /// Mode of service.
    pub service_mode: ServiceMode,
    /// Holds for requests of at least so many tokens of context.
    pub min_context_tokens: i64,
    /// Currency code.
    pub currency: String,
    /// The amount as it was written.
    pub amount: String,
    /// First day it holds.
    pub valid_from: Option<NaiveDate>,
    /// First day it no longer holds.
    pub valid_until: Option<NaiveDate>,
}

/// What a client wants of a price's fields.
#[derive(Debug, Clone, Default)]
pub struct PriceChanges {
    /// What it is for.
    pub component: Change<PriceComponent>,
    /// Mode of service.
    pub service_mode: Change<ServiceMode>,
    /// Holds for requests of at least so many tokens of context.
    pub min_context_tokens: Change<i64>,
    /// Currency code.
    pub currency: Change<String>,
    /// The amount as it was written.
    pub amount: Change<String>,
    /// First day it holds.
    pub valid_from: Change<NaiveDate>,
    /// First day it no longer holds.
    pub valid_until: Change<NaiveDate>,
}

impl PriceInput {
    /// Notes what is wrong with the price; its columns if nothing is.
    fn fields(&self, model_id: i64, errors: &mut Errors) -> Option<PriceFields> {
        let parsed: Result<Amount, _> = self.amount.parse();
        let amount = errors.note("amount", parsed.map_err(|error| (UserErrorCode::Invalid, error.to_string())));
        let currency = errors.note("currency", currency(&self.currency));
        let tokens = errors.note("minContextTokens", not_negative(&self.min_context_tokens));
        let period = match (self.valid_from, self.valid_until) {
            (Some(from), Some(until)) if from >= until => {
                let message = format!("{until} is the first day it no longer holds: it must be later than {from}");
                errors.note("validUntil", Err((UserErrorCode::OutOfRange, message)))
            }
            _ => Some(()),
        };
        currency.and(tokens).and(period)?;
        let (amount_nanos, amount_subnanos) = amount?.parts();
        Some(PriceFields {
            model_id,
            component: self.component,
            unit: self.component.unit(),
            service_mode: self.service_mode,
            min_context_tokens: self.min_context_tokens,
            currency: self.currency.clone(),
            amount_nanos,
            amount_subnanos,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            source: None,
        })
    }
}

impl PriceChanges {
    fn check(&self, errors: &mut Errors) {
        self.component.check_required("component", any, errors);
        self.service_mode.check_required("serviceMode", any, errors);
        self.min_context_tokens.check_required("minContextTokens", any, errors);
        self.currency.check_required("currency", any, errors);
        self.amount.check_required("amount", any, errors);
    }

    /// The whole price afterwards.
    fn onto(self, before: &PriceFields) -> PriceInput {
        PriceInput {
            component: self.component.or_required(before.component),
            service_mode: self.service_mode.or_required(before.service_mode),
            min_context_tokens: self.min_context_tokens.or_required(before.min_context_tokens),
            currency: self.currency.or_required(before.currency.clone()),
            amount: self.amount.or_required(before.amount().to_string()),
            valid_from: self.valid_from.or(before.valid_from),
            valid_until: self.valid_until.or(before.valid_until),
        }
    }
}

/// Whether two prices are for the same thing and there is a day on which both hold.
fn overlap(left: &PriceFields, right: &PriceFields) -> bool {
    let key = |price: &PriceFields| (price.component, price.service_mode, price.min_context_tokens);
    let period = |price: &PriceFields| Period { from: price.valid_from, until: price.valid_until };
    key(left) == key(right) && left.currency == right.currency && period(left).meets(period(right))
}

/// Notes if `price` holds on a day on which one of the others does.
fn check_overlap<'a>(
    price: &PriceFields,
    mut others: impl Iterator<Item = &'a PriceFields>,
    field: &str,
    errors: &mut Errors,
) {
    let Some(other) = others.find(|other| overlap(price, other)) else { return };
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "open end".to_owned(), |day| day.to_string());
    let message = format!(
        "a price for the same component, mode, tier and currency holds in this time already (from {} until {}): end that one first",
        day(other.valid_from),
        day(other.valid_until)
    );
    errors.add(field, UserErrorCode::Taken, message);
}

/// Notes what is wrong with a list of prices that are to be a new model's, overlaps included.
pub(super) fn check_list(inputs: &[PriceInput], errors: &mut Errors) -> Vec<PriceFields> {
    let mut sound: Vec<PriceFields> = Vec::with_capacity(inputs.len());
    for (at, input) in inputs.iter().enumerate() {
        errors.enter(at);
        if let Some(fields) = input.fields(0, errors) {
            check_overlap(&fields, sound.iter(), "validFrom", errors);
            sound.push(fields);
        }
        errors.leave();
    }
    sound
}

/// Notes if another live price of the model holds on a day on which this one does.
async fn check_free(
    transaction: &mut Transaction,
    own: Option<i64>,
    price: &PriceFields,
    field: &str,
    errors: &mut Errors,
) -> StoreResult<()> {
    let of_model = Predicate::all([live(), of_models(vec![price.model_id])]);
    let others = rows::<Price>(transaction.conn(), of_model, &[]).await?;
    let others = others.iter().filter(|other| Some(other.id) != own).map(|other| &other.fields);
    check_overlap(price, others, field, errors);
    Ok(())
}

const TAKEN: &str = "the model has such a price from that day on";

/// Gives a model a price.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn create(editor: &Editor, model: Reference, input: PriceInput) -> WriteResult<PriceRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                let fields = input.fields(0, &mut errors);
                let model = live_model(transaction, &model, &mut errors).await?;
                let (Some(fields), Some(model)) = (fields, model) else { return Err(errors.failure()) };
                let fields = PriceFields { model_id: model.id, ..fields };
                check_free(transaction, None, &fields, "validFrom", &mut errors).await?;
                Price::check_room(transaction, model.id, 1, "modelId", &mut errors).await?;
                errors.finish()?;
                unless_taken(Price::insert(transaction, Fresh::now(fields, now)).await, "validFrom", TAKEN)
            })
        })
        .await
}

/// Changes a price. One that changes is no longer an import's.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn update(editor: &Editor, target: Target, changes: PriceChanges) -> WriteResult<PriceRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                changes.check(&mut errors);
                parent_of::<Price>(transaction, &target.id).await?;
                let Some(row) = target.live::<Price>(transaction, &mut errors).await? else {
                    return Err(errors.failure());
                };
                let Some(fields) = changes.onto(&row.fields).fields(row.model_id, &mut errors) else {
                    return Err(errors.failure());
                };
                check_free(transaction, Some(row.id), &fields, "validFrom", &mut errors).await?;
                errors.finish()?;
                if (PriceFields { source: row.source.clone(), ..fields.clone() }) == row.fields {
                    return Ok(row);
                }
                unless_taken(save::<Price>(transaction, row, fields, now).await, "validFrom", TAKEN)
            })
        })
        .await
}

/// Deletes a price.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn delete(editor: &Editor, target: Target) -> WriteResult<PriceRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                parent_of::<Price>(transaction, &target.id).await?;
                let row = target.sure::<Price>(transaction).await?;
                Ok(delete_row::<Price>(transaction, row.id, now).await?)
            })
        })
        .await
}

/// Restores a price.
///
/// # Errors
/// If its model is deleted, another price holds in its time, or something else is wrong; or the database fails.
pub async fn restore(editor: &Editor, id: Reference) -> WriteResult<PriceRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let model = parent_of::<Price>(transaction, &id).await?;
                let row = to_restore::<Price>(transaction, &id).await?;
                if row.deleted_at.is_none() {
                    return Ok(row);
                }
                let mut errors = Errors::default();
                check_alive(model.as_ref(), "id", &mut errors);
                check_free(transaction, Some(row.id), &row.fields, "id", &mut errors).await?;
                Price::check_room(transaction, row.model_id, 1, "id", &mut errors).await?;
                errors.finish()?;
                unless_taken(restore_row::<Price>(transaction, row.id, now).await, "id", TAKEN)
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(amount: &str, from: Option<&str>, until: Option<&str>) -> PriceInput {
        let day = |day: Option<&str>| day.map(|day| day.parse().expect("a day"));
        PriceInput {
            component: PriceComponent::Input,
            service_mode: ServiceMode::Standard,
            min_context_tokens: 0,
            currency: "USD".to_owned(),
            amount: amount.to_owned(),
            valid_from: day(from),
            valid_until: day(until),
        }
    }

    fn found(inputs: &[PriceInput]) -> Vec<(String, UserErrorCode)> {
        let mut errors = Errors::default();
        check_list(inputs, &mut errors);
        errors.found()
    }

    #[test]
    fn an_amount_is_plain_and_exact() {
        assert_eq!(found(&[input("0.000000000001", None, None)]), []);
        for amount in ["1e-12", "-1", "NaN", "", "1000000000"] {
            assert_eq!(found(&[input(amount, None, None)]), [("0.amount".to_owned(), UserErrorCode::Invalid)]);
        }
    }

    #[test]
    fn every_mistake_of_a_price_is_found() {
        let wrong = PriceInput {
            currency: "usd".to_owned(),
            min_context_tokens: -1,
            ..input("-1", Some("2026-02-01"), Some("2026-02-01"))
        };
        let fields: Vec<String> = found(&[wrong]).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["0.amount", "0.currency", "0.minContextTokens", "0.validUntil"]);
    }

    #[test]
    fn one_price_holds_on_a_day() {
        let year = |from, until| input("1", from, until);
        let following = [year(None, Some("2026-01-01")), year(Some("2026-01-01"), None)];
        assert_eq!(found(&following), []);
        for (from, until) in [(None, None), (Some("2025-12-31"), None), (Some("2020-01-01"), Some("2020-01-02"))] {
            let both = [year(None, Some("2026-01-01")), year(from, until)];
            assert_eq!(found(&both), [("1.validFrom".to_owned(), UserErrorCode::Taken)], "{from:?} {until:?}");
        }
        let other_tier = PriceInput { min_context_tokens: 200_000, ..year(None, None) };
        assert_eq!(found(&[year(None, None), other_tier]), []);
    }
}
