//! Tokens of an identity provider (`OpenID` Connect): who they are of, by the provider's keys and the settings.
//!
//! What a token must say, and why its signature is checked by Modelry itself, is in `docs/access.md` and decision 0020.

mod jwt;
mod keys;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::access::Refusal;
use super::principal::{Principal, PrincipalKind};
use crate::domain::{Role, Timestamp};
use jwt::Unverified;
pub use keys::is_safe_address;
use keys::{Keys, ended};

/// Most characters of a name.
const LONGEST_NAME: usize = 200;

/// Which tokens are taken, and for whom.
#[derive(Debug, Clone)]
pub struct OidcSettings {
    /// Who issues them.
    pub issuer: String,
    /// Who they must be for.
    pub audience: String,
    /// Where in a token the roles are: names of claims, separated by dots.
    pub role_claim: String,
    /// What the provider's roles are here.
    pub roles: BTreeMap<String, Role>,
    /// Which claim the principal is named by.
    pub name_claim: String,
    /// How far the provider's clock may be from this one.
    pub clock_skew: TimeDelta,
}

/// An identity provider.
pub struct Oidc {
    settings: OidcSettings,
    keys: Arc<Keys>,
}

/// Who has a token.
pub struct Recognized {
    /// Who.
    pub principal: Arc<Principal>,
    /// Whether the token is seen for the first time.
    pub is_new: bool,
}

impl Oidc {
    /// A provider that is asked for its keys when the first token comes.
    ///
    /// # Errors
    /// If nothing can be asked for over HTTP at all.
    pub fn new(settings: OidcSettings) -> reqwest::Result<Self> {
        let keys = Arc::new(Keys::of(&settings.issuer)?);
        Ok(Self { settings, keys })
    }

    /// Who has this token.
    ///
    /// # Errors
    /// Why they are not let in.
    pub async fn principal(&self, text: &str, now: Timestamp) -> Result<Recognized, Refusal> {
        let hash = Sha256::digest(text.as_bytes()).into();
        if let Some(principal) = self.keys.remembered(&hash) {
            let recognized = Recognized { principal, is_new: false };
            return if ended(&recognized.principal, now) { Err(Refusal::Expired) } else { Ok(recognized) };
        }
        let token = Unverified::parse(text).ok_or(Refusal::Unknown)?;
        let signed = self.keys.check(&token).await?;
        let principal = Arc::new(self.checked(&signed.claims, now)?);
        self.keys.remember(hash, &principal, &signed.by, now);
        Ok(Recognized { principal, is_new: true })
    }

    /// Whoever the claims are of, if they are for here and now.
    fn checked(&self, claims: &Map<String, Value>, now: Timestamp) -> Result<Principal, Refusal> {
        let settings = &self.settings;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let is_for_here = match claims.get("aud") {
            Some(Value::String(audience)) => *audience == settings.audience,
            Some(Value::Array(all)) => all.iter().any(|audience| audience.as_str() == Some(settings.audience.as_str())),
            _ => false,
        };
        if text("iss") != Some(settings.issuer.as_str()) || !is_for_here {
            return Err(Refusal::Unknown);
        }
        // A claim that is there must be a time; one that must be there is the end.
        let time = |name: &str| claims.get(name).map(|value| moment(value).ok_or(Refusal::Unknown)).transpose();
        let end = time("exp")?.and_then(|end| end.to_utc().checked_add_signed(settings.clock_skew));
        let end = end.ok_or(Refusal::Unknown)?;
        let begin = [time("nbf")?, time("iat")?].into_iter().flatten().max();
        if begin.is_some_and(|begin| begin.to_utc() > now.to_utc() + settings.clock_skew) {
            return Err(Refusal::Unknown);
        }
        let name = text(&settings.name_claim).or_else(|| text("sub")).filter(|name| is_name(name));
        if Timestamp::new(end) <= now {
            return Err(Refusal::Expired);
        }
        Ok(Principal {
            name: format!("oidc:{}", name.ok_or(Refusal::Unknown)?),
            role: Some(role(claims, settings).ok_or(Refusal::NoRole)?),
            scopes: None,
            kind: PrincipalKind::Provider,
            expires_at: Some(Timestamp::new(end)),
        })
    }
}

/// A time, in seconds since 1970, maybe with a fraction.
fn moment(value: &Value) -> Option<Timestamp> {
    #[expect(clippy::cast_possible_truncation, reason = "what is beyond any time is none")]
    let micros = value.as_f64().map(|seconds| (seconds * 1e6) as i64)?;
    DateTime::from_timestamp_micros(micros).map(Timestamp::new)
}

/// The greatest of the roles that the claims give.
fn role(claims: &Map<String, Value>, settings: &OidcSettings) -> Option<Role> {
    let mut names = settings.role_claim.split('.');
    let mut found = claims.get(names.next()?)?;
    for name in names {
        found = found.get(name)?;
    }
    let given = match found {
        Value::String(text) => text.split(' ').collect(),
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    given.into_iter().filter_map(|name| settings.roles.get(name).copied()).max()
}

/// Whether people can be called so, in the history and in the log.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LONGEST_NAME && !text.contains(char::is_control)
}
