//! Files that are no backups, or were: they are refused with a reason, without filling memory.

use std::io::{Read as _, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use modelry::backup;
use modelry::registry::clock::Clock;
use proptest::prelude::*;
use tempfile::TempDir;

use super::damage::{damaged, damages};
use super::effort::for_all;
use crate::support::{DatabaseKind, Fixture as _, SmallCatalogue};

/// Inputs of each kind.
const READ: u32 = 200;

/// A folder with a sound backup, and what it has, uncompressed.
async fn sound() -> (TempDir, Vec<u8>) {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("b.gz");
    backup::to_file(app.database().store(), &path, Clock::system().now()).await.expect("a backup");
    let mut lines = Vec::new();
    let file = std::fs::File::open(&path).expect("the file");
    flate2::read::GzDecoder::new(file).read_to_end(&mut lines).expect("whole");
    (folder, lines)
}

fn compressed(lines: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(lines).expect("compressed");
    out.finish().expect("compressed")
}

/// Why a file with these bytes is refused; `None` if it is taken.
fn refusal(folder: &Path, bytes: &[u8]) -> Option<String> {
    let path = folder.join("hostile.gz");
    std::fs::write(&path, bytes).expect("written");
    backup::check(&path).err().map(|error| error.to_string())
}

/// Bytes of any kind, compressed or not.
#[test]
fn any_bytes_are_no_backup() {
    let folder = tempfile::tempdir().expect("a folder");
    for_all(READ, &proptest::collection::vec(any::<u8>(), 0..2_000), |bytes| {
        for bytes in [compressed(&bytes), bytes] {
            let said = refusal(folder.path(), &bytes);
            prop_assert!(said.as_ref().is_some_and(|said| said.contains("no whole backup")), "{said:?}");
        }
        Ok(())
    });
}

/// A sound backup, damaged within its compressed form or within its lines: whatever is taken for a backup has all that the
/// sound one has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_backup_is_refused() {
    let (folder, lines) = sound().await;
    let whole = std::fs::read(folder.path().join("b.gz")).expect("the file");
    for_all(READ / 4, &damages(), |damages| {
        let within = damaged(lines.clone(), &damages);
        let is_same = within == lines;
        let said = refusal(folder.path(), &compressed(&within));
        prop_assert_eq!(said.is_none(), is_same, "{:?}", said);
        // A few bytes of the compressed form's beginning (its time, its system) say nothing that matters.
        let outside = damaged(whole.clone(), &damages);
        if outside.get(10..) != whole.get(10..) {
            prop_assert!(refusal(folder.path(), &outside).is_some());
        }
        Ok(())
    });
}

/// A small file that grows into a line or into tables without an end when it is read: it is given up long before memory is full.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bombs_are_refused_in_little_memory() {
    let (folder, lines) = sound().await;
    let header = lines.split_inclusive(|byte| *byte == b'\n').next().expect("a line");
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(header).expect("compressed");
    let piece = vec![b'['; 1 << 20];
    for _ in 0..80 {
        out.write_all(&piece).expect("compressed");
    }
    let endless = out.finish().expect("compressed");
    assert!(endless.len() < 1 << 20, "{} bytes of 80 MiB", endless.len());
    let said = refusal(folder.path(), &endless).expect("refused");
    assert!(said.contains("line 2 is longer than any of a backup"), "{said}");

    let tables = [header, &b"{\"table\":\"t\",\"columns\":[],\"last_id\":0}\n".repeat(200_000)].concat();
    let said = refusal(folder.path(), &compressed(&tables)).expect("refused");
    assert!(said.contains("line 1002 is damaged"), "{said}");
}
