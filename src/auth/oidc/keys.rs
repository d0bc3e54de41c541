//! The provider's keys, and the tokens that they were found to have signed.
//!
//! Keys are kept for a while, then asked for again beside the requests, which go on with those that are known. A key that
//! is not known is waited for, though the provider is asked no more often than now and then, so that nobody can make this
//! server ask without end. A key that the provider no longer has lets nobody in any more, remembered or not.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::time::Instant;

use super::jwt::{KeySet, NamedKey, Unverified, keys_of};
use crate::auth::access::Refusal;
use crate::auth::principal::Principal;
use crate::domain::Timestamp;

/// After how long the keys are asked for again.
const KEPT: Duration = Duration::from_secs(300);
/// How long keys are good that can't be asked for again.
const LONGEST_KEPT: Duration = Duration::from_secs(3_600);
/// How often the keys are asked for at most.
const PAUSE: Duration = Duration::from_secs(5);
/// How long the provider may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Largest document of the provider that is read, in bytes.
const LARGEST: usize = 1024 * 1024;
/// Most tokens that are remembered as good.
const MOST_REMEMBERED: usize = 10_000;

/// The hash of a token.
type Hash = [u8; 32];

/// What a token says, and the keys that it was checked by.
pub(super) struct Signed {
    pub(super) claims: Map<String, Value>,
    pub(super) by: Arc<KeySet>,
}

/// A provider's keys.
pub(super) struct Keys {
    issuer: String,
    client: reqwest::Client,
    state: Mutex<State>,
    /// Held by whoever asks the provider.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    keys: Arc<KeySet>,
    /// When they were read.
    read: Option<Instant>,
    /// When they were last asked for.
    asked: Option<Instant>,
    /// Tokens that these keys have signed.
    remembered: HashMap<Hash, Arc<Principal>>,
}

/// The provider can't be used.
#[derive(Debug, thiserror::Error)]
enum ProviderError {
    /// It can't be asked, or answers nothing that can be read.
    #[error("{address} can't be read: {reason}")]
    Unreadable { address: String, reason: String },
    /// It says that it is somebody else.
    #[error("{asked} says that it is {said:?}")]
    OtherIssuer { asked: String, said: String },
}

impl State {
    /// Whether the keys are good, if nothing newer is known.
    fn is_usable(&self) -> bool {
        self.read.is_some_and(|read| read.elapsed() < LONGEST_KEPT)
    }

    /// Whether the keys should be asked for, and may be.
    fn is_due(&self) -> bool {
        self.read.is_none_or(|read| read.elapsed() >= KEPT) && self.may_ask()
    }

    fn may_ask(&self) -> bool {
        self.asked.is_none_or(|asked| asked.elapsed() >= PAUSE)
    }

    fn usable(&self) -> Result<Arc<KeySet>, Refusal> {
        if self.is_usable() { Ok(Arc::clone(&self.keys)) } else { Err(Refusal::NoProvider) }
    }

    fn replace(&mut self, keys: KeySet) {
        if *self.keys != keys {
            self.keys = Arc::new(keys);
            self.remembered.clear();
        }
        self.read = Some(Instant::now());
    }
}

impl Keys {
    pub(super) fn of(issuer: &str) -> reqwest::Result<Self> {
        // Fails only if a provider is installed already, which then serves as well.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
        let issuer = issuer.trim_end_matches('/').to_owned();
        Ok(Self { issuer, client, state: Mutex::default(), asking: tokio::sync::Mutex::default() })
    }

    /// Who has the token with this hash, if the keys were found to have signed it. Keys that are old are asked for beside.
    pub(super) fn remembered(self: &Arc<Self>, hash: &Hash) -> Option<Arc<Principal>> {
        let state = self.state();
        if state.read.is_some() && state.is_due() {
            let keys = Arc::clone(self);
            tokio::spawn(async move { keys.ask().await });
        }
        if state.is_usable() { state.remembered.get(hash).cloned() } else { None }
    }

