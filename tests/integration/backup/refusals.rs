//! What is no backup, or no place for one.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{File, LivedIn};
use crate::support::{EmptyDatabase, Fixture as _, TestDatabase, on_both_databases};

impl File {
    /// The same file with other bytes.
    fn with(self, bytes: &[u8]) -> Self {
        std::fs::write(&self.path, bytes).expect("written");
        self
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.path).expect("the file")
    }

    /// Its lines changed, and compressed again.
    fn edited(self, edit: impl FnOnce(&mut Vec<String>)) -> Self {
        let mut lines = self.lines();
        edit(&mut lines);
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        for line in &lines {
            writeln!(out, "{line}").expect("compressed");
        }
        let bytes = out.finish().expect("compressed");
        self.with(&bytes)
    }

    /// Why a check refuses it; a restoration, as from standard input, does so too, and leaves the database empty.
    async fn refusal(&self, target: &TestDatabase) -> String {
        let checked = modelry::backup::check(&self.path).expect_err("damaged").to_string();
        self.restore(target, false).await.expect_err("damaged");
        if !target.store().applied_migrations().await.expect("migrations").is_empty() {
            assert_eq!(target.texts("SELECT name AS value FROM suppliers").await, Vec::<String>::new());
            assert_eq!(target.texts("SELECT actor AS value FROM change_sets").await, Vec::<String>::new());
        }
        checked
    }
}

on_both_databases! {
    /// A file that was cut off anywhere, changed anywhere, or is something else.
    async fn a_damaged_file_is_refused(database: LivedIn) {
        let whole = File::of(&database).await.bytes();
        let target = EmptyDatabase::on(database.kind()).await;
        for length in [0, 1, 10, whole.len() / 3, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
            let said = File::of(&database).await.with(&whole[..length]).refusal(&target).await;
            assert!(said.contains("no whole backup"), "{length}: {said}");
        }
        for place in [3, 40, whole.len() / 4, whole.len() / 2, whole.len() - 6] {
            let mut bytes = whole.clone();
            bytes[place] ^= 0x10;
            let file = File::of(&database).await.with(&bytes);
            // A few bytes of the compressed form's beginning say nothing that matters.
            if place > 9 {
                let said = file.refusal(&target).await;
                assert!(said.contains("no whole backup"), "{place}: {said}");
            }
        }
        let said = File::of(&database).await.with(&[&whole[..], b"x"].concat()).refusal(&target).await;
        assert!(said.ends_with("it goes on behind its end"), "{said}");
        let said = File::of(&database).await.with(b"{}").refusal(&target).await;
        assert!(said.contains("no whole backup"), "{said}");
    }

    /// Lines that were changed, lost or doubled, though the file as such is sound.
    async fn an_edited_file_is_refused(database: LivedIn) {
        let target = EmptyDatabase::on(database.kind()).await;
        let row = |lines: &[String]| lines.iter().position(|line| line.contains("\"anthropic\"") || line.starts_with("[1,")).expect("a row");
        for (what, edit) in [
            ("the checksum of", (|lines: &mut Vec<String>, row| lines[row] = lines[row].replacen("[1,", "[2,", 1)) as fn(&mut Vec<String>, usize)),
            ("the checksum of", |lines, row| drop(lines.remove(row))),
            ("the checksum of", |lines, row| lines.insert(row, lines[row].clone())),
            ("the checksum of the file", |lines, _| lines[0] = lines[0].replace("\"made_at\":\"2", "\"made_at\":\"3")),
            ("is damaged", |lines, _| "{\"table\":1}".clone_into(&mut lines[1])),
            ("ends too early", |lines, _| drop(lines.pop())),
            ("doesn't begin as a backup does", |lines, _| "{\"format\":\"modelry\",\"version\":1}".clone_into(&mut lines[0])),
            ("has the format 2", |lines, _| lines[0] = lines[0].replace("\"version\":1", "\"version\":2")),
        ] {
            let file = File::of(&database).await.edited(|lines| {
                let row = row(lines);
                edit(lines, row);
            });
            let said = file.refusal(&target).await;
            assert!(said.contains(what), "{what}: {said}");
        }
    }

    /// A database in which anything is stays as it is.
    async fn a_database_with_rows_is_refused(database: LivedIn) {
        let file = File::of(&database).await;
        let said = file.restore(&database, false).await.expect_err("refused");
        assert!(said.contains("the database isn't empty: there are rows in"), "{said}");
        assert_eq!(File::of(&database).await.summary().1.tables, file.summary().1.tables);
    }

    /// A later version's backup is refused before anything is made.
    async fn a_newer_backup_is_refused(database: LivedIn) {
        let later = "INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231235959')";
        let target = EmptyDatabase::on(database.kind()).await;
        database.execute(later).await.expect("a migration that nobody knows");
        let said = File::of(&database).await.restore(&target, false).await.expect_err("refused");
        assert!(said.contains("newer schema (99991231235959)"), "{said}");
        assert_eq!(target.store().applied_migrations().await.expect("migrations"), Vec::<String>::new());
    }

    /// A row that refers to nothing is named, and nothing is restored.
    async fn a_loose_reference_is_refused(database: LivedIn) {
        let (off, on) = ("PRAGMA foreign_keys = OFF; ", "SET session_replication_role = replica; ");
        let prefix = database.dialect(off, on);
        database.execute(&format!("{prefix}UPDATE models SET supplier_id = 999 WHERE id = (SELECT min(id) FROM models)")).await.expect("loose");
        let target = EmptyDatabase::on(database.kind()).await;
        let said = File::of(&database).await.restore(&target, false).await.expect_err("refused");
        assert!(said.contains(" refers to "), "{said}");
        assert_eq!(target.texts("SELECT name AS value FROM suppliers").await, Vec::<String>::new());
    }
}
