//! Which module may use which: calls go one way, so that a change in one layer stops at the next.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each top-level module, from the inside out, with those that it may use.
const MAY_USE: [(&str, &[&str]); 16] = [
    ("domain", &[]),
    ("limits", &[]),
    ("secrets", &[]),
    ("store", &["domain"]),
    ("cache", &["limits", "store"]),
    ("registry", &["domain", "secrets", "store"]),
    ("loader", &["domain", "store"]),
    ("backup", &["domain", "store"]),
    ("push", &["domain", "loader", "store"]),
    ("auth", &["domain", "registry", "store"]),
    ("graphql", &["auth", "domain", "loader", "push", "registry", "secrets", "store"]),
    ("telemetry", &["cache", "store"]),
    ("config", &["auth", "domain", "graphql", "limits", "secrets", "store", "telemetry"]),
    (
        "app",
        &[
            "auth",
            "cache",
            "config",
            "domain",
            "graphql",
            "limits",
            "loader",
            "push",
            "registry",
            "secrets",
            "store",
            "telemetry",
        ],
    ),
    (
        "http",
        &["app", "auth", "cache", "config", "domain", "graphql", "limits", "loader", "registry", "store", "telemetry"],
    ),
    (
        "cli",
        &[
            "app",
            "auth",
            "backup",
            "config",
            "domain",
            "graphql",
            "http",
            "loader",
            "registry",
            "secrets",
            "store",
            "telemetry",
        ],
    ),
];

#[test]
fn modules_use_only_what_lies_further_in() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in files_below(&sources) {
        let module = top_level_module(file.strip_prefix(&sources).expect("a file below src"));
        let used = modules_used(&std::fs::read_to_string(&file).expect("a source file"));
        let outside = used.iter().filter(|used| !may_use(&module, used));
        wrong.extend(outside.map(|used| format!("{} uses crate::{used}", file.display())));
    }
    assert!(wrong.is_empty(), "against the order in tests/integration/layers.rs:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_has_its_place() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in files_below(&sources) {
        let module = top_level_module(file.strip_prefix(&sources).expect("a file below src"));
        let known = ["lib", "main"].contains(&module.as_str()) || MAY_USE.iter().any(|(name, _)| *name == module);
        assert!(known, "the module {module} is missing from MAY_USE in tests/integration/layers.rs");
    }
}

#[test]
fn uses_are_found_wherever_they_stand() {
    let source = "//! crate::cli\nuse crate::store::Store;\n    /// [`crate::http`]\n    let a = crate::domain::f();\n$crate::loader::m!()\n";
    assert_eq!(modules_used(source), ["domain", "loader", "store"].map(str::to_owned).into());
    assert_eq!(modules_used("use crate::{domain::A, store};"), [String::new()].into(), "a list of modules hides them");
}

fn may_use(module: &str, used: &str) -> bool {
    module == used
        || ["lib", "main"].contains(&module)
        || MAY_USE.iter().any(|(name, inner)| *name == module && inner.contains(&used))
}

/// The names behind `crate::` outside comments; an empty one where a brace follows.
fn modules_used(source: &str) -> BTreeSet<String> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.chars().take_while(|&letter| letter == '_' || letter.is_ascii_alphanumeric()).collect())
        .collect()
}

/// `store` for both `store.rs` and `store/model.rs`.
fn top_level_module(file: &Path) -> String {
    let first = file.iter().next().expect("a path");
    Path::new(first).file_stem().expect("a name").to_string_lossy().into_owned()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
