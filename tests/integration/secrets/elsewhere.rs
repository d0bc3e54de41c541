//! Where secrets could get to beside answers: streams, spans, metrics, backups; and the secrets that let callers in.

use std::fmt::Write as _;
use std::io::Read as _;
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;

use super::configured;
use crate::cli::process::{PATIENCE, Server, output};
use crate::support::TestDatabase;
use crate::support::app::client;

/// As [`configured`], with all that a server can tell others: spans, and backups that it makes by itself.
pub fn configured_to_tell(folder: &TempDir, collector: &str) {
    configured(folder);
    let path = folder.path().join("modelry.toml");
    let mut file = std::fs::read_to_string(&path).expect("the file");
    write!(
        file,
        "[telemetry]\notlp_endpoint = \"{collector}\"\n[backup]\nfolder = \"backups\"\ninterval_ms = 500\nkeep = 2\n"
    )
    .expect("written");
    std::fs::write(path, file).expect("written");
}

/// What lets callers in: known to them, and nowhere else.
pub struct Credentials(pub Vec<String>);

impl Credentials {
    /// Fails if one is in what came from `place`.
    pub fn assert_none(&self, place: &str, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        for secret in &self.0 {
            assert!(secret.len() > 20, "a secret is longer: {secret}");
            assert!(!text.contains(secret), "{secret} is in {place}");
        }
    }
}

/// Signs a browser in by the link that the server offers; the link's code, and what the browser then sends.
pub async fn sign_in(server: &Server) -> [String; 2] {
    let link = server.first_link();
    let code = link.rsplit_once("code=").expect("a code").1.to_owned();
    let request = client().post(format!("http://{}/login", server.address()));
    let request =
        request.header("content-type", "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
    let answer = request.body(format!("code={code}")).send().await.expect("an answer");
    let cookie = answer.headers().get("set-cookie").expect("a cookie").to_str().expect("a text");
    let (_, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
    [code, value.to_owned()]
}

/// A subscription to every change, as a stream of events.
pub struct Stream(reqwest::Response);

impl Stream {
    /// Opens it.
    pub async fn open(server: &Server) -> Self {
        let query = "subscription { changed { operation type before after fields { field before after } changeSet { id actor operation reason } } }";
        let request = server.admin().post(&client(), json!({ "query": query }).to_string());
        let response = request.header("accept", "text/event-stream").send().await.expect("a stream");
        assert_eq!(response.status(), 200);
        Self(response)
    }

    /// All that came, once `last` came by.
    pub async fn all_until(mut self, last: &str) -> Vec<u8> {
        let mut all = Vec::new();
        while !String::from_utf8_lossy(&all).contains(last) {
            let chunk = tokio::time::timeout(PATIENCE, self.0.chunk()).await.expect("in time").expect("a chunk");
            all.extend(chunk.expect("the stream goes on"));
        }
        all
    }
}

/// A backup that is made by the command, and one that the server makes from now on by itself, uncompressed; with what was said.
pub async fn backups(folder: &TempDir, database: &TestDatabase) -> [(String, Vec<u8>); 3] {
    let asked = Instant::now();
    let earlier = scheduled(folder);
    let made = output(folder, &["backup", "made.gz", "--database-url", database.url()]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let said = [made.stdout, made.stderr].concat();
    let made = uncompressed(&folder.path().join("made.gz"));
    let later = loop {
        if let Some(path) = scheduled(folder).into_iter().find(|path| !earlier.contains(path)) {
            break uncompressed(&path);
        }
        assert!(asked.elapsed() < PATIENCE, "no backup is made");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    [("what backup says".to_owned(), said), ("a backup".to_owned(), made), ("a scheduled backup".to_owned(), later)]
}

fn scheduled(folder: &TempDir) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder.path().join("backups")).into_iter().flatten();
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "gz")).collect()
}

fn uncompressed(path: &std::path::Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).expect("the backup");
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("a whole backup");
    assert!(String::from_utf8_lossy(&bytes).contains("\"supplier_keys\""), "every table is in it");
    bytes
}
