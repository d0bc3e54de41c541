//! Against a server that speaks the transit engine's API.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::extract::{Path, Request, State};
use axum::http::StatusCode as Status;
use axum::response::{IntoResponse as _, Response};

use super::*;
use crate::secrets::{Keyring, Place, Rewrapped, SecretsSettings};

const TOKEN: &str = "hvs.a-token-for-tests";

/// What the stand-in does instead of answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Status(u16),
    Slow,
    Nonsense,
}

#[derive(Default)]
struct Engine {
    versions: u64,
    /// What was encrypted, by its ciphertext.
    kept: HashMap<String, String>,
    /// What happens to the next requests.
    troubles: Vec<Trouble>,
    requests: usize,
}

#[derive(Clone, Default)]
struct StandIn(Arc<Mutex<Engine>>);

impl StandIn {
    fn with<T>(&self, work: impl FnOnce(&mut Engine) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn serve(&self) -> String {
        self.with(|engine| engine.versions = 1);
        let routes = axum::Router::new()
            .route("/v1/transit/{what}/modelry", axum::routing::any(answer))
            .route("/v1/transit/{what}/modelry/{then}", axum::routing::any(answer))
            .with_state(self.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, routes).await });
        format!("http://{address}")
    }
}

async fn answer(State(stand_in): State<StandIn>, path: Path<HashMap<String, String>>, request: Request) -> Response {
    let trouble = stand_in.with(|engine| {
        engine.requests += 1;
        engine.troubles.pop()
    });
    match trouble {
        Some(Trouble::Status(status)) => {
            let body = json!({ "errors": ["it echoes what was sent: c2VjcmV0"] }).to_string();
            return (Status::from_u16(status).expect("a status"), body).into_response();
        }
        Some(Trouble::Slow) => tokio::time::sleep(Duration::from_secs(5)).await,
        Some(Trouble::Nonsense) => return "[]".into_response(),
        None => {}
    }
    if !is_allowed(request.headers()) {
        return (Status::FORBIDDEN, json!({ "errors": ["permission denied"] }).to_string()).into_response();
    }
    let what = format!("{}/{}", path["what"], path.get("then").map_or("", String::as_str));
    let body = axum::body::to_bytes(request.into_body(), 1 << 20).await.expect("a body");
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    stand_in.with(|engine| engine.act(&what, &body))
}

fn is_allowed(headers: &axum::http::HeaderMap) -> bool {
    let is = |name: &str, value: &str| headers.get(name).is_some_and(|given| given == value);
    is("x-vault-token", TOKEN) && is("x-vault-namespace", "team")
}

impl Engine {
    fn act(&mut self, what: &str, body: &Value) -> Response {
        let data = match what {
            "keys/" => json!({ "latest_version": self.versions }),
            "keys/rotate" => {
                self.versions += 1;
                return Status::NO_CONTENT.into_response();
            }
            "encrypt/" => json!({ "ciphertext": self.keep(body["plaintext"].as_str().expect("a text"), body) }),
            "decrypt/" => match self.kept.get(body["ciphertext"].as_str().expect("a text")) {
                Some(plain) => json!({ "plaintext": plain }),
                None => return Status::BAD_REQUEST.into_response(),
            },
            "rewrap/" => {
                let mut results = Vec::new();
                for item in body["batch_input"].as_array().expect("a batch") {
                    let Some(plain) = self.kept.get(item["ciphertext"].as_str().expect("a text")).cloned() else {
                        return Status::BAD_REQUEST.into_response();
                    };
                    results.push(json!({ "ciphertext": self.keep(&plain, item) }));
                }
                json!({ "batch_results": results })
            }
            _ => return Status::NOT_FOUND.into_response(),
        };
        json!({ "data": data }).to_string().into_response()
    }

    fn keep(&mut self, plain: &str, body: &Value) -> String {
        let version = body["key_version"].as_u64().unwrap_or(self.versions);
        let ciphertext = format!("vault:v{version}:{}", self.kept.len());
        self.kept.insert(ciphertext.clone(), plain.to_owned());
        ciphertext
    }
}

/// A stand-in, and a keyring on it.
async fn keyring() -> (StandIn, Keyring, tempfile::TempDir) {
    let stand_in = StandIn::default();
    let folder = tempfile::tempdir().expect("a folder");
    let address = stand_in.serve().await;
    let keyring = keyring_at(&address, &folder, Some(TOKEN));
    (stand_in, keyring, folder)
}

fn keyring_at(address: &str, folder: &tempfile::TempDir, token: Option<&str>) -> Keyring {
    let vault = VaultSettings {
        address: address.to_owned(),
        mount: "transit".to_owned(),
        key: "modelry".to_owned(),
        namespace: Some("team".to_owned()),
        token_file: None,
        ca_file: None,
        timeout: Duration::from_millis(500),
        attempts: 3,
    };
    let settings = SecretsSettings {
        registry: "modelry".to_owned(),
        key_file: folder.path().join("master.key"),
        vault: Some(vault),
    };
    Keyring::with_variables(settings, None, token.map(|token| Secret::new(token.to_owned()))).expect("a keyring")
}

fn place() -> Place {
    Place { table: "supplier_keys", row: "a".to_owned(), owner: 1 }
}

fn secret() -> Secret {
    Secret::new("sk-a-secret-text".to_owned())
}

