//! What SECURITY.md promises, held against the tests it names and the rules it rests on.

use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every row of a table of promises: what, the file and the test.
fn rows(document: &str) -> Vec<[&str; 3]> {
    let mut rows = Vec::new();
    let mut within = false;
    for line in document.lines() {
        if line == "| promise | file | test |" {
            within = true;
        } else if !line.starts_with('|') {
            within = false;
        } else if within && !line.starts_with("|---") {
            let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
            rows.push(cells.try_into().unwrap_or_else(|_| panic!("three cells: {line}")));
        }
    }
    rows
}

/// Every promise has a test, by file and name; who renames a test renames it there too.
#[test]
fn every_promise_has_its_test() {
    let document = text("SECURITY.md");
    let rows = rows(&document);
    assert!(rows.len() > 40, "the tables are found: {}", rows.len());
    let mut missing = Vec::new();
    for [promise, file, test] in rows {
        let (file, test) = (file.trim_matches('`'), test.trim_matches('`'));
        let path = if file.starts_with("src/") { file.to_owned() } else { format!("tests/integration/{file}") };
        let is_there =
            std::fs::read_to_string(root().join(&path)).is_ok_and(|source| source.contains(&format!("fn {test}(")));
        if !is_there {
            missing.push(format!("{path}: {test} ({promise})"));
        }
    }
    assert!(missing.is_empty(), "SECURITY.md names tests that don't exist:\n{}", missing.join("\n"));
}

/// `forbid` can't be taken back by any attribute.
#[test]
fn unsafe_code_is_forbidden() {
    let manifest = text("Cargo.toml");
    assert!(manifest.contains("[workspace.lints.rust]\nunsafe_code = \"forbid\"\n"));
    assert!(manifest.contains("[lints]\nworkspace = true\n"));
}

/// Whatever makes a piece of SQL takes text that lives as long as the program: none that is put together from a client's.
#[test]
fn sql_is_fixed_text() {
    let source = text("src/store/sql.rs");
    let signatures: Vec<_> =
        source.lines().filter(|line| line.trim_start().starts_with("pub") && line.contains("fn ")).collect();
    assert!(signatures.iter().any(|line| line.contains("pub fn new(text: &'static str) -> Self")), "{signatures:?}");
    for signature in signatures {
        let arguments = signature.split("->").next().unwrap_or_default().replace("&'static str", "");
        assert!(!arguments.contains("&str") && !arguments.contains(": String"), "{signature}");
    }
}
