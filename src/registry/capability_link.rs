//! Writing what is known of models' abilities.

use crate::registry::Editor;
use serde_json::Value as JsonValue;

use super::check::{VALUE_BYTES, prose};
use super::child::{BULK, Child, bounded, check_alive, live_model, parent_of};
use super::user_error::{Errors, Fault, UserErrorCode, WriteResult, refused};
use super::write::{Reference, live_rows, restore_row, save, to_restore, unless_taken};
use crate::domain::{JsonText, Support};
use crate::store::capability::Capability;
use crate::store::capability_link::{CapabilityLink, CapabilityLinkFields, CapabilityLinkRow};
use crate::store::model::ModelRow;
use crate::store::predicate::Predicate;
use crate::store::rows::{delete, live, of_models, rows, share_rows};
use crate::store::schema::fields::model_capability_associations as columns;
use crate::store::{Entity as _, Fresh, StoreResult, Transaction, rows as store_rows};

/// Most abilities that something is known of, for a model.
pub const LIMIT: usize = 500;

/// What is known of a model's ability, as a client says.
#[derive(Debug, Clone)]
pub struct CapabilityLinkInput {
    /// The ability.
    pub capability: Reference,
    /// There, or known not to be.
    pub support: Support,
    /// Its configuration: text, or a structure.
    pub config: Option<JsonValue>,
    /// Whether this configuration is the default one.
    pub is_default: bool,
}

impl CapabilityLinkInput {
    /// The two columns that hold a configuration.
    fn config(&self) -> Result<(Option<String>, Option<JsonText>), Fault> {
        match &self.config {
            None | Some(JsonValue::Null) => Ok((None, None)),
            Some(JsonValue::String(text)) => prose(text).map(|()| (Some(text.clone()), None)),
            Some(json) => {
                let text = JsonText::from_value(json).map_err(|error| (UserErrorCode::Invalid, error.to_string()))?;
                if text.as_str().len() > VALUE_BYTES {
                    return Err((UserErrorCode::TooLong, format!("at most {VALUE_BYTES} bytes of JSON are kept")));
                }
                Ok((None, Some(text)))
            }
        }
    }
}

/// The columns of a list of a model's abilities; notes what is wrong with it.
///
/// # Errors
/// If the database fails.
pub(super) async fn resolved(
    transaction: &mut Transaction,
    inputs: &[CapabilityLinkInput],
    model_id: i64,
    errors: &mut Errors,
) -> StoreResult<Vec<CapabilityLinkFields>> {
    let references: Vec<Reference> = inputs.iter().map(|input| input.capability.clone()).collect();
    let found = live_rows::<Capability>(transaction, &references).await?;
    let mut fields: Vec<CapabilityLinkFields> = Vec::with_capacity(inputs.len());
    for (at, (input, capability)) in inputs.iter().zip(found).enumerate() {
        errors.enter(at);
        let capability = errors.note("capability", capability);
        let config = errors.note("config", input.config());
        if let Some(capability) = capability {
            if fields.iter().any(|earlier| earlier.capability_id == capability.id) {
                errors.add("capability", UserErrorCode::Taken, format!("{:?} is named twice", capability.name));
            }
            let (config, config_json) = config.unwrap_or_default();
            fields.push(CapabilityLinkFields {
                model_id,
                capability_id: capability.id,
                config,
                config_json,
                is_default: input.is_default,
                support: input.support,
                source: None,
            });
        }
        errors.leave();
    }
    Ok(fields)
}

async fn links_of(transaction: &mut Transaction, model: i64) -> StoreResult<Vec<CapabilityLinkRow>> {
    let of_model = Predicate::all([live(), of_models(vec![model])]);
    rows::<CapabilityLink>(transaction.conn(), of_model, &[]).await
}

/// Makes what is known of these abilities of a model be as described, all or none.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn attach(editor: &Editor, model: Reference, inputs: Vec<CapabilityLinkInput>) -> WriteResult<ModelRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                bounded("capabilities", inputs.len(), BULK, &mut errors);
                errors.finish()?;
                let model = live_model(transaction, &model, &mut errors).await?;
                errors.enter("capabilities");
                let fields =
                    resolved(transaction, &inputs, model.as_ref().map_or(0, |row| row.id), &mut errors).await?;
                errors.leave();
                let Some(model) = model else { return Err(errors.failure()) };
                let before = links_of(transaction, model.id).await?;
                let known = |id: i64| before.iter().find(|row| row.capability_id == id).cloned();
                let more = fields.iter().filter(|fields| known(fields.capability_id).is_none()).count();
                CapabilityLink::check_room(transaction, model.id, more, "capabilities", &mut errors).await?;
                errors.finish()?;
                for fields in fields {
                    match known(fields.capability_id) {
                        // One that changes is no longer an import's.
                        Some(row)
                            if (CapabilityLinkFields { source: row.source.clone(), ..fields.clone() })
                                != row.fields =>
                        {
                            save::<CapabilityLink>(transaction, row, fields, now).await?;
                        }
                        Some(_) => {}
                        None => {
                            CapabilityLink::insert(transaction, Fresh::now(fields, now)).await?;
                        }
                    }
                }
                Ok(model)
            })
        })
        .await
}

/// Forgets what is known of these abilities of a model. Those that nothing is known of stay so.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn detach(editor: &Editor, model: Reference, capabilities: Vec<Reference>) -> WriteResult<ModelRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                bounded("capabilities", capabilities.len(), BULK, &mut errors);
                errors.finish()?;
                let model = live_model(transaction, &model, &mut errors).await?;
                errors.enter("capabilities");
                let mut wanted = Vec::with_capacity(capabilities.len());
                let found = live_rows::<Capability>(transaction, &capabilities).await?;
                for (at, capability) in found.into_iter().enumerate() {
                    wanted.extend(errors.note(&at.to_string(), capability).map(|row| row.id));
                }
                errors.leave();
                errors.finish()?;
                let Some(model) = model else { return Err(errors.failure()) };
                let links =
                    Predicate::all([of_models(vec![model.id]), Predicate::id_in(columns::capability_id(), wanted)]);
                delete::<CapabilityLink>(transaction, links, now).await?;
                Ok(model)
            })
        })
        .await
}

/// Restores what was known of a model's ability.
///
/// # Errors
/// If the model or the capability is deleted, something else is known since, or the client got something else wrong; or
/// the database fails.
pub async fn restore(editor: &Editor, id: Reference) -> WriteResult<CapabilityLinkRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let model = parent_of::<CapabilityLink>(transaction, &id).await?;
                let row = to_restore::<CapabilityLink>(transaction, &id).await?;
                if row.deleted_at.is_none() {
                    return Ok(row);
                }
                let mut errors = Errors::default();
                check_alive(model.as_ref(), "id", &mut errors);
                let capability = Predicate::all([live(), store_rows::ids(vec![row.capability_id])]);
                if share_rows::<Capability>(transaction, capability).await?.is_empty() {
                    let message = "its capability is deleted; restore that first";
                    errors.add("id", UserErrorCode::NotFound, message);
                }
                CapabilityLink::check_room(transaction, row.model_id, 1, "id", &mut errors).await?;
                errors.finish()?;
                let message = "something else is known of this ability of the model; change that instead";
                if links_of(transaction, row.model_id).await?.iter().any(|link| link.capability_id == row.capability_id)
                {
                    return Err(refused("id", UserErrorCode::Taken, message));
                }
                unless_taken(restore_row::<CapabilityLink>(transaction, row.id, now).await, "id", message)
            })
        })
        .await
}
