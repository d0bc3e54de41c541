//! Tokens of an identity provider: a small one on this machine, with keys that come and go.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use modelry::config::OidcConfig;
use modelry::domain::Role;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
};
use serde_json::{Value, json};

use super::{ask, until, viewer};
use crate::support::{DatabaseKind, Fixture as _, Response, TestApp, TestDatabase};

/// An RSA key that nothing but these tests knows or trusts, since nothing here makes one: PKCS #1.
const RSA_KEY: &str = "MIIEowIBAAKCAQEAo/gL5Rvxa0Mkofn02zmVqbNy8n/kevgEjBG5JnTuagUdgmX4utfssDvfJA0g3rTnmG1tTlg01Qjjg6z9nOYtLxfRYNSToKA5TOvbCcgYuPguVCBGXl7fklyMpB1z0tMos9VuCk3Q3CoXwMoIFfbNeKSau23mpN1GBancGlq5FZOO9qYOs8m0PQMUJbezVAxwK4mKe13Tf+577zvmjgUVoy/IDaN39b6x+Evn/H+gzRBjwzhVuWGzJCnVXb9/LQaGglyUcUYZ4Coge6QaPepyRaAizbrSOF9Ml7vko/wpvhz6htCjF8QB9NxY0l2diBAxGaNCt6Ysyr8rldU7SNs4AwIDAQABAoIBACt8bIMtvwBIhV2j8gl2IzgnjHO98XWfc21Gggkt99EMXEAqFSZQf8hZiJuCE9acudNWKigeAp0BR32zkmtbLF6R/YiluCVgePHql2Pnuo7L21WaXa9HkBm8C9y2pvIh6GiRUSbQbnUFgNkze6N/mgzF8veEdSgCO0DjRKmEqBONam16xrTX11VAtUmO8OkSgE71IXQAaY5UFkcj2KOe3te0D5VMQERiW+othWL8xK5l44QhTIu5gajRF4jxvi1xGaZYL+QeuRF1WgHnZjWlWKg06XQg2ncDL3myq9oNttHFSAJ4bDzPqTmwa2BkZGxbXbnjUBm0EuXzLHIwfOfpr2ECgYEA5owKOGGXI1fjBjLbLSVESGeRdhwQA/SvKoU7EiMUdkaeXdXjAJVXsHtowT5wB/g1/AatvUd1H15twnJdGjbWkQ3m/KfOLr/r/jwv5rum3OnThrLfMIi4QUyxv2GeRXIKUTpRZliNEuCFp0l6eLzgBstgV8Y+DUGXhG1KvAi0jLMCgYEAthJOmNWR1/Hsgr5Zo0WTa78d6WCO0KrJa5z2eo0HiJjl9+Nb0QzpJPnl+I90+s3zowTzVhO36pfulpgAPYe3wZ4z9U9UK0gXq5Mi9LRziSPswLwS9WvCG7tq639KikSeYZpgS+oAxp1OajxYci6f+ES7ON9YxFmQuMxLxBn673ECgYBvQgewm8//O2uQ0zwYdlKUin6VPAeykQNzhqYyI4G9bmkAqbaJ0ohl37h3AXW5MtyCioqPvItWHxDi9KPfgbVcfRQKu8RxpSbzIwKO2+Iz3Be7eljhKCmbQbLJxAdIRjeaaYVc2cEC6h011OzolWWbgcw1r7LEXPIM811MjvrqpwKBgB5EltpjjtZWepoVqPMyqtpbsE5O5g8chVWlh3hCH8F+oaR/IJF1UwD5pliXCLx1Jo6wUP+7UXTngxt383pHKK5AbaTXZke3uW+li0chBKAE3+P+oCw6mM9hbdnulGa+F5JkRqP4J97c4d9ZXt7Ej4WHb5R51Nj3hs6h7+qO4x+RAoGBAOExcT87eEF9yv4Cc7lnOwGDQAF4VkyDYfNrikAS1eRN9yrNeo0vL85TD8nejU92pc4ZpMu3VMrLvqj+aL4oDQjLDyQd036K9rNbGlzBp1S52QG0LSU23GpA5oL2eTd501U3k7qdEprnVLpyB8JhxQu+2ccPrxsBYyzahivWDLzy";
/// When it is for every test, in seconds since 1970.
const NOW: i64 = 1_781_524_800;

