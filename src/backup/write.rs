//! Writing a backup from one snapshot of the database.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::sync::mpsc;

use super::format::{FORMAT, Header, LONGEST_LINE, Sum, TableHeader, TableSum, Trailer, VERSION};
use super::{AHEAD, BATCH, BackupError};
use crate::domain::Timestamp;
use crate::store::dump::{batch, last_migration, tables};
use crate::store::feed::feed;
use crate::store::{Conn, Store, StoreError, StoreResult};

/// How hard the file is compressed: more than this makes it hardly smaller.
const LEVEL: u32 = 5;

/// What a backup holds.
#[derive(Debug, Clone)]
pub struct Written {
    /// Its first line.
    pub header: Header,
    /// Its last line.
    pub trailer: Trailer,
}

/// What is read, on its way to where it is written.
enum Piece {
    Header(Header),
    Table(TableHeader),
    Rows(Vec<String>),
    End,
}

/// Writes all of the database to `out`, as it is at one moment; other readers and writers are not held up. Gives `out` back,
/// with all of it written but nothing flushed.
///
/// # Errors
/// If the database fails or has no schema, or `out` can't be written: what it has by then is no backup.
pub async fn backup<W>(store: &Store, out: W, made_at: Timestamp) -> Result<(Written, W), BackupError>
where
    W: Write + Send + 'static,
{
    let (send, receive) = mpsc::channel(AHEAD);
    let writer = tokio::task::spawn_blocking(move || write(receive, out));
    let read = store.read_snapshot(move |conn| Box::pin(read(conn, made_at, send))).await;
    let written = writer.await.map_err(|error| BackupError::Output(io::Error::other(error)))?;
    match written {
        // It has stopped because there was no more to come, and that is not its fault.
        Ok(None) => {
            read?;
            Err(StoreError::Unsupported("the backup was cut short".to_owned()).into())
        }
        Ok(Some(written)) => read.map(|()| written).map_err(BackupError::from),
        Err(error) => Err(BackupError::Output(error)),
    }
}

async fn read(conn: &mut Conn, made_at: Timestamp, send: mpsc::Sender<Piece>) -> StoreResult<()> {
    let nameless = || StoreError::Unsupported("the database has no schema".to_owned());
    let header = Header {
        format: FORMAT.to_owned(),
        version: VERSION,
        schema: last_migration(conn).await?.ok_or_else(nameless)?,
        registry: feed(conn).await?.ok_or_else(nameless)?.registry,
        made_at,
        modelry: env!("CARGO_PKG_VERSION").to_owned(),
    };
    pass(&send, Piece::Header(header)).await?;
    for table in tables(conn).await? {
        let columns = table.column_names().into_iter().map(str::to_owned).collect();
        let header = TableHeader { table: table.name.as_str().to_owned(), columns, last_id: table.last_id };
        pass(&send, Piece::Table(header)).await?;
        let mut after = None;
        loop {
            let rows = batch(conn, &table, after, BATCH).await?;
            let is_last = rows.lines.len() < BATCH;
            after = rows.last;
            pass(&send, Piece::Rows(rows.lines)).await?;
            if is_last {
                break;
            }
        }
    }
    pass(&send, Piece::End).await
}

async fn pass(send: &mpsc::Sender<Piece>, piece: Piece) -> StoreResult<()> {
    send.send(piece).await.map_err(|_| StoreError::Unsupported("the backup can't be written any further".to_owned()))
}

/// Writes what comes; `None` if it doesn't come to an end.
fn write<W: Write>(mut pieces: mpsc::Receiver<Piece>, out: W) -> io::Result<Option<(Written, W)>> {
    let mut lines = Lines { out: GzEncoder::new(out, Compression::new(LEVEL)), whole: Sum::default() };
    let (mut header, mut tables, mut current) = (None, Vec::new(), None);
    while let Some(piece) = pieces.blocking_recv() {
        match piece {
            Piece::Header(first) => {
                lines.write_json(&first)?;
                header = Some(first);
            }
            Piece::Table(table) => {
                lines.write_json(&table)?;
                finish_table(&mut tables, current.replace((table.table, Sum::default())));
            }
            Piece::Rows(rows) => {
                for row in rows {
                    lines.write(&row)?;
                    if let Some((_, sum)) = &mut current {
                        sum.add(&row);
                    }
                }
            }
            Piece::End => {
                finish_table(&mut tables, current.take());
                let trailer = Trailer { tables, sha256: lines.whole.clone().finish() };
                lines.write_json(&trailer)?;
                let out = lines.out.finish()?;
                return Ok(header.map(|header| (Written { header, trailer }, out)));
            }
        }
    }
    Ok(None)
}

fn finish_table(tables: &mut Vec<TableSum>, table: Option<(String, Sum)>) {
    tables.extend(table.map(|(name, sum)| sum.of_table(&name)));
}

struct Lines<W: Write> {
    out: GzEncoder<W>,
    whole: Sum,
}

impl<W: Write> Lines<W> {
    fn write(&mut self, line: &str) -> io::Result<()> {
        // Better no backup than one that can't be restored.
        if line.len() as u64 >= LONGEST_LINE {
            return Err(io::Error::other(format!("a row is longer than {LONGEST_LINE} bytes")));
        }
        self.whole.add(line);
        self.out.write_all(line.as_bytes())?;
        self.out.write_all(b"\n")
    }

    fn write_json(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        self.write(&serde_json::to_string(value)?)
    }
}
