//! The lines of a file, one at a time.

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use super::document;
use super::error::ReadError;

/// A place in a file, from where it is read: others may read the same file at other places.
#[derive(Debug)]
pub struct Anywhere {
    file: Arc<File>,
    at: u64,
}

impl Anywhere {
    /// So many bytes behind the file's beginning.
    pub fn at(file: &Arc<File>, at: u64) -> Self {
        Self { file: Arc::clone(file), at }
    }
}

impl Read for Anywhere {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// Lines of UTF-8 text.
#[derive(Debug)]
pub struct Lines<R> {
    from: R,
    line: Vec<u8>,
    number: usize,
    bytes: u64,
    sum: crc32fast::Hasher,
}

/// A line that isn't blank.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// Where it begins.
    pub at: u64,
    /// Its text.
    pub text: &'a str,
}

impl<R: BufRead> Lines<R> {
    /// The lines from here on, of which the first is the file's first.
    pub fn new(from: R) -> Self {
        Self { from, line: Vec::new(), number: 0, bytes: 0, sum: crc32fast::Hasher::new() }
    }

    /// The next line that isn't blank.
    ///
    /// # Errors
    /// [`ReadError::Syntax`] if it is not UTF-8, and [`ReadError::Unreadable`].
    pub fn next(&mut self) -> Result<Option<Line<'_>>, ReadError> {
        loop {
            let at = self.bytes;
            self.line.clear();
            let length = self.from.read_until(b'\n', &mut self.line)?;
            if length == 0 {
                return Ok(None);
            }
            self.number += 1;
            self.bytes += length as u64;
            self.sum.update(&self.line);
            if !self.line.trim_ascii().is_empty() {
                return self.text(at).map(Some);
            }
        }
    }

    fn text(&self, at: u64) -> Result<Line<'_>, ReadError> {
        let number = self.number;
        let bytes = if number == 1 { document::without_mark(&self.line) } else { &self.line };
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let text = document::utf8_from(bytes, number)?;
        Ok(Line { number, at, text })
    }

    /// A sum over all that was read so far, and how much it was.
    pub fn sum(&self) -> (u32, u64) {
        (self.sum.clone().finalize(), self.bytes)
    }
}
