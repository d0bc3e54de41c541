//! Master keys that this process holds itself, as texts: one in a line of a file, or one between commas of a variable.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::SecretsError;
use super::envelope::{KeyBytes, key_of, random};

/// What names of our own master keys start with.
pub(super) const LOCAL: &str = "local:";

/// A master key of ours, and its name.
#[derive(Clone)]
pub(super) struct MasterKey {
    pub(super) id: String,
    pub(super) bytes: KeyBytes,
}

impl MasterKey {
    /// A new one.
    pub(super) fn generate() -> Result<Self, SecretsError> {
        random().map(Self::new)
    }

    fn new(bytes: KeyBytes) -> Self {
        // Eight bytes of a digest of a random key tell keys apart, and nothing of the key.
        let digest =
            Sha256::new().chain_update(b"name of a master key of modelry").chain_update(bytes.as_slice()).finalize();
        Self { id: format!("{LOCAL}{}", HEXLOWER.encode(&digest[..8])), bytes }
    }

    /// Reads one from base64; `place` says where it stands.
    pub(super) fn parse(text: &str, place: &str) -> Result<Self, SecretsError> {
        let wrong = || SecretsError::NotAKey { place: place.to_owned() };
        let bytes = Zeroizing::new(STANDARD.decode(text.trim()).map_err(|_| wrong())?);
        key_of(&bytes).map(Self::new).map_err(|_| wrong())
    }

    /// Its base64.
    pub(super) fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(STANDARD.encode(self.bytes.as_slice()))
    }
}

/// Master keys of one source, in its order.
#[derive(Clone, Default)]
pub(super) struct MasterKeys(pub(super) Vec<MasterKey>);

impl MasterKeys {
    /// The one with this name.
    pub(super) fn get(&self, id: &str) -> Option<&MasterKey> {
        self.0.iter().find(|key| key.id == id)
    }

    /// Reads the keys of a variable, of which the first is the newest.
    pub(super) fn from_variable(text: &str, name: &str) -> Result<Self, SecretsError> {
        let keys = text.split(',').map(|key| MasterKey::parse(key, name));
        // In the order of a file: the newest last.
        Ok(Self(keys.rev().collect::<Result<_, _>>()?))
    }
}
