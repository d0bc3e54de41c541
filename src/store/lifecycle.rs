//! Stages of life in SQL: which is in effect on a day, which have come into effect and are not written down yet, and what
//! is scheduled.

use chrono::NaiveDate;

use super::model::{Model, ModelRow};
use super::page::{KeyKind, SortKey};
use super::predicate::{Comparison, Predicate};
use super::read::load;
use super::rows::{ids, update};
use super::schema::Columns as _;
use super::schema::fields::models;
use super::schema::models::table as Table;
use super::sql::{Sql, Value};
use super::{StoreResult, Transaction};
use crate::domain::{LifecycleStage, Timestamp};

/// The stage of a row of `models` that is in effect on `day`: the same as
/// [`ModelFields::stage_on`](super::model::ModelFields::stage_on).
pub(super) fn stage_on(day: NaiveDate) -> Sql {
    Sql::new("(CASE WHEN models.lifecycle_stage IN ('active', 'deprecated') AND models.retires_on <= ")
        .bind(Value::Date(day))
        .text(" THEN 'retired' WHEN models.lifecycle_stage = 'active' AND models.deprecated_on <= ")
        .bind(Value::Date(day))
        .text(" THEN 'deprecated' ELSE models.lifecycle_stage END)")
}

/// Models of which one of these stages is in effect on `day`.
pub fn models_in_stage(stages: Vec<String>, day: NaiveDate) -> Predicate {
    Predicate::from_sql(stage_on(day).in_texts(stages))
}

/// Live models that are to be deprecated or to retire, or were, on a day before `before`. Drafts are not: dates don't
/// move them.
pub fn scheduled_before(before: NaiveDate) -> Predicate {
    let draft = Value::Text(LifecycleStage::Draft.as_str().to_owned());
    Predicate::all([
        Predicate::is_null(models::deleted_at(), true),
        Predicate::compare(models::lifecycle_stage(), Comparison::Equal, draft).negated(),
        Predicate::any([
            Predicate::compare(models::deprecated_on(), Comparison::Below, Value::Date(before)),
            Predicate::compare(models::retires_on(), Comparison::Below, Value::Date(before)),
        ]),
    ])
}

/// Sorts by the first of the days on which a model is deprecated and retires.
pub fn first_scheduled() -> SortKey {
    // A comparison with a missing day isn't true: the day that is set is taken then.
    let first = "CASE WHEN models.retires_on IS NULL OR models.deprecated_on <= models.retires_on \
                 THEN models.deprecated_on ELSE models.retires_on END";
    let text = Sql::default().dialect("", "to_char(").text(first).dialect("", ", 'YYYY-MM-DD') COLLATE \"C\"");
    SortKey::computed(text, KeyKind::Text)
}

/// Live models whose stage on `day` is another than is written down.
fn overdue(day: NaiveDate) -> Predicate {
    let differs = Sql::new("models.lifecycle_stage <> ").push(stage_on(day));
    Predicate::all([Predicate::is_null(models::deleted_at(), true), Predicate::from_sql(differs)])
}

/// Whether there is a live model whose stage on `day` is another than is written down.
///
/// # Errors
/// If the database fails.
pub async fn is_any_overdue(conn: &mut super::Conn, day: NaiveDate) -> StoreResult<bool> {
    let one = Sql::new("SELECT models.id FROM models WHERE ").push(overdue(day).into_sql()).text(" LIMIT 1");
    Ok(!load::<i64>(conn, one).await?.is_empty())
}

/// At most `most` live models whose stage on `day` is another than is written down, locked until the transaction ends.
/// Those that another transaction has locked are passed over, so that nobody waits.
///
/// # Errors
/// If the database fails.
pub async fn lock_overdue(transaction: &mut Transaction, day: NaiveDate, most: i64) -> StoreResult<Vec<ModelRow>> {
    let statement = Sql::new("SELECT ")
        .columns::<Table>(Table::QUALIFIER)
        .text(" FROM models WHERE ")
        .push(overdue(day).into_sql())
        .text(" ORDER BY models.id LIMIT ")
        .bind(Value::BigInt(most))
        .dialect("", " FOR UPDATE SKIP LOCKED");
    load(transaction.conn(), statement).await
}

/// Writes down the stages that are in effect on `day` for these models, which are locked.
///
/// # Errors
/// If the database fails.
pub async fn write_stages(
    transaction: &mut Transaction,
    models: Vec<i64>,
    day: NaiveDate,
    now: Timestamp,
) -> StoreResult<usize> {
    update::<Model>(transaction, Sql::new("lifecycle_stage = ").push(stage_on(day)), ids(models), now).await
}
