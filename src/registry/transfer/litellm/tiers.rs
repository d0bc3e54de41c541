//! LiteLLM's `tiered_pricing`: a list of ranges of context, each with its prices.

use crate::domain::{Amount, ServiceMode};

use super::super::error::ReadError;
use super::super::fields::Fields;
use super::super::prices::{PriceBook, Slot};
use super::super::tree::Object;
use super::super::values;
use super::{enter, names};

/// The field.
const TIERS: &str = "tiered_pricing";

/// Reads the tiers' prices into the book. What is left of each tier is its range and the marks of its prices; a list
/// that isn't one of ascending ranges of context is left whole.
///
/// # Errors
/// [`ReadError::Record`] at a negative price.
pub fn read(fields: &mut Fields<'_>, book: &mut PriceBook) -> Result<(), ReadError> {
    let Some(mut tiers) = fields.children(TIERS)? else { return Ok(()) };
    let starts: Option<Vec<i64>> = tiers.iter().map(|tier| start(tier.get("range")?.get())).collect();
    let Some(starts) = starts.filter(|starts| starts.is_sorted_by(|left, right| left < right)) else {
        return Ok(());
    };
    for (tier, start) in tiers.iter_mut().zip(starts) {
        tier.keep("range")?;
        for name in tier.names() {
            let Some(slot) = slot(&name, start) else { continue };
            enter(tier, &name, slot, false, book)?;
        }
    }
    Fields::close_children(tiers, fields, TIERS)
}

/// Where a range of two whole numbers begins. One without an end has null in its place.
fn start(range: &str) -> Option<i64> {
    let [first, last]: [&serde_json::value::RawValue; 2] = serde_json::from_str(range).ok()?;
    let ends = last.get() == "null" || values::whole(last).is_some();
    values::whole(first).filter(|start| ends && *start >= 0)
}

/// The slot of a price inside a tier, which must not name a mode or a tier of its own.
fn slot(name: &str, start: i64) -> Option<Slot> {
    let slot = names::parse(name)?;
    let plain = slot.min_context_tokens == 0 && slot.service_mode == ServiceMode::Standard;
    plain.then_some(Slot { min_context_tokens: start, ..slot })
}

/// Puts prices back where tiers have marks for them, and takes them from `prices`.
///
/// # Errors
/// None in practice: decimals are JSON.
pub fn write(prices: &mut Vec<(Slot, Amount)>, record: &mut Object) -> serde_json::Result<()> {
    if !record.has(TIERS) {
        return Ok(());
    }
    for tier in record.list(TIERS) {
        let Some(start) = tier.text("range").and_then(start) else { continue };
        put_marked(prices, tier, |name| slot(name, start))?;
    }
    Ok(())
}

/// Puts prices into an object's marked fields, and takes them from `prices`.
///
/// # Errors
/// None in practice: decimals are JSON.
pub fn put_marked(
    prices: &mut Vec<(Slot, Amount)>,
    object: &mut Object,
    slot: impl Fn(&str) -> Option<Slot>,
) -> serde_json::Result<()> {
    let marked: Vec<String> = object.names().filter(|name| object.is_mark(name)).map(str::to_owned).collect();
    for name in marked {
        let Some(index) = slot(&name).and_then(|slot| prices.iter().position(|(other, _)| *other == slot)) else {
            continue;
        };
        let (slot, amount) = prices.remove(index);
        object.put_amount(&name, amount, slot.component.unit().exponent())?;
    }
    Ok(())
}
