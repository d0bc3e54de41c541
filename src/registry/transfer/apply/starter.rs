//! The catalogue that Modelry brings along, whose definitions serve all imports.

use std::collections::HashMap;

use crate::domain::Domain;

use super::super::draft::{CapabilityDraft, CategoryDraft, Draft, Stamps};
use super::super::error::ReadError;
use super::super::own;

/// The embedded file.
const FILE: &str = include_str!("../../../../catalog/starter.jsonl");

/// The starter catalogue.
///
/// # Errors
/// None as long as the embedded file is sound, which a test ensures.
pub fn read() -> Result<Draft, ReadError> {
    own::read(FILE.as_bytes())
}

/// Definitions of capabilities and categories, by name and path.
pub struct Definitions {
    capabilities: HashMap<String, CapabilityDraft>,
    categories: HashMap<String, CategoryDraft>,
}

impl Definitions {
    /// Those of the starter catalogue.
    ///
    /// # Errors
    /// As [`read`].
    pub fn load() -> Result<Self, ReadError> {
        let starter = read()?;
        let capabilities = starter.capabilities.into_iter().map(|row| (row.name.clone(), row));
        let categories = starter.categories.into_iter().map(|row| (row.category_path.clone(), row));
        Ok(Self { capabilities: capabilities.collect(), categories: categories.collect() })
    }

    /// The definition of a capability; one made from its name, if the catalogue has none.
    pub fn capability(&self, name: &str) -> CapabilityDraft {
        self.capabilities.get(name).cloned().unwrap_or_else(|| CapabilityDraft {
            path: String::new(),
            name: name.to_owned(),
            display_name: humanised(name),
            description: None,
            capability_type: None,
            input_types: None,
            output_types: None,
            domain: Domain::Multimodal,
            is_active: true,
            stamps: Stamps::default(),
        })
    }

    /// The definition of a category; one made from its path, if the catalogue has none.
    pub fn category(&self, path: &str) -> CategoryDraft {
        self.categories.get(path).cloned().unwrap_or_else(|| CategoryDraft {
            path: String::new(),
            category_path: path.to_owned(),
            display_name: humanised(path.rsplit('/').next().unwrap_or(path)),
            description: None,
            category_type: "task".to_owned(),
            position: 0,
            is_active: true,
            stamps: Stamps::default(),
        })
    }
}

/// A name as people write it: `video_input` is `Video input`.
fn humanised(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::super::taxonomy;
    use super::*;

    #[test]
    fn the_starter_defines_all_that_readers_name() {
        let definitions = Definitions::load().expect("a sound starter catalogue");
        let undefined = |name: &&&str| !definitions.capabilities.contains_key(**name);
        assert_eq!(taxonomy::CAPABILITIES.iter().filter(undefined).collect::<Vec<_>>(), Vec::<&&str>::new());
        let undefined = |path: &&&str| !definitions.categories.contains_key(**path);
        assert_eq!(taxonomy::CATEGORIES.iter().filter(undefined).collect::<Vec<_>>(), Vec::<&&str>::new());
    }

    #[test]
    fn what_it_lacks_is_called_by_its_name() {
        let definitions = Definitions::load().expect("a sound starter catalogue");
        assert_eq!(definitions.capability("mind_reading").display_name, "Mind reading");
        assert_eq!(definitions.category("llm/far-sight").display_name, "Far sight");
        assert_eq!(definitions.category("llm/chat").category_type, "task");
    }
}
