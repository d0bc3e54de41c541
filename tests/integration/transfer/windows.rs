//! Files that are larger than what is held of them at a time.

use std::io::Write as _;
use std::num::NonZeroUsize;

use modelry::registry::transfer::apply::{Counts, ImportError, Kind, Options, Origin, Report, apply};
use modelry::registry::transfer::error::ReadError;
use modelry::registry::transfer::format::Format;
use modelry::registry::transfer::own;
use modelry::registry::transfer::source::Source;

use super::noon;
use crate::support::{TestDatabase, on_both_databases};

const ACME: &str = r#"{"kind":"supplier","name":"acme"}"#;
const VISION: &str = r#"{"kind":"capability","name":"vision","display_name":"Vision","domain":"cv"}"#;

fn model(name: &str, rest: &str) -> String {
    format!(r#"{{"kind":"model","supplier":"acme","name":"{name}","model_type":"language"{rest}}}"#)
}

fn succeeded(name: &str, by: &str) -> String {
    model(name, &format!(r#","successor":{{"supplier":"acme","name":"{by}"}}"#))
}

/// A file on disk, of these records.
fn file(records: &[String]) -> Result<Source, ReadError> {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(text(records).as_bytes()).expect("written");
    Format::Modelry.open(file)
}

fn text(records: &[String]) -> String {
    format!("{{\"format\":\"modelry\",\"version\":1}}\n{}\n", records.join("\n"))
}

/// What an export says when a file has just been imported into an empty database.
fn canonical(records: &[String]) -> String {
    let mut out = Vec::new();
    own::write(&own::read(text(records).as_bytes()).expect("sound"), &mut out).expect("written");
    String::from_utf8(out).expect("UTF-8")
}

/// Imports a file, so many models at a time.
async fn import(database: &TestDatabase, source: Source, window: usize, dry_run: bool) -> Result<Report, ImportError> {
    let window = NonZeroUsize::new(window);
    let options = Options { dry_run, window, shown: 100, ..Options::default() };
    apply(database.store(), source, Origin::Own, &options, &noon("2026-01-01")).await
}

/// Imports a file two models at a time, once it has been seen that a dry run tells the same, in windows and all at once.
async fn import_as_told(database: &TestDatabase, records: &[String]) -> Report {
    let before = database.rows().await;
    let mut told = import(database, file(records).expect("sound"), 1000, true).await.expect("a dry run");
    assert_eq!(import(database, file(records).expect("sound"), 2, true).await.expect("a dry run"), told);
    assert_eq!(database.rows().await, before, "nothing is written");
    let done = import(database, file(records).expect("sound"), 2, false).await.expect("an import");
    (told.dry_run, told.change_set) = (false, done.change_set);
    assert_eq!(done, told);
    done
}

/// The export, without the moments that rows were made and changed at.
async fn export(database: &TestDatabase) -> String {
    let draft = own::read(database.export().await.as_bytes()).expect("sound");
    let mut out = Vec::new();
    own::write(&timeless(draft), &mut out).expect("written");
    String::from_utf8(out).expect("UTF-8")
}

fn timeless(mut draft: modelry::registry::transfer::draft::Draft) -> modelry::registry::transfer::draft::Draft {
    use modelry::registry::transfer::draft::Stamps;
    draft.suppliers.iter_mut().for_each(|row| row.stamps = Stamps::default());
    draft.capabilities.iter_mut().for_each(|row| row.stamps = Stamps::default());
    for model in &mut draft.models {
        model.stamps = Stamps::default();
        model.aliases.iter_mut().for_each(|row| row.stamps = Stamps::default());
        model.parameters.iter_mut().for_each(|row| row.stamps = Stamps::default());
        model.capabilities.iter_mut().for_each(|row| row.stamps = Stamps::default());
    }
    draft
}

on_both_databases! {
    /// A successor may stand anywhere in the file; each model is made once, and never changed.
    async fn successors_may_come_later(database: TestDatabase) {
        let records = [
            succeeded("a", "g"), succeeded("b", "a"), model("c", ""), ACME.to_owned(), succeeded("d", "f"),
            model("e", ""), succeeded("f", "e"), succeeded("g", "d"), succeeded("h", "c"),
        ];
        let report = import_as_told(&database, &records).await;
        assert_eq!(report.of(Kind::Models), Counts { created: 8, ..Counts::default() });
        assert_eq!(export(&database).await, canonical(&records));
        let states = "SELECT CAST(count(*) AS TEXT) AS value FROM models_history";
        assert_eq!(database.texts(states).await, ["8"]);
        let again = import(&database, file(&records).expect("sound"), 3, false).await.expect("an import");
        assert_eq!((again.changes(), again.change_set), (0, None));
        // Models that are there may be given successors that are not.
        let more = [succeeded("c", "j"), succeeded("e", "i"), model("k", ""), succeeded("i", "j"), model("j", "")];
        let report = import_as_told(&database, &more).await;
        assert_eq!(report.of(Kind::Models), Counts { created: 3, updated: 2, ..Counts::default() });
        assert_eq!(database.model("e").await["successor"]["name"], "i");
    }

    /// An alias passes on whether the window of its new model comes before that of the old one or behind it, and is the same row.
    async fn aliases_pass_from_window_to_window(database: TestDatabase) {
        let aliases = |name: &str, aliases: &[&str]| model(name, &format!(r#","aliases":{aliases:?}"#));
        let first = [ACME.to_owned(), aliases("a", &["x", "one"]), model("b", ""), model("c", ""), aliases("d", &["y", "z"])];
        import_as_told(&database, &first).await;
        let ids = "SELECT alias || ' ' || id AS value FROM model_aliases WHERE deleted_at IS NULL ORDER BY alias";
        let before = database.texts(ids).await;
        let second = [ACME.to_owned(), aliases("a", &["one", "y"]), model("b", ""), aliases("c", &["new"]), aliases("d", &["x"])];
        let report = import_as_told(&database, &second).await;
        assert_eq!(report.of(Kind::Aliases), Counts { created: 1, updated: 2, unchanged: 1, removed: 1 });
        let told = |name: &str| report.changed.iter().find(|changed| changed.record == format!("acme/{name}"));
        assert_eq!(told("a").expect("changed").fields[0].field, "aliases.y");
        assert_eq!(told("d").expect("changed").fields.iter().map(|change| change.field.as_str()).collect::<Vec<_>>(),
            ["aliases.x", "aliases.z"]);
        let kept: Vec<String> = database.texts(ids).await.into_iter().filter(|row| !row.starts_with("new ")).collect();
        assert_eq!(kept, before.into_iter().filter(|row| !row.starts_with("z ")).collect::<Vec<_>>());
        assert_eq!(export(&database).await, canonical(&second));
    }

    async fn defaults_pass_from_window_to_window(database: TestDatabase) {
        let default = |name: &str, sub_type: &str| model(name, &format!(r#","sub_type":"{sub_type}","is_default":true"#));
        let plain = |name: &str, sub_type: &str| model(name, &format!(r#","sub_type":"{sub_type}""#));
        let first = [ACME.to_owned(), default("a", "chat"), plain("b", "search"), plain("c", "chat"), default("d", "search"),
            default("e", "ocr")];
        import_as_told(&database, &first).await;
        let second = [plain("a", "chat"), default("b", "search"), default("c", "chat"), plain("d", "search"), default("f", "ocr")];
        let report = import_as_told(&database, &second).await;
        assert_eq!(report.of(Kind::Models), Counts { created: 1, updated: 5, ..Counts::default() });
        let defaults = "SELECT name AS value FROM models WHERE is_default ORDER BY name";
        assert_eq!(database.texts(defaults).await, ["b", "c", "f"]);
        let versions = "SELECT name || version AS value FROM models ORDER BY name";
        assert_eq!(database.texts(versions).await, ["a2", "b2", "c2", "d2", "e2", "f1"]);
        import_as_told(&database, &first).await;
        assert_eq!(database.texts(defaults).await, ["a", "d", "e"]);
    }

    /// What is wrong with the last model undoes all that was written for those before it.
    async fn an_error_in_the_last_window_leaves_nothing(database: TestDatabase) {
        let flying = model("z", r#","capabilities":[{"name":"flight"}]"#);
        let mut records = vec![VISION.to_owned(), ACME.to_owned()];
        records.extend((0..7).map(|number| model(&format!("m{number}"), r#","capabilities":[{"name":"vision"}]"#)));
        records.push(flying);
        let message = "line 11.capabilities.flight: there is no capability \"flight\"; define it in the file";
        for dry_run in [true, false] {
            let error = import(&database, file(&records).expect("readable"), 2, dry_run).await.expect_err("refused");
            assert_eq!(error.to_string(), message);
        }
        assert!(database.rows().await.is_empty());
        assert_eq!(database.texts("SELECT CAST(id AS TEXT) AS value FROM change_sets").await, [""; 0]);
    }

    /// What only the whole file can tell is told by the lines, however far they are from each other.
    async fn what_stands_twice_is_found_across_windows(database: TestDatabase) {
        let with = |last: String| {
            let mut records = vec![ACME.to_owned(), model("a", r#","aliases":["x"],"is_default":true"#)];
            records.extend(["b", "c", "d", "e"].map(|name| model(name, "")));
            records.push(last);
            file(&records)
        };
        let twice = with(model("a", "")).expect_err("twice").to_string();
        assert_eq!(twice, "line 8: the model \"a\" of \"acme\" stands in the file already");
        for (last, message) in [
            (model("f", r#","aliases":["x"]"#),
                "line 8.aliases.x: is another model's alias, or stands in the list twice; keep one of the two"),
            (model("f", r#","is_default":true"#),
                "line 8.is_default: a second default for (language, no sub-type), beside that at line 3; keep one of the two"),
            (succeeded("f", "nobody"), "line 8.successor: there is no model \"nobody\" of \"acme\""),
            (succeeded("f", "f"), "line 8.successor: the successors lead back to the model itself; one of them must have none"),
        ] {
            let error = import(&database, with(last).expect("readable"), 2, false).await.expect_err("refused");
            assert_eq!(error.to_string(), message);
        }
        assert!(database.rows().await.is_empty());
    }

    /// The database is asked for each window, not for each model.
    async fn statements_are_counted_by_windows(database: TestDatabase) {
        let parameters = r#","parameters":[{"name":"depth","type":"int","value":3}],"capabilities":[{"name":"vision"}]"#;
        let mut records = vec![VISION.to_owned(), ACME.to_owned()];
        records.extend((0..80).map(|number| model(&format!("m{number}"), parameters)));
        import(&database, file(&records).expect("sound"), 80, false).await.expect("an import");
        let mut statements = Vec::new();
        for window in [80, 40, 20] {
            let before = database.store().statistics().statements();
            let report = import(&database, file(&records).expect("sound"), window, false).await.expect("an import");
            assert_eq!((report.changes(), report.of(Kind::Models).unchanged), (0, 80));
            statements.push(database.store().statistics().statements() - before);
        }
        let of_a_window = statements[1] - statements[0];
        assert!((1..=8).contains(&of_a_window), "{statements:?}");
        assert_eq!(statements[2] - statements[1], 2 * of_a_window, "{statements:?}");
    }
}

/// Files that are there already as drafts, such as third parties', go the same way.
#[tokio::test(flavor = "multi_thread")]
async fn drafts_are_applied_in_windows_too() {
    let database = <TestDatabase as crate::support::Fixture>::on(crate::support::DatabaseKind::Sqlite).await;
    let records = [
        succeeded("a", "e"),
        ACME.to_owned(),
        succeeded("b", "d"),
        model("c", ""),
        succeeded("d", "a"),
        model("e", ""),
    ];
    let held = || Source::from(own::read(text(&records).as_bytes()).expect("sound"));
    let told = import(&database, held(), 2, true).await.expect("a dry run");
    let done = import(&database, held(), 2, false).await.expect("an import");
    assert_eq!(Report { dry_run: false, change_set: done.change_set, ..told }, done);
    assert_eq!(export(&database).await, canonical(&records));
}
