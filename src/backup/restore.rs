//! Filling an empty database from a backup.

use std::io::Read;

use tokio::sync::mpsc;

use super::access::settle;
use super::format::{Header, Sum, TableHeader, TableSum, Trailer};
use super::parse::{Part, parse};
use super::{AHEAD, BATCH, BackupError, Damage};
use crate::store::dump::{Refill, Table};
use crate::store::{Author, Store};

/// Where a backup is read from.
pub type Source = Box<dyn Read + Send>;

/// How a backup is restored.
#[derive(Debug, Clone)]
pub struct Restoration {
    /// Who restores it.
    pub author: Author,
    /// Whether the feed of changes gets a name of its own, for a copy that goes on beside the original.
    pub as_new: bool,
    /// Whether the tokens that were good are revoked; those of a copy are in any case.
    pub revoke_tokens: bool,
}

impl Restoration {
    pub(super) const fn revokes_tokens(&self) -> bool {
        self.as_new || self.revoke_tokens
    }
}

/// What was restored.
#[derive(Debug, Clone)]
pub struct Restored {
    /// The backup's first line.
    pub header: Header,
    /// Its last line.
    pub trailer: Trailer,
    /// The names of API tokens that are good, as they were when the backup was made; some may have been revoked since.
    pub tokens: Vec<String>,
    /// Migrations that were applied afterwards, since the backup is of an older schema.
    pub migrated: Vec<String>,
}

type Parts = mpsc::Receiver<Result<Part, Damage>>;

/// Fills the database, which must be empty, with all that the backup has, in one transaction, and compares every row that is
/// then there with the file. Only then are sessions and links ended, and tokens if that is wanted.
///
/// # Errors
/// If the file is damaged or of a newer schema, the database isn't empty, or doesn't keep what the file has; nothing is
/// restored then.
pub async fn restore(store: &Store, source: Source, how: Restoration) -> Result<Restored, BackupError> {
    let (send, mut parts) = mpsc::channel(AHEAD);
    let reader = tokio::task::spawn_blocking(move || {
        if let Err(damage) = parse(source, &mut |part| send.blocking_send(Ok(part)).is_ok()) {
            // Nobody is left to be told if that fails.
            drop(send.blocking_send(Err(damage)));
        }
    });
    let header = match parts.recv().await {
        Some(Ok(Part::Header(header))) => header,
        Some(Err(damage)) => return Err(damage.into()),
        _ => return Err(Damage::Foreign.into()),
    };
    make_schema(store, &header).await?;
    let of = format!("the registry {} as of {}", header.registry, header.made_at.to_text());
    let refilled = store.refill(move |refill| {
        Box::pin(async move {
            let trailer = fill(refill, parts).await?;
            if how.as_new {
                refill.rename_registry().await?;
            }
            Ok::<_, BackupError>((trailer, settle(refill, &how, &of).await?))
        })
    });
    let (trailer, tokens) = refilled.await?;
    // It has sent its last word.
    drop(reader.await);
    let migrated = store.migrate().await?.applied;
    Ok(Restored { header, trailer, tokens, migrated })
}

/// Makes the schema that the backup is of, unless it is there already.
async fn make_schema(store: &Store, header: &Header) -> Result<(), BackupError> {
    let schema = &header.schema;
    if !store.knows_migration(schema)? {
        let (version, made_by) = (schema, &header.modelry);
        let reason =
            format!("the backup is of a newer schema ({version}), made by Modelry {made_by}; use that version");
        return Err(BackupError::Unfit(reason));
    }
    match store.applied_migrations().await?.iter().max() {
        None => Ok(store.migrate_up_to(schema).await?),
        Some(applied) if applied == schema => Ok(()),
        Some(applied) => Err(BackupError::Unfit(format!(
            "the database has another schema ({applied}) than the backup ({schema}); restore into a database that has none yet"
        ))),
    }
}

/// What was written to a table: its sum by the file, and a small sum of each row, which tells which one differs.
struct Filled {
    table: Table,
    last_id: i64,
    rows: Vec<u32>,
}

async fn fill(refill: &mut Refill, mut parts: Parts) -> Result<Trailer, BackupError> {
    let mut filled: Vec<Filled> = Vec::new();
    let trailer = loop {
        match parts.recv().await.ok_or(Damage::Foreign)?? {
            Part::Header(_) => {}
            Part::Table(header) => filled.push(begin(refill, header)?),
            Part::Rows(lines) => {
                let Some(last) = filled.last_mut() else { return Err(Damage::Foreign.into()) };
                last.rows.extend(lines.iter().map(|line| crc32fast::hash(line.as_bytes())));
                if let Err(error) = refill.insert(&last.table, &lines).await {
                    return Err(damage_in(parts).await.map_or_else(|| error.into(), BackupError::from));
                }
            }
            Part::End(trailer) => break trailer,
        }
    };
    if let Some(missing) = refill.tables().iter().find(|table| !filled.iter().any(|filled| filled.table == **table)) {
        return Err(BackupError::Unfit(format!("the backup has no table {}", missing.name.as_str())));
    }
    refill.complete().await?;
    for (filled, sum) in filled.iter().zip(&trailer.tables) {
        refill.go_on_behind(&filled.table, filled.last_id).await?;
        compare(refill, filled, sum).await?;
    }
    Ok(trailer)
}

/// What is wrong with the rest of the file: a row that the database refuses may be a damaged one.
async fn damage_in(mut parts: Parts) -> Option<Damage> {
    while let Some(part) = parts.recv().await {
        if let Err(damage) = part {
            return Some(damage);
        }
    }
    None
}

/// The table that the file begins, which must be the database's.
fn begin(refill: &Refill, header: TableHeader) -> Result<Filled, BackupError> {
    let table = refill.tables().iter().find(|table| table.name.as_str() == header.table);
    let table = table.filter(|table| table.column_names() == header.columns).cloned();
    let unfit = || format!("the backup has another table {} than the database", header.table);
    let table = table.ok_or_else(|| BackupError::Unfit(unfit()))?;
    Ok(Filled { table, last_id: header.last_id, rows: Vec::new() })
}

/// Reads a table back, and compares it with the file.
async fn compare(refill: &mut Refill, filled: &Filled, expected: &TableSum) -> Result<(), BackupError> {
    let (mut sum, mut after, mut place) = (Sum::default(), None, 0);
    let name = filled.table.name.as_str();
    loop {
        let batch = refill.read(&filled.table, after, BATCH).await?;
        for line in &batch.lines {
            if filled.rows.get(place) != Some(&crc32fast::hash(line.as_bytes())) {
                place += 1;
                return Err(BackupError::Different(format!("row {place} of the table {name} reads back differently")));
            }
            place += 1;
            sum.add(line);
        }
        if batch.lines.len() < BATCH {
            break;
        }
        after = batch.last;
    }
    if sum.of_table(name) != *expected {
        return Err(BackupError::Different(format!("the table {name} reads back differently")));
    }
    Ok(())
}
