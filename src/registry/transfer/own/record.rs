//! One record of the own format, read strictly: what isn't as the format says is an error with its path.

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;
use serde_json::value::RawValue;

use crate::domain::{JsonText, NameError, Timestamp, check_url};
use crate::registry::check;

use super::super::draft::Stamps;
use super::super::error::ReadError;
use super::super::fields::{Fields, join};
use super::super::values;

/// A record whose keys are all known.
pub struct Record<'a>(Fields<'a>);

/// The kind that a line says it is.
///
/// # Errors
/// [`ReadError::Record`] if it doesn't say.
pub fn kind(raw: &RawValue, path: &str) -> Result<String, ReadError> {
    let mut fields = Fields::open(raw, path.to_owned(), "")?;
    fields
        .take_as("kind", values::text)
        .ok_or_else(|| ReadError::record(fields.at("kind"), "must be capability, category, supplier or model"))
}

impl<'a> Record<'a> {
    /// Opens a record that may have the keys `allowed`.
    ///
    /// # Errors
    /// [`ReadError::Record`] if it is no object, or has another key, or a key twice.
    pub fn open(raw: &'a RawValue, path: String, allowed: &[&str]) -> Result<Self, ReadError> {
        let fields = Fields::open(raw, path, "")?;
        match fields.names().iter().find(|name| !allowed.contains(&&***name)) {
            None => Ok(Self(fields)),
            Some(name) => {
                let message = format!("is no field here; the fields are {}", allowed.join(", "));
                Err(ReadError::record(fields.at(name), message))
            }
        }
    }

    /// Where the record stands.
    pub fn path(&self) -> &str {
        self.0.path()
    }

    fn wrong(&self, name: &str, message: impl ToString) -> ReadError {
        ReadError::record(self.0.at(name), message)
    }

    /// Takes a field; `None` if absent or null.
    fn value<T>(
        &mut self,
        name: &str,
        convert: impl FnOnce(&'a RawValue) -> Option<T>,
        expected: &str,
    ) -> Result<Option<T>, ReadError> {
        match self.0.take(name) {
            None => Ok(None),
            Some(raw) => convert(raw).map(Some).ok_or_else(|| self.wrong(name, format!("must be {expected}"))),
        }
    }

    fn needed<T>(&self, name: &str, value: Option<T>) -> Result<T, ReadError> {
        value.ok_or_else(|| self.wrong(name, "is missing"))
    }

    /// A text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        self.value(name, values::text, "a text")
    }

    /// A text that must be there.
    pub fn required(&mut self, name: &str) -> Result<String, ReadError> {
        let text = self.text(name)?;
        self.needed(name, text)
    }

    /// A text that must be there and pass a check of names.
    pub fn name(&mut self, name: &str, check: impl FnOnce(&str) -> Result<(), NameError>) -> Result<String, ReadError> {
        let text = self.optional_name(name, check)?;
        self.needed(name, text)
    }

    /// A text that must pass a check of names.
    pub fn optional_name(
        &mut self,
        name: &str,
        check: impl FnOnce(&str) -> Result<(), NameError>,
    ) -> Result<Option<String>, ReadError> {
        let text = self.text(name)?;
        text.as_deref().map_or(Ok(()), check).map_err(|error| self.wrong(name, error))?;
        Ok(text)
    }

    /// An address.
    pub fn url(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        self.optional_name(name, check_url)
    }

    /// A picture: a path, or an address on the web.
    pub fn picture(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let text = self.text(name)?;
        text.as_ref().map_or(Ok(()), check::picture).map_err(|(_, message)| self.wrong(name, message))?;
        Ok(text)
    }

    /// A text that reads as a `T`: a word of a closed set, an amount, a date of known precision.
    pub fn word<T: FromStr<Err: Display>>(&mut self, name: &str) -> Result<Option<T>, ReadError> {
        let text = self.text(name)?;
        text.map(|text| text.parse()).transpose().map_err(|error: T::Err| self.wrong(name, error))
    }

