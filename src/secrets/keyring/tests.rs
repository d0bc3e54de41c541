//! Which master key seals and which ones open, by where they come from.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;

fn place() -> Place {
    Place { table: "supplier_keys", row: "a".to_owned(), owner: 1 }
}

fn keyring(folder: &tempfile::TempDir, variable: Option<String>) -> Result<Keyring, SecretsError> {
    let settings =
        SecretsSettings { registry: "modelry".to_owned(), key_file: folder.path().join("master.key"), vault: None };
    Keyring::with_variables(settings, variable.map(Secret::new), None)
}

fn key(byte: u8) -> String {
    STANDARD.encode([byte; 32])
}

#[tokio::test]
async fn a_file_that_changes_is_read_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, command) = (keyring(&folder, None).expect("a keyring"), keyring(&folder, None).expect("a keyring"));
    let first = server.newest_or_made().await.expect("made");
    let secret = Secret::new("sk-a-secret-text".to_owned());
    let old = server.seal(&secret, &place(), &first).await.expect("sealed");
    let second = command.newer_than(Some(first.clone())).await.expect("made");
    let new = command.seal(&secret, &place(), &second).await.expect("sealed");
    for sealed in [&old, &new] {
        assert_eq!(server.open(sealed, &place()).await.expect("opened").expose(), "sk-a-secret-text");
    }
    assert_eq!(command.retire_before(second).await, Ok(1));
    let later = keyring(&folder, None).expect("a keyring");
    assert_eq!(later.open(&old, &place()).await.err(), Some(SecretsError::UnknownMasterKey(first)));
    assert!(later.open(&new, &place()).await.is_ok());
}

#[tokio::test]
async fn a_variable_holds_the_newest_first_and_goes_before_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = keyring(&folder, None).expect("a keyring").newest_or_made().await.expect("made");
    let one = keyring(&folder, Some(key(1))).expect("a keyring");
    let first = one.newest_or_made().await.expect("a key");
    assert_ne!(first, file);
    assert_eq!(one.has(&file).await, Ok(()), "the file's still open what they sealed");
    assert!(matches!(one.newer_than(Some(first.clone())).await, Err(SecretsError::NothingNewer(_))));
    let two = keyring(&folder, Some(format!("{}, {}", key(2), key(1)))).expect("a keyring");
    let second = two.newer_than(Some(first.clone())).await.expect("the newer");
    assert_ne!(second, first);
    assert_eq!((two.has(&first).await, two.newest_or_made().await), (Ok(()), Ok(second)));
}

#[tokio::test]
async fn what_is_no_key_is_refused_and_not_repeated() {
    let folder = tempfile::tempdir().expect("a folder");
    for text in ["c2VjcmV0", "secret!", &STANDARD.encode([7; 33]), &format!("{},c2VjcmV0", key(1)), ","] {
        let error = keyring(&folder, Some(text.to_owned())).err().expect("no key").to_string();
        assert!(
            error.contains("MODELRY_MASTER_KEY") && !error.contains("c2Vj") && !error.contains("secret!"),
            "{error}"
        );
    }
}
