//! What writes have in common: finding what a client named, saving, deleting, restoring.

use super::user_error::{Errors, Fault, UserErrorCode, WriteResult, refused};
use crate::domain::Timestamp;
use crate::store::alias::Alias;
use crate::store::capability::Capability;
use crate::store::capability_link::CapabilityLink;
use crate::store::category::Category;
use crate::store::category_link::CategoryLink;
use crate::store::model::Model;
use crate::store::model_pointer::ModelPointer;
use crate::store::model_version::ModelVersion;
use crate::store::parameter::Parameter;
use crate::store::predicate::{Comparison, Field, Predicate};
use crate::store::price::Price;
use crate::store::rows::{by_ids, delete, ids, live, lock_row, restore, row, share_rows};
use crate::store::schema::fields;
use crate::store::sql::Value;
use crate::store::supplier::Supplier;
use crate::store::supplier_key::SupplierKey;
use crate::store::{Entity, Row as _, StoreError, StoreResult, Transaction};

/// What a client named.
#[derive(Debug, Clone)]
pub enum Reference {
    /// By its id.
    Id(i64),
    /// By its natural key.
    Name(String),
    /// In a way that can't be right, as the message says.
    Refused(UserErrorCode, String),
}

/// What a client wants to change, and the version it has seen.
#[derive(Debug, Clone)]
pub struct Target {
    /// Which row.
    pub id: Reference,
    /// The version it must still have; any, if `None`.
    pub expected_version: Option<i64>,
}

/// The column that names a live row, and its value in a row.
type NaturalKey<Row> = (Field, fn(&Row) -> &str);

/// A table as clients know it.
pub trait Known: Entity {
    /// What a row is called.
    const NOUN: &'static str;

    /// The column that names a live row, if there is one, and its value in a row.
    fn natural_key() -> Option<NaturalKey<Self::Row>> {
        None
    }
}

macro_rules! known {
    ($( $entity:ident, $noun:literal $(, $key:expr)?; )+) => { $(
        impl Known for $entity {
            const NOUN: &'static str = $noun;
            $( fn natural_key() -> Option<NaturalKey<Self::Row>> { Some($key) } )?
        }
    )+ };
}

known! {
    Supplier, "supplier";
    Model, "model";
    Alias, "alias";
    Parameter, "parameter";
    Price, "price";
    Capability, "capability", (fields::capabilities::name(), |row| &row.name);
    CapabilityLink, "capability of a model";
    CategoryLink, "category of a model";
    Category, "category", (fields::model_categories::path(), |row| &row.path);
    ModelVersion, "version of a model";
    ModelPointer, "pointer of a model";
    SupplierKey, "key of a supplier";
}

/// Rows whose column holds exactly this text.
pub fn equals(field: Field, text: &str) -> Predicate {
    Predicate::compare(field, Comparison::Equal, Value::Text(text.to_owned()))
}

/// Rows whose column holds this id.
pub fn points_to(field: Field, id: i64) -> Predicate {
    Predicate::compare(field, Comparison::Equal, Value::BigInt(id))
}

fn missing<E: Known>(named: &str) -> Fault {
    (UserErrorCode::NotFound, format!("there is no live {} {named}", E::NOUN))
}

impl Reference {
    /// The row that is meant, deleted or not, locked until the transaction ends.
    async fn locked<E: Known>(&self, transaction: &mut Transaction) -> StoreResult<Result<E::Row, Fault>> {
        let id = match (self, E::natural_key()) {
            (Self::Refused(code, message), _) => return Ok(Err((*code, message.clone()))),
            (Self::Id(id), _) => *id,
            (Self::Name(name), Some((key, _))) if !name.contains('\0') => {
                match row::<E>(transaction.conn(), Predicate::all([live(), equals(key, name)])).await? {
                    Some(row) => row.id(),
                    None => return Ok(Err(missing::<E>(&format!("{name:?}")))),
                }
            }
            (Self::Name(name), _) => return Ok(Err(missing::<E>(&format!("{name:?}")))),
        };
        Ok(lock_row::<E>(transaction, id).await?.ok_or_else(|| missing::<E>("with this id")))
    }

    /// The live row that is meant, locked until the transaction ends; what is wrong is noted at `field`.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn live<E: Known>(
        &self,
        transaction: &mut Transaction,
        field: &str,
        errors: &mut Errors,
    ) -> StoreResult<Option<E::Row>> {
        let found = self.locked::<E>(transaction).await?;
        let alive = found.and_then(|row| match row.deleted_at() {
            None => Ok(row),
            Some(_) => Err((UserErrorCode::NotFound, format!("this {} is deleted", E::NOUN))),
        });
        Ok(errors.note(field, alive))
    }
}

