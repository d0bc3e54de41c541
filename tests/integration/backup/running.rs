//! `modelry backup`, `restore` and `verify`, as an operator runs them.

use std::process::Stdio;

use super::{LivedIn, other};
use crate::cli::process::{Server, complaint, modelry, output};
use crate::support::{EmptyDatabase, Fixture as _, TestDatabase, on_both_databases};

fn run(folder: &tempfile::TempDir, arguments: &[&str], database: &TestDatabase) -> String {
    let output = output(folder, &[arguments, &["--database-url", database.url()]].concat());
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

on_both_databases! {
    /// While a server serves: to a file, checked, restored into the other kind of database, and served from there.
    async fn a_backup_is_made_and_restored(database: LivedIn) {
        let folder = tempfile::tempdir().expect("a folder");
        let server = Server::on(database.url());
        let query = "{ models { totalCount nodes { id name aliases { alias } prices { amount } } } changes(first: 5) { nodes { cursor } } }";
        let before = server.query(query).await;
        let told = run(&folder, &["backup", "b.gz"], &database);
        assert!(told.contains(" rows of ") && told.contains(" tables, as of 20"), "{told}");
        let told = run(&folder, &["restore", "b.gz", "--check"], &database);
        assert!(told.starts_with("whole: "), "{told}");

        let target = EmptyDatabase::on(other(database.kind())).await;
        let told = run(&folder, &["restore", "b.gz"], &target);
        assert!(told.starts_with("restored, and read back the same: "), "{told}");
        assert_eq!(run(&folder, &["verify"], &target), "all is well\n");
        let restored = Server::on(target.url());
        assert_eq!(restored.query(query).await, before, "cursors of the feed too");
    }

    /// From standard output into standard input.
    async fn a_backup_can_be_piped(database: LivedIn) {
        let folder = tempfile::tempdir().expect("a folder");
        let target = EmptyDatabase::on(other(database.kind())).await;
        let mut from = modelry(&folder, &["backup", "-", "--database-url", database.url()]);
        let mut from = from.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("it runs");
        let mut into = modelry(&folder, &["restore", "-", "--database-url", target.url()]);
        let into = into.stdin(from.stdout.take().expect("a pipe")).output().expect("it runs");
        assert!(from.wait().expect("its end").success());
        assert!(into.status.success(), "{}", String::from_utf8_lossy(&into.stderr));
        assert_eq!(run(&folder, &["export"], &target), run(&folder, &["export"], &database));
    }

    /// A file that can't be written, or isn't there, is named, and nothing is left behind.
    async fn a_file_that_cannot_be_used_is_named(database: LivedIn) {
        let folder = tempfile::tempdir().expect("a folder");
        for (arguments, said) in [
            (["backup", "missing/b.gz"], "missing/b.gz can't be written"),
            (["backup", "."], "can't be written"),
            (["restore", "missing.gz"], "missing.gz can't be read"),
        ] {
            let complaint = complaint(modelry(&folder, &[&arguments[..], &["--database-url", database.url()]].concat()));
            assert!(complaint.starts_with("error: ") && complaint.contains(said), "{complaint}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
    }

    /// Nobody else may read a backup.
    async fn only_its_owner_can_read_it(database: LivedIn) {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        run(&folder, &["backup", "b.gz"], &database);
        let metadata = std::fs::metadata(folder.path().join("b.gz")).expect("the file");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    }
}