/// A key that signs.
enum Signer {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    fn rsa() -> Self {
        Self::Rsa(RsaKeyPair::from_der(&STANDARD.decode(RSA_KEY).expect("base64")).expect("a key"))
    }

    fn p256() -> Self {
        let (random, algorithm) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
        Self::P256(EcdsaKeyPair::from_pkcs8(algorithm, key.as_ref(), &random).expect("a key"))
    }

    fn ed25519() -> Self {
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("a key");
        Self::Ed25519(Ed25519KeyPair::from_pkcs8(key.as_ref()).expect("a key"))
    }

    fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "RS256",
            Self::P256(_) => "ES256",
            Self::Ed25519(_) => "EdDSA",
        }
    }

    fn jwk(&self, id: &str) -> Value {
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        match self {
            Self::Rsa(key) => {
                let public = ring::rsa::PublicKeyComponents::<Vec<u8>>::from(key.public());
                json!({ "kty": "RSA", "kid": id, "use": "sig", "n": part(&public.n), "e": part(&public.e) })
            }
            Self::P256(key) => {
                let point = key.public_key().as_ref();
                json!({ "kty": "EC", "crv": "P-256", "kid": id, "alg": "ES256", "x": part(&point[1..33]), "y": part(&point[33..]) })
            }
            Self::Ed25519(key) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "kid": id, "x": part(key.public_key().as_ref()) })
            }
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).expect("signed");
                signature
            }
            Self::P256(key) => key.sign(&random, message).expect("signed").as_ref().to_vec(),
            Self::Ed25519(key) => key.sign(message).as_ref().to_vec(),
        }
    }

    /// A token with this header, as this key signs it.
    fn token_with(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(header), part(claims));
        let signature = URL_SAFE_NO_PAD.encode(self.sign(message.as_bytes()));
        format!("{message}.{signature}")
    }

    fn token(&self, id: &str, claims: &Value) -> String {
        self.token_with(&json!({ "alg": self.algorithm(), "kid": id, "typ": "JWT" }), claims)
    }
}

/// A provider that listens on this machine.
#[derive(Clone, Default)]
struct Provider {
    keys: Arc<Mutex<Vec<Value>>>,
    asked: Arc<AtomicUsize>,
    is_away: Arc<AtomicBool>,
    issuer: Arc<Mutex<String>>,
}

