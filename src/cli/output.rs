//! The one place that writes to the terminal.

use std::fmt::Display;
use std::io::{self, Write as _};

use super::CliError;

/// What standard output is called in errors.
const STANDARD_OUTPUT: &str = "standard output";

/// Writes a result to standard output. A reader that has seen enough of it (`head`) may hang up.
///
/// # Errors
/// If standard output can't be written to.
pub fn tell(result: &impl Display) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{result}").and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(closed),
    }
}

/// Writes an error to standard error. There is nobody to tell if that fails.
pub fn complain(error: &impl Display) {
    drop(writeln!(io::stderr().lock(), "error: {error}"));
}

/// Writes what is to be known beside the result to standard error.
pub fn note(remark: &impl Display) {
    drop(writeln!(io::stderr().lock(), "note: {remark}"));
}

/// Lets `write` write to standard output.
///
/// # Errors
/// If standard output can't be written to, or its reader hangs up: what it has then is no whole file.
pub fn pour(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<(), CliError> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(closed)
}

/// Standard output can't be written to.
pub(super) fn closed(error: io::Error) -> CliError {
    CliError::Output { target: STANDARD_OUTPUT.to_owned(), error }
}