#[tokio::test]
async fn what_vault_wraps_opens_in_its_place_only() {
    let (_vault, keyring, _folder) = keyring().await;
    let name = keyring.newest_or_made().await.expect("a key");
    assert_eq!(name, "vault:transit/modelry:1");
    let sealed = keyring.seal(&secret(), &place(), &name).await.expect("sealed");
    assert_eq!(keyring.open(&sealed, &place()).await.expect("opened").expose(), secret().expose());
    let elsewhere = Place { owner: 2, ..place() };
    assert_eq!(keyring.open(&sealed, &elsewhere).await.err(), Some(SecretsError::Closed));
}

#[tokio::test]
async fn a_rotation_makes_a_version_and_wraps_anew_within_vault() {
    let (vault, keyring, _folder) = keyring().await;
    let first = keyring.newest_or_made().await.expect("a key");
    let sealed = keyring.seal(&secret(), &place(), &first).await.expect("sealed");
    let second = keyring.newer_than(Some(first.clone())).await.expect("a newer one");
    assert_eq!(second, "vault:transit/modelry:2");
    assert_eq!(keyring.newer_than(Some(first.clone())).await.as_ref(), Ok(&second), "one that is there serves");
    let old = Rewrapped { place: place(), data_key: sealed.data_key.clone(), master_key: first };
    let before = vault.with(|engine| engine.requests);
    let new = keyring.rewrap(&[old], &second).await.expect("wrapped").pop().expect("one").expect("wrapped");
    assert_eq!(vault.with(|engine| engine.requests) - before, 1);
    assert!(new[1..].starts_with(b"vault:v2:"));
    let sealed = crate::secrets::Sealed { data_key: new, master_key: second, ..sealed };
    assert_eq!(keyring.open(&sealed, &place()).await.expect("opened").expose(), secret().expose());
}

#[tokio::test]
async fn what_a_file_wrapped_moves_to_vault_and_damage_is_told_apart() {
    let (_vault, keyring, folder) = keyring().await;
    let settings =
        SecretsSettings { registry: "modelry".to_owned(), key_file: folder.path().join("master.key"), vault: None };
    let by_file = Keyring::with_variables(settings, None, None).expect("a keyring");
    let name = by_file.newest_or_made().await.expect("a key");
    let sealed = by_file.seal(&secret(), &place(), &name).await.expect("sealed");
    let sound = || Rewrapped { place: place(), data_key: sealed.data_key.clone(), master_key: name.clone() };
    let moved = Rewrapped { place: Place { owner: 2, ..place() }, ..sound() };
    let target = keyring.newer_than(Some(name.clone())).await.expect("Vault's");
    let mut done = keyring.rewrap(&[sound(), moved], &target).await.expect("tried");
    assert_eq!(done.pop(), Some(Err(SecretsError::Closed)));
    let data_key = done.pop().expect("one").expect("wrapped");
    let sealed = crate::secrets::Sealed { data_key, master_key: target, ..sealed.clone() };
    assert_eq!(keyring.open(&sealed, &place()).await.expect("opened").expose(), secret().expose());
    assert!(matches!(by_file.open(&sealed, &place()).await.err(), Some(SecretsError::UnknownMasterKey(_))));
}

#[tokio::test]
async fn troubles_that_pass_are_sat_out_and_others_told_at_once() {
    let (vault, keyring, _folder) = keyring().await;
    let ask = async |troubles: &[Trouble]| {
        vault.with(|engine| {
            engine.troubles = troubles.to_vec();
            engine.requests = 0;
        });
        let asked = keyring.newest_or_made().await;
        (asked, vault.with(|engine| std::mem::take(&mut engine.requests)))
    };
    let sealed = Trouble::Status(503);
    assert!(matches!(ask(&[sealed, Trouble::Slow]).await, (Ok(_), 3)));
    let (asked, requests) = ask(&[sealed, sealed, sealed, sealed]).await;
    let error = asked.expect_err("it stays sealed");
    assert!(error.is_passing() && requests == 3, "{error} after {requests}");
    assert!(error.to_string().contains("sealed"), "{error}");
    let (asked, requests) = ask(&[Trouble::Slow, Trouble::Slow, Trouble::Slow]).await;
    assert!(asked.expect_err("it stays slow").is_passing() && requests == 3);
    for (trouble, said) in
        [(Trouble::Status(403), "403"), (Trouble::Status(404), "404"), (Trouble::Nonsense, "transit engine")]
    {
        let (asked, requests) = ask(&[trouble]).await;
        let error = asked.expect_err("refused");
        assert!(!error.is_passing() && requests == 1, "{error} after {requests}");
        assert!(error.to_string().contains(said) && !error.to_string().contains("c2Vj"), "{error}");
    }
}

#[tokio::test]
async fn without_a_token_or_with_a_wrong_one_nothing_is_done() {
    let (vault, _, folder) = keyring().await;
    let address = vault.serve().await;
    let error = keyring_at(&address, &folder, None).newest_or_made().await.expect_err("no token");
    assert!(error.to_string().contains("VAULT_TOKEN"), "{error}");
    let error = keyring_at(&address, &folder, Some("hvs.wrong")).newest_or_made().await.expect_err("a wrong token");
    assert!(error.to_string().contains("403") && !error.to_string().contains("hvs."), "{error}");
    let error =
        keyring_at("http://127.0.0.1:1", &folder, Some(TOKEN)).newest_or_made().await.expect_err("nobody there");
    assert!(error.is_passing(), "{error}");
}
