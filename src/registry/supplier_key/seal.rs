//! Sealing a key for its row, and what a key must look like.

use crate::domain::SealedBytes;
use crate::registry::user_error::{Fault, UserErrorCode, WriteResult};
use crate::secrets::{Keyring, Place, Sealed, Secret};
use crate::store::Store;
use crate::store::master_key::current;
use crate::store::schema::Columns as _;
use crate::store::schema::supplier_keys;
use crate::store::supplier_key::{SupplierKeyFields, SupplierKeyRow};

/// Longest key, in bytes: some are whole documents.
const MAX_BYTES: usize = 16_384;
/// A key with fewer characters has no hint: four of them would be too much of it.
const HINTED: usize = 16;
/// So many characters of its end are the hint.
const HINT: usize = 4;
/// So many bytes of a key are not to be in its label.
const PIECE: usize = 8;

/// A key that is sealed for a row which isn't there yet.
pub(super) struct Envelope {
    identity: String,
    hint: Option<String>,
    pub(super) sealed: Sealed,
}

impl Envelope {
    /// The fields of the row, with nothing said of what else is known about the key.
    pub(super) fn fields(self, supplier_id: i64) -> SupplierKeyFields {
        SupplierKeyFields {
            supplier_id,
            identity: self.identity,
            label: String::new(),
            ciphertext: SealedBytes::new(self.sealed.ciphertext),
            wrapped_key: SealedBytes::new(self.sealed.data_key),
            master_key: self.sealed.master_key,
            hint: self.hint,
            is_active: true,
            weight: 1,
            expires_at: None,
            last_used_at: None,
            rotated_at: None,
        }
    }
}

/// Seals a key of this supplier with the master key that is in use; the first one puts the newest into use. Not to be done
/// within a transaction: Vault may take its time.
pub(super) async fn seal(store: &Store, keyring: &Keyring, secret: &Secret, supplier: i64) -> WriteResult<Envelope> {
    let master_key = match store.read(|conn| Box::pin(current(conn))).await? {
        Some(name) => name,
        None => keyring.newest_or_made().await?,
    };
    let place = Place::new_row(supplier_keys::table::TABLE, supplier)?;
    let sealed = keyring.seal(secret, &place, &master_key).await?;
    Ok(Envelope { identity: place.row, hint: hint(secret.expose()), sealed })
}

/// Where the key of a row belongs.
pub fn place_of(row: &SupplierKeyRow) -> Place {
    Place { table: supplier_keys::table::TABLE, row: row.identity.clone(), owner: row.supplier_id }
}

/// The key of a row, as it is sealed.
pub fn sealed(row: &SupplierKeyRow) -> Sealed {
    Sealed {
        ciphertext: row.ciphertext.as_slice().to_vec(),
        data_key: row.wrapped_key.as_slice().to_vec(),
        master_key: row.master_key.clone(),
    }
}

/// The last characters of a key that is long enough, by which people know it.
fn hint(key: &str) -> Option<String> {
    let length = key.chars().count();
    let hint: String = key.chars().skip(length.saturating_sub(HINT)).collect();
    (length >= HINTED && hint.chars().all(|character| character.is_ascii_alphanumeric())).then_some(hint)
}

/// Whether this can be a key. What is said of one that can't holds nothing of it.
pub(super) fn check_secret(secret: &Secret) -> Result<(), Fault> {
    let text = secret.expose();
    let fault = |code, message: &str| Err((code, message.to_owned()));
    if text.trim().is_empty() {
        return fault(UserErrorCode::Required, "can't be empty");
    }
    if text.len() > MAX_BYTES {
        return Err((UserErrorCode::TooLong, format!("at most {MAX_BYTES} bytes are kept")));
    }
    if text.trim().len() != text.len() {
        return fault(UserErrorCode::Invalid, "has white space before or behind it; leave that out");
    }
    if text.chars().any(|character| character.is_control() && !character.is_ascii_whitespace()) {
        return fault(UserErrorCode::Invalid, "can't hold control characters other than tabs and line breaks");
    }
    Ok(())
}

/// Whether the label is free of pieces of the key, since it is shown.
pub(super) fn check_apart(label: Option<&String>, secret: &Secret) -> Result<(), Fault> {
    let (Some(label), key) = (label, secret.expose().as_bytes()) else { return Ok(()) };
    let holds = |piece: &[u8]| label.as_bytes().windows(piece.len()).any(|window| window == piece);
    let shown = if key.len() < PIECE { !key.is_empty() && holds(key) } else { key.windows(PIECE).any(holds) };
    if shown {
        return Err((UserErrorCode::Invalid, "can't hold the key or a piece of it, since it is shown".to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_the_end_of_long_keys() {
        assert_eq!(hint("sk-0123456789abcdef").as_deref(), Some("cdef"));
        for none in ["", "short", "fifteen-letters", "{\"a\": \"document of JSON\"}", "sixteen-letters-é"] {
            assert_eq!(hint(none), None, "{none}");
        }
    }

    #[test]
    fn labels_hold_no_piece_of_the_key() {
        let (key, short) = (Secret::new("sk-0123456789abcdef".to_owned()), Secret::new("hunter2".to_owned()));
        for label in ["sk-0123456789abcdef", "my 23456789 key", "9abcdef and sk-01234"] {
            assert!(check_apart(Some(&label.to_owned()), &key).is_err(), "{label}");
        }
        assert!(check_apart(Some(&"is hunter2".to_owned()), &short).is_err());
        for label in ["production", "sk-0123", "hunter"] {
            assert!(check_apart(Some(&label.to_owned()), &key).is_ok(), "{label}");
            assert!(check_apart(Some(&label.to_owned()), &short).is_ok(), "{label}");
        }
    }

    #[test]
    fn what_can_t_be_a_key_is_not_repeated() {
        for text in ["", "  ", " padded-key-text", "padded-key-text\n", "nul\0in-the-key", &"long-key".repeat(10_000)] {
            let (_, message) = check_secret(&Secret::new(text.to_owned())).expect_err(text);
            assert!(!message.contains("key-"), "{message}");
        }
        for text in ["k", "sk-abc", "{\n\t\"type\": \"service_account\"\n}", "schlüssel"] {
            assert!(check_secret(&Secret::new(text.to_owned())).is_ok(), "{text}");
        }
    }
}
