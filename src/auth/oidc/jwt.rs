//! Signed tokens of an identity provider (JWS in compact form): three algorithms, by public keys, and nothing else.
//!
//! The algorithm must be one of those here *and* that of the key that is named: a token can't choose how it is checked.
//! Symmetric ones, and `none`, don't exist.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{self, UnparsedPublicKey};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Longest token that is looked at, in bytes.
const LONGEST: usize = 16 * 1024;
/// Fewest bytes of an RSA modulus: 2,048 bits.
const LEAST_MODULUS: usize = 256;

/// A key that signatures are checked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// `RS256`: modulus and exponent.
    Rsa(Vec<u8>, Vec<u8>),
    /// `ES256`: a point of P-256, uncompressed.
    P256(Vec<u8>),
    /// `EdDSA` by Ed25519.
    Ed25519(Vec<u8>),
}

/// A key as a provider publishes it (a JWK).
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl PublicKey {
    /// The algorithm that the key is for.
    pub const fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(..) => "RS256",
            Self::P256(_) => "ES256",
            Self::Ed25519(_) => "EdDSA",
        }
    }

    fn of(jwk: &Jwk) -> Option<Self> {
        let bytes = |text: &Option<String>| URL_SAFE_NO_PAD.decode(text.as_deref()?.trim_end_matches('=')).ok();
        let key = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
            ("RSA", _) => {
                let modulus: Vec<u8> = bytes(&jwk.n)?.into_iter().skip_while(|byte| *byte == 0).collect();
                (modulus.len() >= LEAST_MODULUS).then_some(Self::Rsa(modulus, bytes(&jwk.e)?))?
            }
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes(&jwk.x)?, bytes(&jwk.y)?);
                (x.len() == 32 && y.len() == 32).then(|| Self::P256([&[4], x.as_slice(), y.as_slice()].concat()))?
            }
            ("OKP", Some("Ed25519")) => Self::Ed25519(bytes(&jwk.x).filter(|x| x.len() == 32)?),
            _ => return None,
        };
        let is_for_it = jwk.alg.as_deref().is_none_or(|algorithm| algorithm == key.algorithm());
        let is_for_signing = jwk.usage.as_deref().is_none_or(|usage| usage == "sig");
        (is_for_it && is_for_signing).then_some(key)
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let checked = match self {
            Self::Rsa(n, e) => signature::RsaPublicKeyComponents { n, e }.verify(
                &signature::RSA_PKCS1_2048_8192_SHA256,
                message,
                signature,
            ),
            Self::P256(point) => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
            }
            Self::Ed25519(key) => UnparsedPublicKey::new(&signature::ED25519, key).verify(message, signature),
        };
        checked.is_ok()
    }
}

/// A key, by the id that its provider gives it.
pub type NamedKey = (Option<String>, PublicKey);
/// Keys of a provider.
pub type KeySet = Vec<NamedKey>;

/// The keys of a published set that can be used. Others are passed over.
pub fn keys_of(set: &Value) -> KeySet {
    let all = set["keys"].as_array().into_iter().flatten();
    let jwks = all.filter_map(|key| Jwk::deserialize(key).ok());
    jwks.filter_map(|jwk| Some((jwk.kid.clone(), PublicKey::of(&jwk)?))).collect()
}

/// A token, taken apart; nothing of it is believed yet.
pub struct Unverified<'t> {
    /// The id of the key that it is said to be signed with.
    pub key: Option<String>,
    algorithm: String,
    message: &'t str,
    payload: &'t str,
    signature: Vec<u8>,
}

impl<'t> Unverified<'t> {
    /// Takes a text apart; `None` if it is no such token.
    pub fn parse(text: &'t str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let (message, signature) = text.rsplit_once('.')?;
        let (header, payload) = message.split_once('.').filter(|(_, payload)| !payload.contains('.'))?;
        let header: Map<String, Value> = json(header)?;
        // Extensions that have to be understood are not.
        if header.contains_key("crit") {
            return None;
        }
        let text = |name: &str| header.get(name).and_then(Value::as_str).map(str::to_owned);
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        Some(Self { key: text("kid"), algorithm: text("alg")?, message, payload, signature })
    }

    /// What it says, if this key has signed it.
    pub fn claims(&self, key: &PublicKey) -> Option<Map<String, Value>> {
        let is_signed = self.algorithm == key.algorithm() && key.verifies(self.message.as_bytes(), &self.signature);
        if is_signed { json(self.payload) } else { None }
    }
}

fn json(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}
