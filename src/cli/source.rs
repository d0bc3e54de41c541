//! Where a catalogue is read from: a file, standard input, or an address on the web.

use std::time::Duration;

use thiserror::Error;
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::progress::Progress;

/// Most bytes read, unless the command says otherwise.
pub const DEFAULT_LIMIT: u64 = 64 << 20;

/// How long a server may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a download may take in all.
const TOTAL_TIMEOUT: Duration = Duration::from_secs(60);

/// Bytes taken from a file at a time.
const PIECE: usize = 64 << 10;

/// A file or address can't be read.
#[derive(Debug, Error)]
pub enum SourceError {
    /// It is larger than is taken.
    #[error("{location} is larger than {limit} bytes; --max-bytes allows more")]
    TooLarge {
        /// What was read.
        location: String,
        /// Most bytes taken.
        limit: u64,
    },
    /// A file, or standard input, can't be read.
    #[error("{location} can't be read: {error}")]
    File {
        /// What was read.
        location: String,
        /// Why not.
        error: std::io::Error,
    },
    /// The server can't be reached, or broke off.
    #[error("{location} can't be fetched: {reason}")]
    Fetch {
        /// The address.
        location: String,
        /// Why not.
        reason: String,
    },
}

/// Reads all of `location`: `-` is standard input, `http://` and `https://` are addresses, all else is a file.
///
/// # Errors
/// [`SourceError`], also if there are more than `limit` bytes.
pub async fn read(location: &str, limit: u64, progress: &Progress) -> Result<Vec<u8>, SourceError> {
    let wrong = |error| SourceError::File { location: location.to_owned(), error };
    if location == "-" {
        read_all(tokio::io::stdin(), "standard input", limit, progress).await
    } else if is_address(location) {
        fetch(location, limit, progress).await
    } else {
        read_all(tokio::fs::File::open(location).await.map_err(wrong)?, location, limit, progress).await
    }
}

fn is_address(location: &str) -> bool {
    location.starts_with("http://") || location.starts_with("https://")
}

/// The location as it may be told to anybody.
pub fn shown(location: &str) -> String {
    if is_address(location) { without_secrets(location) } else { location.to_owned() }
}

/// The name of what is read, without the folder or address that it is in.
pub fn file_name(location: &str) -> String {
    let shown = shown(location);
    match shown.trim_end_matches('/').rsplit(['/', '\\']).next() {
        Some("-") | None => "standard input".to_owned(),
        Some(name) => name.to_owned(),
    }
}

/// What has been read, and how much may be.
struct Gathered<'a> {
    bytes: Vec<u8>,
    location: &'a str,
    limit: u64,
    progress: &'a Progress,
}

impl<'a> Gathered<'a> {
    const fn new(location: &'a str, limit: u64, progress: &'a Progress) -> Self {
        Self { bytes: Vec::new(), location, limit, progress }
    }

    fn add(&mut self, piece: &[u8]) -> Result<(), SourceError> {
        let length = (self.bytes.len() + piece.len()) as u64;
        if length > self.limit {
            return Err(SourceError::TooLarge { location: self.location.to_owned(), limit: self.limit });
        }
        self.bytes.extend_from_slice(piece);
        self.progress.received(length);
        Ok(())
    }
}

async fn read_all(
    mut from: impl AsyncRead + Unpin,
    location: &str,
    limit: u64,
    progress: &Progress,
) -> Result<Vec<u8>, SourceError> {
    let mut gathered = Gathered::new(location, limit, progress);
    let mut piece = vec![0; PIECE];
    loop {
        let read = from.read(&mut piece).await;
        match read.map_err(|error| SourceError::File { location: location.to_owned(), error })? {
            0 => return Ok(gathered.bytes),
            length => gathered.add(&piece[..length])?,
        }
    }
}

async fn fetch(address: &str, limit: u64, progress: &Progress) -> Result<Vec<u8>, SourceError> {
    let shown = without_secrets(address);
    let wrong = |error: reqwest::Error| SourceError::Fetch { location: shown.clone(), reason: reason(error) };
    let mut answer = client().map_err(wrong)?.get(address).send().await.map_err(wrong)?;
    if !answer.status().is_success() {
        let reason = format!("the server answered {}", answer.status());
        return Err(SourceError::Fetch { location: shown, reason });
    }
    let mut gathered = Gathered::new(&shown, limit, progress);
    while let Some(piece) = answer.chunk().await.map_err(wrong)? {
        gathered.add(&piece)?;
    }
    Ok(gathered.bytes)
}

fn client() -> reqwest::Result<reqwest::Client> {
    // Fails only if a provider is installed already, which then serves as well.
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder()
        .user_agent(concat!("modelry/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TOTAL_TIMEOUT)
        .build()
}

/// An address without what may be secret in it: user, password and query.
fn without_secrets(address: &str) -> String {
    let Ok(mut url) = reqwest::Url::parse(address) else { return "the address".to_owned() };
    url.set_query(None);
    // Both fail only for addresses that can't have a user.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.to_string()
}

/// What went wrong, down to its first cause.
fn reason(error: reqwest::Error) -> String {
    if error.is_timeout() {
        let (connect, total) = (CONNECT_TIMEOUT.as_secs(), TOTAL_TIMEOUT.as_secs());
        return format!("it took too long (more than {connect} s to connect, or {total} s in all)");
    }
    let error = error.without_url();
    let mut causes = vec![error.to_string()];
    let mut cause = std::error::Error::source(&error);
    while let Some(next) = cause {
        causes.push(next.to_string());
        cause = next.source();
    }
    causes.dedup();
    causes.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_of_an_address_are_not_shown() {
        let address = "https://user:secret@example.com/api.json?key=secret";
        assert_eq!(without_secrets(address), "https://example.com/api.json");
        assert_eq!(without_secrets("https://"), "the address");
    }

    #[test]
    fn files_are_named_without_their_folders() {
        for (location, name) in [
            ("/srv/catalogues/api.json", "api.json"),
            ("https://user:secret@example.com/api.json?key=secret", "api.json"),
            ("-", "standard input"),
        ] {
            assert_eq!(file_name(location), name);
        }
    }

    #[tokio::test]
    async fn no_more_is_read_than_allowed() {
        let progress = Progress::start("reading");
        let read = |limit| read_all(&b"catalogue"[..], "file.json", limit, &progress);
        assert_eq!(read(9).await.expect("all of it"), b"catalogue");
        let message = "file.json is larger than 8 bytes; --max-bytes allows more";
        assert_eq!(read(8).await.expect_err("too large").to_string(), message);
    }

    #[tokio::test]
    async fn what_is_not_there_is_named() {
        let progress = Progress::start("reading");
        let error = read("no/such/file.json", 1, &progress).await.expect_err("no file");
        assert!(error.to_string().starts_with("no/such/file.json can't be read: "), "{error}");
    }
}
