//! All master keys that this process can use, whatever they come from.
//!
//! What seals is chosen by who calls, by its name; to open, every source is asked for the key that a secret names.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::envelope::{self, Binding, KeyBytes, Place, Sealed};
use super::key_file::KeyFile;
use super::master_key::{LOCAL, MasterKey, MasterKeys};
use super::vault::{Vault, VaultSettings};
use super::{Secret, SecretsError};

/// The variable with master keys.
const VARIABLE: &str = "MODELRY_MASTER_KEY";
/// The variable with the token for Vault.
const VAULT_TOKEN: &str = "VAULT_TOKEN";

/// Where master keys come from.
#[derive(Debug, Clone)]
pub struct SecretsSettings {
    /// What this registry is called: part of what every secret is bound to.
    pub registry: String,
    /// The file of master keys.
    pub key_file: PathBuf,
    /// Vault, if it holds the master keys.
    pub vault: Option<VaultSettings>,
}

/// The master keys. Cheap to clone; clones share what they have read.
#[derive(Clone)]
pub struct Keyring(Arc<Sources>);

struct Sources {
    registry: String,
    file: KeyFile,
    variable: MasterKeys,
    vault: Option<Vault>,
    read: Mutex<MasterKeys>,
}

/// A data key that is to be wrapped with another master key.
pub struct Rewrapped {
    /// Where its secret belongs.
    pub place: Place,
    /// The data key, wrapped as it is.
    pub data_key: Vec<u8>,
    /// By which master key.
    pub master_key: String,
}

impl Keyring {
    /// Master keys from these places, and from the environment.
    ///
    /// # Errors
    /// If what the environment holds is no key, or Vault's settings can't be used. The file isn't looked at yet.
    pub fn new(settings: SecretsSettings) -> Result<Self, SecretsError> {
        Self::with_variables(settings, variable(VARIABLE), variable(VAULT_TOKEN))
    }

    /// Like [`Keyring::new`], with what the environment holds given by the caller.
    ///
    /// # Errors
    /// As [`Keyring::new`].
    pub fn with_variables(
        settings: SecretsSettings,
        keys: Option<Secret>,
        vault_token: Option<Secret>,
    ) -> Result<Self, SecretsError> {
        let keys = keys.map(|keys| MasterKeys::from_variable(keys.expose(), VARIABLE)).transpose()?;
        let vault = settings.vault.map(|vault| Vault::new(vault, vault_token)).transpose()?;
        Ok(Self(Arc::new(Sources {
            registry: settings.registry,
            file: KeyFile::new(settings.key_file),
            variable: keys.unwrap_or_default(),
            vault,
            read: Mutex::default(),
        })))
    }

    /// Looks whether the file of master keys can be used, if there is one.
    ///
    /// # Errors
    /// If others may read it, or it isn't one.
    pub async fn check(&self) -> Result<(), SecretsError> {
        self.reload().await.map(drop)
    }

    /// The newest master key of the source that seals: Vault if it is set up, else the environment, else the file, which is
    /// made with a first key.
    ///
    /// # Errors
    /// If the source can't be used.
    pub async fn newest_or_made(&self) -> Result<String, SecretsError> {
        if let Some(vault) = &self.0.vault {
            return vault.latest().await;
        }
        if let Some(key) = self.0.variable.0.last() {
            return Ok(key.id.clone());
        }
        let keys = self.with_file(KeyFile::read_or_make).await?;
        keys.0.last().map(|key| key.id.clone()).ok_or(SecretsError::NoMasterKey)
    }

    /// A master key to change to from `current`: one that the source that seals has already, else a new one.
    ///
    /// # Errors
    /// If the source can't be used, or is the environment and has none.
    pub async fn newer_than(&self, current: Option<String>) -> Result<String, SecretsError> {
        if let Some(vault) = &self.0.vault {
            let latest = vault.latest().await?;
            return if current.as_ref() == Some(&latest) { vault.rotate().await } else { Ok(latest) };
        }
        if let Some(key) = self.0.variable.0.last() {
            let hint = "put the new one before that in use in MODELRY_MASTER_KEY, with a comma between them";
            return if current.as_ref() == Some(&key.id) {
                Err(SecretsError::NothingNewer(hint))
            } else {
                Ok(key.id.clone())
            };
        }
        self.with_file(move |file| file.newer_than(current.as_deref())).await
    }

    /// Takes what is older than `kept` out of the file of master keys; other sources are in others' hands. Answers how many keys.
    ///
    /// # Errors
    /// If the file can't be read or written.
    pub async fn retire_before(&self, kept: String) -> Result<usize, SecretsError> {
        self.with_file(move |file| file.retire_before(&kept)).await
    }

    /// Whether a master key of this name can be used here.
    ///
    /// # Errors
    /// If it can't: why not.
    pub async fn has(&self, id: &str) -> Result<(), SecretsError> {
        match self.vault_version(id) {
            Some(_) => Ok(()),
            None => self.local(id).await.map(drop),
        }
    }

