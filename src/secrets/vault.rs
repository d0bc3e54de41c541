//! Master keys that `HashiCorp` Vault holds: its transit engine wraps and unwraps data keys, and the master key never leaves it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::envelope::{Binding, KEY, KeyBytes, key_of};
use super::{Secret, SecretsError};

/// What a data key wrapped by Vault starts with: its form is another than that of our own.
const VERSION: u8 = 2;

/// How long to wait before the second attempt; twice as long before each one after that.
const PAUSE: Duration = Duration::from_millis(100);

/// Where Vault is, and what is asked of it.
#[derive(Debug, Clone)]
pub struct VaultSettings {
    /// Its address, such as `https://vault.example:8200`.
    pub address: String,
    /// Where the transit engine is mounted.
    pub mount: String,
    /// The name of its key.
    pub key: String,
    /// The namespace; `None` for the root.
    pub namespace: Option<String>,
    /// A file with the token, read for each request; the variable `VAULT_TOKEN` if `None`.
    pub token_file: Option<PathBuf>,
    /// A certificate authority in PEM that is trusted beside the public ones.
    pub ca_file: Option<PathBuf>,
    /// How long an attempt may take.
    pub timeout: Duration,
    /// How often a request is tried that fails in passing.
    pub attempts: u32,
}

/// A transit engine.
#[derive(Clone)]
pub(super) struct Vault {
    settings: VaultSettings,
    token: Option<Arc<Secret>>,
    client: reqwest::Client,
    prefix: String,
}

impl Vault {
    pub(super) fn new(settings: VaultSettings, token: Option<Secret>) -> Result<Self, SecretsError> {
        // Fails only if a provider is installed already, which then serves as well.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("modelry/", env!("CARGO_PKG_VERSION")))
            // The token goes to the address that was named, and nowhere else.
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(settings.timeout);
        if let Some(path) = &settings.ca_file {
            let pem =
                std::fs::read(path).map_err(|error| SecretsError::file(path, format!("can't be read: {error}")))?;
            let authority = reqwest::Certificate::from_pem(&pem);
            builder =
                builder.add_root_certificate(authority.map_err(|_| SecretsError::file(path, "is no certificate"))?);
        }
        let client = builder.build().map_err(|error| SecretsError::VaultRefuses(error.without_url().to_string()))?;
        let prefix = format!("vault:{}/{}:", settings.mount.trim_matches('/'), settings.key);
        Ok(Self { settings, token: token.map(Arc::new), client, prefix })
    }

    /// The version in the name of a master key, if it is one of this engine's key.
    pub(super) fn version_in(&self, id: &str) -> Option<u64> {
        id.strip_prefix(&self.prefix)?.parse().ok()
    }

    fn name_of(&self, version: u64) -> String {
        format!("{}{version}", self.prefix)
    }

    /// The name of the key's latest version.
    pub(super) async fn latest(&self) -> Result<String, SecretsError> {
        let answer = self.ask(Method::GET, "keys", "", None).await?;
        let version = answer["data"]["latest_version"].as_u64();
        version.map(|version| self.name_of(version)).ok_or_else(incomprehensible)
    }

    /// Makes another version of the key, and names it.
    pub(super) async fn rotate(&self) -> Result<String, SecretsError> {
        self.ask(Method::POST, "keys", "/rotate", Some(json!({}))).await?;
        self.latest().await
    }

    /// Wraps a data key. A digest of where it belongs goes along: versions of Vault differ in what takes associated data.
    pub(super) async fn wrap(&self, key: &KeyBytes, version: u64, binding: &Binding) -> Result<Vec<u8>, SecretsError> {
        let whole = Zeroizing::new([key.as_slice(), &binding.digest()].concat());
        let asked = json!({ "plaintext": STANDARD.encode(&*whole), "key_version": version });
        let answer = self.ask(Method::POST, "encrypt", "", Some(asked)).await?;
        wrapped(&answer["data"]["ciphertext"], version)
    }

    /// Unwraps a data key.
    pub(super) async fn unwrap(&self, wrapped: &[u8], binding: &Binding) -> Result<KeyBytes, SecretsError> {
        let answer = self.ask(Method::POST, "decrypt", "", Some(json!({ "ciphertext": text_of(wrapped)? }))).await?;
        let text = answer["data"]["plaintext"].as_str().ok_or_else(incomprehensible)?;
        let whole = Zeroizing::new(STANDARD.decode(text).map_err(|_| incomprehensible())?);
        let (key, digest) = whole.split_at_checked(KEY).ok_or(SecretsError::Closed)?;
        if digest != binding.digest() {
            return Err(SecretsError::Closed);
        }
        key_of(key)
    }

