//! Cursors of the feed: which registry's, and the number of the last change that was seen.

use async_graphql::{Error, ErrorExtensions as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::error::FEED_RESYNC;
use crate::store::feed::Feed;

/// A cursor's content: version, registry, number, checksum.
#[derive(Serialize, Deserialize)]
struct Cursor(u8, String, i64, u32);

const CURSOR_VERSION: u8 = 1;

fn checksum(registry: &str, number: i64) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(registry.as_bytes());
    hasher.update(&number.to_le_bytes());
    hasher.finalize()
}

/// The cursor behind the change with this number.
pub fn encode(feed: &Feed, number: i64) -> String {
    let cursor = Cursor(CURSOR_VERSION, feed.registry.clone(), number, checksum(&feed.registry, number));
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(&cursor).unwrap_or_default())
}

/// A place in a feed, as a client gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    registry: String,
    /// The last change that the client has seen.
    pub number: i64,
}

impl Place {
    /// Reads a cursor.
    ///
    /// # Errors
    /// `FEED_RESYNC`, if the text is no cursor.
    pub fn parse(argument: &str, text: &str) -> Result<Self> {
        let cursor = URL_SAFE_NO_PAD.decode(text).ok().and_then(|json| serde_json::from_slice::<Cursor>(&json).ok());
        let sound =
            |cursor: &Cursor| cursor.0 == CURSOR_VERSION && cursor.2 >= 0 && cursor.3 == checksum(&cursor.1, cursor.2);
        match cursor.filter(sound) {
            Some(Cursor(_, registry, number, _)) => Ok(Self { registry, number }),
            None => Err(resync(argument, "MALFORMED", "this is not a cursor of a feed of changes")),
        }
    }

    /// Whether `feed` can be read on from here.
    ///
    /// # Errors
    /// `FEED_RESYNC`, if it is another registry's, or if what comes next is no longer kept.
    pub fn check(&self, argument: &str, feed: &Feed) -> Result<()> {
        if self.registry != feed.registry {
            return Err(resync(argument, "OTHER_REGISTRY", "this cursor is of another registry"));
        }
        if self.number < feed.purged {
            return Err(purged(argument));
        }
        if self.number > feed.last {
            let message = "this cursor is of a later state than the registry's, which was set back";
            return Err(resync(argument, "AHEAD", message));
        }
        Ok(())
    }
}

/// The error of who can't go on, since what comes next is no longer kept.
pub fn purged(argument: &str) -> Error {
    resync(argument, "PURGED", "changes behind this cursor are no longer kept")
}

fn resync(argument: &str, cause: &'static str, message: &str) -> Error {
    let advice = "read the catalogue anew, then go on from changeFeedCursor as it was before";
    Error::new(format!("{argument}: {message}; {advice}")).extend_with(|_, extensions| {
        extensions.set("code", FEED_RESYNC);
        extensions.set("cause", cause);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_only_to_its_own_feed_and_whole() {
        let feed = Feed { registry: "a1".to_owned(), purged: 3, last: 9 };
        let read = |text: &str| {
            let place = Place::parse("after", text)?;
            place.check("after", &feed).map(|()| place.number)
        };
        assert_eq!(read(&encode(&feed, 7)).expect("own cursor"), 7);
        assert_eq!(read(&encode(&feed, 3)).expect("the last that is purged"), 3);
        let other = Feed { registry: "b2".to_owned(), ..feed.clone() };
        for (text, part) in [
            (encode(&feed, 2), "no longer kept"),
            (encode(&feed, 10), "set back"),
            (encode(&other, 7), "another registry"),
            (String::new(), "not a cursor"),
            (encode(&feed, -1), "not a cursor"),
            (URL_SAFE_NO_PAD.encode(r#"[1,"a1",7,0]"#), "not a cursor"),
        ] {
            let error = read(&text).expect_err(part);
            assert!(error.message.contains(part), "{}", error.message);
            assert!(format!("{:?}", error.extensions).contains(FEED_RESYNC));
        }
    }
}
