//! The file of the database, which only its owner is to read: it holds everything.

use std::fs::{DirBuilder, OpenOptions};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use super::{StoreError, StoreResult};

/// Makes the folder for its owner alone, unless it is there; one that is there stays as it is.
pub(super) fn make_folder(path: &Path) -> StoreResult<()> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) else {
        return Ok(());
    };
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| StoreError::Unreachable(format!("the folder {} can't be made: {error}", folder.display())))
}

/// Makes an empty file for its owner alone, unless there is one: SQLite would give it whatever mode the process has for new
/// files. The files beside it (`-wal`, `-shm`) get its mode from SQLite.
pub(super) fn make(path: &Path) {
    // If it can't be made, SQLite can't open it either, and says why.
    drop(OpenOptions::new().write(true).create_new(true).mode(0o600).open(path));
}

/// Warns of a file that others may read. It is left as it is: who gave it its mode may have a reason.
pub(super) fn warn_if_exposed(path: &Path) {
    let Ok(about) = std::fs::metadata(path) else { return };
    if about.mode() & 0o077 != 0 {
        let (file, mode) = (path.display(), about.mode() & 0o777);
        tracing::warn!(
            "others may use the database's file {file} (mode {mode:03o}); `chmod 600` it, and the files beside it that begin with its name"
        );
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    }

    #[test]
    fn what_is_made_is_its_owners_and_what_is_there_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data/deeper/modelry.db");
        make_folder(&path).expect("made");
        make(&path);
        assert_eq!((mode(&path), mode(&folder.path().join("data"))), (0o600, 0o700));
        assert_eq!(mode(&folder.path().join("data/deeper")), 0o700);

        std::fs::write(&path, "something").expect("written");
        for shared in [&path, &folder.path().join("data/deeper")] {
            std::fs::set_permissions(shared, std::fs::Permissions::from_mode(0o755)).expect("a mode");
        }
        make_folder(&path).expect("there");
        make(&path);
        assert_eq!((mode(&path), mode(&folder.path().join("data/deeper"))), (0o755, 0o755));
        assert_eq!(std::fs::read_to_string(&path).expect("the file"), "something");
    }
}
