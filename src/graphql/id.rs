//! Global ids: `Model:42`, opaque to clients, readable in a log, unique across types.

use async_graphql::{ID, Result};

use super::error::bad_input;
use crate::domain::ChangeKind;

/// Which type an id is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// A `Supplier`.
    Supplier,
    /// A `Model`.
    Model,
    /// A `ModelAlias`.
    ModelAlias,
    /// A `ModelParameter`.
    ModelParameter,
    /// A `ModelPrice`.
    ModelPrice,
    /// A `Capability`.
    Capability,
    /// A `ModelCapability`.
    ModelCapability,
    /// A `Category`.
    Category,
    /// An association of a model and a category, which is no object of its own.
    ModelCategory,
    /// A `ModelVersion`.
    ModelVersion,
    /// A `ModelPointer`.
    ModelPointer,
    /// A `ChangeSet`.
    ChangeSet,
}

const KINDS: [(NodeKind, &str); 12] = [
    (NodeKind::Supplier, "Supplier"),
    (NodeKind::Model, "Model"),
    (NodeKind::ModelAlias, "ModelAlias"),
    (NodeKind::ModelParameter, "ModelParameter"),
    (NodeKind::ModelPrice, "ModelPrice"),
    (NodeKind::Capability, "Capability"),
    (NodeKind::ModelCapability, "ModelCapability"),
    (NodeKind::Category, "Category"),
    (NodeKind::ModelCategory, "ModelCategory"),
    (NodeKind::ModelVersion, "ModelVersion"),
    (NodeKind::ModelPointer, "ModelPointer"),
    (NodeKind::ChangeSet, "ChangeSet"),
];

impl NodeKind {
    /// What a change of this kind is of.
    pub const fn of(kind: ChangeKind) -> Self {
        match kind {
            ChangeKind::Supplier => Self::Supplier,
            ChangeKind::Model => Self::Model,
            ChangeKind::ModelAlias => Self::ModelAlias,
            ChangeKind::ModelParameter => Self::ModelParameter,
            ChangeKind::ModelPrice => Self::ModelPrice,
            ChangeKind::Capability => Self::Capability,
            ChangeKind::ModelCapability => Self::ModelCapability,
            ChangeKind::Category => Self::Category,
            ChangeKind::ModelCategory => Self::ModelCategory,
            ChangeKind::ModelVersion => Self::ModelVersion,
            ChangeKind::ModelPointer => Self::ModelPointer,
        }
    }

    /// What changes of this kind of object are of; `None` for change sets, which never change.
    pub fn change_kind(self) -> Option<ChangeKind> {
        ChangeKind::ALL.iter().copied().find(|kind| Self::of(*kind) == self)
    }

    /// The GraphQL type's name.
    pub fn type_name(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// The id of the row of this type with this primary key.
    pub fn id(self, row: i64) -> ID {
        ID(format!("{}:{row}", self.type_name()))
    }

    /// The primary key in `id`, if it is of this type.
    pub fn row(self, id: &str) -> Option<i64> {
        parse(id).filter(|(kind, _)| *kind == self).map(|(_, row)| row)
    }
}

/// The type and primary key in an id; `None` if it is not one.
pub fn parse(id: &str) -> Option<(NodeKind, i64)> {
    let (name, row) = id.split_once(':')?;
    let (kind, _) = KINDS.iter().find(|(_, known)| *known == name)?;
    let canonical = row.bytes().all(|byte| byte.is_ascii_digit()) && !row.starts_with('0');
    canonical.then(|| row.parse().ok())?.map(|row| (*kind, row))
}

/// The primary key in an argument that must be of this type.
///
/// # Errors
/// `BAD_USER_INPUT` if it isn't.
pub fn expect_row(kind: NodeKind, argument: &str, id: &ID) -> Result<i64> {
    kind.row(id).ok_or_else(|| {
        let name = kind.type_name();
        bad_input(format!("{argument}: {:?} is not the id of a {name}; those look like \"{name}:42\"", id.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_name_their_type() {
        assert_eq!(NodeKind::Model.id(42).as_str(), "Model:42");
        assert_eq!(parse("Model:42"), Some((NodeKind::Model, 42)));
        assert_eq!(NodeKind::Supplier.row("Model:42"), None);
        for id in [
            "",
            "42",
            "Model:",
            "Model:x",
            "Model:042",
            "Model:-1",
            "Model:+1",
            "Unknown:1",
            "Model:99999999999999999999",
        ] {
            assert_eq!(parse(id), None, "{id}");
        }
    }
}
