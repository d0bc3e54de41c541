//! Conditions on the rows of a table, put together from what a client asked for.

use super::condition::Condition;
use super::narrow::{Rows, in_order};
use super::sql::{Sql, Value};
use crate::domain::PartialDate;

/// Pieces beyond which a condition's statement is not kept prepared: clients choose the shape, and the shapes of
/// large filters never end.
const KEPT_PIECES: usize = 48;

/// Longest pattern in bytes that SQLite takes. No text of a catalogue is so long; what is looked for in vain there is
/// not found on PostgreSQL either.
const MAX_PATTERN: usize = 50_000;

/// A condition on the rows of one table.
#[derive(Debug, Clone)]
pub struct Predicate {
    sql: Sql,
    reach: Reach,
    /// Whether it looks at nothing but the row itself.
    is_own: bool,
    /// The only rows that can meet it, if it names them.
    among: Option<Rows>,
    /// What it says.
    means: Condition,
}

/// Which rows meet a condition, where that can be told without looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Every row.
    All,
    /// Every live row, and no other.
    Live,
    /// It depends.
    Some,
}

/// A column, by its qualified name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field(&'static str);

/// How a column's value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Equal.
    Equal,
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
    /// Less.
    Below,
}

impl Comparison {
    pub(super) const fn operator(self) -> &'static str {
        match self {
            Self::Equal => " = ",
            Self::AtLeast => " >= ",
            Self::AtMost => " <= ",
            Self::Below => " < ",
        }
    }
}

/// Which rows a list shows, by deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, async_graphql::Enum)]
pub enum Deleted {
    /// Live rows only.
    #[default]
    Exclude,
    /// Live and deleted rows.
    Include,
    /// Deleted rows only.
    Only,
}

impl Field {
    pub(super) const fn new(qualified: &'static str) -> Self {
        Self(qualified)
    }

    /// The qualified name.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The rows of the column's table with these values, if it tells rows or their models apart.
    fn rows(self, ids: &[i64]) -> Option<Rows> {
        let column = self.0.rsplit_once('.').map_or(self.0, |(_, column)| column);
        match column {
            "id" => Some(Rows::Ids(in_order(ids.to_vec()))),
            "model_id" => Some(Rows::OfModels(in_order(ids.to_vec()))),
            _ => None,
        }
    }
}

impl Predicate {
    pub(super) const fn from_sql(sql: Sql) -> Self {
        Self { sql, reach: Reach::Some, is_own: false, among: None, means: Condition::Other }
    }

    /// A condition on columns of the row itself.
    const fn own(sql: Sql) -> Self {
        Self { sql, reach: Reach::Some, is_own: true, among: None, means: Condition::Other }
    }

    /// The condition with what it says, for who can tell without the database.
    pub(super) fn meaning(self, means: Condition) -> Self {
        Self { means, ..self }
    }

    /// What it says.
    pub(super) const fn means(&self) -> &Condition {
        &self.means
    }

    /// Every row.
    pub fn always() -> Self {
        Self { reach: Reach::All, ..Self::own(Sql::new("1 = 1")) }.meaning(Condition::All)
    }

    /// No row.
    pub fn never() -> Self {
        Self::own(Sql::new("1 = 0")).meaning(Condition::Any(Vec::new()))
    }

