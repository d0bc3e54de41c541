//! `history` and `blame`: what happened to an object, and where its values come from.

use async_graphql::{Context, Json, Result, SimpleObject};
use chrono::{DateTime, Utc};
use serde_json::Value as JsonValue;

use super::change::{Change, ChangeConnection};
use super::cursor::ListName;
use super::error::fault;
use super::paging::PageArguments;
use super::shown::{Shown, shown};
use crate::loader::{Blame, Historied, Item};
use crate::store::Row as _;

/// Where a field's value comes from.
#[derive(SimpleObject)]
pub struct FieldBlame {
    /// The field's name, as inputs have it.
    field: String,
    /// Its value; null if it has none.
    value: Option<Json<JsonValue>>,
    /// When it got this value.
    since: DateTime<Utc>,
    /// The change that gave it this value: its change set says who made it, and from which source.
    change: Change,
}

/// The changes of an object, newest first.
///
/// # Errors
/// `BAD_USER_INPUT` that names the argument.
pub fn history<E: Historied>(item: &Item<E>, page: &PageArguments, parts: bool) -> Result<ChangeConnection> {
    let name = ListName("history".to_owned());
    let slice = page.slice(&name, true)?;
    Ok(ChangeConnection { lists: item.history(slice, parts), parent: item.id(), name })
}

/// Where each field of an object has its value from.
///
/// # Errors
/// If the database fails.
pub async fn blame<E: Historied>(context: &Context<'_>, item: &Item<E>) -> Result<Vec<FieldBlame>> {
    let Some(blame) = item.blame().await.map_err(fault(context))? else { return Ok(Vec::new()) };
    let mut blames = Vec::new();
    for field in shown(E::KIND, &blame.state).into_iter().filter(Shown::is_fact) {
        blames.extend(field_blame(context, &blame, field).await?);
    }
    Ok(blames)
}

async fn field_blame(context: &Context<'_>, blame: &Blame, field: Shown) -> Result<Option<FieldBlame>> {
    let Some(change) = blame.change(&field.columns) else { return Ok(None) };
    let Some(set) = change.change_set().await.map_err(fault(context))? else { return Ok(None) };
    Ok(Some(FieldBlame {
        field: field.name,
        value: (!field.value.is_null()).then_some(Json(field.value)),
        since: set.created_at.to_utc(),
        change: Change(change),
    }))
}
