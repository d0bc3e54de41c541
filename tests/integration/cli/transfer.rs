//! `modelry import` and `modelry export`, as an operator runs them.

use tempfile::TempDir;

use super::process::{Server, complaint, modelry, output};
use crate::support::{DatabaseKind, EmptyDatabase, Fixture as _, TestDatabase, fixtures, on_both_databases};

const MODELS_DEV: &str = r#"{"acme":{"id":"acme","name":"Acme","models":{"one":{"id":"one","name":"One","tool_call":true,"reasoning":false,
"modalities":{"input":["text"],"output":["text"]},"cost":{"input":0.049999999999999996},"limit":{"context":4096,"output":0}}}}}"#;
const LITELLM: &str = r#"{"one":{"litellm_provider":"acme","mode":"chat","max_input_tokens":4096,"input_cost_per_token":1.25e-06,
"supports_function_calling":true,"supports_vision":false}}"#;
const OPENROUTER: &str = r#"{"data":[{"id":"acme/one","name":"One","context_length":4096,
"architecture":{"input_modalities":["text"],"output_modalities":["text"]},"pricing":{"prompt":"0.00000125"}}]}"#;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let files =
        [("models-dev", MODELS_DEV), ("litellm", LITELLM), ("openrouter", OPENROUTER), ("modelry", fixtures::SMALL)];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn run(folder: &TempDir, arguments: &[&str], database: &TestDatabase) -> String {
    let output = output(folder, &[arguments, &["--database-url", database.url()]].concat());
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

on_both_databases! {
    /// Each format is imported once, and then there is nothing to change.
    async fn a_file_changes_something_once(database: EmptyDatabase) {
        let folder = folder();
        for format in ["models-dev", "litellm", "openrouter", "modelry"] {
            let first = run(&folder, &["import", format, format], &database);
            assert!(first.contains("imported") && first.contains("created") && first.contains("models"), "{first}");
            let second = run(&folder, &["import", format, format], &database);
            assert!(second.contains("nothing to change"), "{second}");
        }
        let server = Server::on(database.url());
        let data = server.query("{ model(supplier: \"openrouter\", name: \"acme/one\") { supplier { name } parameters { name value } prices { amount } } }").await;
        let model = &data["model"];
        assert_eq!(model["supplier"]["name"], "openrouter");
        assert_eq!(model["parameters"][0].to_string(), r#"{"name":"context_window","value":4096}"#);
        assert_eq!(model["prices"].to_string(), r#"[{"amount":"1.25"}]"#);
    }

    /// A file that is cut off, missing, or of another format leaves the database as it was.
    async fn a_file_that_is_refused_changes_nothing(database: EmptyDatabase) {
        let folder = folder();
        run(&folder, &["import", "modelry", "modelry"], &database);
        let before = run(&folder, &["export"], &database);
        std::fs::write(folder.path().join("cut"), &LITELLM[..LITELLM.len() - 20]).expect("written");
        for (format, file, place) in [
            ("litellm", "cut", "line 2, column "),
            ("litellm", "missing", "missing can't be read"),
            ("litellm", "models-dev", "models-dev: "),
            ("models-dev", "openrouter", "openrouter: "),
            ("openrouter", "litellm", "litellm: "),
            ("modelry", "models-dev", "models-dev: "),
        ] {
            let said = complaint(modelry(&folder, &["import", format, file, "--database-url", database.url()]));
            assert!(said.starts_with("error: ") && said.contains(place), "{format} {file}: {said}");
        }
        assert_eq!(run(&folder, &["export"], &database), before);
    }

    /// From either kind of database into the other and out again, an export stays the same, byte for byte.
    async fn an_export_survives_the_other_database(database: EmptyDatabase) {
        let folder = folder();
        run(&folder, &["import", "modelry", "modelry"], &database);
        let export = run(&folder, &["export"], &database);
        assert_eq!(run(&folder, &["export", "modelry"], &database), "", "the file is replaced");
        assert_eq!(std::fs::read_to_string(folder.path().join("modelry")).expect("the file"), export);
        let kind = if database.kind() == DatabaseKind::Sqlite { DatabaseKind::Postgres } else { DatabaseKind::Sqlite };
        let other = EmptyDatabase::on(kind).await;
        run(&folder, &["import", "modelry", "modelry"], &other);
        assert_eq!(run(&folder, &["export"], &other), export);
    }

    /// A database that a later version made is refused by every command.
    async fn a_newer_database_is_left_alone(database: TestDatabase) {
        let folder = folder();
        let later = "INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231235959')";
        database.execute(later).await.expect("a migration that nobody knows");
        for arguments in [&["import", "modelry", "modelry"][..], &["serve", "--listen", "127.0.0.1:0"], &["export"]] {
            let said = complaint(modelry(&folder, &[arguments, &["--database-url", database.url()]].concat()));
            assert!(said.contains("newer Modelry"), "{arguments:?}: {said}");
        }
    }
}

/// A rehearsal tells what would change, in words or in JSON, and makes no file.
#[test]
fn a_dry_run_writes_nothing() {
    let folder = folder();
    let arguments = ["import", "modelry", "modelry", "--dry-run", "--json", "--database-url", "sqlite://data/new.db"];
    let output = output(&folder, &arguments);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&report["dry_run"], &report["changes_anything"]), (&true.into(), &true.into()));
    assert!(!folder.path().join("data").exists());
}
