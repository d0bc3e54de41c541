//! Secrets that Modelry gives out: 256 random bits, and a checksum that tells a slip of the hand from a guess.
//!
//! Only a secret's SHA-256 is kept. Its bits are as random as a key's, so a slow hash would add nothing. Secrets are found
//! by their hash: what time the search takes tells of the hash of what was offered, and nothing of any secret.

use sha2::{Digest as _, Sha256};

/// The alphabet: what a double click selects as one word.
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// So many letters of the alphabet are 256 bits: 62 to the power of 43 is a little more than 2 to the power of 256.
const LETTERS: usize = 43;
/// Letters of the checksum, a CRC-32.
const CHECK_LETTERS: usize = 6;
/// What API tokens begin with, by which they are found where they shouldn't be.
const TOKEN_PREFIX: &str = "mdy_";
/// What the codes of links begin with.
const CODE_PREFIX: &str = "mdl_";
/// What sessions begin with.
const SESSION_PREFIX: &str = "mds_";
/// How many letters of a secret its owner knows it again by.
const HINT_LETTERS: usize = 4;

/// The random source of the system failed.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random numbers: {0}")]
pub struct NoRandomness(getrandom::Error);

/// A secret. It can't be printed, logged or sent by accident: it has to be asked for.
pub struct Secret(String);

/// The SHA-256 of a secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretHash([u8; 32]);

impl Secret {
    /// A new API token.
    ///
    /// # Errors
    /// If the system has no random numbers.
    pub fn token() -> Result<Self, NoRandomness> {
        Self::generate(TOKEN_PREFIX)
    }

    /// A new code of a link that signs in.
    ///
    /// # Errors
    /// If the system has no random numbers.
    pub fn code() -> Result<Self, NoRandomness> {
        Self::generate(CODE_PREFIX)
    }

    /// What a browser has of a new session.
    ///
    /// # Errors
    /// If the system has no random numbers.
    pub fn session() -> Result<Self, NoRandomness> {
        Self::generate(SESSION_PREFIX)
    }

    fn generate(prefix: &str) -> Result<Self, NoRandomness> {
        let mut text = prefix.to_owned();
        let mut random = [0; 64];
        while text.len() < prefix.len() + LETTERS {
            getrandom::fill(&mut random).map_err(NoRandomness)?;
            // Of the 256 values of a byte the first 248 are four times the alphabet; the others would favour its beginning.
            let letters = random.iter().filter(|byte| **byte < 248);
            let missing = prefix.len() + LETTERS - text.len();
            text.extend(letters.map(|byte| char::from(ALPHABET[usize::from(byte % 62)])).take(missing));
        }
        text.push_str(&check(text.as_bytes()));
        Ok(Self(text))
    }

    /// What may be an API token, by its form.
    pub fn parse_token(text: &str) -> Option<Self> {
        Self::parse(TOKEN_PREFIX, text)
    }

    /// What may be the code of a link, by its form: nothing but letters, digits and `_`.
    pub fn parse_code(text: &str) -> Option<Self> {
        Self::parse(CODE_PREFIX, text)
    }

    /// What may be a session, by its form.
    pub fn parse_session(text: &str) -> Option<Self> {
        Self::parse(SESSION_PREFIX, text)
    }

    fn parse(prefix: &str, text: &str) -> Option<Self> {
        let (body, sum) = text.split_at_checked(prefix.len() + LETTERS)?;
        let letters = body.strip_prefix(prefix)?;
        let sound = letters.bytes().all(|letter| ALPHABET.contains(&letter)) && check(body.as_bytes()) == sum;
        sound.then(|| Self(text.to_owned()))
    }

    /// The secret itself, for whom it is made.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Its last letters: with them known, more than 230 bits are left to guess.
    pub fn hint(&self) -> String {
        self.0[self.0.len() - HINT_LETTERS..].to_owned()
    }

    /// Its hash.
    pub fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0.as_bytes()).into())
    }
}

/// A CRC-32 in letters of the alphabet.
fn check(text: &[u8]) -> String {
    let mut sum = crc32fast::hash(text);
    let mut letters = [b'0'; CHECK_LETTERS];
    for letter in letters.iter_mut().rev() {
        *letter = ALPHABET[(sum % 62) as usize];
        sum /= 62;
    }
    letters.iter().map(|letter| char::from(*letter)).collect()
}

impl SecretHash {
    /// In hexadecimal, as it is kept.
    pub fn to_hex(self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
        self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    /// Read from hexadecimal; `None` if it is none.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut hash = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (index, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).ok()?;
        }
        Some(Self(hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_tokens_are_the_same_and_each_is_known_by_its_form() {
        let tokens: std::collections::HashSet<String> =
            (0..1000).map(|_| Secret::token().expect("a token").expose().to_owned()).collect();
        assert_eq!(tokens.len(), 1000);
        for token in &tokens {
            assert!(token.starts_with("mdy_") && token.len() == 53, "{token}");
            assert!(token[4..].bytes().all(|byte| ALPHABET.contains(&byte)), "{token}");
            let parsed = Secret::parse_token(token).expect("its own form");
            assert_eq!(parsed.expose(), token);
        }
        let used: std::collections::HashSet<char> = tokens.iter().flat_map(|token| token[4..47].chars()).collect();
        assert_eq!(used.len(), 62, "every letter occurs");
    }

    #[test]
    fn a_slip_of_the_hand_is_no_token() {
        let token = Secret::token().expect("a token").expose().to_owned();
        let mut swapped: Vec<char> = token.chars().collect();
        swapped[10] = if swapped[10] == 'x' { 'y' } else { 'x' };
        let swapped: String = swapped.into_iter().collect();
        let crafted = format!("mdy_{}", "<".repeat(43));
        let crafted = format!("{crafted}{}", check(crafted.as_bytes()));
        assert!(Secret::parse_token(&crafted).is_none(), "a checksum alone makes no token");
        assert!(Secret::parse_code(&token).is_none() && Secret::parse_session(&token).is_none(), "each has its use");
        for wrong in ["", "mdy_", "mdy_密", &token[1..], &token[..52], &format!("{token}0"), &swapped, &"é".repeat(40)]
        {
            assert!(Secret::parse_token(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn hashes_are_kept_in_hexadecimal() {
        let hash = Secret("abc".to_owned()).hash();
        assert_eq!(hash.to_hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(SecretHash::from_hex(&hash.to_hex()) == Some(hash));
        for wrong in ["", "ba78", &"g".repeat(64), &"é".repeat(32)] {
            assert!(SecretHash::from_hex(wrong).is_none(), "{wrong}");
        }
    }
}
