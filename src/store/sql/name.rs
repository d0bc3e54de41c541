//! Names that come from the database's own catalogue.

/// The name of a table, a column or the like, as the database says it: the one text that isn't part of the program and
/// can stand in a statement. It has lower-case letters, digits and underscores only, and is quoted where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// Takes a name; `None` if it has other characters.
    pub fn new(text: &str) -> Option<Self> {
        let is_plain = |letter: char| letter == '_' || letter.is_ascii_lowercase() || letter.is_ascii_digit();
        (!text.is_empty() && text.chars().all(is_plain)).then(|| Self(text.to_owned()))
    }

    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_taken() {
        assert_eq!(Name::new("models_2").expect("a name").as_str(), "models_2");
        for text in ["", "Models", "a b", "a\"b", "a'b", "a;b", "модель", "a.b", "a\0"] {
            assert_eq!(Name::new(text), None, "{text:?}");
        }
    }
}
