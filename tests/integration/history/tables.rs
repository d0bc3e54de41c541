//! The tables of the catalogue, and what must hold of each and its history at any time.

use crate::support::TestDatabase;

const NOW: &str = "'2026-01-31T08:30:00.000000Z'";

/// The largest number, which a state has as its end while it lasts.
pub const LASTING: &str = "9223372036854775807";

/// A table, what its changes are of, and a row of it: the last rows of other tables are what it belongs to.
pub struct Table {
    pub name: &'static str,
    pub kind: &'static str,
    columns: &'static str,
    values: &'static str,
}

/// Every table, those before that others belong to.
pub const TABLES: [Table; 11] = [
    Table { name: "suppliers", kind: "Supplier", columns: "name", values: "'acme'" },
    Table {
        name: "models",
        kind: "Model",
        columns: "supplier_id, name, model_type",
        values: "(SELECT max(id) FROM suppliers), 'one', 'language'",
    },
    Table {
        name: "model_aliases",
        kind: "ModelAlias",
        columns: "model_id, supplier_id, alias",
        values: "(SELECT max(id) FROM models), (SELECT max(id) FROM suppliers), 'uno'",
    },
    Table {
        name: "model_parameters",
        kind: "ModelParameter",
        columns: "model_id, parameter_name, parameter_type, parameter_value",
        values: "(SELECT max(id) FROM models), 'context_window', 'int', '8192'",
    },
    Table {
        name: "capabilities",
        kind: "Capability",
        columns: "name, display_name, domain",
        values: "'vision', 'Vision', 'cv'",
    },
    Table {
        name: "model_capability_associations",
        kind: "ModelCapability",
        columns: "model_id, capability_id",
        values: "(SELECT max(id) FROM models), (SELECT max(id) FROM capabilities)",
    },
    Table {
        name: "model_categories",
        kind: "Category",
        columns: "name, display_name, category_type, path",
        values: "'llm', 'LLM', 'task', 'llm'",
    },
    Table {
        name: "model_category_associations",
        kind: "ModelCategory",
        columns: "model_id, category_id",
        values: "(SELECT max(id) FROM models), (SELECT max(id) FROM model_categories)",
    },
    Table {
        name: "model_prices",
        kind: "ModelPrice",
        columns: "model_id, component, unit, currency, amount_nanos",
        values: "(SELECT max(id) FROM models), 'input', '1M tokens', 'USD', 1",
    },
    Table {
        name: "model_versions",
        kind: "ModelVersion",
        columns: "model_id, label, cut",
        values: "(SELECT max(id) FROM models), 'v1', 1",
    },
    Table {
        name: "model_pointers",
        kind: "ModelPointer",
        columns: "model_id, name, model_version_id",
        values: "(SELECT max(id) FROM models), 'production', (SELECT max(id) FROM model_versions)",
    },
];

impl Table {
    /// `INSERT` of a row, with `verb` such as `INSERT` or `INSERT OR REPLACE`.
    pub fn insert(&self, verb: &str) -> String {
        let Self { name, columns, values, .. } = self;
        format!("{verb} INTO {name} ({columns}, created_at, updated_at) VALUES ({values}, {NOW}, {NOW})")
    }

    /// `INSERT` of a row that has this id.
    pub fn insert_with_id(&self, verb: &str, id: i64) -> String {
        let Self { name, columns, values, .. } = self;
        format!("{verb} INTO {name} (id, {columns}, created_at, updated_at) VALUES ({id}, {values}, {NOW}, {NOW})")
    }

    /// The last row's id.
    pub async fn last(&self, database: &TestDatabase) -> i64 {
        number(database, &format!("SELECT CAST(max(id) AS TEXT) AS value FROM {}", self.name)).await
    }
}

/// The one number that SQL selects as text.
pub async fn number(database: &TestDatabase, sql: &str) -> i64 {
    let texts = database.texts(sql).await;
    texts.first().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no number: {sql}: {texts:?}"))
}

/// The last change's number.
pub async fn last_change(database: &TestDatabase) -> i64 {
    number(database, "SELECT CAST(coalesce(max(id), 0) AS TEXT) AS value FROM changes").await
}

/// What changed behind this number: `<kind> <row> <operation>`, in order.
pub async fn changes_behind(database: &TestDatabase, number: i64) -> Vec<String> {
    let sql = format!(
        "SELECT kind || ' ' || of_row || ' ' || operation AS value FROM changes WHERE id > {number} ORDER BY id"
    );
    database.texts(&sql).await
}

/// How many change sets there are.
pub async fn change_sets(database: &TestDatabase) -> i64 {
    number(database, "SELECT CAST(count(*) AS TEXT) AS value FROM change_sets").await
}

/// A table's columns, in order.
pub async fn columns(database: &TestDatabase, table: &str) -> Vec<String> {
    let sql = database.dialect(
        "SELECT name AS value FROM pragma_table_info('TABLE') ORDER BY cid",
        "SELECT column_name::text AS value FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = 'TABLE' ORDER BY ordinal_position",
    );
    database.texts(&sql.replace("TABLE", table)).await
}

/// Runs SQL, which must be taken, and looks whether the history is still whole.
pub async fn run(database: &TestDatabase, sql: &str) {
    database.execute(sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    assert_whole(database, sql).await;
}

/// What must hold at any time: every row's present is its history's last state, every state begins and ends with a
/// change of its row, and every change belongs to a change set that isn't empty.
pub async fn assert_whole(database: &TestDatabase, after: &str) {
    for Table { name, kind, .. } in &TABLES {
        let cell = |column: &String| database.dialect("COLUMN", "COLUMN::text").replace("COLUMN", column);
        let cells = columns(database, name).await.iter().map(cell).collect::<Vec<_>>().join(", ");
        let (now, kept) = (
            format!("SELECT {cells} FROM {name}"),
            format!("SELECT {cells} FROM {name}_history WHERE until = {LASTING}"),
        );
        let made = format!("SELECT id, of_row FROM changes WHERE kind = '{kind}' AND operation <> 'purge'");
        let ended = format!("SELECT until, id FROM {name}_history WHERE until < {LASTING}");
        for (left, right) in [
            (now.clone(), kept.clone()),
            (kept, now),
            (made.clone(), format!("SELECT since, id FROM {name}_history")),
            (format!("SELECT since, id FROM {name}_history"), made),
            (ended, format!("SELECT id, of_row FROM changes WHERE kind = '{kind}'")),
        ] {
            let sql = format!(
                "SELECT CAST(count(*) AS TEXT) AS value FROM (SELECT * FROM ({left}) AS a EXCEPT SELECT * FROM ({right}) AS b) AS lost"
            );
            assert_eq!(number(database, &sql).await, 0, "after {after}: {left} is not in {right}");
        }
    }
    for (what, sql) in [
        ("changes without a change set", "changes WHERE change_set NOT IN (SELECT id FROM change_sets)"),
        ("empty change sets", "change_sets WHERE id NOT IN (SELECT change_set FROM changes)"),
        (
            "change sets out of time",
            "change_sets AS a JOIN change_sets AS b ON a.id < b.id WHERE a.created_at > b.created_at",
        ),
    ] {
        let count = number(database, &format!("SELECT CAST(count(*) AS TEXT) AS value FROM {sql}")).await;
        assert_eq!(count, 0, "{what} after {after}");
    }
}
