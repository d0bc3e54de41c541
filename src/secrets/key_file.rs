//! The file of master keys: one in a line, in base64, the newest last; readable by its owner alone.
//!
//! It is never changed in place: a new one takes its place, so that a reader finds the old or the new one whole, whatever is
//! killed when. Who changes it holds a lock on a file beside it.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use super::SecretsError;
use super::master_key::{MasterKey, MasterKeys};

const HEADER: &str = "# Modelry's master keys, the newest last. Whoever reads this can open the suppliers' keys.\n\
                      # Keep a copy of it, apart from those of the database: without it the keys are lost.\n";
const RETIRED_HEADER: &str =
    "# Modelry's master keys that nothing in the database needs any more; backups from before may.\n";

/// More than this is no file of keys.
const MAX_BYTES: u64 = 1 << 20;

/// The file of master keys.
#[derive(Debug, Clone)]
pub(super) struct KeyFile(PathBuf);

impl KeyFile {
    pub(super) const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// The keys; `None` if there is no file.
    pub(super) fn read(&self) -> Result<Option<MasterKeys>, SecretsError> {
        read(&self.0)
    }

    /// The keys, with a first one made if there is no file. Of processes that make it together one does, and all have its key.
    pub(super) fn read_or_make(&self) -> Result<MasterKeys, SecretsError> {
        if let Some(keys) = self.read()? {
            return Ok(keys);
        }
        self.make_folder()?;
        let _lock = self.lock()?;
        if let Some(keys) = self.read()? {
            return Ok(keys);
        }
        let keys = MasterKeys(vec![MasterKey::generate()?]);
        write(&self.0, HEADER, &keys)?;
        Ok(keys)
    }

    /// The name of a key that is newer than `current`: the last in the file, or if that is it, a new one behind it.
    pub(super) fn newer_than(&self, current: Option<&str>) -> Result<String, SecretsError> {
        self.make_folder()?;
        let _lock = self.lock()?;
        let mut keys = self.read()?.unwrap_or_default();
        if let Some(last) = keys.0.last()
            && current != Some(&last.id)
        {
            return Ok(last.id.clone());
        }
        let made = MasterKey::generate()?;
        let id = made.id.clone();
        keys.0.push(made);
        write(&self.0, HEADER, &keys)?;
        Ok(id)
    }

    /// Moves the keys before `kept` (all, if it is not among them) to the file beside this one that holds what is no longer
    /// needed. Answers how many.
    pub(super) fn retire_before(&self, kept: &str) -> Result<usize, SecretsError> {
        if self.read()?.is_none() {
            return Ok(0);
        }
        let _lock = self.lock()?;
        let mut keys = self.read()?.unwrap_or_default();
        let stays = keys.0.iter().position(|key| key.id == kept).unwrap_or(keys.0.len());
        if stays == 0 {
            return Ok(0);
        }
        let mut going = std::mem::take(&mut keys.0);
        keys.0 = going.split_off(stays);
        // First written there, then removed here: killed in between, they are in both.
        let retired_file = self.beside(".retired");
        let mut retired = read(&retired_file)?.unwrap_or_default();
        going.retain(|key| retired.get(&key.id).is_none());
        retired.0.append(&mut going);
        write(&retired_file, RETIRED_HEADER, &retired)?;
        write(&self.0, HEADER, &keys)?;
        Ok(stays)
    }

    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.0.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    }

    fn folder(&self) -> &Path {
        folder_of(&self.0)
    }

    fn make_folder(&self) -> Result<(), SecretsError> {
        let folder = self.folder();
        if folder.is_dir() {
            return Ok(());
        }
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(|error| SecretsError::file(&self.0, format!("its folder can't be made: {error}")))
    }

    /// Waits until no other process changes the file. The lock ends with the process that holds it.
    fn lock(&self) -> Result<File, SecretsError> {
        let path = self.beside(".lock");
        let wrong = |error: std::io::Error| SecretsError::file(&path, format!("can't be locked: {error}"));
        let file =
            OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&path).map_err(wrong)?;
        rustix::fs::flock(&file, rustix::fs::FlockOperation::LockExclusive).map_err(|error| wrong(error.into()))?;
        Ok(file)
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

fn read(path: &Path) -> Result<Option<MasterKeys>, SecretsError> {
    let wrong = |error: std::io::Error| SecretsError::file(path, format!("can't be read: {error}"));
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(wrong)?,
    };
    let about = file.metadata().map_err(wrong)?;
    if !about.is_file() {
        return Err(SecretsError::file(path, "is not a file"));
    }
    // Of the open file, not of whatever has the name by now.
    if about.mode() & 0o077 != 0 {
        return Err(SecretsError::Exposed { path: path.display().to_string(), mode: about.mode() & 0o777 });
    }
    let user = rustix::process::geteuid().as_raw();
    if !is_trusted(about.uid(), user) {
        return Err(SecretsError::Foreign { path: path.display().to_string(), owner: about.uid(), user });
    }
    let mut text = Zeroizing::new(String::new());
    file.take(MAX_BYTES).read_to_string(&mut text).map_err(wrong)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let keys = lines.map(|(at, line)| MasterKey::parse(line, &format!("{}, line {}", path.display(), at + 1)));
    keys.collect::<Result<_, _>>().map(|keys| Some(MasterKeys(keys)))
}

/// Whether `user` can rely on a file of `owner`: its own, or of root, who can read and change everything anyway.
const fn is_trusted(owner: u32, user: u32) -> bool {
    owner == user || owner == 0
}

/// Puts a file in the place of what is at `path`, whole and for good.
fn write(path: &Path, header: &str, keys: &MasterKeys) -> Result<(), SecretsError> {
    let wrong = |error: std::io::Error| SecretsError::file(path, format!("can't be written: {error}"));
    let folder = folder_of(path);
    // Made with the mode 0600.
    let mut file = NamedTempFile::new_in(folder).map_err(wrong)?;
    file.write_all(header.as_bytes()).map_err(wrong)?;
    for key in &keys.0 {
        file.write_all(key.text().as_bytes()).map_err(wrong)?;
        file.write_all(b"\n").map_err(wrong)?;
    }
    file.as_file().sync_all().map_err(wrong)?;
    file.persist(path).map_err(|failure| wrong(failure.error))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(wrong)
}

#[cfg(test)]
mod tests;
