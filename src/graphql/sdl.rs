//! The schema as text.

use async_graphql::SDLExportOptions;

use super::Schema;

/// The schema definition, sorted so that it changes only where the schema does.
pub fn sdl(schema: &Schema) -> String {
    let options = SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items().include_specified_by();
    let mut text = schema.sdl_with_options(options);
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