    /// Like [`Record::word`], for a text that must be there.
    pub fn required_word<T: FromStr<Err: Display>>(&mut self, name: &str) -> Result<T, ReadError> {
        let word = self.word(name)?;
        self.needed(name, word)
    }

    /// A day, written in full.
    pub fn day(&mut self, name: &str) -> Result<Option<NaiveDate>, ReadError> {
        self.value(name, values::day, "a day, such as \"2026-01-31\"")
    }

    /// True or false.
    pub fn optional_flag(&mut self, name: &str) -> Result<Option<bool>, ReadError> {
        self.value(name, values::flag, "true or false")
    }

    /// True or false, or what absence stands for.
    pub fn flag(&mut self, name: &str, default: bool) -> Result<bool, ReadError> {
        Ok(self.optional_flag(name)?.unwrap_or(default))
    }

    /// A whole number.
    pub fn whole(&mut self, name: &str) -> Result<Option<i64>, ReadError> {
        self.value(name, values::whole, "a whole number")
    }

    /// A place among siblings; 0 if absent.
    pub fn position(&mut self, name: &str) -> Result<i32, ReadError> {
        let small = |raw| values::whole(raw).and_then(|whole| i32::try_from(whole).ok());
        Ok(self.value(name, small, "a whole number of 32 bits")?.unwrap_or(0))
    }

    /// A number. Not read by the JSON library, whose result may be off by one in the last place.
    pub fn number(&mut self, name: &str) -> Result<Option<f64>, ReadError> {
        let exact = |raw| values::number(raw)?.parse().ok().filter(|number: &f64| number.is_finite());
        self.value(name, exact, "a number")
    }

    /// Any JSON but null.
    pub fn json(&mut self, name: &str) -> Result<Option<JsonText>, ReadError> {
        self.value(name, |raw| JsonText::parse(raw.get()).ok(), "JSON")
    }

    /// A list, as JSON.
    pub fn json_list(&mut self, name: &str) -> Result<Option<JsonText>, ReadError> {
        self.value(name, |raw| values::items(raw).and_then(|_| JsonText::parse(raw.get()).ok()), "a list")
    }

    /// A list of texts.
    pub fn texts(&mut self, name: &str) -> Result<Option<Vec<String>>, ReadError> {
        self.value(name, values::texts, "a list of texts")
    }

    /// The members of a list, each with its path; empty if absent.
    pub fn members(&mut self, name: &str) -> Result<Vec<(&'a RawValue, String)>, ReadError> {
        let members = self.value(name, values::items, "a list")?.unwrap_or_default();
        let path = |index| format!("{}[{index}]", join(self.path(), name));
        Ok(members.into_iter().enumerate().map(|(index, raw)| (raw, path(index))).collect())
    }

    /// An object of the format's own.
    pub fn child(&mut self, name: &str, allowed: &[&str]) -> Result<Option<Self>, ReadError> {
        let path = self.0.at(name);
        self.0.take(name).map(|raw| Self::open(raw, path, allowed)).transpose()
    }

    /// An object with any keys.
    pub fn object(&mut self, name: &str) -> Result<Option<Fields<'a>>, ReadError> {
        let path = self.0.at(name);
        self.0.take(name).map(|raw| Fields::open(raw, path, "")).transpose()
    }

    /// When the row was made and last changed.
    pub fn stamps(&mut self) -> Result<Stamps, ReadError> {
        Ok(Stamps { created_at: self.moment("created_at")?, updated_at: self.moment("updated_at")? })
    }

    fn moment(&mut self, name: &str) -> Result<Option<Timestamp>, ReadError> {
        let moment = |raw: &RawValue| serde_json::from_str(raw.get()).ok();
        self.value(name, moment, "a moment, such as \"2026-01-31T08:30:00.000000Z\"")
    }
}
