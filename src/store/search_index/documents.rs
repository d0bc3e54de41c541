//! The texts that models are searched by, and where their runs of three characters stand.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::super::past::folded;

/// Characters that a run has.
const RUN: usize = 3;
/// Bits of a character, and of a run.
const BITS: u32 = 21;
const RUN_BITS: u32 = 3 * BITS;
/// Longest word in bytes that is looked for in memory.
const MAX_WORD: usize = 1_000;
/// About how many bytes a run's place in one document takes, and a run itself.
const PLACE_BYTES: usize = 3;
const RUN_BYTES: usize = 96;

/// How a database takes upper and lower case for the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folding {
    /// As FTS5's trigram tokenizer does; words without a run by `LIKE`, which knows ASCII letters only.
    Sqlite,
    /// Documents are in lower case already, by the server's own rules.
    Postgres,
}

/// The documents of models, by the models' slots.
pub(super) struct Documents {
    folding: Folding,
    texts: Vec<Box<str>>,
    /// The documents in which each run stands.
    runs: HashMap<u64, RoaringBitmap>,
    /// Documents in which a letter became an ASCII letter that wasn't one, which `LIKE` tells apart.
    odd: RoaringBitmap,
    bytes: usize,
}

impl Documents {
    pub(super) fn new(folding: Folding) -> Self {
        Self { folding, texts: Vec::new(), runs: HashMap::new(), odd: RoaringBitmap::new(), bytes: 0 }
    }

    /// About how many bytes they take.
    pub(super) fn bytes(&self) -> usize {
        self.bytes + self.runs.len() * RUN_BYTES
    }

    /// Takes a model's document, of which there was none.
    pub(super) fn put(&mut self, slot: u32, document: &str) {
        let text = match self.folding {
            Folding::Sqlite => folded(document),
            Folding::Postgres => document.to_owned(),
        };
        if self.folding == Folding::Sqlite && ascii_letters(&text) != ascii_letters(document) {
            self.odd.insert(slot);
        }
        for run in runs(&text) {
            self.bytes += usize::from(self.runs.entry(run).or_default().insert(slot)) * PLACE_BYTES;
        }
        self.bytes += text.len() + size_of::<Box<str>>();
        let place = slot as usize;
        if place >= self.texts.len() {
            self.texts.resize(place + 1, Box::default());
        }
        self.texts[place] = text.into_boxed_str();
    }

    /// Forgets a model's document.
    pub(super) fn remove(&mut self, slot: u32) {
        let Some(text) = self.texts.get_mut(slot as usize).map(std::mem::take) else { return };
        for run in runs(&text) {
            let Some(places) = self.runs.get_mut(&run) else { continue };
            self.bytes -= usize::from(places.remove(slot)) * PLACE_BYTES;
            if places.is_empty() {
                self.runs.remove(&run);
            }
        }
        self.bytes -= text.len() + size_of::<Box<str>>();
        self.odd.remove(slot);
    }

    /// Those among `within` that hold every one of the words; `None` if only the database can tell how a word is folded.
    pub(super) fn holding(&self, words: &[String], within: &RoaringBitmap) -> Option<RoaringBitmap> {
        let words = words.iter().map(|word| self.word(word)).collect::<Option<Vec<String>>>()?;
        let mut found = within.clone();
        for word in &words {
            for run in runs(word) {
                match self.runs.get(&run) {
                    Some(places) => found &= places,
                    None => return Some(RoaringBitmap::new()),
                }
            }
        }
        // A word of one run stands wherever its run does.
        let unsure: Vec<&String> = words.iter().filter(|word| word.chars().count() != RUN).collect();
        if unsure.is_empty() {
            return Some(found);
        }
        let holds_all = |slot: &u32| {
            let text = self.texts.get(*slot as usize);
            text.is_some_and(|text| unsure.iter().all(|word| text.contains(word.as_str())))
        };
        RoaringBitmap::from_sorted_iter(found.iter().filter(holds_all)).ok()
    }

