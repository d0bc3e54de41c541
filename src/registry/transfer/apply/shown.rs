//! Values as the report shows them.

use chrono::NaiveDate;

use crate::domain::{JsonText, LifecycleStage, ModelType, PartialDate};

use super::report::FieldChange;

/// A value that can be shown.
pub trait Shown {
    /// The value as text; none if there is none.
    fn shown(&self) -> Option<String>;
}

macro_rules! shown {
    ($($type:ty => |$value:ident| $text:expr;)+) => { $(
        impl Shown for $type {
            fn shown(&self) -> Option<String> {
                let $value = self;
                Some($text)
            }
        }
    )+ };
}

shown! {
    String => |value| value.clone();
    bool => |value| value.to_string();
    i64 => |value| value.to_string();
    NaiveDate => |value| value.to_string();
    PartialDate => |value| value.to_string();
    ModelType => |value| value.to_string();
    LifecycleStage => |value| value.to_string();
    JsonText => |value| value.as_str().to_owned();
}

impl<T: Shown> Shown for Option<T> {
    fn shown(&self) -> Option<String> {
        self.as_ref().and_then(Shown::shown)
    }
}

/// What changed, if anything.
pub fn change<T: Shown + PartialEq>(field: &str, before: &T, after: &T) -> Option<FieldChange> {
    (before != after).then(|| FieldChange { field: field.to_owned(), before: before.shown(), after: after.shown() })
}

/// The changes between two rows, field by field.
macro_rules! changes {
    ($before:expr, $after:expr; $($field:ident),+ $(,)?) => {
        [$( $crate::registry::transfer::apply::shown::change(stringify!($field), &$before.$field, &$after.$field) ),+]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
    };
}
pub(super) use changes;
