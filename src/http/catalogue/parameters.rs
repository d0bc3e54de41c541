//! What an import is asked for in its address.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::registry::transfer::format::Format;

/// Most changed records that are named.
const MOST_CHANGES: usize = 10_000;
/// Changed records that a dry run names, unless told otherwise.
const SHOWN_BY_DRY_RUN: usize = 20;
/// Longest name of a file, in characters, as file systems have it.
const MOST_OF_NAME: usize = 255;

/// How a file is to be imported.
#[derive(Debug, PartialEq, Eq)]
pub struct Parameters {
    /// What the file is.
    pub format: Format,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// The day from which changed prices hold; today in UTC, if none is given.
    pub as_of: Option<NaiveDate>,
    /// How many changed records are to be named, if it is said.
    changes: Option<usize>,
    /// The file's name, as the history is to tell it.
    pub name: Option<String>,
    /// Why, as the history is to tell it.
    pub reason: Option<String>,
}

impl Parameters {
    /// Reads them from the pairs of a query string.
    ///
    /// # Errors
    /// What is wrong with which, and what would be right.
    pub fn parse(pairs: Vec<(String, String)>) -> Result<Self, String> {
        let mut given = BTreeMap::new();
        for (name, value) in pairs {
            if given.contains_key(&name) {
                return Err(format!("{name} stands twice; once is enough"));
            }
            given.insert(name, value);
        }
        let format = given.remove("format").ok_or_else(|| format!("format is missing; {}", formats()))?;
        let parameters = Self {
            format: Format::named(&format).ok_or_else(|| format!("format: {format:?} is none; {}", formats()))?,
            dry_run: taken(&mut given, "dryRun", "true or false")?.unwrap_or_default(),
            as_of: taken(&mut given, "asOf", "a day such as 2026-05-01")?,
            changes: taken(&mut given, "changes", "a whole number")?,
            name: given.remove("name"),
            reason: given.remove("reason").filter(|reason| !reason.is_empty()),
        };
        if parameters.changes.is_some_and(|changes| changes > MOST_CHANGES) {
            return Err(format!("changes: at most {MOST_CHANGES} are named"));
        }
        let is_name = |name: &String| name.chars().count() <= MOST_OF_NAME && !name.contains(char::is_control);
        if !parameters.name.as_ref().is_none_or(is_name) {
            return Err(format!("name: at most {MOST_OF_NAME} characters, without control characters"));
        }
        match given.into_keys().next() {
            None => Ok(parameters),
            Some(unknown) => {
                Err(format!("{unknown}: not known; there are format, dryRun, asOf, changes, name and reason"))
            }
        }
    }

    /// How many changed records are to be named.
    pub const fn shown(&self) -> usize {
        match self.changes {
            Some(changes) => changes,
            None if self.dry_run => SHOWN_BY_DRY_RUN,
            None => 0,
        }
    }
}

fn taken<T: std::str::FromStr>(
    given: &mut BTreeMap<String, String>,
    name: &str,
    right: &str,
) -> Result<Option<T>, String> {
    let Some(text) = given.remove(name) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| format!("{name}: {text:?} is not {right}"))
}

fn formats() -> String {
    let names = Format::ALL.map(Format::name);
    format!("one of {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Parameters, String> {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        Parameters::parse(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    #[test]
    fn only_the_format_has_to_be_said() {
        let parameters = parse("format=models-dev").expect("sound");
        assert_eq!((parameters.format, parameters.dry_run, parameters.shown()), (Format::ModelsDev, false, 0));
        let parameters = parse("format=modelry&dryRun=true&asOf=2026-05-01&name=x.jsonl&reason=").expect("sound");
        assert_eq!((parameters.dry_run, parameters.shown()), (true, 20));
        assert_eq!(parameters.as_of.map(|day| day.to_string()).as_deref(), Some("2026-05-01"));
        assert_eq!((parameters.name.as_deref(), parameters.reason), (Some("x.jsonl"), None));
        assert_eq!(parse("format=litellm&changes=10000").expect("sound").shown(), 10_000);
    }

    #[test]
    fn what_cannot_be_taken_is_named() {
        for (text, begins) in [
            ("dryRun=true", "format is missing; one of models-dev, litellm, openrouter, modelry"),
            ("format=csv", "format: \"csv\" is none; one of models-dev"),
            ("format=modelry&dryRun=yes", "dryRun: \"yes\" is not true or false"),
            ("format=modelry&asOf=2026-02-30", "asOf: \"2026-02-30\" is not a day"),
            ("format=modelry&changes=-1", "changes: \"-1\" is not a whole number"),
            ("format=modelry&changes=10001", "changes: at most 10000"),
            ("format=modelry&name=a\u{0}b", "name: at most 255 characters"),
            ("format=modelry&dryrun=true", "dryrun: not known"),
            ("format=modelry&format=modelry", "format stands twice"),
        ] {
            let message = parse(text).expect_err(text);
            assert!(message.starts_with(begins), "{text}: {message}");
        }
    }
}
