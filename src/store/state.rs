//! States of rows of any kind, column by column.

use super::past::and_known;
use super::read::load;
use super::schema::Columns as _;
use super::sql::{Sql, Value};
use super::{Conn, Entity, Row as _, StoreResult};
use crate::domain::ChangeKind;

/// A state that a row was in.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The change that made it.
    pub since: i64,
    /// The change that ended it; the largest number while it lasts.
    pub until: i64,
    /// The row's primary key.
    pub row: i64,
    /// Every column's name and value, in order.
    pub cells: Vec<(&'static str, serde_json::Value)>,
}

/// Expands `$body` for the table of `$kind`, with `$entity` as its handle.
macro_rules! of_kind {
    ($kind:expr, $entity:ident => $body:expr) => {{
        use $crate::domain::ChangeKind;
        of_kind!(@match $kind, $entity => $body;
            Supplier: supplier::Supplier, Model: model::Model, ModelAlias: alias::Alias,
            ModelParameter: parameter::Parameter, Capability: capability::Capability,
            ModelCapability: capability_link::CapabilityLink, Category: category::Category,
            ModelCategory: category_link::CategoryLink, ModelPrice: price::Price,
            ModelVersion: model_version::ModelVersion, ModelPointer: model_pointer::ModelPointer)
    }};
    (@match $kind:expr, $entity:ident => $body:expr; $($variant:ident: $module:ident::$table:ident),+) => {
        match $kind { $( ChangeKind::$variant => { type $entity = $crate::store::$module::$table; $body } )+ }
    };
}
pub(super) use of_kind;

/// The name of the table of all states of rows of this kind.
pub(super) fn history_table(kind: ChangeKind) -> &'static str {
    of_kind!(kind, Table => <Table as Entity>::Table::HISTORY)
}

/// The states that these changes ended or made; `rows` are those that the changes are of.
///
/// # Errors
/// If the database fails.
pub async fn states_around(
    conn: &mut Conn,
    kind: ChangeKind,
    rows: Vec<i64>,
    changes: Vec<i64>,
) -> StoreResult<Vec<State>> {
    of_kind!(kind, Table => {
        let made = select::<Table>().text(" WHERE since").in_ids(changes.clone());
        let ended = select::<Table>().text(" WHERE id").in_ids(rows).text(" AND until").in_ids(changes);
        read::<Table>(conn, made.text(" UNION ALL ").push(ended)).await
    })
}

/// All states of these rows that are kept, each row's oldest first.
///
/// # Errors
/// If the database fails.
pub async fn states_of(conn: &mut Conn, kind: ChangeKind, rows: Vec<i64>) -> StoreResult<Vec<State>> {
    of_kind!(kind, Table => {
        read::<Table>(conn, select::<Table>().text(" WHERE id").in_ids(rows).push(and_known("since")).text(" ORDER BY id, since")).await
    })
}

/// The states of rows of a kind that differ between two cuts: those that held at `from` and not at `to`, and those that
/// hold at `to` and did not at `from`. Reads all states of the kind.
///
/// # Errors
/// If the database fails.
pub async fn states_between(
    conn: &mut Conn,
    kind: ChangeKind,
    from: i64,
    to: i64,
) -> StoreResult<(Vec<State>, Vec<State>)> {
    let bound = |text: &'static str, cut| Sql::new(text).bind(Value::BigInt(cut));
    of_kind!(kind, Table => {
        let before = select::<Table>()
            .push(bound(" WHERE since <= ", from))
            .push(bound(" AND until > ", from))
            .push(bound(" AND until <= ", to));
        let after = select::<Table>()
            .push(bound(" WHERE since > ", from))
            .push(bound(" AND since <= ", to))
            .push(bound(" AND until > ", to));
        Ok((read::<Table>(conn, before).await?, read::<Table>(conn, after).await?))
    })
}

/// The number that a state has as its end while it lasts.
pub const LASTING: i64 = i64::MAX;

impl State {
    /// Whether the row is in this state now.
    pub const fn lasts(&self) -> bool {
        self.until == LASTING
    }
}

/// `UNION` of every number that is a change of these rows, as `parent` and `number`.
pub(super) fn numbers_of(kind: ChangeKind, parent: &'static str, parents: &[i64]) -> Sql {
    let part = |number: &'static str| {
        Sql::new("SELECT ")
            .text(parent)
            .text(" AS parent, ")
            .text(number)
            .text(" AS number FROM ")
            .text(history_table(kind))
            .text(" WHERE ")
            .text(parent)
            .in_ids(parents.to_vec())
    };
    part("since").text(" UNION ").push(part("until")).text(" AND until < ").bind(Value::BigInt(LASTING))
}

fn select<E: Entity>() -> Sql {
    Sql::new("SELECT since, until, ").columns::<E::Table>("").text(" FROM ").text(E::Table::HISTORY)
}

async fn read<E: Entity>(conn: &mut Conn, statement: Sql) -> StoreResult<Vec<State>> {
    let rows: Vec<((i64, i64), E::Row)> = load(conn, statement).await?;
    let state = |((since, until), row): ((i64, i64), E::Row)| State { since, until, row: row.id(), cells: row.cells() };
    Ok(rows.into_iter().map(state).collect())
}
