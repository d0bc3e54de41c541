//! Which columns of each table can be looked at, so that no others need to be read.
//!
//! Rows have one type, whatever is read of them: what wasn't read holds a value that nobody looks at
//! ([`super::read::Unread`]). Columns are read in groups, since each other choice of columns is another statement, which
//! connections prepare and keep.

use super::entity::Chosen;
use super::predicate::Field;
use super::schema::{Columns, TABLES};

/// Columns of each table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookedAt([Chosen; TABLES.len()]);

/// The columns that are read of each row, whoever looks at it: its id, what leads to other rows, what relations are sorted out
/// by, and what nearly everybody shows. Tables that are not here are always read as a whole.
const ALWAYS: [(&str, &[&str]); 9] = [
    ("suppliers", &["id", "name"]),
    ("models", &["id", "name", "supplier_id", "successor_id"]),
    ("model_aliases", &["id", "model_id", "alias"]),
    ("model_parameters", &["id", "model_id", "parameter_name", "parameter_type", "parameter_value"]),
    ("capabilities", &["id", "name"]),
    ("model_capability_associations", &["id", "model_id", "capability_id", "support"]),
    ("model_categories", &["id", "name", "parent_id", "path"]),
    ("model_category_associations", &["id", "model_id", "category_id"]),
    (
        "model_prices",
        &[
            "id",
            "model_id",
            "component",
            "unit",
            "service_mode",
            "min_context_tokens",
            "currency",
            "amount_nanos",
            "amount_subnanos",
            "valid_from",
            "valid_until",
        ],
    ),
];

/// Columns of any table that can be long.
const LONG: [&str; 7] =
    ["description", "extra", "input_types", "output_types", "allowed_values", "config", "config_json"];

/// Columns of every table that tell of the row itself.
const OF_THE_ROW: [&str; 4] = ["created_at", "updated_at", "deleted_at", "version"];

/// Columns of a table that are read together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Always,
    Long,
    OfTheRow,
    Others,
}

impl Group {
    const fn of(table: &str, column: &str) -> Self {
        let mut at = 0;
        while at < ALWAYS.len() {
            let (name, always) = ALWAYS[at];
            if same(name, table) {
                return match () {
                    () if is_among(column, always) => Self::Always,
                    () if is_among(column, &LONG) => Self::Long,
                    () if is_among(column, &OF_THE_ROW) => Self::OfTheRow,
                    () => Self::Others,
                };
            }
            at += 1;
        }
        Self::Always
    }

    /// The columns of a table that are in it.
    const fn columns(self, table: &str, columns: &[&str]) -> Chosen {
        let (mut chosen, mut place) = (Chosen::NONE, 0);
        while place < columns.len() {
            if Self::of(table, columns[place]) as u8 == self as u8 {
                chosen = chosen.with(place);
            }
            place += 1;
        }
        chosen
    }
}

/// Compares texts where `==` can't: all of this is worked out by the compiler.
const fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && is_at(one, 0, other)
}

const fn is_among(name: &str, names: &[&str]) -> bool {
    let mut at = 0;
    while at < names.len() {
        if same(name, names[at]) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether `part` stands in `text` at this place.
const fn is_at(text: &str, start: usize, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut at = 0;
    while at < part.len() && start + at < text.len() {
        if text[start + at] != part[at] {
            return false;
        }
        at += 1;
    }
    at == part.len()
}

/// The place among its table's columns of one by its qualified name, if it is of this table.
const fn place_of(qualified: &str, table: &str, columns: &[&str]) -> Option<usize> {
    let start = table.len() + 1;
    if !is_at(qualified, 0, table) || !is_at(qualified, table.len(), ".") {
        return None;
    }
    let mut place = 0;
    while place < columns.len() {
        if qualified.len() == start + columns[place].len() && is_at(qualified, start, columns[place]) {
            return Some(place);
        }
        place += 1;
    }
    None
}

impl LookedAt {
    /// Every column.
    pub const ALL: Self = Self([Chosen::ALL; TABLES.len()]);

    /// The columns that are read of each row.
    pub const ALWAYS: Self = {
        let (mut all, mut at) = (Self([Chosen::NONE; TABLES.len()]), 0);
        while at < TABLES.len() {
            let (table, columns) = TABLES[at];
            all.0[at] = Group::Always.columns(table, columns);
            at += 1;
        }
        all
    };

    /// These columns, with those that are read together with them.
    pub const fn columns(fields: &[Field]) -> Self {
        let (mut all, mut next) = (Self([Chosen::NONE; TABLES.len()]), 0);
        while next < fields.len() {
            let mut at = 0;
            while at < TABLES.len() {
                let (table, columns) = TABLES[at];
                if let Some(place) = place_of(fields[next].as_str(), table, columns) {
                    let group = Group::of(table, columns[place]);
                    all.0[at] = all.0[at].and(group.columns(table, columns));
                }
                at += 1;
            }
            next += 1;
        }
        all
    }

    /// These and those.
    pub const fn and(mut self, others: &Self) -> Self {
        let mut at = 0;
        while at < TABLES.len() {
            self.0[at] = self.0[at].and(others.0[at]);
            at += 1;
        }
        self
    }

    /// Those of one table.
    pub(super) const fn of<T: Columns>(&self) -> Chosen {
        self.0[T::PLACE]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema::{fields, model_versions, models};

    fn names<T: Columns>(looked_at: &LookedAt) -> Vec<&'static str> {
        let mut chosen = looked_at.of::<T>();
        T::COLUMNS.iter().copied().filter(|_| chosen.next()).collect()
    }

    #[test]
    fn columns_are_read_with_their_group() {
        let always = ["id", "name", "supplier_id", "successor_id"];
        assert_eq!(names::<models::table>(&LookedAt::ALWAYS), always);
        let looked_at = LookedAt::ALWAYS.and(&LookedAt::columns(&[fields::models::extra()]));
        let with_long = ["id", "name", "description", "supplier_id", "successor_id", "extra"];
        assert_eq!(names::<models::table>(&looked_at), with_long);
        let looked_at = looked_at.and(&LookedAt::columns(&[fields::models::name()]));
        assert_eq!(names::<models::table>(&looked_at), with_long);
        assert_eq!(names::<models::table>(&LookedAt::ALL), models::table::COLUMNS);
    }

    #[test]
    fn a_table_that_is_in_no_group_is_read_as_a_whole() {
        assert_eq!(names::<model_versions::table>(&LookedAt::ALWAYS), model_versions::table::COLUMNS);
    }

    /// A name that is no column would leave the column unread that was meant.
    #[test]
    fn every_name_is_a_column() {
        for (table, columns) in ALWAYS {
            let known = TABLES.iter().find(|(name, _)| *name == table).map(|(_, columns)| *columns);
            let known = known.unwrap_or_else(|| panic!("no table {table}"));
            assert!(columns.iter().all(|column| known.contains(column)), "{table}");
        }
        let is_known = |name: &&&str| TABLES.iter().any(|(_, columns)| columns.contains(name));
        assert!(LONG.iter().chain(&OF_THE_ROW).all(|name| is_known(&name)));
    }
}