    /// Seals a secret for its place, with the master key of this name.
    ///
    /// # Errors
    /// If there is no such master key, or it can't be used.
    pub async fn seal(&self, secret: &Secret, place: &Place, master_key: &str) -> Result<Sealed, SecretsError> {
        let binding = Binding::new(&self.0.registry, place);
        let data_key = envelope::random()?;
        let ciphertext = envelope::seal(secret, &data_key, &binding)?;
        let data_key = self.wrap(&data_key, master_key, &binding).await?;
        Ok(Sealed { ciphertext, data_key, master_key: master_key.to_owned() })
    }

    /// Opens a secret in its place.
    ///
    /// # Errors
    /// If its master key isn't known or can't be used, or the secret is damaged or of another place.
    pub async fn open(&self, sealed: &Sealed, place: &Place) -> Result<Secret, SecretsError> {
        let binding = Binding::new(&self.0.registry, place);
        let data_key = self.unwrap(&sealed.data_key, &sealed.master_key, &binding).await?;
        envelope::open(&sealed.ciphertext, &data_key, &binding)
    }

    /// Wraps data keys with the master key `to`; each that can't be tells why not.
    ///
    /// # Errors
    /// If a source can't be used at the moment.
    pub async fn rewrap(
        &self,
        data_keys: &[Rewrapped],
        to: &str,
    ) -> Result<Vec<Result<Vec<u8>, SecretsError>>, SecretsError> {
        let within_vault = data_keys.iter().all(|key| self.vault_version(&key.master_key).is_some());
        if let (Some((vault, version)), true) = (self.vault_version(to), within_vault) {
            let wrapped: Vec<&[u8]> = data_keys.iter().map(|key| key.data_key.as_slice()).collect();
            match vault.rewrap(&wrapped, version).await {
                Ok(rewrapped) => return Ok(rewrapped.into_iter().map(Ok).collect()),
                Err(error) if error.is_passing() => return Err(error),
                // One of them is damaged: which one, each tells for itself.
                Err(_) => {}
            }
        }
        let mut done = Vec::with_capacity(data_keys.len());
        for key in data_keys {
            let binding = Binding::new(&self.0.registry, &key.place);
            let rewrapped = match self.unwrap(&key.data_key, &key.master_key, &binding).await {
                Ok(data_key) => self.wrap(&data_key, to, &binding).await,
                Err(error) => Err(error),
            };
            match rewrapped {
                Err(error) if error.is_passing() => return Err(error),
                rewrapped => done.push(rewrapped),
            }
        }
        Ok(done)
    }

    async fn wrap(&self, data_key: &KeyBytes, id: &str, binding: &Binding) -> Result<Vec<u8>, SecretsError> {
        if let Some((vault, version)) = self.vault_version(id) {
            return vault.wrap(data_key, version, binding).await;
        }
        envelope::wrap(data_key, &self.local(id).await?.bytes, id, binding)
    }

    async fn unwrap(&self, wrapped: &[u8], id: &str, binding: &Binding) -> Result<KeyBytes, SecretsError> {
        if let Some((vault, _)) = self.vault_version(id) {
            return vault.unwrap(wrapped, binding).await;
        }
        envelope::unwrap(wrapped, &self.local(id).await?.bytes, id, binding)
    }

    fn vault_version(&self, id: &str) -> Option<(&Vault, u64)> {
        let vault = self.0.vault.as_ref()?;
        Some((vault, vault.version_in(id)?))
    }

    /// A master key of ours. The file is read anew if it isn't among those that are known: another process may have added it.
    async fn local(&self, id: &str) -> Result<MasterKey, SecretsError> {
        let unknown = || SecretsError::UnknownMasterKey(id.to_owned());
        if !id.starts_with(LOCAL) {
            return Err(unknown());
        }
        let known = self.0.variable.get(id).cloned();
        let known = known.or_else(|| self.0.read.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned());
        match known {
            Some(key) => Ok(key),
            None => self.reload().await?.get(id).cloned().ok_or_else(unknown),
        }
    }

    async fn reload(&self) -> Result<MasterKeys, SecretsError> {
        let keys = self.with_file(KeyFile::read).await?.unwrap_or_default();
        self.0.read.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&keys);
        Ok(keys)
    }

    async fn with_file<T: Send + 'static>(
        &self,
        work: impl FnOnce(&KeyFile) -> Result<T, SecretsError> + Send + 'static,
    ) -> Result<T, SecretsError> {
        let file = self.0.file.clone();
        let done = tokio::task::spawn_blocking(move || work(&file)).await;
        done.unwrap_or_else(|_| Err(SecretsError::NoMasterKey))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "what is secret doesn't go through the configuration, which can be printed"
)]
fn variable(name: &str) -> Option<Secret> {
    std::env::var(name).ok().filter(|text| !text.trim().is_empty()).map(Secret::new)
}

#[cfg(test)]
mod tests;
