//! Codes of answers as labels: a set that can't grow without end, whatever happens.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// The code of an answer without errors.
pub const OK: &str = "OK";
/// The code of a request whose client went away before it was answered.
pub const GONE: &str = "CLIENT_GONE";
/// Stands for all codes beyond those that have a place.
pub const OTHER: &str = "OTHER";

/// Most codes that are told apart. The server has about thirty.
const MOST: usize = 64;
/// Longest code.
const LONGEST: usize = 48;

/// The codes that were seen so far.
#[derive(Debug, Default)]
pub struct Codes(Mutex<BTreeSet<String>>);

impl Codes {
    /// The code as a label: itself, or [`OTHER`] if it doesn't look like one or too many are known.
    pub fn label(&self, code: &str) -> Cow<'static, str> {
        match code {
            OK => return Cow::Borrowed(OK),
            GONE => return Cow::Borrowed(GONE),
            _ => {}
        }
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.contains(code) {
            return Cow::Owned(code.to_owned());
        }
        if known.len() >= MOST || !is_code(code) {
            return Cow::Borrowed(OTHER);
        }
        known.insert(code.to_owned());
        Cow::Owned(code.to_owned())
    }
}

/// Whether the text is spelled as codes are: `BAD_USER_INPUT`.
fn is_code(text: &str) -> bool {
    let letters = |letter: u8| letter == b'_' || letter.is_ascii_uppercase() || letter.is_ascii_digit();
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_never_more_than_a_bounded_number() {
        let codes = Codes::default();
        let labels: BTreeSet<_> = (0..10_000).map(|number| codes.label(&format!("CODE_{number}"))).collect();
        assert_eq!(labels.len(), MOST + 1, "{labels:?}");
        assert_eq!(codes.label("CODE_7"), "CODE_7");
    }

    #[test]
    fn what_is_no_code_is_other() {
        let codes = Codes::default();
        for text in ["", "not a code", "\"}\nevil 1", &"A".repeat(49), "型"] {
            assert_eq!(codes.label(text), OTHER, "{text}");
        }
        assert_eq!(codes.label(OK), OK);
    }
}
