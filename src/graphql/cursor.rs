//! Cursors: where in a list a row stands, as clients are given it and give it back.

use async_graphql::Result;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::error::bad_input;
use crate::store::page::Position;

/// Tells the cursors of one list from those of another: what it lists, and how it is sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListName(pub String);

/// A cursor's content: version, list, sort keys, id, checksum.
#[derive(Serialize, Deserialize)]
struct Cursor(u8, u32, Vec<Option<String>>, i64, u32);

const CURSOR_VERSION: u8 = 1;

impl Cursor {
    fn new(list: &ListName, position: &Position) -> Self {
        let name = crc32fast::hash(list.0.as_bytes());
        let mut cursor = Self(CURSOR_VERSION, name, position.keys.clone(), position.id, 0);
        cursor.4 = cursor.checksum();
        cursor
    }

    fn checksum(&self) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&self.1.to_le_bytes());
        for key in &self.2 {
            hasher.update(&[u8::from(key.is_some())]);
            hasher.update(key.as_deref().unwrap_or_default().as_bytes());
        }
        hasher.update(&self.3.to_le_bytes());
        hasher.finalize()
    }
}

impl ListName {
    /// The cursor of a row of this list.
    pub fn cursor(&self, position: &Position) -> String {
        let json = serde_json::to_vec(&Cursor::new(self, position)).unwrap_or_default();
        URL_SAFE_NO_PAD.encode(json)
    }

    /// The position that a cursor of this list says, given as `argument`.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` that names the argument, if it is no cursor, or another list's.
    pub fn position(&self, argument: &str, text: &str) -> Result<Position> {
        let broken = || bad_input(format!("{argument}: this is not a cursor; pass one that a page of this list gave"));
        let json = URL_SAFE_NO_PAD.decode(text).map_err(|_| broken())?;
        let cursor: Cursor = serde_json::from_slice(&json).map_err(|_| broken())?;
        if cursor.0 != CURSOR_VERSION || cursor.checksum() != cursor.4 {
            return Err(broken());
        }
        if cursor.1 != crc32fast::hash(self.0.as_bytes()) {
            return Err(bad_input(format!(
                "{argument}: this cursor is of another list, or of this one sorted otherwise; start again without it"
            )));
        }
        Ok(Position { keys: cursor.2, id: cursor.3 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_only_to_its_own_list_and_whole() {
        let list = ListName("models by name".to_owned());
        let position = Position { keys: vec![Some("gpt-4o".to_owned()), None], id: 7 };
        let cursor = list.cursor(&position);
        assert_eq!(list.position("after", &cursor).expect("own cursor"), position);
        let other = ListName("suppliers by name".to_owned());
        assert!(other.position("after", &cursor).expect_err("another list's").message.contains("another list"));
        for index in 0..cursor.len() {
            let mut tampered = cursor.clone().into_bytes();
            tampered[index] = if tampered[index] == b'A' { b'B' } else { b'A' };
            let tampered = String::from_utf8(tampered).expect("ascii");
            assert!(list.position("after", &tampered).map_or(true, |found| found == position), "{tampered}");
        }
        assert!(list.position("after", "").is_err());
    }
}
