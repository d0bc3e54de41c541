//! Commands that end by themselves, and settings that can't be used.

use std::path::Path;

use super::process::{complaint, modelry, output};

#[test]
fn the_schema_is_printed_as_it_is_committed() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = output(&folder, &["schema"]);
    assert!(output.status.success());
    let committed = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql")).expect("the file");
    assert!(output.stdout == committed, "see graphql::schema::the_committed_schema_is_the_current_one");
}

#[test]
fn a_database_of_an_unknown_kind_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in ["serve", "migrate", "export"] {
        let said =
            complaint(modelry(&folder, &[command, "--database-url", "mysql://somebody:hunter2@127.0.0.1/models"]));
        assert!(said.starts_with("error: "), "{said}");
        assert!(said.contains("sqlite://") && said.contains("postgres://"), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

/// Not even the superuser can make a folder below a file.
#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("file"), "").expect("written");
    for command in ["serve", "migrate"] {
        let said = complaint(modelry(&folder, &[command, "--database-url", "sqlite://file/data/modelry.db"]));
        assert!(said.contains("file/data"), "{said}");
    }
}

#[test]
fn settings_that_are_none_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    for (content, named) in [
        ("lisen = \"127.0.0.1:1\"\n", "lisen"),
        ("[http]\nmax_depht = 3\n", "max_depht"),
        ("listen = \"here\"\n", "listen"),
        ("[limits]\nmax_depth = \"deep\"\n", "max_depth"),
        ("[http\n", "modelry.toml"),
    ] {
        // The file that is read unless another is named.
        std::fs::write(folder.path().join("modelry.toml"), content).expect("written");
        let said = complaint(modelry(&folder, &["serve", "--database-url", "sqlite://data/modelry.db"]));
        assert!(said.contains(named), "{content}: {said}");
        assert!(!folder.path().join("data").exists(), "nothing is made with settings that can't be used");
    }
    let said = complaint(modelry(&folder, &["serve", "--config", "missing.toml"]));
    assert!(said.contains("missing.toml"), "{said}");
}

/// The database that is used is the one of the command line, else of the environment, else of the file.
#[test]
fn the_command_line_goes_before_the_environment_and_that_before_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("modelry.toml"), "database_url = \"sqlite://file.db\"\n").expect("written");
    let made = || {
        let mut names: Vec<String> = std::fs::read_dir(folder.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "db"))
            .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    assert!(output(&folder, &["migrate"]).status.success());
    assert_eq!(made(), ["file.db"]);
    let in_environment = |arguments: &[&str]| {
        let mut command = modelry(&folder, arguments);
        command.env("MODELRY_DATABASE_URL", "sqlite://environment.db").output().expect("the program runs")
    };
    assert!(in_environment(&["migrate"]).status.success());
    assert_eq!(made(), ["environment.db", "file.db"]);
    assert!(in_environment(&["migrate", "--database-url", "sqlite://flag.db"]).status.success());
    assert_eq!(made(), ["environment.db", "file.db", "flag.db"]);
}

#[test]
fn a_migration_says_what_it_did() {
    let folder = tempfile::tempdir().expect("a folder");
    let migrate = || output(&folder, &["migrate", "--database-url", "sqlite://data/modelry.db"]);
    let said = |output: &std::process::Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let first = migrate();
    assert!(first.status.success() && said(&first).starts_with("applied "), "{first:?}");
    let second = migrate();
    assert_eq!((second.status.code(), said(&second).as_str()), (Some(0), "the schema is up to date\n"));
}

#[test]
fn a_server_that_is_away_is_an_error_for_commands() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = "postgres://somebody:hunter2@127.0.0.1:1/modelry";
    for command in ["migrate", "export"] {
        let said = complaint(modelry(&folder, &[command, "--database-url", url]));
        assert!(said.contains("can't be reached"), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}
