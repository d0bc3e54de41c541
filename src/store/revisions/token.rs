//! What clients are told of the course of changes, and bring back.

use std::fmt;
use std::sync::atomic::Ordering;
use std::time::Instant;

use super::{FRESH, Revisions};
use crate::store::Store;

/// Most letters of a registry's name.
const LONGEST_NAME: usize = 64;

/// A place in a registry's feed: whoever brings it has seen all changes up to there. As text, `REGISTRY.NUMBER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    registry: String,
    number: i64,
}

impl Token {
    /// Reads what was told; `None` if it never was.
    pub fn parse(text: &str) -> Option<Self> {
        let (registry, number) = text.split_once('.')?;
        let is_name =
            (1..=LONGEST_NAME).contains(&registry.len()) && registry.bytes().all(|b| b.is_ascii_alphanumeric());
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        if !is_name || !is_number {
            return None;
        }
        Some(Self { registry: registry.to_owned(), number: number.parse().ok()? })
    }
}

impl fmt::Display for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.registry, self.number)
    }
}

/// Which feed is known, for who compares another database's with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct KnownFeed {
    /// Whose it is.
    pub(in crate::store) registry: String,
    /// Up to where it is forgotten.
    pub(in crate::store) purged: i64,
    /// Since when it is known so: as in [`super::Revision`].
    pub(in crate::store) generation: u64,
}

impl Revisions {
    /// Where the course of changes is, as far as is known; `None` as long as nothing was asked.
    pub fn token(&self) -> Option<Token> {
        let registry = self.asked().feed.as_ref()?.0.clone();
        Some(Token { registry, number: self.now().position })
    }

    /// Which feed it is; `None` as long as nothing was asked.
    pub(in crate::store) fn feed(&self) -> Option<KnownFeed> {
        // Under the lock, which whoever learns of another feed holds.
        let asked = self.asked();
        let (registry, purged) = asked.feed.clone()?;
        Some(KnownFeed { registry, purged, generation: self.now().generation })
    }

    /// Whether the database was asked after `then`, and has no such change.
    pub(in crate::store) fn lack(&self, number: i64, then: Instant) -> bool {
        let asked = self.asked();
        asked.at.is_some_and(|at| at >= then) && self.complete() < number
    }

    fn complete(&self) -> i64 {
        self.0.complete.load(Ordering::Acquire)
    }

    /// Whether all changes up to there are known, or it is known that there are none such: the token is another registry's, or
    /// was asked for after it was brought, at `brought`, and not found.
    fn cover(&self, token: &Token, brought: Instant) -> bool {
        let asked = self.asked();
        let is_of_another = || asked.feed.as_ref().is_some_and(|(registry, _)| *registry != token.registry);
        asked.at.is_some_and(|at| at >= brought)
            || (asked.at.is_some() && (token.number <= self.complete() || is_of_another()))
    }
}

impl Store {
    /// Sees to it that all is known that whoever brings this token has seen. A token that is no good (of another registry, or
    /// of changes that the database has lost) demands nothing. `false` if the database doesn't say in time.
    pub async fn catch_up(&self, token: &Token) -> bool {
        let (revisions, brought) = (&self.revisions, Instant::now());
        if revisions.cover(token, brought) {
            return true;
        }
        let learning = async {
            let _alone = revisions.0.asking.lock().await;
            revisions.cover(token, brought) || self.learn_changes().await.is_ok()
        };
        tokio::time::timeout(FRESH, learning).await.unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_told() {
        let token = Token { registry: "a1".to_owned(), number: 7 };
        assert_eq!(Token::parse(&token.to_string()), Some(token));
        let long = format!("{}.7", "a".repeat(65));
        for wrong in
            ["", "a1", "a1.", ".7", "a1.-7", "a1.+7", "a1.7.8", "a-1.7", "a1.99999999999999999999", long.as_str()]
        {
            assert_eq!(Token::parse(wrong), None, "{wrong}");
        }
    }
}
