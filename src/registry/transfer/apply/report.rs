//! What an import did, or would do.

use std::fmt;

use chrono::NaiveDate;
use indexmap::IndexMap;
use serde::Serialize;

use super::super::draft::FieldTally;

/// What is counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Suppliers.
    Suppliers,
    /// Definitions of capabilities.
    Capabilities,
    /// Definitions of categories.
    Categories,
    /// Models.
    Models,
    /// Other names of models.
    Aliases,
    /// Parameters of models.
    Parameters,
    /// What models can do.
    CapabilityLinks,
    /// Which categories models are in.
    CategoryLinks,
    /// Prices of models. A price that changes counts once, though its old row stays and a new one begins.
    Prices,
}

impl Kind {
    /// Every kind, in the order they are reported.
    pub const ALL: [Self; 9] = [
        Self::Suppliers,
        Self::Capabilities,
        Self::Categories,
        Self::Models,
        Self::Aliases,
        Self::Parameters,
        Self::CapabilityLinks,
        Self::CategoryLinks,
        Self::Prices,
    ];

    const fn title(self) -> &'static str {
        match self {
            Self::Suppliers => "suppliers",
            Self::Capabilities => "capabilities",
            Self::Categories => "categories",
            Self::Models => "models",
            Self::Aliases => "aliases",
            Self::Parameters => "parameters",
            Self::CapabilityLinks => "capability links",
            Self::CategoryLinks => "category links",
            Self::Prices => "prices",
        }
    }
}

/// What happened to the records of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Not there before.
    pub created: usize,
    /// There before, and different now.
    pub updated: usize,
    /// Stated by the file, and in the database already.
    pub unchanged: usize,
    /// No longer stated.
    pub removed: usize,
}

impl Counts {
    const fn changes(self) -> usize {
        self.created + self.updated + self.removed
    }
}

/// One field that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Its name; a row of a model's list by the list's name and its own, such as `parameters.context_window`.
    pub field: String,
    /// Its value before; none if it had none.
    pub before: Option<String>,
    /// Its value now; none if it has none any more.
    pub after: Option<String>,
}

/// A supplier or model that was there before and changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The supplier's name, or supplier and model with a slash between them.
    pub record: String,
    /// What changed.
    pub fields: Vec<FieldChange>,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Name of the source.
    pub source: String,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// The day from which changed prices hold.
    pub as_of: NaiveDate,
    /// The number of the change set that it is in the history; none if nothing was written.
    pub change_set: Option<i64>,
    /// Whether the database was, or is, different after the import.
    pub changes_anything: bool,
    /// What happened, by kind.
    pub counts: IndexMap<Kind, Counts>,
    /// Fields of the source that the schema has no home for: how often each occurred, most frequent first.
    pub homeless: FieldTally,
    /// Suppliers and models that changed, as many as were asked for.
    pub changed: Vec<Changed>,
    /// How many more changed.
    pub more_changed: usize,
}

impl Report {
    /// The counts of one kind.
    pub fn of(&self, kind: Kind) -> Counts {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// How many rows changed, or would.
    pub fn changes(&self) -> usize {
        self.counts.values().map(|counts| counts.changes()).sum()
    }

    pub(super) fn new(source: &str, as_of: NaiveDate, mut homeless: FieldTally) -> Self {
        homeless.sort_by(|left, times, right, other_times| other_times.cmp(times).then_with(|| left.cmp(right)));
        Self {
            source: source.to_owned(),
            dry_run: false,
            as_of,
            change_set: None,
            changes_anything: false,
            counts: Kind::ALL.into_iter().map(|kind| (kind, Counts::default())).collect(),
            homeless,
            changed: Vec::new(),
            more_changed: 0,
        }
    }

    pub(super) fn count(&mut self, kind: Kind) -> &mut Counts {
        self.counts.entry(kind).or_default()
    }

    /// Notes what changed of a record, if anything did.
    pub(super) fn note(&mut self, record: impl FnOnce() -> String, fields: Vec<FieldChange>, most: usize) {
        if fields.is_empty() {
            return;
        }
        if self.changed.len() < most {
            self.changed.push(Changed { record: record(), fields });
        } else {
            self.more_changed += 1;
        }
    }

    pub(super) fn settle(&mut self) {
        self.changes_anything = self.changes() > 0;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.changes_anything, self.dry_run) {
            (false, _) => writeln!(out, "{}: nothing to change, the catalogue says all of this already", self.source)?,
            (true, true) => writeln!(out, "{} as of {}, dry run: nothing was written", self.source, self.as_of)?,
            (true, false) => writeln!(out, "{} as of {}, imported", self.source, self.as_of)?,
        }
        writeln!(out, "{:18}{:>10}{:>10}{:>10}{:>10}", "", "created", "updated", "unchanged", "removed")?;
        for (kind, counts) in self.counts.iter().filter(|(_, counts)| **counts != Counts::default()) {
            let Counts { created, updated, unchanged, removed } = counts;
            writeln!(out, "{:18}{created:>10}{updated:>10}{unchanged:>10}{removed:>10}", kind.title())?;
        }
        self.show_changed(out)?;
        self.show_homeless(out)
    }
}

impl Report {
    fn show_changed(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Changed { record, fields } in &self.changed {
            writeln!(out, "{record}")?;
            for FieldChange { field, before, after } in fields {
                let [before, after] = [before, after].map(|value| value.as_deref().unwrap_or("-"));
                writeln!(out, "  {field}: {before} -> {after}")?;
            }
        }
        match self.more_changed {
            0 => Ok(()),
            _ if self.changed.is_empty() => Ok(()),
            more => writeln!(out, "... and {more} more"),
        }
    }

    fn show_homeless(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.homeless.is_empty() {
            return Ok(());
        }
        writeln!(out, "fields without a home in the schema, kept in `extra`:")?;
        self.homeless.iter().try_for_each(|(name, times)| writeln!(out, "{times:>8}  {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let homeless = FieldTally::from([("rare".to_owned(), 1), ("b".to_owned(), 7), ("a".to_owned(), 7)]);
        Report::new("models-dev", "2026-05-25".parse().expect("a day"), homeless)
    }

    #[test]
    fn fields_without_a_home_are_told_by_how_often_they_occur() {
        assert_eq!(report().homeless.keys().collect::<Vec<_>>(), ["a", "b", "rare"]);
    }

    #[test]
    fn no_more_changes_are_told_than_were_asked_for() {
        let mut report = report();
        let change = || vec![FieldChange { field: "logo".to_owned(), before: None, after: Some("x".to_owned()) }];
        report.note(|| "quiet".to_owned(), Vec::new(), 1);
        report.note(|| "openai".to_owned(), change(), 1);
        report.note(|| "xai".to_owned(), change(), 1);
        report.count(Kind::Suppliers).updated = 2;
        report.settle();
        let text = report.to_string();
        assert!(text.contains("openai\n  logo: - -> x\n... and 1 more\n"), "{text}");
        assert!(!text.contains("quiet") && !text.contains("parameters"), "{text}");
    }

    #[test]
    fn an_import_that_changes_nothing_says_so() {
        let mut report = report();
        report.count(Kind::Models).unchanged = 3;
        report.settle();
        assert!(report.to_string().starts_with("models-dev: nothing to change"));
        assert_eq!(serde_json::to_value(&report).expect("json")["counts"]["models"]["unchanged"], 3);
    }
}
