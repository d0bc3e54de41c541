//! `modelry schema`.

use super::{CliError, output};
use crate::graphql::{SchemaSettings, schema, sdl};

/// Prints the schema definition.
///
/// # Errors
/// If standard output is closed.
pub fn run() -> Result<(), CliError> {
    let text = sdl(&schema(&SchemaSettings::default()));
    output::pour(|out| out.write_all(text.as_bytes()))
}
