//! The few rows that models are counted by, and chosen by their names: suppliers, capabilities and categories.

use super::super::condition::Condition;
use super::super::read::{Cells, ReadRow, Source};
use super::super::sql::Value;

/// A supplier, a capability or a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Primary key.
    pub(super) id: i64,
    /// Its name.
    pub(super) name: String,
    /// What its kind is told apart by: a category's path, the others' name.
    pub(super) value: String,
    /// Its display name.
    pub(super) label: Option<String>,
    /// Whether it isn't deleted.
    pub(super) is_live: bool,
}

impl ReadRow for Named {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        let (id, name, value, label) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        Ok(Self { id, name, value, label, is_live: cells.next()? })
    }
}

impl Named {
    /// Whether it meets the condition; `None` if only the database can tell.
    pub(super) fn meets(&self, condition: &Condition) -> Option<bool> {
        Some(match condition {
            Condition::All => true,
            Condition::Live => self.is_live,
            Condition::OneOf(column, values) => {
                let is = |value: &Value| Some(self.column(column)? == *value);
                let each = values.iter().map(is).collect::<Option<Vec<bool>>>()?;
                each.contains(&true)
            }
            Condition::Every(parts) => self.each(parts)?.iter().all(|meets| *meets),
            Condition::Any(parts) => self.each(parts)?.contains(&true),
            Condition::Not(of) => !self.meets(of)?,
            _ => return None,
        })
    }

    fn each(&self, conditions: &[Condition]) -> Option<Vec<bool>> {
        conditions.iter().map(|condition| self.meets(condition)).collect()
    }

    fn column(&self, qualified: &str) -> Option<Value> {
        match qualified.rsplit_once('.')?.1 {
            "id" => Some(Value::BigInt(self.id)),
            "name" => Some(Value::Text(self.name.clone())),
            "path" => Some(Value::Text(self.value.clone())),
            _ => None,
        }
    }

    /// Whether it is the category `other` or one below it.
    pub(super) fn is_at_or_below(&self, other: &Self) -> bool {
        self.value.strip_prefix(other.value.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}
