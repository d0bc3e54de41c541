//! Which master key is in use, and changing it while reads and writes go on.
//!
//! The newest live row of `master_keys` is the key in use. A write that seals confirms within its transaction that what it
//! was sealed with still is; so from the moment that another is put into use, nothing new comes under the old one.

use super::supplier_key::{place_of, sealed};
use super::{Editor, key_audit};
use crate::domain::SealedBytes;
use crate::secrets::{Keyring, Rewrapped, SecretsError};
use crate::store::master_key::{MasterKey, MasterKeyFields, MasterKeyRow, current};
use crate::store::rows::{delete, ids, live, rows};
use crate::store::schema::fields::master_keys;
use crate::store::supplier_key::{
    SupplierKeyRow, UnderMasterKey, behind, count_not_under, not_under, rewrap, under_master_keys,
};
use crate::store::{Entity as _, Fresh, Store, StoreError, StoreResult, Transaction};

/// Keys that are opened at a time to verify them.
const VERIFIED_AT_ONCE: i64 = 100;

/// Master keys can't be changed or looked at.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A master key can't be used.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// Some keys of suppliers can't be wrapped anew, so that the old master keys stay.
    #[error("{} can't be wrapped anew, and the old master key stays: {}", numbered(.0.len()), listed(.0))]
    Left(Vec<(i64, SecretsError)>),
}

fn numbered(keys: usize) -> String {
    if keys == 1 { "1 key".to_owned() } else { format!("{keys} keys") }
}

/// The first of what went wrong.
fn listed(wrong: &[(i64, SecretsError)]) -> String {
    let mut told: Vec<String> =
        wrong.iter().take(5).map(|(key, error)| format!("SupplierKey:{key}: {error}")).collect();
    if wrong.len() > told.len() {
        told.push("...".to_owned());
    }
    told.join("; ")
}

/// Whether the master key that something was sealed with is the one in use; the first one comes into use by that.
///
/// # Errors
/// If the database fails.
pub(super) async fn confirm(transaction: &mut Transaction, name: &str) -> StoreResult<bool> {
    if let Some(current) = current(transaction.conn()).await? {
        return Ok(current == name);
    }
    let now = transaction.now();
    let fields = MasterKeyFields { name: name.to_owned() };
    MasterKey::insert(transaction, Fresh::now(fields, now)).await?;
    Ok(true)
}

/// Makes sure that keys can be sealed: makes a first master key if nothing was sealed yet, else looks for the one in use.
///
/// # Errors
/// If they can't.
pub async fn prepare(store: &Store, keyring: &Keyring) -> Result<(), MasterKeyError> {
    match store.read(|conn| Box::pin(current(conn))).await? {
        Some(name) => Ok(keyring.has(&name).await?),
        None => Ok(keyring.newest_or_made().await.map(drop)?),
    }
}

/// How far a rotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Keys of suppliers that were wrapped anew.
    pub done: usize,
    /// Those that are still to be.
    pub left: i64,
}

/// What came of a rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotated {
    /// The name of the master key that is in use.
    pub master_key: String,
    /// How many keys of suppliers were wrapped anew.
    pub done: usize,
    /// The names of those that nothing needs any more.
    pub retired: Vec<String>,
    /// How many were taken out of the file of master keys.
    pub taken_out: usize,
}

/// Puts a newer master key into use and wraps every data key anew, `batch` in a transaction; or goes on with what was broken
/// off. Any number may do it at once.
///
/// # Errors
/// If a master key can't be used, a data key can't be unwrapped, or the database fails. What was done stays so.
pub async fn rotate(
    editor: &Editor,
    keyring: &Keyring,
    batch: i64,
    tell: impl Fn(Progress),
) -> Result<Rotated, MasterKeyError> {
    let master_key = begin(editor, keyring).await?;
    keyring.has(&master_key).await?;
    let mut done = 0;
    loop {
        let (changed, failed) = pass(editor, keyring, &master_key, batch, &mut done, &tell).await?;
        if changed == 0 && !failed.is_empty() {
            return Err(MasterKeyError::Left(failed));
        }
        if changed == 0 {
            break;
        }
    }
    let retired = retire(editor, master_key.clone(), done).await?;
    let taken_out = keyring.retire_before(master_key.clone()).await?;
    Ok(Rotated { master_key, done, retired, taken_out })
}