    /// The word as it stands in documents.
    fn word(&self, word: &str) -> Option<String> {
        if word.len() > MAX_WORD || word.contains('\0') {
            return None;
        }
        let has_run = word.chars().nth(RUN - 1).is_some();
        match self.folding {
            Folding::Sqlite if has_run => Some(folded(word)),
            Folding::Sqlite if !self.odd.is_empty() => None,
            _ => word.chars().all(has_plain_case).then(|| word.to_ascii_lowercase()),
        }
    }
}

/// Whether every database agrees about the letter's case: it is an ASCII letter, or has none.
fn has_plain_case(letter: char) -> bool {
    letter.is_ascii() || (letter.to_lowercase().eq([letter]) && letter.to_uppercase().eq([letter]))
}

fn ascii_letters(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_alphabetic).count()
}

/// The runs of a text, each as often as it stands there.
fn runs(text: &str) -> impl Iterator<Item = u64> {
    const MASK: u64 = (1 << RUN_BITS) - 1;
    let mut last = 0;
    text.chars().enumerate().filter_map(move |(index, letter)| {
        last = ((last << BITS) | u64::from(u32::from(letter))) & MASK;
        (index + 1 >= RUN).then_some(last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(folding: Folding, texts: &[&str]) -> (Documents, RoaringBitmap) {
        let mut documents = Documents::new(folding);
        let slots = 0..u32::try_from(texts.len()).expect("few");
        slots.clone().zip(texts).for_each(|(slot, text)| documents.put(slot, text));
        (documents, slots.collect())
    }

    fn holding(documents: &Documents, all: &RoaringBitmap, words: &[&str]) -> Option<Vec<u32>> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        Some(documents.holding(&words, all)?.into_iter().collect())
    }

    #[test]
    fn a_word_is_found_anywhere_and_in_either_case() {
        let (documents, all) = documents(Folding::Sqlite, &["GPT-4o mini", "通义千问 Qwen", "abcabd"]);
        assert_eq!(holding(&documents, &all, &["4O"]), Some(vec![0]));
        assert_eq!(holding(&documents, &all, &["MINI", "gpt"]), Some(vec![0]));
        assert_eq!(holding(&documents, &all, &["义千问", "qwen"]), Some(vec![1]));
        assert_eq!(holding(&documents, &all, &["义"]), Some(vec![1]));
        // Both of its runs stand there, but not one behind the other.
        assert_eq!(holding(&documents, &all, &["abcabc"]), Some(vec![]));
        assert_eq!(holding(&documents, &all, &["nowhere"]), Some(vec![]));
    }

    #[test]
    fn letters_whose_case_only_the_database_knows_are_left_to_it() {
        let (of_postgres, all) = documents(Folding::Postgres, &["straße édition"]);
        assert_eq!(holding(&of_postgres, &all, &["Édition"]), None);
        assert_eq!(holding(&of_postgres, &all, &["DITION"]), Some(vec![0]));

        let (mut of_sqlite, all) = documents(Folding::Sqlite, &["Édition", "300 \u{212a}"]);
        assert_eq!(holding(&of_sqlite, &all, &["édition"]), Some(vec![0]));
        // The Kelvin sign is folded to k; LIKE tells them apart, and looks for short words.
        assert_eq!(holding(&of_sqlite, &all, &["0 k"]), Some(vec![1]));
        assert_eq!(holding(&of_sqlite, &all, &["k"]), None);
        of_sqlite.remove(1);
        assert_eq!(holding(&of_sqlite, &all, &["k"]), Some(vec![]));
        assert_eq!(holding(&of_sqlite, &all, &["é"]), None);
    }

    #[test]
    fn what_is_removed_takes_no_memory() {
        let (mut documents, all) = documents(Folding::Sqlite, &["one model", "another model"]);
        all.iter().for_each(|slot| documents.remove(slot));
        assert_eq!(documents.bytes(), 0);
        assert!(documents.runs.is_empty());
    }
}
