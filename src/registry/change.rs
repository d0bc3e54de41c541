//! What is to happen to a field: nothing, emptying, or a new value.

use super::check::Check;
use super::user_error::{Errors, UserErrorCode};

/// What is to happen to a field. A field that is left out and one that is null are different wishes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// It stays.
    #[default]
    Keep,
    /// It becomes empty.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<T> Change<T> {
    /// The new value, if there is one.
    pub const fn value(&self) -> Option<&T> {
        if let Self::Set(value) = self { Some(value) } else { None }
    }

    /// The field's value afterwards.
    pub fn or(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Keep => before,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    /// The field's value afterwards, if it always has one.
    pub fn or_required(self, before: T) -> T {
        match self {
            Self::Keep | Self::Clear => before,
            Self::Set(value) => value,
        }
    }

    /// The value as something else.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Change<U> {
        match self {
            Self::Keep => Change::Keep,
            Self::Clear => Change::Clear,
            Self::Set(value) => Change::Set(convert(value)),
        }
    }

    /// Notes what is wrong with the new value.
    pub(super) fn check(&self, field: &str, check: Check<T>, errors: &mut Errors) {
        if let Self::Set(value) = self {
            errors.note(field, check(value));
        }
    }

    /// Notes what is wrong with the new value of a field that can't be empty.
    pub(super) fn check_required(&self, field: &str, check: Check<T>, errors: &mut Errors) {
        self.check(field, check, errors);
        if matches!(self, Self::Clear) {
            errors.add(field, UserErrorCode::Required, "can't be null; leave it out to keep its value");
        }
    }
}

impl<T> From<Option<T>> for Change<T> {
    /// For objects that don't exist yet, whose fields have nothing to be emptied of: `None` keeps the usual value.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Keep, Self::Set)
    }
}

/// The name of a field as clients write it: `display_name` is `displayName`.
pub fn camel_case(field: &str) -> String {
    let mut words = field.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let (initial, rest) = word.split_at(word.len().min(1));
        name.push_str(&initial.to_ascii_uppercase());
        name.push_str(rest);
        name
    })
}

/// Defines the changes that clients make to a table's fields, each with the check that a new value must pass.
macro_rules! changes {
    (
        $(#[$meta:meta])*
        $changes:ident onto $fields:ty {
            required { $( $required:ident: $required_type:ty => $required_check:expr, )* }
            optional { $( $optional:ident: $optional_type:ty => $optional_check:expr, )* }
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default)]
        pub struct $changes {
            $( #[doc = concat!("What happens to `", stringify!($required), "`, which is never empty.")]
               pub $required: $crate::registry::Change<$required_type>, )*
            $( #[doc = concat!("What happens to `", stringify!($optional), "`.")]
               pub $optional: $crate::registry::Change<$optional_type>, )*
        }

        impl $changes {
            /// Notes every new value that its field doesn't take.
            fn check(&self, errors: &mut $crate::registry::user_error::Errors) {
                use $crate::registry::change::camel_case;
                $( self.$required.check_required(&camel_case(stringify!($required)), $required_check, errors); )*
                $( self.$optional.check(&camel_case(stringify!($optional)), $optional_check, errors); )*
            }

            /// The fields afterwards.
            fn onto(self, before: $fields) -> $fields {
                let mut after = before;
                $( after.$required = self.$required.or_required(after.$required); )*
                $( after.$optional = self.$optional.or(after.$optional); )*
                after
            }
        }
    };
}
pub(super) use changes;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_as_clients_write_them() {
        for (field, name) in [("name", "name"), ("api_key_required", "apiKeyRequired")] {
            assert_eq!(camel_case(field), name);
        }
    }

    #[test]
    fn leaving_out_and_emptying_differ() {
        assert_eq!(Change::Keep.or(Some(1)), Some(1));
        assert_eq!(Change::Clear.or(Some(1)), None);
        assert_eq!(Change::Set(2).or(Some(1)), Some(2));
        assert_eq!(Change::from(None::<i32>), Change::Keep);
    }
}
