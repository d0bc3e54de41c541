//! `modelry export`.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{CliError, DatabaseOptions, database, output};
use crate::registry::transfer::draft::Draft;
use crate::registry::transfer::{litellm, models_dev, own, snapshot};

/// Write the database's catalogue to a file
#[derive(Debug, Args)]
pub struct Export {
    /// The file's format
    #[arg(long, value_enum, default_value_t = Format::Modelry)]
    format: Format,
    /// The file, which is replaced as a whole; standard output if none is named
    file: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// A format that can be written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Modelry's own JSON Lines: everything
    Modelry,
    /// models.dev's api.json
    ModelsDev,
    /// LiteLLM's `model_prices_and_context_window.json`
    Litellm,
}

impl Format {
    fn write(self, draft: &Draft, mut out: &mut dyn io::Write) -> io::Result<()> {
        match self {
            Self::Modelry => own::write(draft, &mut out),
            Self::ModelsDev => models_dev::write(draft, &mut out),
            Self::Litellm => litellm::write(draft, &mut out),
        }
    }
}

/// Writes the catalogue, as it was at one moment.
///
/// # Errors
/// If there is no catalogue, the database fails, or the file can't be written.
pub async fn run(command: Export) -> Result<(), CliError> {
    let store = database::existing(&command.database).await?;
    let draft = snapshot::snapshot(&store).await?;
    let standard_output = Path::new("-");
    match command.file.as_deref().filter(|file| *file != standard_output) {
        None => output::pour(|out| command.format.write(&draft, out)),
        Some(file) => replace(file, |out| command.format.write(&draft, out))
            .map_err(|error| CliError::Output { target: file.display().to_string(), error }),
    }
}

/// Replaces `file` by what `write` writes: a reader finds the old file or the whole new one.
fn replace(file: &Path, write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> io::Result<()> {
    let name = file.file_name().ok_or_else(|| io::Error::other("this is no file's name"))?;
    let temporary = file.with_file_name(format!(".{}.{}.tmp", name.to_string_lossy(), std::process::id()));
    let written = fill(&temporary, write).and_then(|()| fs::rename(&temporary, file));
    if written.is_err() {
        // It may not have been made at all, and its loss is no worse than the error that is told.
        drop(fs::remove_file(&temporary));
    }
    written
}

fn fill(file: &Path, write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::BufWriter::new(fs::File::create(file)?);
    write(&mut out)?;
    out.flush()?;
    out.get_ref().sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("catalogue.jsonl");
        replace(&file, |out| out.write_all(b"first")).expect("written");
        let failed = replace(&file, |out| out.write_all(b"half").and_then(|()| Err(io::Error::other("no more"))));
        assert_eq!(failed.expect_err("failed").to_string(), "no more");
        assert_eq!(fs::read(&file).expect("read"), b"first");
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
    }
}
