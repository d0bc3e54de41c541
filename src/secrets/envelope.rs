//! The sealed form: a secret under a data key of its own, and the data key under a master key.
//!
//! ```text
//! ciphertext   version (1) | nonce (24) | XChaCha20-Poly1305 of the secret, with its tag (16)
//! data key     version (1) | nonce (24) | XChaCha20-Poly1305 of the data key (32), with its tag (16)      a master key of ours
//!              version (2) | Vault's text, of the data key (32) and a digest of where it belongs (32)     a master key of Vault's
//! ```
//!
//! Both are bound to where they belong ([`Place`]) by the associated data, so that neither opens in another row.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{Secret, SecretsError};

/// The form that is written.
const VERSION: u8 = 1;
const NONCE: usize = 24;
const TAG: usize = 16;

/// Bytes of a key.
pub(super) const KEY: usize = 32;

/// A key, whose memory is overwritten when it is dropped.
pub(super) type KeyBytes = Zeroizing<[u8; KEY]>;

/// Where a secret belongs: what is sealed for one place opens in no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// What names the row for good.
    pub row: String,
    /// The primary key of what the row belongs to.
    pub owner: i64,
}

impl Place {
    /// A new row of this table, by a name that no other has.
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub fn new_row(table: &'static str, owner: i64) -> Result<Self, SecretsError> {
        let row = HEXLOWER.encode(random::<16>()?.as_slice());
        Ok(Self { table, row, owner })
    }
}

/// A secret as it is kept. Whoever has it and not the master key has nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The secret, under its data key.
    pub ciphertext: Vec<u8>,
    /// The data key, under the master key.
    pub data_key: Vec<u8>,
    /// Which master key that is.
    pub master_key: String,
}

/// What a ciphertext is bound to, beside its key: everything is preceded by its length, so that no two places look alike.
pub(super) struct Binding(Vec<u8>);

impl Binding {
    pub(super) fn new(registry: &str, place: &Place) -> Self {
        let mut bytes = vec![VERSION];
        for part in ["modelry", registry, place.table, &place.row] {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part.as_bytes());
        }
        bytes.extend(place.owner.to_be_bytes());
        Self(bytes)
    }

    fn of_secret(&self) -> Vec<u8> {
        [b"secret:".as_slice(), &self.0].concat()
    }

    fn of_data_key(&self, master_key: &str) -> Vec<u8> {
        [b"data key:", master_key.as_bytes(), b":", &self.0].concat()
    }

    /// What stands for the place where a master key takes no associated data.
    pub(super) fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }
}

/// New random bytes.
pub(super) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, SecretsError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| SecretsError::NoRandomness)?;
    Ok(bytes)
}

/// Seals a secret under its data key.
pub(super) fn seal(secret: &Secret, key: &KeyBytes, binding: &Binding) -> Result<Vec<u8>, SecretsError> {
    encrypt(secret.expose().as_bytes(), key, &binding.of_secret())
}

/// Opens a secret with its data key.
pub(super) fn open(ciphertext: &[u8], key: &KeyBytes, binding: &Binding) -> Result<Secret, SecretsError> {
    let bytes = decrypt(ciphertext, key, &binding.of_secret())?;
    // What was sealed was a text.
    let text = std::str::from_utf8(&bytes).map_err(|_| SecretsError::Closed)?;
    Ok(Secret::new(text.to_owned()))
}

/// Wraps a data key with a master key of ours.
pub(super) fn wrap(
    data_key: &KeyBytes,
    master: &KeyBytes,
    id: &str,
    binding: &Binding,
) -> Result<Vec<u8>, SecretsError> {
    encrypt(data_key.as_slice(), master, &binding.of_data_key(id))
}

/// Unwraps a data key with a master key of ours.
pub(super) fn unwrap(wrapped: &[u8], master: &KeyBytes, id: &str, binding: &Binding) -> Result<KeyBytes, SecretsError> {
    key_of(&decrypt(wrapped, master, &binding.of_data_key(id))?)
}

/// A key from bytes, if there are as many as a key has.
pub(super) fn key_of(bytes: &[u8]) -> Result<KeyBytes, SecretsError> {
    let key: [u8; KEY] = bytes.try_into().map_err(|_| SecretsError::Closed)?;
    Ok(Zeroizing::new(key))
}

fn encrypt(plain: &[u8], key: &KeyBytes, bound_to: &[u8]) -> Result<Vec<u8>, SecretsError> {
    let nonce = random::<NONCE>()?;
    let payload = Payload { msg: plain, aad: bound_to };
    let sealed = cipher(key).encrypt(&XNonce::from(*nonce), payload).map_err(|_| SecretsError::Closed)?;
    Ok([&[VERSION], nonce.as_slice(), &sealed].concat())
}

fn decrypt(sealed: &[u8], key: &KeyBytes, bound_to: &[u8]) -> Result<Zeroizing<Vec<u8>>, SecretsError> {
    let (version, rest) = sealed.split_first().ok_or(SecretsError::Form("it is empty"))?;
    if *version != VERSION {
        return Err(SecretsError::Form("it has another version"));
    }
    let (nonce, message) = rest.split_first_chunk::<NONCE>().ok_or(SecretsError::Form("it is cut off"))?;
    if message.len() < TAG {
        return Err(SecretsError::Form("it is cut off"));
    }
    let payload = Payload { msg: message, aad: bound_to };
    let plain = cipher(key).decrypt(&XNonce::from(*nonce), payload).map_err(|_| SecretsError::Closed)?;
    Ok(Zeroizing::new(plain))
}

fn cipher(key: &KeyBytes) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(**key).into())
}

#[cfg(test)]
mod tests;
