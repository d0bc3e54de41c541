//! The formats that are read, by name.

use std::fs::File;
use std::io::Read as _;
use std::sync::Arc;

use super::apply::Origin;
use super::draft::Draft;
use super::error::ReadError;
use super::source::Source;
use super::{lines, litellm, models_dev, openrouter, own};

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// models.dev's `api.json`.
    ModelsDev,
    /// LiteLLM's `model_prices_and_context_window.json`.
    Litellm,
    /// OpenRouter's list of models.
    Openrouter,
    /// Modelry's own JSON Lines.
    Modelry,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::ModelsDev, Self::Litellm, Self::Openrouter, Self::Modelry];

    /// Its name, as the history and the command line tell it.
    pub const fn name(self) -> &'static str {
        self.origin().name()
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Reads a whole file.
    ///
    /// # Errors
    /// [`ReadError`] if the file is not of this format, or a record of it can't be taken.
    pub fn read(self, bytes: &[u8]) -> Result<Draft, ReadError> {
        match self {
            Self::ModelsDev => models_dev::read(bytes),
            Self::Litellm => litellm::read(bytes),
            Self::Openrouter => openrouter::read(bytes),
            Self::Modelry => own::read(bytes),
        }
    }

    /// Opens a file to be applied, wherever in it one is. Of the own format it is checked, and read again when it is applied;
    /// third parties' files are small, and are read whole.
    ///
    /// # Errors
    /// As [`Format::read`], and [`ReadError::Unreadable`].
    pub fn open(self, file: File) -> Result<Source, ReadError> {
        if self == Self::Modelry {
            return own::open(file);
        }
        let mut bytes = Vec::new();
        lines::Anywhere::at(&Arc::new(file), 0).read_to_end(&mut bytes)?;
        self.read(&bytes).map(Source::from)
    }

    /// What it means that a file of this format doesn't say something.
    pub const fn origin(self) -> Origin {
        match self {
            Self::ModelsDev => Origin::ThirdParty(models_dev::SOURCE),
            Self::Litellm => Origin::ThirdParty(litellm::SOURCE),
            Self::Openrouter => Origin::ThirdParty(openrouter::SOURCE),
            Self::Modelry => Origin::Own,
        }
    }
}
