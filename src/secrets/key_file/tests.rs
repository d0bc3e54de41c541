//! The file of master keys: how it is made, shared and refused.

use std::os::unix::fs::PermissionsExt as _;

use super::*;

fn file() -> (tempfile::TempDir, KeyFile) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = KeyFile::new(folder.path().join("data/master.key"));
    (folder, file)
}

fn ids(file: &KeyFile) -> Vec<String> {
    file.read().expect("readable").expect("a file").0.into_iter().map(|key| key.id).collect()
}

#[test]
fn the_first_key_is_made_once_for_its_owner_alone() {
    let (_folder, file) = file();
    assert!(file.read().expect("readable").is_none());
    let made = file.read_or_make().expect("made");
    assert_eq!(made.0.len(), 1);
    assert_eq!(file.read_or_make().expect("read").0[0].id, made.0[0].id);
    let mode = std::fs::metadata(&file.0).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
#[expect(clippy::needless_collect, reason = "they run at once only if all are started before one is waited for")]
fn those_who_make_it_together_agree() {
    for _ in 0..20 {
        let (_folder, file) = file();
        let makers: Vec<_> = (0..8)
            .map(|_| {
                let file = file.clone();
                std::thread::spawn(move || file.read_or_make().expect("a key").0[0].id.clone())
            })
            .collect();
        let mut made: Vec<String> = makers.into_iter().map(|maker| maker.join().expect("no panic")).collect();
        made.dedup();
        assert_eq!(made, ids(&file));
    }
}

#[test]
fn a_file_that_others_may_read_is_refused() {
    let (_folder, file) = file();
    file.read_or_make().expect("made");
    for mode in [0o640, 0o604, 0o620, 0o601, 0o644] {
        std::fs::set_permissions(&file.0, std::fs::Permissions::from_mode(mode)).expect("a mode");
        let error = file.read().err().expect("others may use it");
        assert!(matches!(error, SecretsError::Exposed { .. }), "{error}");
        assert!(error.to_string().contains("chmod 600"), "{error}");
    }
    std::fs::set_permissions(&file.0, std::fs::Permissions::from_mode(0o400)).expect("a mode");
    assert!(file.read().is_ok());
}

#[test]
fn a_file_of_somebody_else_is_refused() {
    for (owner, user, expected) in [(7, 7, true), (0, 7, true), (0, 0, true), (8, 7, false), (7, 0, false)] {
        assert_eq!(is_trusted(owner, user), expected, "{owner} {user}");
    }
    let (_folder, file) = file();
    file.read_or_make().expect("made");
    // Only root may give a file away.
    if std::os::unix::fs::chown(&file.0, Some(12_345), None).is_ok() {
        let error = file.read().err().expect("not ours");
        assert!(matches!(error, SecretsError::Foreign { owner: 12_345, .. }), "{error}");
        assert!(error.to_string().contains("chown"), "{error}");
    }
}

#[test]
fn what_is_no_key_is_told_by_its_line_and_not_by_its_text() {
    let (_folder, file) = file();
    file.read_or_make().expect("made");
    let text = std::fs::read_to_string(&file.0).expect("a text");
    std::fs::write(&file.0, format!("{text}bm90IGEga2V5\n")).expect("written");
    let error = file.read().err().expect("no key").to_string();
    assert!(error.contains("line 4") && !error.contains("bm90"), "{error}");
}

#[test]
fn a_new_key_comes_behind_and_an_old_one_goes_aside() {
    let (_folder, file) = file();
    let first = file.newer_than(None).expect("made");
    assert_eq!(file.newer_than(None).expect("there"), first, "one that is there serves");
    let second = file.newer_than(Some(&first)).expect("made");
    assert_eq!(file.newer_than(Some(&first)).expect("there"), second, "one that is newer already serves");
    assert_eq!(ids(&file), [first.clone(), second.clone()]);
    assert_eq!(file.retire_before(&second).expect("retired"), 1);
    assert_eq!(file.retire_before(&second).expect("retired"), 0);
    assert_eq!(ids(&file), [second]);
    assert_eq!(ids(&KeyFile::new(file.beside(".retired"))), [first]);
}

#[test]
#[expect(clippy::needless_collect, reason = "they run at once only if all are started before one is waited for")]
fn of_many_who_want_a_newer_one_one_makes_it() {
    let (_folder, file) = file();
    let first = file.newer_than(None).expect("made");
    let makers: Vec<_> = (0..8)
        .map(|_| {
            let (file, first) = (file.clone(), first.clone());
            std::thread::spawn(move || file.newer_than(Some(&first)).expect("a key"))
        })
        .collect();
    let mut made: Vec<String> = makers.into_iter().map(|maker| maker.join().expect("no panic")).collect();
    made.dedup();
    assert_eq!(made.len(), 1);
    assert_eq!(ids(&file), [first, made[0].clone()]);
}
