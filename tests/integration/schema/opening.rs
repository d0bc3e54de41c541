//! Databases that can't be had.

use std::time::Duration;

use modelry::store::{DatabaseUrl, Store, StoreError, StoreSettings};

fn open(url: &str) -> Result<Store, StoreError> {
    let patience = Duration::from_secs(10);
    let settings = StoreSettings {
        connections: 1,
        wait_timeout: patience,
        connect_timeout: patience,
        writes_much: false,
        max_index_bytes: 0,
    };
    Store::new(&DatabaseUrl::parse(url)?, &settings)
}

/// The folder's name is in the message: whoever reads it has to find the folder.
#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let folder = file.path().join("data");
    let error = open(&format!("sqlite://{}/modelry.db", folder.display())).err().expect("no folder below a file");
    assert!(matches!(error, StoreError::Unreachable(_)), "{error:?}");
    assert!(error.to_string().contains(&folder.display().to_string()), "{error}");
}

/// Likewise the file's.
#[tokio::test]
async fn a_file_that_cannot_be_opened_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let shown = folder.path().display().to_string();
    let error = open(&format!("sqlite://{shown}")).expect("a store").migrate().await.expect_err("a folder is no file");
    assert!(matches!(error, StoreError::Unreachable(_)), "{error:?}");
    assert!(error.to_string().contains(&shown), "{error}");
}

/// A file that holds something else is left as it is.
#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let text = "not a database, and long enough for a page's header to be read from it ".repeat(20);
    std::io::Write::write_all(&mut file, text.as_bytes()).expect("written");
    let store = open(&format!("sqlite://{}", file.path().display())).expect("a store");
    let error = store.migrate().await.expect_err("no database");
    assert!(error.to_string().contains("not a database"), "{error}");
    assert_eq!(std::fs::read_to_string(file.path()).expect("still there"), text);
}

/// Nobody listens on port 1: the message says what was tried, without the password.
#[tokio::test]
async fn a_server_that_is_away_is_unreachable() {
    let store = open("postgres://somebody:hunter2@127.0.0.1:1/modelry").expect("a store");
    let error = store.schema_state().await.expect_err("nobody listens");
    assert!(matches!(error, StoreError::Unreachable(_)), "{error:?}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}
