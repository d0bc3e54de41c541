//! What a condition says, for who can tell which rows meet it without the database: see [`super::search_index`].

use super::sql::Value;
use crate::domain::Support;

/// A condition on the rows of a table, as far as it is of a kind that is looked up in memory.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Every row.
    All,
    /// Live rows.
    Live,
    /// Rows whose column, given by its qualified name, is one of these values.
    OneOf(&'static str, Vec<Value>),
    /// Models whose document holds every one of these words.
    Words(Vec<String>),
    /// Models of which one of the live capabilities with these names is known to be supported, or unsupported.
    Capability(Vec<String>, Support),
    /// Models of the suppliers that meet a condition.
    Supplier(Box<Self>),
    /// Models in the live categories that meet a condition, or in those below as well.
    Category {
        /// The condition.
        of: Box<Self>,
        /// Whether those below count.
        below: bool,
    },
    /// Rows that meet all of these.
    Every(Vec<Self>),
    /// Rows that meet one of these.
    Any(Vec<Self>),
    /// Rows that don't meet this.
    Not(Box<Self>),
    /// Only the database can tell.
    Other,
}

impl Condition {
    /// Whether it can be told in memory.
    pub(super) fn is_known(&self) -> bool {
        match self {
            Self::All | Self::Live | Self::OneOf(..) | Self::Words(_) | Self::Capability(..) => true,
            Self::Supplier(of) | Self::Category { of, .. } | Self::Not(of) => of.is_known(),
            Self::Every(parts) | Self::Any(parts) => parts.iter().all(Self::is_known),
            Self::Other => false,
        }
    }

    /// Whether only live rows can meet it.
    pub(super) fn is_of_live_rows(&self) -> bool {
        match self {
            Self::Live => true,
            Self::Every(parts) => parts.iter().any(Self::is_of_live_rows),
            _ => false,
        }
    }

    /// Whether it looks into texts, which costs more than all else.
    pub(super) fn has_words(&self) -> bool {
        match self {
            Self::Words(_) => true,
            Self::Every(parts) | Self::Any(parts) => parts.iter().any(Self::has_words),
            Self::Not(of) => of.has_words(),
            _ => false,
        }
    }
}
