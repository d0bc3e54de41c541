//! Reading a backup, and believing it only in the end.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use super::format::{FORMAT, Header, LONGEST_LINE, ROW, Sum, TABLE, TableHeader, TableSum, Trailer, VERSION};
use super::{BATCH, Damage};

/// Rows are passed on in batches of at most so many bytes, or of a single row.
const BATCH_BYTES: usize = 1 << 22;
/// More tables than any schema has.
const MOST_TABLES: usize = 1_000;

/// A part of a backup.
#[derive(Debug)]
pub(super) enum Part {
    /// The first line.
    Header(Header),
    /// A table begins.
    Table(TableHeader),
    /// Rows of that table.
    Rows(Vec<String>),
    /// The end, and all checksums are right.
    End(Trailer),
}

/// Reads a backup from its first byte to its last, and gives its parts to `take`, which says whether it wants more.
/// Only who got the end has got a whole backup.
///
/// # Errors
/// If it is damaged, or no backup.
pub(super) fn parse(source: impl Read, take: &mut impl FnMut(Part) -> bool) -> Result<(), Damage> {
    let mut lines = Lines::new(source);
    if !take(Part::Header(lines.header()?)) {
        return Ok(());
    }
    let mut tables = Tables::default();
    let (mut rows, mut bytes) = (Vec::new(), 0);
    loop {
        let before = lines.whole.clone();
        let line = lines.next()?;
        let is_row = line.starts_with(ROW);
        if is_row {
            tables.add(&line).ok_or(Damage::Line(lines.number))?;
            bytes += line.len();
            rows.push(line.clone());
        }
        if (!is_row || rows.len() == BATCH || bytes > BATCH_BYTES) && !rows.is_empty() {
            bytes = 0;
            if !take(Part::Rows(std::mem::take(&mut rows))) {
                return Ok(());
            }
        }
        if is_row {
            continue;
        }
        let damaged = |_| Damage::Line(lines.number);
        if line.starts_with(TABLE) {
            let table: TableHeader = serde_json::from_str(&line).map_err(damaged)?;
            tables.begin(&table.table).ok_or(Damage::Line(lines.number))?;
            if !take(Part::Table(table)) {
                return Ok(());
            }
            continue;
        }
        let trailer: Trailer = serde_json::from_str(&line).map_err(damaged)?;
        check(&trailer, &tables.finish(), before)?;
        lines.end()?;
        take(Part::End(trailer));
        return Ok(());
    }
}

/// Compares what was read with what the last line says.
fn check(trailer: &Trailer, tables: &[TableSum], whole: Sum) -> Result<(), Damage> {
    for (index, table) in trailer.tables.iter().enumerate() {
        if tables.get(index) != Some(table) {
            return Err(Damage::Checksum(table.table.clone()));
        }
    }
    if tables.len() != trailer.tables.len() || whole.finish() != trailer.sha256 {
        return Err(Damage::Checksum("the file".to_owned()));
    }
    Ok(())
}

/// The sums of the tables so far.
#[derive(Default)]
struct Tables {
    finished: Vec<TableSum>,
    current: Option<(String, Sum)>,
}

impl Tables {
    /// `None` if there are too many.
    fn begin(&mut self, table: &str) -> Option<()> {
        let last = self.current.replace((table.to_owned(), Sum::default()));
        self.finished.extend(last.map(|(name, sum)| sum.of_table(&name)));
        (self.finished.len() < MOST_TABLES).then_some(())
    }

    /// `None` for a row outside a table.
    fn add(&mut self, row: &str) -> Option<()> {
        self.current.as_mut().map(|(_, sum)| sum.add(row))
    }

    fn finish(mut self) -> Vec<TableSum> {
        self.finished.extend(self.current.take().map(|(name, sum)| sum.of_table(&name)));
        self.finished
    }
}

struct Lines<R: Read> {
    source: BufReader<GzDecoder<BufReader<R>>>,
    number: u64,
    whole: Sum,
}

impl<R: Read> Lines<R> {
    fn new(source: R) -> Self {
        let source = BufReader::new(GzDecoder::new(BufReader::new(source)));
        Self { source, number: 0, whole: Sum::default() }
    }

    /// The next line, which there must be.
    fn next(&mut self) -> Result<String, Damage> {
        let mut line = Vec::new();
        let read = (&mut self.source).take(LONGEST_LINE).read_until(b'\n', &mut line);
        read.map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => Damage::Short(self.number),
            _ => Damage::Unreadable(error),
        })?;
        if line.len() as u64 == LONGEST_LINE && !line.ends_with(b"\n") {
            return Err(Damage::LongLine(self.number + 1));
        }
        if line.pop() != Some(b'\n') {
            return Err(Damage::Short(self.number));
        }
        self.number += 1;
        let line = String::from_utf8(line).map_err(|_| Damage::Line(self.number))?;
        self.whole.add(&line);
        Ok(line)
    }

    fn header(&mut self) -> Result<Header, Damage> {
        #[derive(serde::Deserialize)]
        struct Start {
            format: String,
            version: u32,
        }
        let line = self.next().map_err(|damage| match damage {
            Damage::Unreadable(error) if error.kind() == io::ErrorKind::InvalidInput => Damage::Foreign,
            other => other,
        })?;
        let start: Start = serde_json::from_str(&line).map_err(|_| Damage::Foreign)?;
        if start.format != FORMAT {
            return Err(Damage::Foreign);
        }
        if start.version != VERSION {
            return Err(Damage::LaterFormat(start.version));
        }
        serde_json::from_str(&line).map_err(|_| Damage::Line(1))
    }

    /// Makes sure that nothing follows.
    fn end(&mut self) -> Result<(), Damage> {
        let mut byte = [0];
        if self.source.read(&mut byte)? > 0 || self.source.get_mut().get_mut().read(&mut byte)? > 0 {
            return Err(Damage::Long);
        }
        Ok(())
    }
}
