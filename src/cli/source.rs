//! Where a catalogue is read from: a file, standard input, or an address on the web.

use std::time::Duration;

use thiserror::Error;
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::progress::Progress;
use crate::registry::transfer::spool::{Spool, Spooled};

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
    /// What can be read only once can't be kept.
    #[error("what is read can't be kept in the folder for temporary files: {0}")]
    Copy(std::io::Error),
    /// The server can't be reached, or broke off.
    #[error("{location} can't be fetched: {reason}")]
    Fetch {
        /// The address.
        location: String,
        /// Why not.
        reason: String,
    },
}

/// Reads all of `location` once, to where it can be read again: `-` is standard input, `http://` and `https://` are
/// addresses, all else is a file. A file stays where it is; anything else is copied.
///
/// # Errors
/// [`SourceError`], also if there are more than `limit` bytes.
pub async fn read(location: &str, limit: u64, progress: &Progress) -> Result<Spooled, SourceError> {
    let wrong = |error| SourceError::File { location: location.to_owned(), error };
    if location == "-" {
        let gathered = Gathered::copied("standard input", limit, progress)?;
        return gathered.all(tokio::io::stdin()).await;
    }
    if is_address(location) {
        return fetch(location, limit, progress).await;
    }
    let file = tokio::fs::File::open(location).await.map_err(wrong)?;
    if !file.metadata().await.map_err(wrong)?.is_file() {
        return Gathered::copied(location, limit, progress)?.all(file).await;
    }
    let original = file.try_clone().await.map_err(wrong)?.into_std().await;
    Gathered { spool: Spool::of(original), location, limit, progress }.all(file).await
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
    spool: Spool,
    location: &'a str,
    limit: u64,
    progress: &'a Progress,
}

impl<'a> Gathered<'a> {
    /// What can be read only once.
    fn copied(location: &'a str, limit: u64, progress: &'a Progress) -> Result<Self, SourceError> {
        let spool = Spool::new().map_err(SourceError::Copy)?;
        Ok(Self { spool, location, limit, progress })
    }

    fn add(&mut self, piece: &[u8]) -> Result<(), SourceError> {
        let length = self.spool.length() + piece.len() as u64;
        if length > self.limit {
            return Err(SourceError::TooLarge { location: self.location.to_owned(), limit: self.limit });
        }
        self.spool.add(piece).map_err(SourceError::Copy)?;
        self.progress.received(length);
        Ok(())
    }

    /// Reads to the end.
    async fn all(mut self, mut from: impl AsyncRead + Unpin) -> Result<Spooled, SourceError> {
        let mut piece = vec![0; PIECE];
        loop {
            let read = from.read(&mut piece).await;
            match read.map_err(|error| SourceError::File { location: self.location.to_owned(), error })? {
                0 => return Ok(self.spool.finish()),
                length => self.add(&piece[..length])?,
            }
        }
    }
}

async fn fetch(address: &str, limit: u64, progress: &Progress) -> Result<Spooled, SourceError> {
    let shown = without_secrets(address);
    let wrong = |error: reqwest::Error| SourceError::Fetch { location: shown.clone(), reason: reason(error) };
    let mut answer = client().map_err(wrong)?.get(address).send().await.map_err(wrong)?;
    if !answer.status().is_success() {
        let reason = format!("the server answered {}", answer.status());
        return Err(SourceError::Fetch { location: shown, reason });
    }
    let mut gathered = Gathered::copied(&shown, limit, progress)?;
    while let Some(piece) = answer.chunk().await.map_err(wrong)? {
        gathered.add(&piece)?;
    }
    Ok(gathered.spool.finish())
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
    use std::io::Seek as _;

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
        let read = |limit| Gathered::copied("file.json", limit, &progress).expect("room for it").all(&b"catalogue"[..]);
        assert_eq!(text(read(9).await.expect("all of it")), "catalogue");
        let message = "file.json is larger than 8 bytes; --max-bytes allows more";
        assert_eq!(read(8).await.expect_err("too large").to_string(), message);
    }

    fn text(Spooled { mut file, .. }: Spooled) -> String {
        file.rewind().expect("its beginning");
        std::io::read_to_string(file).expect("text")
    }

    #[tokio::test]
    async fn files_are_read_where_they_are_and_all_else_is_copied() {
        let progress = Progress::start("reading");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file.json");
        std::fs::write(&path, "before").expect("written");
        let file = read(&path.to_string_lossy(), 9, &progress).await.expect("a file");
        std::fs::write(&path, "behind").expect("written");
        assert_eq!(file.hash, "6db7d803e74f1ffa7d8f5adc0bf95b3e15bf4c8373fffadf546227cc6c6742cb");
        assert_eq!(text(file), "behind");
        assert_eq!(text(read("/dev/null", 9, &progress).await.expect("nothing")), "");
    }

    #[tokio::test]
    async fn what_is_not_there_is_named() {
        let progress = Progress::start("reading");
        let error = read("no/such/file.json", 1, &progress).await.expect_err("no file");
        assert!(error.to_string().starts_with("no/such/file.json can't be read: "), "{error}");
    }
}