    /// Remembers who has a token that these keys have signed, unless there are others by now.
    pub(super) fn remember(&self, hash: Hash, principal: &Arc<Principal>, by: &Arc<KeySet>, now: Timestamp) {
        let mut state = self.state();
        if !Arc::ptr_eq(&state.keys, by) {
            return;
        }
        if state.remembered.len() >= MOST_REMEMBERED {
            state.remembered.retain(|_, principal| !ended(principal, now));
        }
        if state.remembered.len() < MOST_REMEMBERED {
            state.remembered.insert(hash, Arc::clone(principal));
        }
    }

    /// What a token says, if one of the provider's keys has signed it.
    pub(super) async fn check(&self, token: &Unverified<'_>) -> Result<Signed, Refusal> {
        let known = self.known().await?;
        if let Some(claims) = claims(token, &known) {
            return Ok(Signed { claims, by: known });
        }
        let is_known = known.iter().any(|(id, _)| token.key.is_some() && *id == token.key);
        if is_known {
            return Err(Refusal::Unknown);
        }
        self.ask().await;
        let keys = self.state().usable()?;
        claims(token, &keys).map(|claims| Signed { claims, by: keys }).ok_or(Refusal::Unknown)
    }

    /// The keys that are known; the first ones are waited for.
    async fn known(&self) -> Result<Arc<KeySet>, Refusal> {
        let usable = self.state().usable();
        if usable.is_ok() {
            return usable;
        }
        self.ask().await;
        self.state().usable()
    }

    /// Asks for the keys, unless that was done a moment ago.
    async fn ask(&self) {
        let _asking = self.asking.lock().await;
        if !self.state().may_ask() {
            return;
        }
        let fetched = self.fetch().await;
        let mut state = self.state();
        state.asked = Some(Instant::now());
        match fetched {
            Ok(keys) => state.replace(keys),
            Err(error) => tracing::warn!(%error, "the keys of the identity provider could not be read"),
        }
    }

    async fn fetch(&self) -> Result<KeySet, ProviderError> {
        let discovery = self.get(&format!("{}/.well-known/openid-configuration", self.issuer)).await?;
        let said = discovery["issuer"].as_str().unwrap_or_default();
        if said.trim_end_matches('/') != self.issuer {
            return Err(ProviderError::OtherIssuer { asked: self.issuer.clone(), said: said.to_owned() });
        }
        let address = discovery["jwks_uri"].as_str().unwrap_or_default();
        Ok(keys_of(&self.get(address).await?))
    }

    async fn get(&self, address: &str) -> Result<Value, ProviderError> {
        let unreadable = |reason: String| ProviderError::Unreadable { address: address.to_owned(), reason };
        if !is_safe_address(address) {
            return Err(unreadable("it must be an https address, or one of this machine".to_owned()));
        }
        let failed = |error: reqwest::Error| unreadable(error.without_url().to_string());
        let request = self.client.get(address).timeout(PATIENCE);
        let mut response = request.send().await.and_then(reqwest::Response::error_for_status).map_err(failed)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            body.extend_from_slice(&chunk);
            if body.len() > LARGEST {
                return Err(unreadable(format!("it is larger than {LARGEST} bytes")));
            }
        }
        serde_json::from_slice(&body).map_err(|error| unreadable(error.to_string()))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether somebody's token has expired.
pub(super) fn ended(principal: &Principal, now: Timestamp) -> bool {
    principal.expires_at.is_some_and(|end| end <= now)
}

/// What a token says, if the key that it names has signed it; without a name, any.
fn claims(token: &Unverified<'_>, keys: &[NamedKey]) -> Option<Map<String, Value>> {
    let mut named = keys.iter().filter(|(id, _)| token.key.is_none() || *id == token.key);
    named.find_map(|(_, key)| token.claims(key))
}

/// Whether nobody on the way can change what is read from there: over TLS, or on this machine.
pub fn is_safe_address(address: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(address) else { return false };
    let is_here = || match url.host_str() {
        Some("localhost") => true,
        Some(host) => {
            host.trim_matches(['[', ']']).parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
        }
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_here())
}
