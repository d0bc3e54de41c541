//! The history: every row's states follow one another without a gap, and the last one is what the row is.

use std::collections::BTreeSet;

use super::{Finding, add, texts};
use crate::store::dump::{Column, Table};
use crate::store::sql::{Name, Sql};
use crate::store::{Conn, StoreResult};

/// The end of a state that lasts.
const LASTS: &str = "9223372036854775807";

/// Triggers that are there and awake.
const SQLITE_TRIGGERS: &str = "SELECT name FROM sqlite_schema WHERE type = 'trigger'";
const POSTGRES_TRIGGERS: &str = "
    SELECT CAST(triggers.tgname AS TEXT) FROM pg_trigger AS triggers
    JOIN pg_class AS tables ON tables.oid = triggers.tgrelid
    WHERE NOT triggers.tgisinternal AND triggers.tgenabled = 'O'
    AND tables.relnamespace = CAST(current_schema() AS REGNAMESPACE)";

pub(super) async fn verify(conn: &mut Conn, tables: &[Table], findings: &mut Vec<Finding>) -> StoreResult<()> {
    let triggers = texts(conn, Sql::default().dialect(SQLITE_TRIGGERS, POSTGRES_TRIGGERS)).await?;
    let triggers: BTreeSet<String> = triggers.into_iter().collect();
    let mut states = Vec::new();
    for table in tables {
        let history = format!("{}_history", table.name.as_str());
        let Some(history) = tables.iter().find(|other| other.name.as_str() == history) else { continue };
        awake(&triggers, &table.name, findings);
        present(conn, table, &history.name, findings).await?;
        intervals(conn, &table.name, &history.name, findings).await?;
        changes(conn, &history.name, findings).await?;
        states.push(history.name.clone());
    }
    stateless(conn, &states, findings).await
}

/// Looks for the triggers that write the history.
fn awake(triggers: &BTreeSet<String>, table: &Name, findings: &mut Vec<Finding>) {
    let expected = ["insert", "update", "delete"].map(|event| format!("{}_history_{event}", table.as_str()));
    let missing = expected.into_iter().filter(|name| !triggers.contains(name)).collect();
    add(findings, "every change is noted", missing, |name| format!("the trigger {name} is missing or switched off"));
}

async fn present(conn: &mut Conn, table: &Table, history: &Name, findings: &mut Vec<Finding>) -> StoreResult<()> {
    let columns = || Sql::default().join(", ", table.columns.iter().map(Column::canonical));
    let lost = Sql::new("SELECT CAST(id AS TEXT) FROM (SELECT ")
        .push(columns())
        .text(" FROM ")
        .name(&table.name)
        .text(" EXCEPT SELECT ")
        .push(columns())
        .text(" FROM ")
        .name(history)
        .text(" WHERE until = ")
        .text(LASTS)
        .text(") AS lost ORDER BY id LIMIT 1000");
    let name = table.name.as_str();
    let rule = "every row is as its history says";
    let tell = |id| format!("{name} {id} is not in the last state that its history has");
    add(findings, rule, texts(conn, lost).await?, tell);
    let gone = Sql::new("SELECT CAST(id AS TEXT) FROM ")
        .name(history)
        .text(" AS states WHERE until = ")
        .text(LASTS)
        .text(" AND NOT EXISTS (SELECT 1 FROM ")
        .name(&table.name)
        .text(" AS present WHERE present.id = states.id) ORDER BY id LIMIT 1000");
    add(findings, rule, texts(conn, gone).await?, |id| {
        format!("{name} {id} is gone, though its history says that it is there")
    });
    Ok(())
}

async fn intervals(conn: &mut Conn, table: &Name, history: &Name, findings: &mut Vec<Finding>) -> StoreResult<()> {
    let states = |condition: Sql| {
        Sql::new("SELECT DISTINCT CAST(id AS TEXT) FROM (SELECT id, since, until, lead(since) OVER (PARTITION BY id ORDER BY since) AS next FROM ")
            .name(history)
            .text(") AS states WHERE ")
            .push(condition)
            .text(" LIMIT 1000")
    };
    let name = table.as_str();
    let overlapping = texts(conn, states(Sql::new("since >= until OR until > next"))).await?;
    add(findings, "a row has one state at a time", overlapping, |id| format!("states of {name} {id} overlap"));
    // A row that was removed for good may have lost states since, and one that was put in again begins anew.
    let apart = Sql::new(
        "until < next AND next > (SELECT max(purged) FROM change_feed) \
         AND NOT EXISTS (SELECT 1 FROM changes WHERE changes.id = states.until AND changes.operation = 'purge') \
         AND EXISTS (SELECT 1 FROM ",
    );
    let apart = states(apart.name(table).text(" AS present WHERE present.id = states.id)"));
    add(findings, "a row always has a state", texts(conn, apart).await?, |id| {
        format!("between two states of {name} {id} there is a gap")
    });
    Ok(())
}

/// Every state begins and ends with a change of its row.
async fn changes(conn: &mut Conn, history: &Name, findings: &mut Vec<Finding>) -> StoreResult<()> {
    let states = |condition: &'static str| {
        Sql::new("SELECT CAST(since AS TEXT) FROM ")
            .name(history)
            .text(" AS states WHERE ")
            .text(condition)
            .text(" ORDER BY since LIMIT 1000")
    };
    let began = "NOT EXISTS (SELECT 1 FROM changes WHERE changes.id = states.since AND changes.of_row = states.id \
                 AND changes.operation <> 'purge')";
    let ended = "until < 9223372036854775807 AND until > (SELECT max(purged) FROM change_feed) AND NOT EXISTS \
                 (SELECT 1 FROM changes WHERE changes.id = states.until AND changes.of_row = states.id)";
    let (name, rule) = (history.as_str(), "every state begins and ends with a change");
    let without_beginning = texts(conn, states(began)).await?;
    add(findings, rule, without_beginning, |since| format!("{name} {since} begins with no change of its row"));
    let without_end = texts(conn, states(ended)).await?;
    add(findings, rule, without_end, |since| format!("{name} {since} ends with no change of its row"));
    Ok(())
}

/// Every change led to a state, but for removals.
async fn stateless(conn: &mut Conn, histories: &[Name], findings: &mut Vec<Finding>) -> StoreResult<()> {
    let none = |name: &Name| {
        Sql::new("NOT EXISTS (SELECT 1 FROM ").name(name).text(" AS states WHERE states.since = changes.id)")
    };
    let without = Sql::new("SELECT CAST(id AS TEXT) FROM changes WHERE operation <> 'purge' AND ")
        .join(" AND ", histories.iter().map(none))
        .text(" ORDER BY id LIMIT 1000");
    let rule = "every change is kept as a state";
    add(findings, rule, texts(conn, without).await?, |id| format!("change {id} has no state"));
    Ok(())
}
