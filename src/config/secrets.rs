//! What the keys of suppliers are sealed with: `[secrets]`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Config, ConfigError};
use crate::auth::is_safe_address;
use crate::secrets::{SecretsSettings, VaultSettings};
use crate::store::DatabaseUrl;

/// The name of the file of master keys, unless said otherwise.
const KEY_FILE: &str = "master.key";

/// What the keys of suppliers are sealed with. Master keys themselves and tokens stand in no configuration: see
/// `docs/secrets.md`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretsConfig {
    /// What this registry is called: what was sealed by one doesn't open in another. Not to be changed once a key was sealed.
    pub registry: String,
    /// The file of master keys; `master.key` beside the SQLite file if left out, `data/master.key` with PostgreSQL.
    pub key_file: Option<PathBuf>,
    /// Vault's transit engine, which is used if it has an address.
    pub vault: VaultConfig,
}

/// Vault's transit engine.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VaultConfig {
    /// Its address, such as `https://vault.example:8200`, or an `http` one of this machine; not used if left out.
    pub address: Option<String>,
    /// Where the transit engine is mounted.
    pub mount: String,
    /// The name of its key.
    pub key: String,
    /// The namespace.
    pub namespace: Option<String>,
    /// The file with the token, read for each request; the variable `VAULT_TOKEN` if left out.
    pub token_file: Option<PathBuf>,
    /// A file with a certificate authority in PEM that is trusted beside the public ones.
    pub ca_file: Option<PathBuf>,
    /// How long an attempt may take, in milliseconds.
    pub timeout_ms: u64,
    /// How often a request is tried that fails in passing.
    pub attempts: u32,
}

impl Default for SecretsConfig {
    fn default() -> Self {
        Self {
            registry: "modelry".to_owned(),
            key_file: None,
            vault: VaultConfig {
                address: None,
                mount: "transit".to_owned(),
                key: "modelry".to_owned(),
                namespace: None,
                token_file: None,
                ca_file: None,
                timeout_ms: 2_000,
                attempts: 3,
            },
        }
    }
}

impl SecretsConfig {
    /// Whoever could listen on the way to Vault would have its token and every data key.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        match &self.vault.address {
            Some(address) if !is_safe_address(address) => Err(ConfigError::NotSafe("secrets.vault.address")),
            _ => Ok(()),
        }
    }
}

impl Config {
    /// The settings of the master keys.
    pub fn secrets(&self) -> SecretsSettings {
        let SecretsConfig { registry, key_file, vault } = &self.secrets;
        let vault_settings = vault.address.as_ref().map(|address| VaultSettings {
            address: address.clone(),
            mount: vault.mount.clone(),
            key: vault.key.clone(),
            namespace: vault.namespace.clone(),
            token_file: vault.token_file.clone(),
            ca_file: vault.ca_file.clone(),
            timeout: Duration::from_millis(vault.timeout_ms),
            attempts: vault.attempts,
        });
        let key_file = key_file.clone().unwrap_or_else(|| match DatabaseUrl::parse(&self.database_url) {
            Ok(DatabaseUrl::Sqlite(path)) => path.with_file_name(KEY_FILE),
            _ => Path::new("data").join(KEY_FILE),
        });
        SecretsSettings { registry: registry.clone(), key_file, vault: vault_settings }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::load_file;

    #[test]
    fn vault_is_asked_over_tls_or_on_this_machine() {
        let load = |address: &str| load_file(&format!("[secrets.vault]\naddress = {address:?}\n"));
        for safe in
            ["https://vault.example:8200", "http://127.0.0.1:8200", "http://localhost:8200", "http://[::1]:8200"]
        {
            load(safe).expect(safe);
        }
        for unsafe_one in
            ["http://vault.example:8200", "http://192.0.2.1", "http://localhost.example", "vault.example", ""]
        {
            let error = load(unsafe_one).expect_err(unsafe_one).to_string();
            assert_eq!(error, "secrets.vault.address: must be an https:// address, or an http:// one of this machine");
        }
    }
}
