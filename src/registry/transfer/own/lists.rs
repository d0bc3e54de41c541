//! The lists of a model's record: aliases, parameters, capabilities, categories, prices.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use serde_json::value::RawValue;

use crate::domain::{
    JsonText, ParameterType, Period, ServiceMode, Support, check_category_name, check_currency, check_free_name,
    check_slug, check_snake_case,
};

use super::super::draft::{
    AliasDraft, CapabilityLinkDraft, CategoryLinkDraft, ModelDraft, ParameterDraft, PriceDraft, Stamps,
};
use super::super::error::ReadError;
use super::super::values;
use super::record::Record;

const ALIAS: &[&str] = &["alias", "source", "created_at", "updated_at"];

const PARAMETER: &[&str] = &[
    "name",
    "type",
    "value",
    "is_default",
    "description",
    "minimum",
    "maximum",
    "allowed_values",
    "source",
    "created_at",
    "updated_at",
];

const CAPABILITY: &[&str] =
    &["name", "support", "config", "config_json", "is_default", "source", "created_at", "updated_at"];

const CATEGORY: &[&str] = &["path", "source", "created_at", "updated_at"];

const PRICE: &[&str] = &[
    "component",
    "service_mode",
    "min_context_tokens",
    "currency",
    "amount",
    "valid_from",
    "valid_until",
    "source",
    "created_at",
    "updated_at",
];

/// Reads all lists into a model whose own fields are read.
///
/// # Errors
/// [`ReadError::Record`] at a member that isn't as the format says, or has the natural key of an earlier one,
/// and at a price that holds on a day on which another of the same thing does.
pub fn read(record: &mut Record<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    let stamps = model.stamps;
    model.aliases = list(record, "aliases", ALIAS, |member| alias(member, stamps), |row| row.alias.clone())?;
    model.parameters =
        list(record, "parameters", PARAMETER, |member| parameter(member, stamps), |row| row.name.clone())?;
    model.capabilities =
        list(record, "capabilities", CAPABILITY, |member| capability(member, stamps), |row| row.name.clone())?;
    model.categories =
        list(record, "categories", CATEGORY, |member| category(member, stamps), |row| row.category_path.clone())?;
    model.prices = list(record, "prices", PRICE, |member| price(member, stamps), price_key)?;
    match overlapping(&model.prices) {
        None => Ok(()),
        Some((earlier, later)) => {
            let path = |index| format!("{}.prices[{index}]", record.path());
            let message = format!("holds on days on which {} does; end one before the other begins", path(earlier));
            Err(ReadError::record(path(later), message))
        }
    }
}

/// The places of two prices of the same thing that hold on one day.
fn overlapping(prices: &[PriceDraft]) -> Option<(usize, usize)> {
    let period = |price: &PriceDraft| Period { from: price.valid_from, until: price.valid_until };
    let mut slots: HashMap<_, Vec<usize>> = HashMap::new();
    for (later, price) in prices.iter().enumerate() {
        let slot = (price.component, price.service_mode, price.min_context_tokens, price.currency.as_str());
        let known = slots.entry(slot).or_default();
        if let Some(earlier) = known.iter().find(|earlier| period(&prices[**earlier]).meets(period(price))) {
            return Some((*earlier, later));
        }
        known.push(later);
    }
    None
}

/// A member of a list: an object, or just the text that its first key would have.
enum Member<'a> {
    Short(String, String),
    Full(Record<'a>),
}

fn list<T>(
    record: &mut Record<'_>,
    name: &str,
    allowed: &[&str],
    read: impl Fn(Member<'_>) -> Result<T, ReadError>,
    key: impl Fn(&T) -> String,
) -> Result<Vec<T>, ReadError> {
    let mut keys = HashSet::new();
    let mut rows = Vec::new();
    for (raw, path) in record.members(name)? {
        let row = read(open(raw, path.clone(), allowed)?)?;
        let key = key(&row);
        if keys.contains(&key) {
            return Err(ReadError::record(path, format!("{key:?} stands in the list already")));
        }
        keys.insert(key);
        rows.push(row);
    }
    Ok(rows)
}

fn open<'a>(raw: &'a RawValue, path: String, allowed: &[&str]) -> Result<Member<'a>, ReadError> {
    match values::text(raw) {
        Some(text) => Ok(Member::Short(text, path)),
        None => Record::open(raw, path, allowed).map(Member::Full),
    }
}

impl<'a> Member<'a> {
    fn full(self) -> Result<Record<'a>, ReadError> {
        match self {
            Self::Full(record) => Ok(record),
            Self::Short(_, path) => Err(ReadError::record(path, "must be an object: {\"name\": value, ...}")),
        }
    }
}

