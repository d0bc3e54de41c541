//! Publishing versions of models.

use super::Editor;
use super::check::{Check, prose};
use super::child::live_model;
use super::user_error::{Errors, Fault, UserErrorCode, WriteResult};
use super::write::{Reference, equals, points_to, unless_taken};
use super::{check, model_pointer};
use crate::store::history::last_cut;
use crate::store::model_version::{ModelVersion, ModelVersionFields, ModelVersionRow};
use crate::store::predicate::Predicate;
use crate::store::rows::{live, row};
use crate::store::schema::fields::model_versions;
use crate::store::{Entity as _, Fresh, StoreResult, Transaction};

/// Longest label, in bytes.
const LABEL_BYTES: usize = 100;

/// Tells whether a text can be a label.
const LABEL: Check<String> = label;

fn label(text: &String) -> Result<(), Fault> {
    let sound = check::free_name(text).is_ok() && text.len() <= LABEL_BYTES;
    let message = format!("must be 1 to {LABEL_BYTES} bytes without control characters or spaces at its ends");
    if sound { Ok(()) } else { Err((UserErrorCode::Invalid, message)) }
}

/// Freezes a model as it is under a label, and moves the pointer `latest` to it.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn publish(
    editor: &Editor,
    model: Reference,
    label: String,
    notes: Option<String>,
) -> WriteResult<ModelVersionRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                // Before this transaction's own changes: the model as it was found.
                let cut = last_cut(transaction.conn()).await?;
                let mut errors = Errors::default();
                errors.note("label", LABEL(&label));
                if let Some(notes) = &notes {
                    errors.note("notes", prose(notes));
                }
                let Some(model) = live_model(transaction, &model, &mut errors).await? else {
                    return Err(errors.failure());
                };
                if !errors.on("label") && labelled(transaction, model.id, &label).await?.is_some() {
                    errors.add("label", UserErrorCode::Taken, taken(&label));
                }
                errors.finish()?;
                let message = taken(&label);
                let fields = ModelVersionFields { model_id: model.id, label, notes, cut };
                let made = ModelVersion::insert(transaction, Fresh::now(fields, now)).await;
                let version = unless_taken(made, "label", message)?;
                model_pointer::move_latest(transaction, &version, now).await?;
                Ok(version)
            })
        })
        .await
}

fn taken(label: &str) -> String {
    format!("{label:?} is the label of another version of this model; published versions never change")
}

/// The live version of a model that has this label.
///
/// # Errors
/// If the database fails.
pub(super) async fn labelled(
    transaction: &mut Transaction,
    model: i64,
    label: &str,
) -> StoreResult<Option<ModelVersionRow>> {
    if label.contains('\0') {
        return Ok(None);
    }
    let own = [live(), points_to(model_versions::model_id(), model), equals(model_versions::label(), label)];
    row::<ModelVersion>(transaction.conn(), Predicate::all(own)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_short_and_free() {
        for text in ["1.0", "2026-06 发布", &"x".repeat(100)] {
            assert_eq!(label(&text.to_owned()), Ok(()), "{text}");
        }
        for text in ["", " x", "a\nb", &"x".repeat(101)] {
            assert!(label(&text.to_owned()).is_err(), "{text:?}");
        }
    }
}