impl Provider {
    async fn start() -> Self {
        let provider = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        provider.issuer.lock().expect("a lock").clone_from(&address);
        let (discovery, published) = (provider.clone(), provider.clone());
        let router = axum::Router::new()
            .route(
                "/.well-known/openid-configuration",
                get(move || {
                    let issuer = discovery.issuer.lock().expect("a lock").clone();
                    let configuration = json!({ "issuer": issuer, "jwks_uri": format!("{address}/keys") });
                    async move { Json(configuration) }
                }),
            )
            .route(
                "/keys",
                get(move || {
                    published.asked.fetch_add(1, Ordering::Relaxed);
                    let is_away = published.is_away.load(Ordering::Relaxed);
                    let keys = json!({ "keys": *published.keys.lock().expect("a lock") });
                    let answer = if is_away {
                        StatusCode::SERVICE_UNAVAILABLE.into_response()
                    } else {
                        Json(keys).into_response()
                    };
                    async move { answer }
                }),
            );
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    fn publish(&self, keys: &[(&str, &Signer)]) {
        *self.keys.lock().expect("a lock") = keys.iter().map(|(id, key)| key.jwk(id)).collect();
    }

    fn issuer(&self) -> String {
        self.issuer.lock().expect("a lock").clone()
    }

    /// What a good token says; null in `changes` takes a claim away.
    fn claims(&self, changes: Value) -> Value {
        let mut claims = json!({
            "iss": self.issuer(), "aud": "modelry", "sub": "42", "preferred_username": "alice",
            "iat": NOW - 10, "exp": NOW + 600, "realm": { "roles": ["other", "modelry-editor"] }
        });
        let (Value::Object(all), Value::Object(changes)) = (&mut claims, changes) else { panic!("not objects") };
        for (name, value) in changes {
            if value.is_null() {
                all.remove(&name)
            } else {
                all.insert(name, value)
            };
        }
        claims
    }

    async fn app(&self) -> TestApp {
        let roles =
            [("modelry-reader", Role::Viewer), ("modelry-editor", Role::Editor), ("modelry-admin", Role::Admin)];
        TestApp::over(TestDatabase::on(DatabaseKind::Sqlite).await, |config| {
            config.auth.oidc = Some(OidcConfig {
                issuer: self.issuer(),
                audience: "modelry".to_owned(),
                role_claim: "realm.roles".to_owned(),
                roles: roles.map(|(name, role)| (name.to_owned(), role)).into_iter().collect::<BTreeMap<_, _>>(),
                name_claim: "preferred_username".to_owned(),
                clock_skew_ms: 60_000,
            });
        })
        .await
    }
}

async fn answer(app: &TestApp, token: &str) -> Response {
    ask(app, Some(token), "{ viewer { name role } }", json!({})).await
}

#[tokio::test]
async fn a_providers_tokens_are_taken_by_each_algorithm() {
    let provider = Provider::start().await;
    let app = provider.app().await;
    let (rsa, p256, ed25519) = (Signer::rsa(), Signer::p256(), Signer::ed25519());
    provider.publish(&[("r", &rsa), ("e", &p256), ("d", &ed25519)]);
    for (id, key) in [("r", &rsa), ("e", &p256), ("d", &ed25519)] {
        let token = key.token(id, &provider.claims(json!({})));
        assert_eq!(viewer(&app, Some(&token)).await, ("oidc:alice".to_owned(), "EDITOR".to_owned()), "{id}");
    }
    for (changes, name, role) in [
        (json!({ "preferred_username": null }), "oidc:42", "EDITOR"),
        (json!({ "aud": ["other", "modelry"] }), "oidc:alice", "EDITOR"),
        (json!({ "realm": { "roles": ["modelry-reader", "modelry-admin"] } }), "oidc:alice", "ADMIN"),
        (json!({ "realm": { "roles": "x modelry-reader" } }), "oidc:alice", "VIEWER"),
        (json!({ "exp": NOW - 59 }), "oidc:alice", "EDITOR"),
        (json!({ "nbf": NOW + 59, "iat": NOW + 59 }), "oidc:alice", "EDITOR"),
    ] {
        let token = p256.token("e", &provider.claims(changes));
        assert_eq!(viewer(&app, Some(&token)).await, (name.to_owned(), role.to_owned()));
    }
    let write = "mutation { createSupplier(input: { name: \"acme\" }) { changeSet { actor } userErrors { message } } }";
    let token = p256.token("e", &provider.claims(json!({})));
    let written = ask(&app, Some(&token), write, json!({})).await;
    assert_eq!(written.data()["createSupplier"]["changeSet"]["actor"], "oidc:alice");
    assert_eq!(provider.asked.load(Ordering::Relaxed), 1, "the keys are kept");
}

#[tokio::test]
async fn what_is_no_good_token_is_refused() {
    let provider = Provider::start().await;
    let app = provider.app().await;
    let (p256, stranger, rsa) = (Signer::p256(), Signer::p256(), Signer::rsa());
    provider.publish(&[("e", &p256), ("r", &rsa)]);
    let good = p256.token("e", &provider.claims(json!({})));
    assert_eq!(answer(&app, &good).await.status, 200);

    let claims = provider.claims(json!({}));
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let unsigned = format!("{}.{}.", part(&json!({ "alg": "none" })), part(&claims));
    // The public key as a secret that is shared: an old trick.
    let shared = p256.token_with(&json!({ "alg": "HS256", "kid": "e" }), &claims);
    let pieces: Vec<&str> = good.split('.').collect();
    let tampered = format!("{}.{}.{}", pieces[0], part(&provider.claims(json!({ "sub": "1" }))), pieces[2]);
    for (what, token) in [
        ("no algorithm", unsigned),
        ("a shared secret", shared),
        ("another key's algorithm", p256.token_with(&json!({ "alg": "ES256", "kid": "r" }), &claims)),
        ("an algorithm that is not the key's", p256.token_with(&json!({ "alg": "RS256", "kid": "e" }), &claims)),
        ("a stranger's signature", stranger.token("e", &claims)),
        ("other claims", tampered),
        (
            "something that must be understood",
            p256.token_with(&json!({ "alg": "ES256", "kid": "e", "crit": ["x"] }), &claims),
        ),
        ("no signature", format!("{}.{}.", pieces[0], pieces[1])),
        ("two parts", format!("{}.{}", pieces[0], pieces[1])),
        ("four parts", format!("{good}.x")),
        ("another audience", p256.token("e", &provider.claims(json!({ "aud": "other" })))),
        ("no audience", p256.token("e", &provider.claims(json!({ "aud": null })))),
        ("another issuer", p256.token("e", &provider.claims(json!({ "iss": "http://127.0.0.1:1" })))),
        ("no end", p256.token("e", &provider.claims(json!({ "exp": null })))),
        ("an end that is no time", p256.token("e", &provider.claims(json!({ "exp": "never" })))),
        ("a beginning that is no time", p256.token("e", &provider.claims(json!({ "nbf": [] })))),
        ("it begins later", p256.token("e", &provider.claims(json!({ "nbf": NOW + 61 })))),
        ("it is issued later", p256.token("e", &provider.claims(json!({ "iat": NOW + 61 })))),
        ("nobody's", p256.token("e", &provider.claims(json!({ "sub": null, "preferred_username": null })))),
    ] {
        let refused = answer(&app, &token).await;
        assert_eq!((refused.status, refused.code()), (401, "UNAUTHENTICATED"), "{what}: {}", refused.text);
    }
    let expired = answer(&app, &p256.token("e", &provider.claims(json!({ "exp": NOW - 60 })))).await;
    assert!(expired.status == 401 && expired.text.contains("has expired"), "{}", expired.text);
    let no_role = answer(&app, &p256.token("e", &provider.claims(json!({ "realm": { "roles": ["other"] } })))).await;
    assert_eq!((no_role.status, no_role.code()), (403, "FORBIDDEN"), "{}", no_role.text);

    // What was good once isn't for ever.
    app.parts().clock().set(serde_json::from_value(json!("2026-06-15T12:11:00Z")).expect("a moment"));
    let expired = answer(&app, &good).await;
    assert!(expired.status == 401 && expired.text.contains("has expired"), "{}", expired.text);
}

/// A new key is found when a token names it, and one that is gone lets nobody in, remembered or not; but nobody can make the
/// server ask without end.
#[tokio::test]
async fn keys_come_and_go() {
    let provider = Provider::start().await;
    let app = provider.app().await;
    let (old, new) = (Signer::p256(), Signer::ed25519());
    provider.publish(&[("old", &old)]);
    let (by_old, by_new) =
        (old.token("old", &provider.claims(json!({}))), new.token("new", &provider.claims(json!({}))));
    assert_eq!(answer(&app, &by_old).await.status, 200);
    for number in 0..50 {
        let unknown = new.token(&number.to_string(), &provider.claims(json!({})));
        assert_eq!(answer(&app, &unknown).await.status, 401);
    }
    assert!(provider.asked.load(Ordering::Relaxed) < 10, "{:?}", provider.asked);
    assert_eq!(answer(&app, &by_old).await.status, 200);
    provider.publish(&[("new", &new)]);
    until("the new key is known", async || answer(&app, &by_new).await.status == 200).await;
    assert_eq!(answer(&app, &by_old).await.status, 401);
}

#[tokio::test]
async fn where_the_keys_cannot_be_had_nobody_is_let_in() {
    let provider = Provider::start().await;
    provider.is_away.store(true, Ordering::Relaxed);
    let app = provider.app().await;
    let key = Signer::p256();
    provider.publish(&[("e", &key)]);
    let token = key.token("e", &provider.claims(json!({})));
    let refused = answer(&app, &token).await;
    assert_eq!((refused.status, refused.code()), (503, "UNAVAILABLE"), "{}", refused.text);
    assert_eq!(viewer(&app, None).await.0, "anonymous");
    assert_eq!(viewer(&app, app.token()).await.0, "token:tests", "Modelry's own tokens need no provider");
    provider.is_away.store(false, Ordering::Relaxed);
    until("the provider is back", async || answer(&app, &token).await.status == 200).await;

    // One that says it is somebody else is not believed.
    let other = Provider::start().await;
    let app = other.app().await;
    let token = key.token("e", &other.claims(json!({})));
    other.publish(&[("e", &key)]);
    *other.issuer.lock().expect("a lock") = "https://id.example".to_owned();
    assert_eq!(answer(&app, &token).await.status, 503);
}

/// Without a provider such tokens are none.
#[tokio::test]
async fn without_a_provider_its_tokens_are_none() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let token = Signer::p256().token("e", &json!({ "sub": "42" }));
    assert_eq!(answer(&app, &token).await.status, 401);
}
