//! What single fields take.

use super::user_error::{Fault, UserErrorCode};
use crate::domain::{
    NameError, check_category_name, check_currency, check_free_name, check_slug, check_snake_case, check_url,
};

/// Tells whether a field takes a value.
pub type Check<T> = fn(&T) -> Result<(), Fault>;

/// Longest name to show, in characters.
const DISPLAY_CHARS: usize = 200;
/// Longest free text, in characters.
const PROSE_CHARS: usize = 10_000;
/// Longest value of a parameter, and longest configuration, in bytes.
pub const VALUE_BYTES: usize = 65_536;
/// Longest path below an address, in bytes.
const PATH_BYTES: usize = 2_000;

fn fault<T>(code: UserErrorCode, message: impl Into<String>) -> Result<T, Fault> {
    Err((code, message.into()))
}

/// Any value of the type.
pub fn any<T>(_: &T) -> Result<(), Fault> {
    Ok(())
}

macro_rules! named {
    ($( $(#[$meta:meta])* $check:ident by $domain:ident; )+) => { $(
        $(#[$meta])*
        pub fn $check(text: &String) -> Result<(), Fault> {
            $domain(text).map_err(|error: NameError| (UserErrorCode::Invalid, error.to_string()))
        }
    )+ };
}

named! {
    /// The name of a supplier or a capability, or a kind of one.
    slug by check_slug;
    /// The name of a category.
    category_name by check_category_name;
    /// A sub-type or the name of a parameter.
    snake_case by check_snake_case;
    /// The name of a model or an alias.
    free_name by check_free_name;
    /// A currency's code.
    currency by check_currency;
    /// An address on the web.
    url by check_url;
}

/// A name to show.
pub fn display(text: &String) -> Result<(), Fault> {
    if text.trim().is_empty() {
        return fault(UserErrorCode::Invalid, "can't be blank");
    }
    if text.chars().any(char::is_control) {
        return fault(UserErrorCode::Invalid, "can't hold line breaks or other control characters");
    }
    bounded(text, DISPLAY_CHARS)
}

/// Free text.
pub fn prose(text: &String) -> Result<(), Fault> {
    bounded(text, PROSE_CHARS)
}

fn bounded(text: &str, limit: usize) -> Result<(), Fault> {
    // PostgreSQL keeps every character but this one.
    if text.contains('\0') {
        return fault(UserErrorCode::Invalid, "can't hold the character U+0000");
    }
    match text.chars().count() {
        length if length > limit => {
            fault(UserErrorCode::TooLong, format!("has {length} characters; at most {limit} are kept"))
        }
        _ => Ok(()),
    }
}

/// A path below an address.
pub fn url_path(text: &String) -> Result<(), Fault> {
    if is_path(text) {
        return Ok(());
    }
    fault(UserErrorCode::Invalid, format!("must be a path such as /v1, of at most {PATH_BYTES} bytes, without spaces"))
}

/// A picture: a path, or an address on the web.
pub fn picture(text: &String) -> Result<(), Fault> {
    if is_path(text) || check_url(text).is_ok() {
        return Ok(());
    }
    fault(UserErrorCode::Invalid, "must be a path, or an address that starts with http:// or https://, without spaces")
}

/// A path holds no colon before its first slash: what stands before a colon is a scheme, `javascript:` for one.
fn is_path(text: &str) -> bool {
    let first = text.split('/').next().unwrap_or_default();
    let sound = |character: char| !character.is_whitespace() && !character.is_control();
    (1..=PATH_BYTES).contains(&text.len()) && !text.starts_with("//") && !first.contains(':') && text.chars().all(sound)
}

/// A whole number of zero or more.
pub fn not_negative<T: PartialOrd + Default>(number: &T) -> Result<(), Fault> {
    if *number < T::default() { fault(UserErrorCode::OutOfRange, "must be 0 or more") } else { Ok(()) }
}

/// A list of kinds of data, such as `text` and `image`.
pub fn data_types(list: &Vec<String>) -> Result<(), Fault> {
    const LIMIT: usize = 20;
    if list.len() > LIMIT {
        return fault(UserErrorCode::TooMany, format!("has {} entries; at most {LIMIT} are kept", list.len()));
    }
    list.iter().try_for_each(snake_case)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_bounded() {
        assert_eq!(display(&"通义千问".to_owned()), Ok(()));
        for (text, code) in
            [("", UserErrorCode::Invalid), (" ", UserErrorCode::Invalid), ("a\nb", UserErrorCode::Invalid)]
        {
            assert_eq!(display(&text.to_owned()).map_err(|fault| fault.0), Err(code), "{text:?}");
        }
        assert_eq!(display(&"x".repeat(201)).map_err(|fault| fault.0), Err(UserErrorCode::TooLong));
        assert_eq!(prose(&"字".repeat(10_000)), Ok(()));
        assert_eq!(prose(&"x".repeat(10_001)).map_err(|fault| fault.0), Err(UserErrorCode::TooLong));
        assert_eq!(prose(&"a\0".to_owned()).map_err(|fault| fault.0), Err(UserErrorCode::Invalid));
    }

    #[test]
    fn pictures_never_become_script() {
        for logo in ["/logos/openai.svg", "logos/x.png", "https://example.org/x.svg"] {
            assert_eq!(picture(&logo.to_owned()), Ok(()), "{logo}");
        }
        for logo in ["", "javascript:alert(1)", "data:image/svg+xml,x", "//host/x", "a b"] {
            assert!(picture(&logo.to_owned()).is_err(), "{logo}");
        }
    }
}
