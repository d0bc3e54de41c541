//! A catalogue file to be applied, whose models are taken some at a time: nobody holds all of them, unless they are held anyway.

use super::draft::{CapabilityDraft, CategoryDraft, Draft, FieldTally, ModelDraft, SupplierDraft};
use super::error::ReadError;
use super::outline::{Outline, Position};
use super::own::{self, Records};

/// A catalogue file: all of it but the models, what must be known of these before the first is taken, and where they are.
#[derive(Debug)]
pub struct Source {
    pub(super) head: Head,
    pub(super) outline: Outline,
    pub(super) models: Models,
}

/// What a file says beside its models.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) suppliers: Vec<SupplierDraft>,
    pub(super) capabilities: Vec<CapabilityDraft>,
    pub(super) categories: Vec<CategoryDraft>,
    pub(super) homeless: FieldTally,
}

impl Head {
    /// How many records these are.
    pub(super) const fn len(&self) -> usize {
        self.suppliers.len() + self.capabilities.len() + self.categories.len()
    }
}

/// A file's models that nobody has taken yet.
#[derive(Debug)]
pub(super) enum Models {
    /// All of them, and the place of the next one.
    Held(Vec<Option<ModelDraft>>, Position),
    /// They are read when they are taken.
    Read(Box<Records>),
}

impl Models {
    /// How the path of a model is told.
    pub(super) fn path(&self, at: Position) -> String {
        match self {
            Self::Held(drafts, _) => {
                drafts.get(at).and_then(Option::as_ref).map(|draft| draft.path.clone()).unwrap_or_default()
            }
            Self::Read(_) => own::path(at),
        }
    }

    /// Takes the models at these places.
    ///
    /// # Errors
    /// If the file can't be read any more, or isn't what it was.
    pub(super) fn take(&mut self, places: &[Position]) -> Result<Vec<ModelDraft>, ReadError> {
        match self {
            Self::Held(drafts, _) => {
                Ok(places.iter().filter_map(|at| drafts.get_mut(*at).and_then(Option::take)).collect())
            }
            Self::Read(records) => records.take(places),
        }
    }

    /// Takes the next models in the file's order, at most so many; none if all are taken.
    ///
    /// # Errors
    /// If the file can't be read any more, or isn't what it was.
    pub(super) fn next(&mut self, most: usize) -> Result<Vec<ModelDraft>, ReadError> {
        match self {
            Self::Held(drafts, next) => {
                let mut window = Vec::new();
                while window.len() < most && *next < drafts.len() {
                    window.extend(drafts[*next].take());
                    *next += 1;
                }
                Ok(window)
            }
            Self::Read(records) => records.next(most),
        }
    }
}

impl From<Draft> for Source {
    fn from(draft: Draft) -> Self {
        let Draft { suppliers, capabilities, categories, models, homeless } = draft;
        let mut outline = Outline::default();
        for (at, model) in models.iter().enumerate() {
            outline.add(model, at);
        }
        let models = Models::Held(models.into_iter().map(Some).collect(), 0);
        Self { head: Head { suppliers, capabilities, categories, homeless }, outline, models }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// Suppliers between models, and an empty line.
    const FILE: &str = concat!(
        "{\"format\":\"modelry\",\"version\":1}\n",
        "{\"kind\":\"model\",\"supplier\":\"a\",\"name\":\"1\",\"model_type\":\"language\"}\n",
        "{\"kind\":\"supplier\",\"name\":\"a\"}\n\n",
        "{\"kind\":\"model\",\"supplier\":\"a\",\"name\":\"2\",\"model_type\":\"language\"}\r\n",
        "{\"kind\":\"model\",\"supplier\":\"a\",\"name\":\"3\",\"model_type\":\"language\"}\n",
        "{\"kind\":\"model\",\"supplier\":\"a\",\"name\":\"4\",\"model_type\":\"language\"}",
    );

    fn file(text: &str) -> std::fs::File {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(text.as_bytes()).expect("written");
        file
    }

    fn sources() -> [Source; 2] {
        let held = own::read(FILE.as_bytes()).expect("sound").into();
        [held, own::open(file(FILE)).expect("sound")]
    }

    fn names(models: Vec<ModelDraft>) -> Vec<String> {
        models.into_iter().map(|model| model.name).collect()
    }

    #[test]
    fn models_are_taken_in_windows_in_the_files_order() {
        for mut source in sources() {
            assert_eq!((source.head.len(), source.outline.count), (1, 4));
            let mut windows = Vec::new();
            loop {
                let window = names(source.models.next(2).expect("read"));
                if window.is_empty() {
                    break;
                }
                windows.push(window);
            }
            assert_eq!(windows, [["1", "2"], ["3", "4"]]);
        }
    }

    #[test]
    fn what_is_taken_by_its_place_does_not_come_again() {
        for mut source in sources() {
            let places = ["4", "1"].map(|name| source.outline.models["a"][name]);
            assert_eq!(names(source.models.take(&places).expect("read")), ["4", "1"]);
            assert_eq!(names(source.models.next(9).expect("read")), ["2", "3"]);
            assert_eq!(source.models.next(9).expect("read"), []);
        }
    }

    #[test]
    fn both_tell_the_same_paths() {
        let [held, read] = sources();
        let path = |source: &Source| source.models.path(source.outline.models["a"]["2"]);
        assert_eq!([path(&held), path(&read)], ["line 5", "line 5"]);
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_refused() {
        let mut file = file(FILE);
        let mut source = own::open(file.try_clone().expect("the same file")).expect("sound");
        std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(FILE.find("\"1\"").expect("there") as u64))
            .expect("moved");
        file.write_all(b"\"9\"").expect("written");
        let window = source.models.next(3).expect("nothing is known yet");
        assert_eq!(window.len(), 3);
        let error = source.models.next(3).expect_err("another file");
        assert_eq!(error.to_string(), "the file changed while it was read; import it again");
    }
}
