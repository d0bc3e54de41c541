//! models.dev's `cost`: US dollars per million tokens, with tiers by the length of the context.

use crate::domain::{PriceComponent, ServiceMode};

use super::super::error::ReadError;
use super::super::fields::Fields;
use super::super::prices::{Entered, PriceBook, Slot, lasting};
use super::super::tree::Object;
use super::super::{draft::PriceDraft, values};

/// Fields of `cost`, and what they are the price of. All are for a million tokens.
const COST: &[(&str, PriceComponent)] = &[
    ("input", PriceComponent::Input),
    ("output", PriceComponent::Output),
    ("reasoning", PriceComponent::Reasoning),
    ("cache_read", PriceComponent::CacheRead),
    ("cache_write", PriceComponent::CacheWrite),
    ("input_audio", PriceComponent::InputAudio),
    ("output_audio", PriceComponent::OutputAudio),
];

/// The older spelling of a tier, and where that tier begins.
const OVER_200K: (&str, i64) = ("context_over_200k", 200_000);

/// Reads a `cost` object into the book.
///
/// Where there are tiers, `context_over_200k` is the publisher's copy of one of them for older readers (whatever that
/// tier's size): it is given back as it is, and counted as homeless only if it agrees with none of them.
///
/// # Errors
/// [`ReadError::Record`] at a negative price.
pub fn read(cost: &mut Fields<'_>, service_mode: ServiceMode, book: &mut PriceBook) -> Result<(), ReadError> {
    rates(cost, service_mode, 0, book, Spelling::Usual)?;
    let sizes = tiers(cost, service_mode, book)?;
    let (name, size) = OVER_200K;
    let Some(mut copy) = cost.child(name)? else { return Ok(()) };
    if sizes.is_empty() {
        rates(&mut copy, service_mode, size, book, Spelling::Marked)?;
    } else {
        let mut repeated = false;
        for size in sizes {
            repeated |= repeats(&copy, service_mode, size, book)?;
        }
        if repeated {
            COST.iter().try_for_each(|(field, _)| copy.keep(field))?;
        }
    }
    copy.close(cost, name)
}

/// Whether a rate's place follows from its row, or is marked among the leftovers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Usual,
    Marked,
}

fn rates(
    fields: &mut Fields<'_>,
    service_mode: ServiceMode,
    min_context_tokens: i64,
    book: &mut PriceBook,
    spelling: Spelling,
) -> Result<(), ReadError> {
    for (name, component) in COST {
        let Some(raw) = fields.get(name) else { continue };
        let Some(amount) = values::price(raw, &fields.at(name), 0)? else { continue };
        match book.enter(Slot { component: *component, service_mode, min_context_tokens }, amount) {
            Entered::New => {
                fields.take(name);
                if spelling == Spelling::Marked {
                    fields.mark(name)?;
                }
            }
            Entered::Same => fields.keep(name)?,
            Entered::Other => {}
        }
    }
    Ok(())
}

/// Reads `tiers` and answers the sizes of those that are understood. Unless all are, each of another size, the list is
/// left whole beside its prices.
fn tiers(cost: &mut Fields<'_>, service_mode: ServiceMode, book: &mut PriceBook) -> Result<Vec<i64>, ReadError> {
    let Some(tiers) = cost.children("tiers")? else { return Ok(Vec::new()) };
    let count = tiers.len();
    let mut known: Vec<(i64, Fields<'_>)> =
        tiers.into_iter().filter_map(|tier| Some((context_size(&tier)?, tier))).collect();
    known.sort_by_key(|(size, _)| *size);
    known.dedup_by_key(|(size, _)| *size);
    for (size, tier) in &mut known {
        take_size(tier)?;
        rates(tier, service_mode, *size, book, Spelling::Usual)?;
    }
    let (sizes, tiers): (Vec<i64>, Vec<Fields<'_>>) = known.into_iter().unzip();
    if tiers.len() == count {
        Fields::close_children(tiers, cost, "tiers")?;
    }
    Ok(sizes)
}

/// Takes what says where a tier begins. That older files leave out its kind is marked, so that they come back as they
/// were.
fn take_size(tier: &mut Fields<'_>) -> Result<(), ReadError> {
    let Some(mut key) = tier.child("tier")? else { return Ok(()) };
    key.take("size");
    if key.take("type").is_none() {
        key.mark("type")?;
    }
    key.close(tier, "tier")
}

/// Where a tier begins; `None` if it goes by anything but the length of the context.
fn context_size(tier: &Fields<'_>) -> Option<i64> {
    let mut key = Fields::open(tier.get("tier")?, String::new(), "").ok()?;
    let kind = key.take_as("type", values::text);
    let size = key.take_as("size", values::whole).filter(|size| *size > 0);
    let known = kind.is_none_or(|kind| kind == "context") && key.names().is_empty();
    size.filter(|_| known)
}

/// Whether an object's rates are those of a tier, which it then is a copy of.
fn repeats(
    copy: &Fields<'_>,
    service_mode: ServiceMode,
    min_context_tokens: i64,
    book: &PriceBook,
) -> Result<bool, ReadError> {
    for (name, component) in COST {
        let Some(raw) = copy.get(name) else { continue };
        let amount = values::price(raw, &copy.at(name), 0)?;
        if amount.is_none() || book.amount(Slot { component: *component, service_mode, min_context_tokens }) != amount {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Puts the prices that the format can say into a model's record.
///
/// # Errors
/// None in practice: decimals are JSON.
pub fn write(prices: &[PriceDraft], record: &mut Object) -> serde_json::Result<()> {
    for (slot, amount) in lasting(prices) {
        let Some((name, _)) = COST.iter().find(|(_, component)| *component == slot.component) else { continue };
        place(record, slot, name)?.put_amount(name, amount, 0)?;
    }
    Ok(())
}

/// The object in which the rate `name` of a slot stands.
fn place<'a>(record: &'a mut Object, slot: Slot, name: &str) -> serde_json::Result<&'a mut Object> {
    let cost = match slot.service_mode {
        ServiceMode::Standard => record.object("cost"),
        mode => record.object("experimental").object("modes").object(mode.as_str()).object("cost"),
    };
    let (old, old_size) = OVER_200K;
    match slot.min_context_tokens {
        0 => Ok(cost),
        size if size == old_size && cost.has(old) && cost.object(old).is_mark(name) => Ok(cost.object(old)),
        size => tier(cost.list("tiers"), size),
    }
}

/// The tier of a size: the one that has it, else the first that has none yet (leftovers stand in the tiers' order).
fn tier(tiers: &mut Vec<Object>, size: i64) -> serde_json::Result<&mut Object> {
    let digits = size.to_string();
    let key = |tier: &mut Object| {
        let key = tier.object("tier");
        let by_context = matches!(key.text("type"), None | Some("null" | "\"context\""));
        (by_context, key.text("size").map(str::to_owned))
    };
    let keys: Vec<(bool, Option<String>)> = tiers.iter_mut().map(key).collect();
    let own = keys.iter().position(|(by_context, size)| *by_context && size.as_ref() == Some(&digits));
    let index = own.or_else(|| keys.iter().position(|(_, size)| size.is_none())).unwrap_or(tiers.len());
    if index == tiers.len() {
        tiers.push(Object::default());
    }
    let tier = &mut tiers[index];
    let key = tier.object("tier");
    if !key.has("type") {
        key.put("type", "context")?;
    }
    key.put("size", &size)?;
    Ok(tier)
}
