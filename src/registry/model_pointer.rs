//! Names that point to a version of their model, and can be moved.

use super::Editor;
use super::check::slug;
use super::child::live_model;
use super::model_version::labelled;
use super::user_error::{Errors, UserErrorCode, WriteResult, refused};
use super::write::{Reference, Target, delete_row, equals, points_to, save, unless_taken};
use crate::domain::Timestamp;
use crate::store::model_pointer::{ModelPointer, ModelPointerFields, ModelPointerRow};
use crate::store::model_version::{ModelVersion, ModelVersionRow};
use crate::store::predicate::Predicate;
use crate::store::rows::{count, live, of_models, row};
use crate::store::schema::fields::model_pointers;
use crate::store::{Entity as _, Fresh, StoreResult, Transaction};

/// Most pointers a model has.
pub const LIMIT: i64 = 100;

/// The pointer that follows the versions: always the one that was published last.
pub const LATEST: &str = "latest";

/// Which version is meant.
#[derive(Debug, Clone)]
pub enum VersionReference {
    /// By its id.
    Id(Reference),
    /// By its label.
    Label(String),
}

/// Points a name to a version of its model: a new name, or one that pointed to another.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn set(
    editor: &Editor,
    model: Reference,
    name: String,
    version: VersionReference,
    expected_version: Option<i64>,
) -> WriteResult<ModelPointerRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                errors.note("name", slug(&name));
                check_free_to_move(&name, "name", &mut errors);
                let Some(model) = live_model(transaction, &model, &mut errors).await? else {
                    return Err(errors.failure());
                };
                let version = version.of_model(transaction, model.id, &mut errors).await?;
                let present = if errors.on("name") { None } else { named(transaction, model.id, &name).await? };
                check_expected(present.as_ref(), expected_version, &mut errors);
                if present.is_none() {
                    check_room(transaction, model.id, &mut errors).await?;
                }
                errors.finish()?;
                let Some(version) = version else { return Err(errors.failure()) };
                point(transaction, present, &version, name, now).await
            })
        })
        .await
}

/// Deletes a pointer; the version that it points to stays.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn delete(editor: &Editor, target: Target) -> WriteResult<ModelPointerRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let row = target.sure::<ModelPointer>(transaction).await?;
                let mut errors = Errors::default();
                check_free_to_move(&row.name, "id", &mut errors);
                errors.finish()?;
                Ok(delete_row::<ModelPointer>(transaction, row.id, now).await?)
            })
        })
        .await
}

/// Points `latest` to a version that was just published.
///
/// # Errors
/// If the database fails.
pub(super) async fn move_latest(
    transaction: &mut Transaction,
    version: &ModelVersionRow,
    now: Timestamp,
) -> WriteResult<()> {
    let present = named(transaction, version.model_id, LATEST).await?;
    point(transaction, present, version, LATEST.to_owned(), now).await.map(drop)
}

async fn point(
    transaction: &mut Transaction,
    present: Option<ModelPointerRow>,
    version: &ModelVersionRow,
    name: String,
    now: Timestamp,
) -> WriteResult<ModelPointerRow> {
    let fields = ModelPointerFields { model_id: version.model_id, name, model_version_id: version.id };
    if let Some(row) = present {
        return Ok(save::<ModelPointer>(transaction, row, fields, now).await?);
    }
    let made = ModelPointer::insert(transaction, Fresh::now(fields, now)).await;
    unless_taken(made, "name", "the model was given a pointer of this name at the same moment")
}

async fn named(transaction: &mut Transaction, model: i64, name: &str) -> StoreResult<Option<ModelPointerRow>> {
    let own = [live(), points_to(model_pointers::model_id(), model), equals(model_pointers::name(), name)];
    row::<ModelPointer>(transaction.conn(), Predicate::all(own)).await
}

fn check_free_to_move(name: &str, field: &str, errors: &mut Errors) {
    if name == LATEST {
        let message = "\"latest\" follows the versions by itself: it is always the one that was published last";
        errors.add(field, UserErrorCode::Invalid, message);
    }
}

fn check_expected(present: Option<&ModelPointerRow>, expected: Option<i64>, errors: &mut Errors) {
    let Some(expected) = expected else { return };
    match present {
        Some(row) if row.version == expected => {}
        Some(row) => {
            let message = format!("the pointer's version is {}, not {expected}; look at it again", row.version);
            errors.add("expectedVersion", UserErrorCode::Conflict, message);
        }
        None => {
            let message = "the model has no pointer of this name; leave it out to make one";
            errors.add("expectedVersion", UserErrorCode::Conflict, message);
        }
    }
}

async fn check_room(transaction: &mut Transaction, model: i64, errors: &mut Errors) -> StoreResult<()> {
    let own = Predicate::all([live(), of_models(vec![model])]);
    if count::<ModelPointer>(transaction.conn(), own).await? >= LIMIT {
        errors.add("modelId", UserErrorCode::TooMany, format!("a model has at most {LIMIT} pointers"));
    }
    Ok(())
}

impl VersionReference {
    /// The live version that is meant, which must be one of the model's; what is wrong is noted.
    pub(super) async fn of_model(
        &self,
        transaction: &mut Transaction,
        model: i64,
        errors: &mut Errors,
    ) -> StoreResult<Option<ModelVersionRow>> {
        let reference = match self {
            Self::Id(reference) => reference,
            Self::Label(label) => {
                let found = labelled(transaction, model, label).await?;
                let missing = || (UserErrorCode::NotFound, format!("the model has no version labelled {label:?}"));
                return Ok(errors.note("label", found.ok_or_else(missing)));
            }
        };
        let found = reference.live::<ModelVersion>(transaction, "versionId", errors).await?;
        Ok(found.and_then(|version| errors.note("versionId", belonging(version, model))))
    }
}

fn belonging(version: ModelVersionRow, model: i64) -> Result<ModelVersionRow, super::user_error::Fault> {
    if version.model_id == model {
        return Ok(version);
    }
    Err((UserErrorCode::Invalid, format!("{:?} is a version of another model", version.label)))
}

/// Which version is meant, if exactly one way of naming it is used.
///
/// # Errors
/// If none or both are.
pub fn one_version(id: Option<Reference>, label: Option<String>) -> WriteResult<VersionReference> {
    match (id, label) {
        (Some(id), None) => Ok(VersionReference::Id(id)),
        (None, Some(label)) => Ok(VersionReference::Label(label)),
        (None, None) => Err(refused("versionId", UserErrorCode::Required, "name a version by versionId or by label")),
        (Some(_), Some(_)) => {
            Err(refused("label", UserErrorCode::Invalid, "name the version by versionId or by label, not by both"))
        }
    }
}
