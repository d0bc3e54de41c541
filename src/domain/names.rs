//! What may serve as a name.

use thiserror::Error;

/// Longest name of anything but a model, in bytes.
const SLUG_BYTES: usize = 100;
/// Longest name of a model or an alias, in bytes.
const FREE_NAME_BYTES: usize = 200;
/// Longest URL, in bytes.
const URL_BYTES: usize = 2000;

/// Why a text is not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NameError {
    /// Names of suppliers and capabilities.
    #[error(
        "must be 1 to {SLUG_BYTES} bytes of lower-case letters, digits and . _ : / @ -, starting with a letter or digit"
    )]
    Slug,
    /// Names of categories, which are the segments of a path.
    #[error("must be 1 to {SLUG_BYTES} bytes of lower-case letters, digits and . _ -, starting with a letter or digit")]
    CategoryName,
    /// Sub-types and parameter names.
    #[error("must be 1 to {SLUG_BYTES} bytes of lower-case letters, digits and _, starting with a letter")]
    SnakeCase,
    /// Names of models, which are spelled as their suppliers spell them.
    #[error("must be 1 to {FREE_NAME_BYTES} bytes without control characters or spaces at its ends")]
    FreeName,
    /// Codes of currencies.
    #[error("must be a currency code of three capital letters, such as USD")]
    Currency,
    /// Addresses.
    #[error("must be an address of at most {URL_BYTES} bytes that starts with http:// or https:// and holds no spaces")]
    Url,
}

fn is_slug(text: &str, start: fn(u8) -> bool, others: &[u8]) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || others.contains(&byte);
    text.len() <= SLUG_BYTES && text.bytes().next().is_some_and(start) && text.bytes().all(plain)
}

fn letter_or_digit(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// The name of a supplier or a capability.
///
/// # Errors
/// [`NameError::Slug`].
pub fn check_slug(text: &str) -> Result<(), NameError> {
    if is_slug(text, letter_or_digit, b"._:/@-") { Ok(()) } else { Err(NameError::Slug) }
}

/// The name of a category: a slug without the separators of paths.
///
/// # Errors
/// [`NameError::CategoryName`].
pub fn check_category_name(text: &str) -> Result<(), NameError> {
    if is_slug(text, letter_or_digit, b"._-") { Ok(()) } else { Err(NameError::CategoryName) }
}

/// A sub-type or the name of a parameter.
///
/// # Errors
/// [`NameError::SnakeCase`].
pub fn check_snake_case(text: &str) -> Result<(), NameError> {
    if is_slug(text, |byte| byte.is_ascii_lowercase(), b"_") { Ok(()) } else { Err(NameError::SnakeCase) }
}

/// The name of a model, or an alias of one: as the supplier spells it.
///
/// # Errors
/// [`NameError::FreeName`].
pub fn check_free_name(text: &str) -> Result<(), NameError> {
    let sound =
        (1..=FREE_NAME_BYTES).contains(&text.len()) && text.trim() == text && !text.chars().any(char::is_control);
    if sound { Ok(()) } else { Err(NameError::FreeName) }
}

/// A currency code of ISO 4217's shape.
///
/// # Errors
/// [`NameError::Currency`].
pub fn check_currency(text: &str) -> Result<(), NameError> {
    if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(())
    } else {
        Err(NameError::Currency)
    }
}

/// An address on the web. Other schemes are refused, so that none can become script in a page.
///
/// # Errors
/// [`NameError::Url`].
pub fn check_url(text: &str) -> Result<(), NameError> {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let rest = if lower.starts_with("https://") {
        &text[8..]
    } else if lower.starts_with("http://") {
        &text[7..]
    } else {
        ""
    };
    let sound = !rest.is_empty()
        && text.len() <= URL_BYTES
        && !text.chars().any(|character| character.is_whitespace() || character.is_control());
    if sound { Ok(()) } else { Err(NameError::Url) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        for name in ["openai", "01-ai", "vertex_ai-language-models", "a.b:c/d@e-f"] {
            assert_eq!(check_slug(name), Ok(()), "{name}");
        }
        for name in ["", "OpenAI", "-x", "_x", "深度求索", "a b", &"x".repeat(101)] {
            assert_eq!(check_slug(name), Err(NameError::Slug), "{name}");
        }
        assert_eq!(check_category_name("llm/chat"), Err(NameError::CategoryName));
        assert_eq!(check_snake_case("context_window"), Ok(()));
        assert_eq!(check_snake_case("context-window"), Err(NameError::SnakeCase));
    }

    #[test]
    fn models_keep_their_suppliers_spelling() {
        for name in [
            "gpt-4o",
            "@cf/meta/llama-3.1-8b-instruct",
            "~openai/gpt-latest",
            "NousResearch 2/Hermes",
            "bedrock/*/x",
            "文心一言",
        ] {
            assert_eq!(check_free_name(name), Ok(()), "{name}");
        }
        for name in ["", " x", "x\n", "a\u{0}b", &"x".repeat(201)] {
            assert_eq!(check_free_name(name), Err(NameError::FreeName), "{name:?}");
        }
    }

    #[test]
    fn addresses_are_of_the_web() {
        for url in ["https://api.openai.com/v1", "HTTP://localhost:11434"] {
            assert_eq!(check_url(url), Ok(()), "{url}");
        }
        for url in ["", "https://", "javascript:alert(1)", "data:text/html,x", "ftp://x", "https://a b", "//x"] {
            assert_eq!(check_url(url), Err(NameError::Url), "{url}");
        }
    }

    #[test]
    fn currencies() {
        assert_eq!(check_currency("CNY"), Ok(()));
        assert_eq!(check_currency("usd"), Err(NameError::Currency));
    }
}