/// The master key to change to: the one in use if keys are still under others, else a newer one, which is put into use.
async fn begin(editor: &Editor, keyring: &Keyring) -> Result<String, MasterKeyError> {
    let (seen, unfinished) = editor
        .store()
        .read_snapshot(|conn| {
            Box::pin(async move {
                let Some(seen) = current(conn).await? else { return Ok((None, false)) };
                let others = rows::<MasterKey>(conn, live(), &[]).await?.len() > 1;
                let unfinished = others || count_not_under(conn, seen.clone()).await? > 0;
                Ok((Some(seen), unfinished))
            })
        })
        .await?;
    if let Some(seen) = &seen {
        keyring.has(seen).await?;
        if unfinished {
            return Ok(seen.clone());
        }
    }
    let newer = keyring.newer_than(seen.clone()).await?;
    let author = editor.author().clone();
    let name: StoreResult<String> =
        editor.store().write(author, move |transaction| Box::pin(put_into_use(transaction, seen, newer))).await;
    Ok(name?)
}

/// Puts a master key into use, unless another than `seen` is by now: then that one is changed to.
async fn put_into_use(transaction: &mut Transaction, seen: Option<String>, newer: String) -> StoreResult<String> {
    let now = transaction.now();
    let is = current(transaction.conn()).await?;
    if let Some(other) = is.clone().filter(|_| is != seen) {
        return Ok(other);
    }
    let fields = MasterKeyFields { name: newer.clone() };
    MasterKey::insert(transaction, Fresh::now(fields, now)).await?;
    let instead = seen.as_ref().map(|seen| format!(" instead of {seen}")).unwrap_or_default();
    key_audit::tell(transaction, format!("begun: {newer} is in use{instead}")).await?;
    tracing::info!(master_key = %newer, before = seen.as_deref(), "another master key is put into use");
    Ok(newer)
}

type Wrong = Vec<(i64, SecretsError)>;

/// Wraps anew what is under other master keys, by id; tells how much was, and what can't be.
async fn pass(
    editor: &Editor,
    keyring: &Keyring,
    master_key: &str,
    batch: i64,
    done: &mut usize,
    tell: &impl Fn(Progress),
) -> Result<(usize, Wrong), MasterKeyError> {
    let (mut after, mut changed, mut failed) = (0, 0, Wrong::new());
    loop {
        let name = master_key.to_owned();
        let others = editor.store().read(move |conn| Box::pin(not_under(conn, name, after, batch))).await?;
        let Some(last) = others.last() else { return Ok((changed, failed)) };
        after = last.id;
        let asked: Vec<Rewrapped> = others.iter().map(to_rewrap).collect();
        let mut wrapped = Vec::with_capacity(others.len());
        for (row, result) in others.into_iter().zip(keyring.rewrap(&asked, master_key).await?) {
            match result {
                Ok(data_key) => wrapped.push((row, SealedBytes::new(data_key))),
                Err(error) => failed.push((row.id, error)),
            }
        }
        let name = master_key.to_owned();
        let (count, left) = editor
            .store()
            .write(editor.author().clone(), move |transaction| Box::pin(save(transaction, wrapped, name)))
            .await?;
        changed += count;
        *done += count;
        tell(Progress { done: *done, left });
    }
}

fn to_rewrap(row: &SupplierKeyRow) -> Rewrapped {
    Rewrapped {
        place: place_of(row),
        data_key: row.wrapped_key.as_slice().to_vec(),
        master_key: row.master_key.clone(),
    }
}

