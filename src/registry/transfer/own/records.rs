//! The records of a file: checked once, and the models read again when they are taken.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::sync::Arc;

use super::super::draft::ModelDraft;
use super::super::error::ReadError;
use super::super::lines::{Anywhere, Line, Lines};
use super::super::outline::{Outline, Position};
use super::super::source::{Head, Models, Source};
use super::{Entry, check_header, entry};

/// Bytes taken from the file at a time where it is read from its beginning to its end.
const PIECE: usize = 256 << 10;

/// The path of the record on this line.
pub fn path(line: usize) -> String {
    format!("line {line}")
}

/// A file, but for its models.
#[derive(Default)]
pub struct Whole {
    /// What it says beside its models.
    pub head: Head,
    outline: Outline,
    keys: HashSet<String>,
}

impl Whole {
    /// Adds what a line holds; answers a model.
    fn add(&mut self, line: usize, entry: Entry) -> Result<Option<ModelDraft>, ReadError> {
        match entry {
            Entry::Capability(row) => {
                self.check_once(line, format!("capability {:?}", row.name))?;
                self.head.capabilities.push(row);
            }
            Entry::Category(row) => {
                self.check_once(line, format!("category {:?}", row.category_path))?;
                self.head.categories.push(row);
            }
            Entry::Supplier(row) => {
                self.check_once(line, format!("supplier {:?}", row.name))?;
                self.head.suppliers.push(row);
            }
            Entry::Model(row) if self.outline.add(&row, line).is_none() => return Ok(Some(*row)),
            Entry::Model(row) => return Err(twice(line, &format!("model {:?} of {:?}", row.name, row.supplier))),
        }
        Ok(None)
    }

    fn check_once(&mut self, line: usize, key: String) -> Result<(), ReadError> {
        if self.keys.contains(&key) {
            return Err(twice(line, &key));
        }
        self.keys.insert(key);
        Ok(())
    }
}

fn twice(line: usize, key: &str) -> ReadError {
    ReadError::record(path(line), format!("the {key} stands in the file already"))
}

/// Reads all lines. `found` is given each model, the number of its line, and where that begins.
///
/// # Errors
/// As [`super::read`].
pub fn whole<R: BufRead>(
    lines: &mut Lines<R>,
    mut found: impl FnMut(ModelDraft, usize, u64),
) -> Result<Whole, ReadError> {
    let mut whole = Whole::default();
    check_header(lines.next()?)?;
    while let Some(line) = lines.next()? {
        let Line { number, at, .. } = line;
        if let Some(model) = whole.add(number, entry(line)?)? {
            found(model, number, at);
        }
    }
    whole.head.categories.sort_by(|left, right| left.category_path.cmp(&right.category_path));
    Ok(whole)
}

/// Checks a file, and remembers where its models are.
///
/// # Errors
/// As [`super::read`], and [`ReadError::Unreadable`].
pub fn open(file: File) -> Result<Source, ReadError> {
    let file = Arc::new(file);
    let mut lines = from_the_start(&file);
    let mut begins = Vec::new();
    let Whole { head, outline, .. } = whole(&mut lines, |_, line, at| {
        begins.resize(line, NO_MODEL);
        begins.push(at);
    })?;
    let records = Records { lines: from_the_start(&file), file, begins, sum: lines.sum() };
    Ok(Source { head, outline, models: Models::Read(Box::new(records)) })
}

fn from_the_start(file: &Arc<File>) -> Lines<BufReader<Anywhere>> {
    Lines::new(BufReader::with_capacity(PIECE, Anywhere::at(file, 0)))
}

/// Where no model's line begins: the first line says what the file is.
const NO_MODEL: u64 = 0;

/// The models of a file that was checked.
#[derive(Debug)]
pub struct Records {
    file: Arc<File>,
    /// Where each line begins that holds a model which nobody has taken, by its number.
    begins: Vec<u64>,
    lines: Lines<BufReader<Anywhere>>,
    /// What the lines came to when the file was checked.
    sum: (u32, u64),
}

impl Records {
    /// Takes the models on these lines.
    ///
    /// # Errors
    /// [`ReadError::Changed`], [`ReadError::Unreadable`].
    pub fn take(&mut self, places: &[Position]) -> Result<Vec<ModelDraft>, ReadError> {
        places.iter().map(|line| self.take_one(*line)).collect()
    }

    fn take_one(&mut self, line: Position) -> Result<ModelDraft, ReadError> {
        let begin = self.begins.get_mut(line).map_or(NO_MODEL, |begin| std::mem::replace(begin, NO_MODEL));
        let mut lines = Lines::new(BufReader::new(Anywhere::at(&self.file, begin)));
        let Some(found) = lines.next()? else { return Err(ReadError::Changed) };
        match entry(Line { number: line, ..found }) {
            Ok(Entry::Model(model)) => Ok(*model),
            _ => Err(ReadError::Changed),
        }
    }

    /// Takes the models on the next lines, at most so many.
    ///
    /// # Errors
    /// [`ReadError::Changed`], [`ReadError::Unreadable`].
    pub fn next(&mut self, most: usize) -> Result<Vec<ModelDraft>, ReadError> {
        let mut window = Vec::new();
        while window.len() < most {
            let Some(line) = self.lines.next()? else {
                return if self.lines.sum() == self.sum { Ok(window) } else { Err(ReadError::Changed) };
            };
            if self.begins.get(line.number).is_none_or(|begin| *begin == NO_MODEL) {
                continue;
            }
            match entry(line) {
                Ok(Entry::Model(model)) => window.push(*model),
                _ => return Err(ReadError::Changed),
            }
        }
        Ok(window)
    }
}