    /// Wraps data keys anew, which don't leave Vault meanwhile.
    pub(super) async fn rewrap(&self, data_keys: &[&[u8]], version: u64) -> Result<Vec<Vec<u8>>, SecretsError> {
        let batch = data_keys
            .iter()
            .map(|wrapped| Ok(json!({ "ciphertext": text_of(wrapped)?, "key_version": version })))
            .collect::<Result<Vec<Value>, SecretsError>>()?;
        let answer = self.ask(Method::POST, "rewrap", "", Some(json!({ "batch_input": batch }))).await?;
        let results = answer["data"]["batch_results"].as_array().ok_or_else(incomprehensible)?;
        if results.len() != data_keys.len() {
            return Err(incomprehensible());
        }
        results.iter().map(|result| wrapped(&result["ciphertext"], version)).collect()
    }

    /// Sends a request, again if it fails in passing.
    async fn ask(&self, method: Method, what: &str, then: &str, body: Option<Value>) -> Result<Value, SecretsError> {
        let VaultSettings { address, mount, key, .. } = &self.settings;
        let url = format!("{}/v1/{}/{what}/{key}{then}", address.trim_end_matches('/'), mount.trim_matches('/'));
        let body = Zeroizing::new(body.map(|body| body.to_string()).unwrap_or_default());
        let mut pause = PAUSE;
        let mut attempt = 1;
        loop {
            match self.attempt(method.clone(), &url, &body).await {
                Err(error) if error.is_passing() && attempt < self.settings.attempts => {
                    tokio::time::sleep(pause).await;
                    pause *= 2;
                    attempt += 1;
                }
                done => return done,
            }
        }
    }

    async fn attempt(&self, method: Method, url: &str, body: &str) -> Result<Value, SecretsError> {
        let mut request = self.client.request(method, url).header("x-vault-request", "true");
        request = request.header("x-vault-token", self.token().await?);
        if let Some(namespace) = &self.settings.namespace {
            request = request.header("x-vault-namespace", namespace);
        }
        if !body.is_empty() {
            request = request.header("content-type", "application/json").body(body.to_owned());
        }
        let away = |error: reqwest::Error| {
            let what = if error.is_timeout() { "it took too long" } else { "it can't be reached" };
            SecretsError::VaultAway(what.to_owned())
        };
        let answer = request.send().await.map_err(away)?;
        let status = answer.status();
        let bytes = Zeroizing::new(answer.bytes().await.map_err(away)?.to_vec());
        if status == StatusCode::NO_CONTENT {
            return Ok(Value::Null);
        }
        if status.is_success() {
            return serde_json::from_slice(&bytes).map_err(|_| incomprehensible());
        }
        Err(refused(status))
    }

    /// The token as a header that is shown nowhere.
    async fn token(&self) -> Result<reqwest::header::HeaderValue, SecretsError> {
        let text = match (&self.settings.token_file, &self.token) {
            (Some(path), _) => {
                let read = tokio::fs::read_to_string(path).await;
                Zeroizing::new(read.map_err(|error| SecretsError::file(path, format!("can't be read: {error}")))?)
            }
            (None, Some(token)) => Zeroizing::new(token.expose().to_owned()),
            (None, None) => {
                return Err(SecretsError::VaultRefuses(
                    "no token is given; set VAULT_TOKEN or `token_file`".to_owned(),
                ));
            }
        };
        let mut header = reqwest::header::HeaderValue::from_str(text.trim())
            .map_err(|_| SecretsError::VaultRefuses("the token is none".to_owned()))?;
        header.set_sensitive(true);
        Ok(header)
    }
}

fn incomprehensible() -> SecretsError {
    SecretsError::VaultRefuses("its answer is not that of a transit engine".to_owned())
}

/// What an answer's status says. What else is in the answer isn't told: it may repeat what was sent.
fn refused(status: StatusCode) -> SecretsError {
    match status.as_u16() {
        503 => SecretsError::VaultAway("it is sealed, or a standby (503)".to_owned()),
        429 | 500 | 502 | 504 | 412 => SecretsError::VaultAway(format!("it answered {status}")),
        403 => SecretsError::VaultRefuses("the token may not do this (403)".to_owned()),
        404 => SecretsError::VaultRefuses("there is no such transit engine or key (404)".to_owned()),
        400 => SecretsError::Closed,
        _ => SecretsError::VaultRefuses(format!("it answered {status}")),
    }
}

/// What Vault wrapped, in our form, if it is of the version that was asked for.
fn wrapped(ciphertext: &Value, version: u64) -> Result<Vec<u8>, SecretsError> {
    let text = ciphertext.as_str().ok_or_else(incomprehensible)?;
    if !text.starts_with(&format!("vault:v{version}:")) {
        return Err(SecretsError::VaultRefuses("it wrapped with another version of its key".to_owned()));
    }
    Ok([&[VERSION], text.as_bytes()].concat())
}

fn text_of(wrapped: &[u8]) -> Result<&str, SecretsError> {
    match wrapped.split_first() {
        Some((&VERSION, text)) => std::str::from_utf8(text).map_err(|_| SecretsError::Form("it is no text of Vault's")),
        _ => Err(SecretsError::Form("it was not wrapped by Vault")),
    }
}

#[cfg(test)]
mod tests;
