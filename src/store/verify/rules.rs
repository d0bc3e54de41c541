//! What holds in single tables.

use super::{Finding, add, texts};
use crate::domain::ParameterType;
use crate::store::backend::Link;
use crate::store::read::load;
use crate::store::sql::{Sql, Value};
use crate::store::{Conn, StoreResult};

/// Rows that are read at once.
const BATCH: i64 = 1_000;

/// A statement that selects what is wrong, and how to tell it.
struct Rule {
    what: &'static str,
    /// What stands before and behind what is selected.
    tell: (&'static str, &'static str),
    sql: &'static str,
}

const RULES: [Rule; 9] = [
    Rule {
        what: "there is one feed",
        tell: ("change_feed has ", " rows"),
        sql: "SELECT CAST(count(*) AS TEXT) FROM change_feed HAVING count(*) <> 1",
    },
    Rule {
        what: "no change set is left open",
        tell: ("change set ", " was not concluded"),
        sql: "SELECT CAST(change_set AS TEXT) FROM change_feed WHERE change_set IS NOT NULL",
    },
    Rule {
        what: "every change is of a change set",
        tell: ("change ", " is of none that is there"),
        sql: "SELECT CAST(id AS TEXT) FROM changes WHERE NOT EXISTS
              (SELECT 1 FROM change_sets WHERE change_sets.id = changes.change_set) ORDER BY id LIMIT 1000",
    },
    // Removing history empties change sets, which stay.
    Rule {
        what: "every change set has changes",
        tell: ("change set ", " has none"),
        sql: "SELECT CAST(id AS TEXT) FROM change_sets WHERE (SELECT max(purged) FROM change_feed) = 0 AND NOT EXISTS
              (SELECT 1 FROM changes WHERE changes.change_set = change_sets.id) ORDER BY id LIMIT 1000",
    },
    Rule {
        what: "change sets are in the order of time",
        tell: ("change set ", " is not later than the one before"),
        sql: "SELECT CAST(id AS TEXT) FROM (SELECT id, created_at, lag(created_at) OVER (ORDER BY id) AS before FROM change_sets)
              AS sets WHERE created_at <= before ORDER BY id LIMIT 1000",
    },
    Rule {
        what: "changes are in the order of change sets",
        tell: ("change ", " is of an earlier change set than the one before"),
        sql: "SELECT CAST(id AS TEXT) FROM (SELECT id, change_set, lag(change_set) OVER (ORDER BY id) AS before FROM changes)
              AS feed WHERE change_set < before ORDER BY id LIMIT 1000",
    },
    Rule {
        what: "a category's path is that of its place",
        tell: ("model_categories ", " has another one"),
        sql: "SELECT CAST(own.id AS TEXT) FROM model_categories AS own
              LEFT JOIN model_categories AS parent ON parent.id = own.parent_id WHERE own.deleted_at IS NULL
              AND (own.path <> CASE WHEN own.parent_id IS NULL THEN own.name ELSE parent.path || '/' || own.name END
                   OR parent.deleted_at IS NOT NULL) ORDER BY own.id LIMIT 1000",
    },
    Rule {
        what: "every model can be searched for",
        tell: ("models ", " has no document, or that of another state"),
        sql: "SELECT CAST(models.id AS TEXT) FROM models JOIN model_documents ON model_documents.model_id = models.id
              WHERE NOT EXISTS (SELECT 1 FROM (SELECT MODEL_ID AS model_id, document FROM model_search) AS found
              WHERE found.model_id = models.id AND length(found.document) = length(model_documents.document))
              ORDER BY models.id LIMIT 1000",
    },
    Rule {
        what: "what can be searched for is a model",
        tell: ("the document ", " is of none"),
        sql: "SELECT CAST(model_id AS TEXT) FROM (SELECT MODEL_ID AS model_id FROM model_search) AS found
              WHERE model_id NOT IN (SELECT id FROM models) LIMIT 1000",
    },
];

/// A table, what no two live rows of it share, and what is true of those that count.
const UNIQUE: [(&str, &str, &str); 12] = [
    ("suppliers", "name", ""),
    ("models", "supplier_id, name", ""),
    ("models", "model_type, coalesce(sub_type, '')", " AND is_default"),
    ("model_aliases", "supplier_id, alias", ""),
    ("model_parameters", "model_id, parameter_name", ""),
    ("capabilities", "name", ""),
    ("model_capability_associations", "model_id, capability_id", ""),
    ("model_categories", "path", ""),
    ("model_category_associations", "model_id, category_id", ""),
    (
        "model_prices",
        "model_id, component, service_mode, min_context_tokens, currency, coalesce(valid_from, '0001-01-01')",
        "",
    ),
    ("model_versions", "model_id, label", ""),
    ("model_pointers", "model_id, name", ""),
];

/// What the database itself can tell of its file; only SQLite has a way to ask.
pub(super) async fn storage(conn: &mut Conn) -> StoreResult<Vec<Finding>> {
    let mut findings = Vec::new();
    if let Link::Sqlite(_) = conn.0 {
        // FTS5 takes note of what other processes have written only when it is asked for rows.
        load::<i64>(conn, Sql::new("SELECT rowid FROM model_search LIMIT 1")).await?;
        let check = Sql::new("SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
        add(&mut findings, "the file is sound", texts(conn, check).await?, |told| told);
    }
    Ok(findings)
}

pub(super) async fn verify(conn: &mut Conn, findings: &mut Vec<Finding>) -> StoreResult<()> {
    for Rule { what, tell: (before, behind), sql } in &RULES {
        let rows = texts(conn, spelled(sql)).await?;
        add(findings, what, rows, |row| format!("{before}{row}{behind}"));
    }
    for (table, key, condition) in UNIQUE {
        let doubled = Sql::new("SELECT CAST(min(id) AS TEXT) FROM ")
            .text(table)
            .text(" WHERE deleted_at IS NULL")
            .text(condition)
            .text(" GROUP BY ")
            .text(key)
            .text(" HAVING count(*) > 1 LIMIT 1000");
        let tell = |id| format!("{table} {id} shares {key} with another live row");
        add(findings, "live rows have keys of their own", texts(conn, doubled).await?, tell);
    }
    numbers(conn, findings).await
}

/// The statement, with the key of what search keeps as each database has it.
fn spelled(sql: &'static str) -> Sql {
    let mut parts = sql.split("MODEL_ID");
    let first = Sql::new(parts.next().unwrap_or_default());
    parts.fold(first, |sql, part| sql.dialect("rowid", "model_id").text(part))
}

/// The number of a parameter is its value's.
async fn numbers(conn: &mut Conn, findings: &mut Vec<Finding>) -> StoreResult<()> {
    type Row = ((i64, ParameterType), (String, Option<f64>));
    let mut after = i64::MIN;
    loop {
        let select =
            Sql::new("SELECT id, parameter_type, parameter_value, number_value FROM model_parameters WHERE id > ");
        let select = select.bind(Value::BigInt(after)).text(" ORDER BY id LIMIT ").bind(Value::BigInt(BATCH));
        let rows: Vec<Row> = load(conn, select).await?;
        let Some(((last, _), _)) = rows.last() else { return Ok(()) };
        after = *last;
        for ((id, parameter_type), (value, number)) in rows {
            let derived = if parameter_type.is_numeric() { value.parse().ok() } else { None };
            if derived != number {
                let what = format!("model_parameters {id} has another one than its value");
                findings.push(Finding { rule: "a parameter's number is its value's", what });
            }
        }
    }
}
