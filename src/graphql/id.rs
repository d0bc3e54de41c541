//! Global ids: `Model:42`, opaque to clients, readable in a log, unique across types. As of the past they carry the moment,
//! `Model:42@2026-05-01T00:00:00.000000Z`, so that no cache takes what was for what is.

use async_graphql::{ID, Result};

use super::error::bad_input;
use crate::domain::{ChangeKind, Timestamp};

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
    /// A `SupplierKey`.
    SupplierKey,
}

const KINDS: [(NodeKind, &str); 13] = [
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
    (NodeKind::SupplierKey, "SupplierKey"),
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

    /// What changes of this kind of object are of; `None` for change sets, which never change, and for keys
    /// of suppliers, which have no history.
    pub fn change_kind(self) -> Option<ChangeKind> {
        ChangeKind::ALL.iter().copied().find(|kind| Self::of(*kind) == self)
    }

    /// The GraphQL type's name.
    pub fn type_name(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// The id of the row of this type with this primary key, as of `moment` or the present.
    pub fn id(self, row: i64, moment: Option<Timestamp>) -> ID {
        let name = self.type_name();
        ID(match moment {
            None => format!("{name}:{row}"),
            Some(moment) => format!("{name}:{row}@{}", moment.to_text()),
        })
    }
}

/// The id of the change set with this number.
pub fn change_set_id(number: i64) -> ID {
    NodeKind::ChangeSet.id(number, None)
}

/// What an id says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GlobalId {
    /// The type.
    pub kind: NodeKind,
    /// The primary key.
    pub row: i64,
    /// The moment that the object is as of; `None` for the present.
    pub moment: Option<Timestamp>,
}

/// What an id says; `None` if it is not one.
pub fn parse(id: &str) -> Option<GlobalId> {
    let (name, rest) = id.split_once(':')?;
    let (kind, _) = KINDS.iter().find(|(_, known)| *known == name)?;
    let (row, moment) = match rest.split_once('@') {
        None => (rest, None),
        Some((row, moment)) => (row, Some(canonical_moment(moment)?)),
    };
    let canonical = row.bytes().all(|byte| byte.is_ascii_digit()) && !row.starts_with('0');
    let row = canonical.then(|| row.parse().ok())??;
    Some(GlobalId { kind: *kind, row, moment })
}

/// The moment with this very text; there is one text for each.
fn canonical_moment(text: &str) -> Option<Timestamp> {
    let moment = Timestamp::new(text.parse().ok()?);
    (moment.to_text() == text).then_some(moment)
}

/// The primary key in an argument that must be of this type, where reads are as of `moment` or the present.
///
/// # Errors
/// `BAD_USER_INPUT` if it is of another type or moment, or no id.
pub fn expect_row(kind: NodeKind, argument: &str, id: &ID, moment: Option<Timestamp>) -> Result<i64> {
    let Some(given) = parse(id).filter(|given| given.kind == kind) else {
        let name = kind.type_name();
        return Err(bad_input(format!(
            "{argument}: {:?} is not the id of a {name}; those look like \"{name}:42\"",
            id.as_str()
        )));
    };
    same_moment(argument, id, &given, moment)?;
    Ok(given.row)
}

/// Checks that an id is without a moment, or of that which reads are as of.
///
/// # Errors
/// `BAD_USER_INPUT` if it is of another.
pub fn same_moment(argument: &str, id: &ID, given: &GlobalId, moment: Option<Timestamp>) -> Result<()> {
    if given.moment.is_none() || given.moment == moment {
        return Ok(());
    }
    let here = moment.map_or_else(|| "the present".to_owned(), Timestamp::to_text);
    Err(bad_input(format!(
        "{argument}: {:?} is an id of another moment than {here}, which is read here; leave out what begins with \"@\"",
        id.as_str()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_name_their_type() {
        assert_eq!(NodeKind::Model.id(42, None).as_str(), "Model:42");
        assert_eq!(parse("Model:42"), Some(GlobalId { kind: NodeKind::Model, row: 42, moment: None }));
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

    #[test]
    fn ids_of_the_past_have_one_form() {
        let moment = Timestamp::new("2026-05-01T00:00:00Z".parse().expect("a moment"));
        let id = NodeKind::Model.id(42, Some(moment));
        assert_eq!(id.as_str(), "Model:42@2026-05-01T00:00:00.000000Z");
        assert_eq!(parse(&id), Some(GlobalId { kind: NodeKind::Model, row: 42, moment: Some(moment) }));
        for id in [
            "Model:42@",
            "Model:@2026-05-01T00:00:00.000000Z",
            "Model:042@2026-05-01T00:00:00.000000Z",
            "Model:42@2026-05-01",
            "Model:42@2026-05-01T00:00:00Z",
            "Model:42@2026-05-01T00:00:00.000Z",
            "Model:42@2026-05-01T00:00:00.0000000Z",
            "Model:42@2026-05-01T00:00:00.000000+00:00",
            "Model:42@2026-05-01 00:00:00.000000Z",
            "Model:42@2026-05-01t00:00:00.000000z",
            "Model:42@2026-04-31T00:00:00.000000Z",
            "Model:42@2026-05-01T00:00:00.000000Z@2026-05-01T00:00:00.000000Z",
            "Model:42@2026-05-01T00:00:00.000000Z ",
            "Model:42 @2026-05-01T00:00:00.000000Z",
        ] {
            assert_eq!(parse(id), None, "{id}");
        }
    }

    #[test]
    fn an_id_counts_where_its_moment_is_read() {
        let moment = |text: &str| Some(Timestamp::new(text.parse().expect("a moment")));
        let (may, june) = (moment("2026-05-01T00:00:00Z"), moment("2026-06-01T00:00:00Z"));
        let row =
            |id: &str, moment| expect_row(NodeKind::Model, "id", &ID::from(id), moment).map_err(|error| error.message);
        assert_eq!(row("Model:42", None), Ok(42));
        assert_eq!(row("Model:42", may), Ok(42));
        assert_eq!(row("Model:42@2026-05-01T00:00:00.000000Z", may), Ok(42));
        for here in [None, june] {
            let refused = row("Model:42@2026-05-01T00:00:00.000000Z", here).expect_err("another moment's");
            assert!(refused.contains("another moment"), "{refused}");
        }
        assert!(row("Supplier:42", None).expect_err("another type's").contains("not the id of a Model"));
    }
}
