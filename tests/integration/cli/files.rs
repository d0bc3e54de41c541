//! Who may use the files that the program makes.

use std::os::unix::fs::PermissionsExt as _;

use super::process::Server;

fn mode(path: &std::path::Path) -> u32 {
    std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

/// The database's files and their folder are their owner's, whatever the process's mask; an older one keeps its mode, and a
/// warning tells of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_file_is_its_owners() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("data/modelry.db");
    let url = format!("sqlite://{}", file.display());
    let server = Server::on(&url);
    server.query("{ suppliers(first: 1) { totalCount } }").await;
    for ending in ["", "-wal", "-shm"] {
        assert_eq!(mode(&folder.path().join(format!("data/modelry.db{ending}"))), 0o600, "{ending}");
    }
    assert_eq!(mode(&folder.path().join("data")), 0o700);
    assert!(!server.log().contains("others may use"), "{}", server.log());
    drop(server);

    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("a mode");
    let server = Server::on(&url);
    assert!(server.log().contains("others may use") && server.log().contains("(mode 644)"), "{}", server.log());
    assert_eq!(mode(&file), 0o644);
}