    /// Rows that meet every condition; every row if there is none.
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        let conditions = conditions.into_iter().filter(|condition| condition.reach != Reach::All);
        let conditions: Vec<Self> = conditions.collect();
        let among = conditions.iter().find_map(|condition| condition.among.clone());
        let joined = Self::joined(conditions, " AND ", Condition::Every).unwrap_or_else(Self::always);
        Self { among, ..joined }
    }

    /// Rows that meet a condition; no row if there is none.
    pub fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(conditions, " OR ", Condition::Any).unwrap_or_else(Self::never)
    }

    fn joined(
        conditions: impl IntoIterator<Item = Self>,
        operator: &'static str,
        meaning: fn(Vec<Condition>) -> Condition,
    ) -> Option<Self> {
        let mut conditions: Vec<Self> = conditions.into_iter().collect();
        if conditions.len() < 2 {
            return conditions.pop();
        }
        let is_own = conditions.iter().all(|condition| condition.is_own);
        let (sqls, meanings): (Vec<Sql>, Vec<Condition>) =
            conditions.into_iter().map(|condition| (condition.sql, condition.means)).unzip();
        let joined = Sql::new("(").join(operator, sqls).text(")");
        Some(Self { is_own, ..Self::own(joined) }.meaning(meaning(meanings)))
    }

    /// Rows that don't meet the condition, those included where the value is missing.
    pub fn negated(self) -> Self {
        let negated = Self::own(Sql::new("(").push(self.sql).text(") IS NOT TRUE"));
        Self { is_own: self.is_own, ..negated }.meaning(Condition::Not(Box::new(self.means)))
    }

    /// Rows whose column compares so with `value`. Rows without a value don't.
    pub fn compare(field: Field, comparison: Comparison, value: Value) -> Self {
        let means = match comparison {
            Comparison::Equal => Condition::OneOf(field.0, vec![value.clone()]),
            _ => Condition::Other,
        };
        Self::own(Sql::new(field.0).text(comparison.operator()).bind(value)).meaning(means)
    }

    /// Rows whose column is one of `texts`.
    pub fn text_in(field: Field, texts: Vec<String>) -> Self {
        let means = Condition::OneOf(field.0, texts.iter().cloned().map(Value::Text).collect());
        Self::own(Sql::new(field.0).in_texts(texts)).meaning(means)
    }

    /// Rows whose column is one of `ids`.
    pub fn id_in(field: Field, ids: Vec<i64>) -> Self {
        let among = field.rows(&ids);
        let means = Condition::OneOf(field.0, ids.iter().copied().map(Value::BigInt).collect());
        Self { among, ..Self::own(Sql::new(field.0).in_ids(ids)) }.meaning(means)
    }

    /// Rows without, or with, a value in the column.
    pub fn is_null(field: Field, null: bool) -> Self {
        Self::own(Sql::new(field.0).text(if null { " IS NULL" } else { " IS NOT NULL" }))
    }

    /// Rows whose column holds `text` somewhere; ASCII letters match in either case, on PostgreSQL all letters.
    pub fn contains(field: Field, text: &str) -> Self {
        Self::like(field, like_pattern("%", text, "%"))
    }

    /// Rows whose column starts with `text`; ASCII letters match in either case, on PostgreSQL all letters.
    pub fn starts_with(field: Field, text: &str) -> Self {
        Self::like(field, like_pattern("", text, "%"))
    }

    fn like(field: Field, pattern: String) -> Self {
        if pattern.len() > MAX_PATTERN {
            return Self::never();
        }
        Self::own(Sql::new(field.0).dialect(" LIKE ", " ILIKE ").bind(Value::Text(pattern)).text(" ESCAPE '\\'"))
    }

    /// Rows whose date, by its first day, is not before `bound`'s first day.
    pub fn date_at_least(field: Field, bound: &PartialDate) -> Self {
        Self::compare(field, Comparison::AtLeast, Value::Text(bound.lower_bound().to_owned()))
    }

    /// Rows whose date, by its first day, is not after `bound`'s last day.
    pub fn date_at_most(field: Field, bound: &PartialDate) -> Self {
        Self::compare(field, Comparison::AtMost, Value::Text(bound.upper_bound()))
    }

    /// Rows by whether they are deleted.
    pub fn deleted(deleted_at: Field, deleted: Deleted) -> Self {
        match deleted {
            Deleted::Exclude => Self { reach: Reach::Live, ..Self::is_null(deleted_at, true) }.meaning(Condition::Live),
            Deleted::Include => Self::always(),
            Deleted::Only => Self::is_null(deleted_at, false),
        }
    }

    /// The only rows that can meet it, and at which alone it looks; `None` if it doesn't name them.
    pub(super) fn rows(&self) -> Option<Rows> {
        self.among.clone().filter(|_| self.is_own)
    }

    /// Whether it is that a row is live, and nothing else.
    pub(super) fn is_all_live(&self) -> bool {
        self.reach == Reach::Live
    }

    /// Whether how a statement with it is best run depends on the values that are asked for.
    pub(super) const fn is_planned_by_values(&self) -> bool {
        self.sql.is_planned_by_values()
    }

    /// The condition as SQL, marked if it is too large to be kept prepared.
    pub(super) fn into_sql(self) -> Sql {
        if self.sql.len() > KEPT_PIECES { self.sql.one_off() } else { self.sql }
    }
}

/// A `LIKE` pattern (with `\` as its escape) for `text` taken literally between `before` and `after`.
pub(super) fn like_pattern(before: &str, text: &str, after: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push_str(before);
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push_str(after);
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_in_a_text_are_taken_literally() {
        assert_eq!(like_pattern("%", r"50%_a\b", "%"), r"%50\%\_a\\b%");
    }
}
