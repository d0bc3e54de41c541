//! The keys that lists are sorted by: their SQL, and their values as texts.

use super::COMPUTED;
use crate::store::sql::{Sql, Value};

/// What a sort key's values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// Text, by its bytes.
    Text,
    /// A whole number.
    BigInt,
    /// A number.
    Double,
    /// False before true.
    Bool,
    /// A moment.
    Timestamp,
}

#[derive(Debug, Clone)]
pub(super) enum KeyExpression {
    Column(&'static str),
    Computed(Sql),
}

/// One of the keys that a list is sorted by. Rows without a value come last in either direction.
#[derive(Debug, Clone)]
pub struct SortKey {
    pub(super) expression: KeyExpression,
    pub(super) kind: KeyKind,
    pub(super) nullable: bool,
    pub(super) descending: bool,
}

impl SortKey {
    /// Sorts by a column, given by its qualified name.
    pub(in crate::store) const fn column(qualified: &'static str, kind: KeyKind, nullable: bool) -> Self {
        Self { expression: KeyExpression::Column(qualified), kind, nullable, descending: false }
    }

    /// Sorts by an expression over the table, which may be null.
    pub(in crate::store) const fn computed(expression: Sql, kind: KeyKind) -> Self {
        Self { expression: KeyExpression::Computed(expression), kind, nullable: true, descending: false }
    }

    /// The same key, largest first if `descending`.
    pub fn directed(mut self, descending: bool) -> Self {
        self.descending = descending;
        self
    }
}

pub(super) const fn comparison(descending: bool) -> &'static str {
    if descending { " < " } else { " > " }
}

impl SortKey {
    pub(super) fn name(&self, index: usize) -> &'static str {
        match self.expression {
            KeyExpression::Column(qualified) => qualified,
            KeyExpression::Computed(_) => COMPUTED[index],
        }
    }

    /// Rows beyond `value` in this key, or level with it and beyond in the rest.
    pub(super) fn beyond(&self, index: usize, value: Option<&str>, backward: bool, beyond_rest: Sql) -> Sql {
        let name = self.name(index);
        let bound = value.and_then(|value| self.kind.value(value));
        let Some(bound) = bound else {
            let level = Sql::new("(").text(name).text(" IS NULL AND ").push(beyond_rest).text(")");
            return if backward {
                Sql::new("(").text(name).text(" IS NOT NULL OR ").push(level).text(")")
            } else {
                level
            };
        };
        let descending = self.descending != backward;
        let level = Sql::new("(").text(name).text(" = ").bind(bound.clone()).text(" AND ").push(beyond_rest).text(")");
        let beyond = Sql::new(name).text(comparison(descending)).bind(bound.clone()).text(" OR ").push(level);
        if !self.nullable {
            // Implied by what follows, but in a form that an index can start at.
            let at_least = if descending { " <= " } else { " >= " };
            return Sql::new("(").text(name).text(at_least).bind(bound).text(" AND (").push(beyond).text("))");
        }
        let nulls = if backward { Sql::default() } else { Sql::new(" OR ").text(name).text(" IS NULL") };
        Sql::new("(").push(beyond).push(nulls).text(")")
    }
}

impl KeyKind {
    /// Reads a key's text; `None` if it is not of this kind.
    pub fn value(self, text: &str) -> Option<Value> {
        match self {
            Self::Text => Some(Value::Text(text.to_owned())),
            Self::BigInt => text.parse().ok().map(Value::BigInt),
            Self::Double => text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Double),
            Self::Bool => match text {
                "0" => Some(Value::Bool(false)),
                "1" => Some(Value::Bool(true)),
                _ => None,
            },
            Self::Timestamp => serde_json::from_value(serde_json::Value::from(text)).ok().map(Value::Timestamp),
        }
    }
}

/// A key as text that [`KeyKind::value`] reads back without loss, the same on both databases.
pub(super) fn key_text(kind: KeyKind, name: &'static str) -> Sql {
    match kind {
        KeyKind::Text => Sql::new(name),
        KeyKind::BigInt => Sql::new("CAST(").text(name).text(" AS TEXT)"),
        KeyKind::Double => Sql::new("CASE WHEN ")
            .text(name)
            .text(" IS NOT NULL THEN ")
            .dialect("printf('%!.17g', ", "CAST(")
            .text(name)
            .dialect(")", " AS TEXT)")
            .text(" END"),
        KeyKind::Bool => Sql::new("CASE WHEN ").text(name).text(" THEN '1' ELSE '0' END"),
        KeyKind::Timestamp => Sql::default()
            .dialect("", "to_char(")
            .text(name)
            .dialect("", " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"),
    }
}
