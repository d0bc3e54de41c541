//! What must not be shown: a text that nothing prints by accident.

use zeroize::Zeroizing;

/// A secret text. It has no `Debug`, `Display` or `Serialize`, so that it gets into no log and no answer, and its memory is
/// overwritten when it is dropped.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for the one that it is meant for.
    pub fn expose(&self) -> &str {
        &self.0
    }
}
