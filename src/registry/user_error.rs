//! What a client got wrong, by the field of its input; all of it at once.

use std::fmt::Display;

use super::revert::Conflict;
use crate::secrets::SecretsError;
use crate::store::StoreError;

/// What kind of mistake it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum UserErrorCode {
    /// A value is needed and null was given.
    Required,
    /// Not a value that the field takes; the message says what would be right.
    Invalid,
    /// Longer than the field takes.
    TooLong,
    /// More entries than are taken at once, or than there may be.
    TooMany,
    /// A live object has this key, or a price holds in this time already.
    Taken,
    /// There is no such live object.
    NotFound,
    /// Not of the type that is expected: an id of another type, or a parameter's value of another type.
    WrongType,
    /// Below the least or above the largest value allowed, or not one of those allowed.
    OutOfRange,
    /// The object was changed in the meantime: its version is not `expectedVersion`.
    Conflict,
    /// Live objects depend on it, and `cascade` was not asked for.
    InUse,
    /// It would lead back to itself.
    Cycle,
}

/// A mistake in a client's input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserError {
    /// Where it is: names of input fields and positions in lists, from the input down.
    pub field: Vec<String>,
    /// What kind it is.
    pub code: UserErrorCode,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// Why a write didn't happen.
#[derive(Debug, Clone)]
pub enum WriteError {
    /// The client got something wrong.
    UserErrors(Vec<UserError>),
    /// Changes that came later stand in the way of reverting a change set.
    Conflicts(Vec<Conflict>),
    /// The database failed.
    Store(StoreError),
    /// A secret could not be sealed or opened.
    Secrets(SecretsError),
}

impl WriteError {
    /// The same mistakes, at this place of the input instead of where they were noted.
    pub fn at(self, place: &[&str]) -> Self {
        let Self::UserErrors(errors) = self else { return self };
        let field: Vec<String> = place.iter().map(|step| (*step).to_owned()).collect();
        Self::UserErrors(errors.into_iter().map(|error| UserError { field: field.clone(), ..error }).collect())
    }
}

/// What the functions that write return.
pub type WriteResult<T> = Result<T, WriteError>;

impl WriteError {
    /// The same, with what is wrong with the field `from` told of the field `to`: for inputs that don't have the former.
    pub(super) fn renamed(mut self, from: &str, to: &str) -> Self {
        if let Self::UserErrors(errors) = &mut self {
            let first = errors.iter_mut().filter_map(|error| error.field.first_mut());
            first.filter(|field| *field == from).for_each(|field| to.clone_into(field));
        }
        self
    }
}

impl From<SecretsError> for WriteError {
    fn from(error: SecretsError) -> Self {
        Self::Secrets(error)
    }
}

impl From<StoreError> for WriteError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What is wrong with a value, without saying where it stands.
pub type Fault = (UserErrorCode, String);

/// Collects mistakes, and knows where in the input it is.
#[derive(Debug, Clone, Default)]
pub struct Errors {
    path: Vec<String>,
    found: Vec<UserError>,
}

impl Errors {
    /// Notes a mistake in `field` of where it is.
    pub fn add(&mut self, field: &str, code: UserErrorCode, message: impl Into<String>) {
        self.found.push(UserError { field: self.path_of(field), code, message: message.into() });
    }

    /// Notes what is wrong with `field`, if anything is; returns what is right.
    pub fn note<T>(&mut self, field: &str, checked: Result<T, Fault>) -> Option<T> {
        match checked {
            Ok(value) => Some(value),
            Err((code, message)) => {
                self.add(field, code, message);
                None
            }
        }
    }

    /// Whether something is wrong with `field` of where it is, or with something in it.
    pub fn on(&self, field: &str) -> bool {
        let path = self.path_of(field);
        self.found.iter().any(|error| error.field.starts_with(&path))
    }

    /// Whether nothing is wrong so far.
    pub const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Goes into a field, or to a position of a list.
    pub fn enter(&mut self, step: impl Display) {
        self.path.push(step.to_string());
    }

    /// Goes back to where it was before the last [`Self::enter`].
    pub fn leave(&mut self) {
        self.path.pop();
    }

    /// Goes on if nothing is wrong.
    ///
    /// # Errors
    /// [`WriteError::UserErrors`] otherwise.
    pub fn finish(&mut self) -> WriteResult<()> {
        if self.found.is_empty() { Ok(()) } else { Err(self.failure()) }
    }

    /// All that is wrong.
    pub fn failure(&mut self) -> WriteError {
        WriteError::UserErrors(std::mem::take(&mut self.found))
    }

    /// What was found, for tests of what needs no database.
    #[cfg(test)]
    pub fn found(&self) -> Vec<(String, UserErrorCode)> {
        self.found.iter().map(|error| (error.field.join("."), error.code)).collect()
    }

    fn path_of(&self, field: &str) -> Vec<String> {
        let mut path = self.path.clone();
        path.push(field.to_owned());
        path
    }
}

/// A single mistake.
pub fn refused(field: &str, code: UserErrorCode, message: impl Into<String>) -> WriteError {
    WriteError::UserErrors(vec![UserError { field: vec![field.to_owned()], code, message: message.into() }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_know_where_they_are() {
        let mut errors = Errors::default();
        errors.enter("parameters");
        errors.enter(2);
        errors.add("value", UserErrorCode::WrongType, "not a number");
        assert!(errors.on("value") && !errors.on("name"));
        errors.leave();
        errors.leave();
        assert!(errors.on("parameters"));
        let Err(WriteError::UserErrors(found)) = errors.finish() else { panic!("nothing found") };
        assert_eq!(found[0].field, ["parameters", "2", "value"]);
    }
}
