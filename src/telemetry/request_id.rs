//! What a request is called in the log, in traces, in masked errors and in the history.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::time::Instant;

/// The header that carries it, both ways.
pub const HEADER: &str = "x-request-id";
/// Longest that is taken from a client.
const LONGEST: usize = 64;

/// A request's id: a client's own if it is harmless, else sixteen hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The name of the header that carries it.
    pub const HEADER: &str = HEADER;

    /// One that no other request has.
    pub fn fresh() -> Self {
        Self(format!("{:016x}", random()).into())
    }

    /// The one that a client has chosen: up to 64 letters, digits, dots, hyphens and underscores; `None` if it is anything
    /// else, which could forge lines of a log.
    pub fn given(text: &str) -> Option<Self> {
        let harmless = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'.' | b'-' | b'_');
        let sane = (1..=LONGEST).contains(&text.len()) && text.bytes().all(harmless);
        sane.then(|| Self(text.into()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A number that is unlikely to come twice. Names things; keeps nothing secret.
pub fn random() -> u64 {
    RandomState::new().hash_one(Instant::now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clients_own_is_taken_if_it_is_harmless() {
        for harmless in ["a", "7f3a-9", "0a1b2c3d.4_5", &"x".repeat(64)] {
            assert_eq!(RequestId::given(harmless).expect("harmless").as_str(), harmless);
        }
        for odd in ["", " ", "a b", "a\nb", "a\"b", "型", "a;b", "<script>", &"x".repeat(65)] {
            assert_eq!(RequestId::given(odd), None, "{odd:?}");
        }
    }

    #[test]
    fn fresh_ones_differ() {
        assert_ne!(RequestId::fresh(), RequestId::fresh());
        assert_eq!(RequestId::fresh().as_str().len(), 16);
    }
}
