//! What inputs have in common.

use async_graphql::{ID, MaybeUndefined};

use super::super::id::{GlobalId, NodeKind, parse};
use crate::registry::{Change, Reference, Target, UserErrorCode};

/// What an id of an input refers to.
pub fn reference(kind: NodeKind, id: &ID) -> Reference {
    let name = kind.type_name();
    match parse(id) {
        Some(given) if given.kind != kind => Reference::Refused(
            UserErrorCode::WrongType,
            format!("{:?} is the id of a {}, not of a {name}", id.as_str(), given.kind.type_name()),
        ),
        Some(GlobalId { row, moment: None, .. }) => Reference::Id(row),
        Some(given) => Reference::Refused(
            UserErrorCode::Invalid,
            format!(
                "{:?} is an id of the past, which can't be changed; what it has become is {:?}",
                id.as_str(),
                kind.id(given.row, None).as_str()
            ),
        ),
        None => Reference::Refused(
            UserErrorCode::Invalid,
            format!("{:?} is not an id; those of a {name} look like \"{name}:42\"", id.as_str()),
        ),
    }
}

/// What an id or a natural key of an input refers to. No natural key looks like an id: those start with a capital letter.
pub fn reference_or_key(kind: NodeKind, id: &ID) -> Reference {
    match parse(id) {
        Some(_) => reference(kind, id),
        None => Reference::Name(id.to_string()),
    }
}

/// What is to be changed, if it has the version that is expected.
pub fn target(kind: NodeKind, id: &ID, expected_version: Option<i64>) -> Target {
    Target { id: reference(kind, id), expected_version }
}

/// What is to happen to a field.
pub fn change<T, U: From<T>>(given: MaybeUndefined<T>) -> Change<U> {
    match given {
        MaybeUndefined::Undefined => Change::Keep,
        MaybeUndefined::Null => Change::Clear,
        MaybeUndefined::Value(value) => Change::Set(value.into()),
    }
}

/// Defines the inputs of creating and of changing a kind of object, which have the same fields. Those named `required`
/// and `usual` always have a value; the `usual` ones start with one if none is given.
macro_rules! inputs {
    (
        $(#[$create_meta:meta])*
        create $create:ident { $($create_fields:tt)* }
        $(#[$update_meta:meta])*
        update $update:ident { $($update_fields:tt)* }
        => $changes:ident
        { required { $( $(#[$required_meta:meta])* $required:ident: $required_type:ty, )* }
          usual { $( $(#[$usual_meta:meta])* $usual:ident: $usual_type:ty, )* }
          optional { $( $(#[$optional_meta:meta])* $optional:ident: $optional_type:ty, )* } }
    ) => {
        $(#[$create_meta])*
        #[derive(Debug, async_graphql::InputObject)]
        pub struct $create {
            $($create_fields)*
            $( $(#[$required_meta])* pub $required: $required_type, )*
            $( $(#[$usual_meta])* pub $usual: Option<$usual_type>, )*
            $( $(#[$optional_meta])* pub $optional: Option<$optional_type>, )*
            /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
            pub reason: Option<String>,
        }

        impl $create {
            /// The fields of the new object.
            fn changes(&self) -> $changes {
                $changes {
                    $( $required: $crate::registry::Change::Set(self.$required.clone().into()), )*
                    $( $usual: $crate::registry::Change::from(self.$usual.clone().map(Into::into)), )*
                    $( $optional: $crate::registry::Change::from(self.$optional.clone().map(Into::into)), )*
                }
            }
        }

        $(#[$update_meta])*
        #[derive(Debug, async_graphql::InputObject)]
        pub struct $update {
            /// Global id of what is to be changed.
            pub id: async_graphql::ID,
            /// Change it only if its `version` is still this one; whatever it is, if left out or null.
            pub expected_version: Option<i64>,
            $($update_fields)*
            $( $(#[$required_meta])* pub $required: async_graphql::MaybeUndefined<$required_type>, )*
            $( $(#[$usual_meta])* pub $usual: async_graphql::MaybeUndefined<$usual_type>, )*
            $( $(#[$optional_meta])* pub $optional: async_graphql::MaybeUndefined<$optional_type>, )*
            /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
            pub reason: Option<String>,
        }

        impl $update {
            /// What is to happen to the object's fields.
            fn changes(&self) -> $changes {
                use $crate::graphql::mutation::input::change;
                $changes {
                    $( $required: change(self.$required.clone()), )*
                    $( $usual: change(self.$usual.clone()), )*
                    $( $optional: change(self.$optional.clone()), )*
                }
            }
        }
    };
}
pub(super) use inputs;

/// Defines inputs of restoring, which all have the same field.
macro_rules! restore_inputs {
    ($($input:ident, $what:literal;)+) => { $(
        #[doc = concat!("The ", $what, " to restore. One that lives already stays as it is.")]
        #[derive(Debug, async_graphql::InputObject)]
        pub struct $input {
            #[doc = concat!("Global id of the deleted ", $what, ".")]
            pub id: async_graphql::ID,
            /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
            pub reason: Option<String>,
        }
    )+ };
}
pub(super) use restore_inputs;

/// Defines inputs of deleting; where live objects may depend on it, with `cascade`.
macro_rules! delete_inputs {
    ($($input:ident, $what:literal $(, $cascade:literal)?;)+) => { $(
        #[doc = concat!("The ", $what, " to delete. It can be restored.")]
        #[derive(Debug, async_graphql::InputObject)]
        pub struct $input {
            #[doc = concat!("Global id of the ", $what, ".")]
            pub id: async_graphql::ID,
            /// Delete it only if its `version` is still this one; whatever it is, if left out or null.
            pub expected_version: Option<i64>,
            $(
                #[doc = $cascade]
                #[graphql(default = false)]
                pub cascade: bool,
            )?
            /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
            pub reason: Option<String>,
        }
    )+ };
}
pub(super) use delete_inputs;
