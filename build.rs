//! Compresses the built pages of `web/dist` for embedding. Without them the binary builds all the same, and says so
//! where the pages would be.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, io};

use flate2::Compression;
use flate2::write::GzEncoder;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=web/dist");
    println!("cargo::rerun-if-changed=migrations");
    let source = Path::new("web/dist");
    let target = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("web");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    fs::create_dir_all(&target)?;
    if source.is_dir() { compress(source, &target) } else { Ok(()) }
}

/// Writes every file below `source` into `target`, compressed, with `.gz` behind its name.
fn compress(source: &Path, target: &Path) -> io::Result<()> {
    fs::create_dir_all(target)?;
    for entry in fs::read_dir(source)? {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_dir() {
            compress(&entry.path(), &target.join(&name))?;
        } else {
            let file = fs::File::create(target.join(format!("{}.gz", name.to_string_lossy())))?;
            let mut encoder = GzEncoder::new(file, Compression::best());
            encoder.write_all(&fs::read(entry.path())?)?;
            encoder.finish()?;
        }
    }
    Ok(())
}