/// The live rows that are meant, each as it was named; none of them can be deleted until the transaction ends.
///
/// # Errors
/// If the database fails.
pub async fn live_rows<E: Known>(
    transaction: &mut Transaction,
    references: &[Reference],
) -> StoreResult<Vec<Result<E::Row, Fault>>> {
    let mut wanted_ids = Vec::new();
    let mut wanted_names = Vec::new();
    for reference in references {
        match reference {
            Reference::Id(id) => wanted_ids.push(*id),
            Reference::Name(name) if !name.contains('\0') => wanted_names.push(name.clone()),
            Reference::Name(_) | Reference::Refused(..) => {}
        }
    }
    let by_name = E::natural_key().map(|(key, _)| Predicate::text_in(key, wanted_names));
    let condition = Predicate::all([live(), Predicate::any(std::iter::once(ids(wanted_ids)).chain(by_name))]);
    let found = if references.is_empty() { Vec::new() } else { share_rows::<E>(transaction, condition).await? };
    let named = |row: &E::Row, name: &str| E::natural_key().is_some_and(|(_, value)| value(row) == name);
    let find = |reference: &Reference| match reference {
        Reference::Id(id) => {
            found.iter().find(|row| row.id() == *id).cloned().ok_or_else(|| missing::<E>("with this id"))
        }
        Reference::Name(name) => {
            found.iter().find(|row| named(row, name)).cloned().ok_or_else(|| missing::<E>(&format!("{name:?}")))
        }
        Reference::Refused(code, message) => Err((*code, message.clone())),
    };
    Ok(references.iter().map(find).collect())
}

impl Target {
    /// The live row to change, locked until the transaction ends; what is wrong is noted.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn live<E: Known>(
        &self,
        transaction: &mut Transaction,
        errors: &mut Errors,
    ) -> StoreResult<Option<E::Row>> {
        self.live_at::<E>(transaction, "id", errors).await
    }

    /// Like [`Target::live`], with the row named in `field` of the input.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn live_at<E: Known>(
        &self,
        transaction: &mut Transaction,
        field: &str,
        errors: &mut Errors,
    ) -> StoreResult<Option<E::Row>> {
        let found = self.id.live::<E>(transaction, field, errors).await?;
        if let (Some(row), Some(expected)) = (&found, self.expected_version)
            && row.version() != expected
        {
            let message = format!("the {}'s version is {}, not {expected}; look at it again", E::NOUN, row.version());
            errors.add("expectedVersion", UserErrorCode::Conflict, message);
        }
        Ok(found)
    }

    /// The live row to change, locked until the transaction ends, with nothing else to be checked.
    ///
    /// # Errors
    /// If there is none or it has another version, or the database fails.
    pub async fn sure<E: Known>(&self, transaction: &mut Transaction) -> WriteResult<E::Row> {
        let mut errors = Errors::default();
        let found = self.live::<E>(transaction, &mut errors).await?;
        errors.finish()?;
        found.ok_or_else(|| errors.failure())
    }
}

/// The row to restore, deleted or not, locked until the transaction ends.
///
/// # Errors
/// If there is none, or the database fails.
pub async fn to_restore<E: Known>(transaction: &mut Transaction, id: &Reference) -> WriteResult<E::Row> {
    id.locked::<E>(transaction).await?.map_err(|(code, message)| refused("id", code, message))
}

/// The result of a statement, with a unique key that another request took first as the client's mistake.
///
/// # Errors
/// If the key is taken, or the database failed.
pub fn unless_taken<T>(result: StoreResult<T>, field: &str, message: impl Into<String>) -> WriteResult<T> {
    result.map_err(|error| match error {
        StoreError::Duplicate(_) => refused(field, UserErrorCode::Taken, message),
        error => error.into(),
    })
}

/// Saves the fields of a locked row; nothing happens if they are as they were.
///
/// # Errors
/// [`StoreError::Duplicate`] if another row has its key, or if the database fails.
pub async fn save<E: Known>(
    transaction: &mut Transaction,
    row: E::Row,
    fields: <E::Row as crate::store::Row>::Fields,
    now: Timestamp,
) -> StoreResult<E::Row> {
    if *row.fields() == fields {
        return Ok(row);
    }
    let saved = E::update(transaction, row, fields, now).await?;
    saved.ok_or_else(|| StoreError::Unsupported(format!("a locked {} changed under its lock", E::NOUN)))
}

/// Deletes a locked live row, and returns it as it is then.
///
/// # Errors
/// If the database fails.
pub async fn delete_row<E: Known>(transaction: &mut Transaction, id: i64, now: Timestamp) -> StoreResult<E::Row> {
    delete::<E>(transaction, ids(vec![id]), now).await?;
    reloaded::<E>(transaction, id).await
}

/// Restores a locked deleted row, and returns it as it is then.
///
/// # Errors
/// [`StoreError::Duplicate`] if a live row has its key, or if the database fails.
pub async fn restore_row<E: Known>(transaction: &mut Transaction, id: i64, now: Timestamp) -> StoreResult<E::Row> {
    restore::<E>(transaction, ids(vec![id]), now).await?;
    reloaded::<E>(transaction, id).await
}

async fn reloaded<E: Known>(transaction: &mut Transaction, id: i64) -> StoreResult<E::Row> {
    let found = by_ids::<E>(transaction.conn(), vec![id]).await?.pop();
    found.ok_or_else(|| StoreError::Unsupported(format!("a locked {} is gone", E::NOUN)))
}
