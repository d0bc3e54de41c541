//! Looking for pieces of secrets, in whatever spelling, in whatever came out.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// So many bytes of a secret in a row are too many.
const PIECE: usize = 8;
/// So many digits of a hexadecimal spelling are as many bytes.
const HEX: usize = 2 * PIECE;

fn hexadecimal(text: &str) -> String {
    text.bytes()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// The pieces that must be nowhere.
#[derive(Default)]
pub struct Pieces {
    short: HashSet<Vec<u8>>,
    long: HashSet<Vec<u8>>,
}

impl Pieces {
    /// Those of these secrets: as they are, in JSON, in base64 wherever they begin, in hexadecimal.
    pub fn of(secrets: &[&str]) -> Self {
        let mut pieces = Self::default();
        for secret in secrets {
            let json = serde_json::to_string(secret).expect("JSON");
            let spellings = [(*secret).to_owned(), json[1..json.len() - 1].to_owned()];
            let encoded = (0..3).map(|before| {
                let text = STANDARD.encode([&vec![b'.'; before], secret.as_bytes()].concat());
                // The ends depend on what stands beside the secret.
                text[4..text.len() - 4].to_owned()
            });
            for spelling in spellings.into_iter().chain(encoded) {
                pieces.short.extend(spelling.as_bytes().windows(PIECE).map(<[u8]>::to_vec));
            }
            let digits = hexadecimal(secret);
            for digits in [digits.to_uppercase(), digits] {
                pieces.long.extend(digits.as_bytes().windows(HEX).map(<[u8]>::to_vec));
            }
        }
        pieces
    }

    /// What stands around the first piece that was found; `None` if none was.
    pub fn found(&self, bytes: &[u8]) -> Option<String> {
        let at = |pieces: &HashSet<Vec<u8>>, length| bytes.windows(length).position(|window| pieces.contains(window));
        let place = at(&self.short, PIECE).or_else(|| at(&self.long, HEX))?;
        let around = &bytes[place.saturating_sub(100)..bytes.len().min(place + 100)];
        Some(String::from_utf8_lossy(around).into_owned())
    }

    /// Fails if there is a piece in what came from `place`.
    pub fn assert_none(&self, place: &str, bytes: &[u8]) {
        if let Some(around) = self.found(bytes) {
            panic!("a piece of a secret is in {place}: ...{around}...");
        }
    }
}

#[test]
fn pieces_are_found_in_every_spelling() {
    let secret = "sk-a\"secret\\with-signs-0123456789";
    let pieces = Pieces::of(&[secret]);
    let hex = hexadecimal(secret);
    for spelled in [
        format!("before {secret} behind"),
        format!("only {} of it", &secret[20..28]),
        serde_json::json!({ "a": secret }).to_string(),
        STANDARD.encode(format!("{secret}!")),
        STANDARD.encode(format!("x{secret}")),
        STANDARD.encode(format!("xy{secret}!!")),
        format!("\\x00{hex}"),
        hex.to_uppercase(),
    ] {
        assert!(pieces.found(spelled.as_bytes()).is_some(), "{spelled}");
    }
    for innocent in ["sk-a", "6789", "", "something else that is long enough"] {
        assert_eq!(pieces.found(innocent.as_bytes()), None, "{innocent}");
    }
}