/// A member's own stamps, or its model's.
fn stamps(record: &mut Record<'_>, model: Stamps) -> Result<Stamps, ReadError> {
    let own = record.stamps()?;
    Ok(Stamps { created_at: own.created_at.or(model.created_at), updated_at: own.updated_at.or(model.updated_at) })
}

fn alias(member: Member<'_>, model: Stamps) -> Result<AliasDraft, ReadError> {
    match member {
        Member::Short(alias, path) => {
            check_free_name(&alias).map_err(|error| ReadError::record(path, error))?;
            Ok(AliasDraft { alias, source: None, stamps: model })
        }
        Member::Full(mut record) => Ok(AliasDraft {
            alias: record.name("alias", check_free_name)?,
            source: record.text("source")?,
            stamps: stamps(&mut record, model)?,
        }),
    }
}

fn category(member: Member<'_>, model: Stamps) -> Result<CategoryLinkDraft, ReadError> {
    let check_path = |path: &str| path.split('/').try_for_each(check_category_name);
    match member {
        Member::Short(category_path, path) => {
            check_path(&category_path).map_err(|error| ReadError::record(path, error))?;
            Ok(CategoryLinkDraft { category_path, source: None, stamps: model })
        }
        Member::Full(mut record) => Ok(CategoryLinkDraft {
            category_path: record.name("path", check_path)?,
            source: record.text("source")?,
            stamps: stamps(&mut record, model)?,
        }),
    }
}

fn parameter(member: Member<'_>, model: Stamps) -> Result<ParameterDraft, ReadError> {
    let mut record = member.full()?;
    let parameter = ParameterDraft {
        name: record.name("name", check_snake_case)?,
        parameter_type: record.required_word("type")?,
        value: value(&mut record)?,
        is_default: record.flag("is_default", false)?,
        description: record.text("description")?,
        minimum: record.number("minimum")?,
        maximum: record.number("maximum")?,
        allowed_values: record.json_list("allowed_values")?,
        source: record.text("source")?,
        stamps: stamps(&mut record, model)?,
    };
    check_value(&parameter).map_err(|message| ReadError::record(format!("{}.value", record.path()), message))?;
    Ok(parameter)
}

/// A parameter's value; null is a value of type json.
fn value(record: &mut Record<'_>) -> Result<JsonText, ReadError> {
    match record.json("value")? {
        Some(value) => Ok(value),
        None => values::to_json(&None::<bool>, record.path()),
    }
}

fn check_value(parameter: &ParameterDraft) -> Result<(), String> {
    let ParameterDraft { parameter_type, value, minimum, maximum, .. } = parameter;
    if *parameter_type == ParameterType::Json {
        return Ok(());
    }
    let json: Value = value.read().map_err(|error| error.to_string())?;
    let accepted = parameter_type.accept(&json).map_err(|error| error.to_string())?;
    accepted.check_bounds(*minimum, *maximum).map_err(|error| error.to_string())
}

fn capability(member: Member<'_>, model: Stamps) -> Result<CapabilityLinkDraft, ReadError> {
    let mut record = member.full()?;
    Ok(CapabilityLinkDraft {
        name: record.name("name", check_slug)?,
        support: record.word("support")?.unwrap_or(Support::Supported),
        config: record.text("config")?,
        config_json: record.json("config_json")?,
        is_default: record.flag("is_default", false)?,
        source: record.text("source")?,
        stamps: stamps(&mut record, model)?,
    })
}

fn price(member: Member<'_>, model: Stamps) -> Result<PriceDraft, ReadError> {
    let mut record = member.full()?;
    Ok(PriceDraft {
        component: record.required_word("component")?,
        service_mode: record.word("service_mode")?.unwrap_or(ServiceMode::Standard),
        min_context_tokens: tokens(&mut record)?,
        currency: record.name("currency", check_currency)?,
        amount: record.required_word("amount")?,
        valid_from: record.day("valid_from")?,
        valid_until: record.day("valid_until")?,
        source: record.text("source")?,
        stamps: stamps(&mut record, model)?,
    })
}

fn tokens(record: &mut Record<'_>) -> Result<i64, ReadError> {
    let tokens = record.whole("min_context_tokens")?.unwrap_or(0);
    if tokens >= 0 {
        return Ok(tokens);
    }
    let path = format!("{}.min_context_tokens", record.path());
    Err(ReadError::record(path, "must be a whole number of tokens, 0 or more"))
}

fn price_key(row: &PriceDraft) -> String {
    let from = row.valid_from.map(|day| day.to_string()).unwrap_or_default();
    format!("{} {} {} {} {from}", row.component, row.service_mode, row.min_context_tokens, row.currency)
        .trim_end()
        .to_owned()
}
