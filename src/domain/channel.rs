//! The ways by which the catalogue is changed.

use super::text_enum::text_enum;

text_enum! {
    /// The way by which a change came.
    pub enum ChangeChannel ("channel") {
        /// A mutation.
        Graphql = "graphql",
        /// An import of a catalogue file.
        Import = "import",
        /// A command on the command line.
        Cli = "cli",
        /// Modelry itself, without anyone's asking: the starter catalogue, dates that came.
        System = "system",
        /// SQL that went past Modelry.
        Sql = "sql",
    }
}