async fn save(
    transaction: &mut Transaction,
    wrapped: Vec<(SupplierKeyRow, SealedBytes)>,
    master_key: String,
) -> StoreResult<(usize, i64)> {
    let mut count = 0;
    for (row, data_key) in wrapped {
        // Another rotation may have been first, or the row be gone.
        count += usize::from(rewrap(transaction, row, data_key, master_key.clone()).await?);
    }
    let left = count_not_under(transaction.conn(), master_key).await?;
    Ok((count, left))
}

/// Retires the other master keys, if nothing is under them; answers their names.
async fn retire(editor: &Editor, master_key: String, done: usize) -> StoreResult<Vec<String>> {
    let author = editor.author().clone();
    editor
        .store()
        .write(author, move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let is = current(transaction.conn()).await?;
                if is.as_ref() != Some(&master_key)
                    || count_not_under(transaction.conn(), master_key.clone()).await? > 0
                {
                    // Another rotation goes on: it retires what is left then.
                    return Ok(Vec::new());
                }
                let known: Vec<MasterKeyRow> = rows::<MasterKey>(transaction.conn(), live(), &[]).await?;
                let going: Vec<MasterKeyRow> = known.into_iter().filter(|row| row.name != master_key).collect();
                delete::<MasterKey>(transaction, ids(going.iter().map(|row| row.id).collect()), now).await?;
                let (keys, retired) = (numbered(done), going.len());
                let told = format!("done: {master_key} is alone in use, {keys} wrapped anew, {retired} retired");
                key_audit::tell(transaction, told).await?;
                Ok(going.into_iter().map(|row| row.fields.name).collect())
            })
        })
        .await
}

/// What there is to say of a master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Its name.
    pub name: String,
    /// Whether it is the one in use.
    pub in_use: bool,
    /// How many live keys of suppliers are under it.
    pub live: i64,
    /// How many deleted ones.
    pub deleted: i64,
    /// Why it can't be used here; `None` if it can.
    pub missing: Option<SecretsError>,
}

/// The master keys that the database needs, by when they came into use.
///
/// # Errors
/// If the database fails.
pub async fn status(store: &Store, keyring: &Keyring) -> StoreResult<Vec<Status>> {
    let (known, counts) = store
        .read_snapshot(|conn| {
            Box::pin(async move {
                let known = rows::<MasterKey>(conn, live(), &[master_keys::id()]).await?;
                Ok((known, under_master_keys(conn).await?))
            })
        })
        .await?;
    let in_use = known.last().map(|row| row.name.clone());
    let mut names: Vec<String> = known.into_iter().map(|row| row.fields.name).collect();
    for count in &counts {
        if !names.contains(&count.master_key) {
            names.push(count.master_key.clone());
        }
    }
    let mut told = Vec::new();
    for name in names {
        let none = UnderMasterKey { master_key: name.clone(), live: 0, deleted: 0 };
        let count = counts.iter().find(|count| count.master_key == name).unwrap_or(&none);
        let missing = keyring.has(&name).await.err();
        let in_use = in_use.as_ref() == Some(&name);
        told.push(Status { name, in_use, live: count.live, deleted: count.deleted, missing });
    }
    Ok(told)
}

/// What came of opening every key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many open.
    pub opened: usize,
    /// Those that don't, by id, and why not.
    pub closed: Vec<(i64, SecretsError)>,
}

/// Opens every key, deleted ones included, and forgets it at once.
///
/// # Errors
/// If the database fails, or a master key can't be used at the moment.
pub async fn verify(store: &Store, keyring: &Keyring) -> Result<Verified, MasterKeyError> {
    let (mut after, mut verified) = (0, Verified::default());
    loop {
        let found = store.read(move |conn| Box::pin(behind(conn, after, VERIFIED_AT_ONCE))).await?;
        let Some(last) = found.last() else { return Ok(verified) };
        after = last.id;
        for row in &found {
            match keyring.open(&sealed(row), &place_of(row)).await {
                Ok(_) => verified.opened += 1,
                Err(error) if error.is_passing() => return Err(error.into()),
                Err(error) => verified.closed.push((row.id, error)),
            }
        }
    }
}
