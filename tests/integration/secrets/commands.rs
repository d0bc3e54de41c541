//! `modelry keys`, and where master keys come from.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;

use super::{CREATE, configured, enter, graphql, keys, serve, supplier};
use crate::cli::process::{complaint, modelry};
use crate::support::{TestDatabase, on_both_databases};

/// 32 times the letter A, and the letter B.
const KEY_A: &str = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=";
const KEY_B: &str = "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=";

on_both_databases! {
    /// The first start makes a file for its owner alone; without that file nothing opens, and that is told.
    async fn the_file_is_made_at_the_first_start(database: TestDatabase) {
        let folder = tempfile::tempdir().expect("a folder");
        configured(&folder);
        assert_eq!(keys(&folder, &database, &["status"]), (true, "no key was sealed yet\n".to_owned()));
        let server = serve(&folder, &database, "info");
        let file = folder.path().join("master.key");
        assert_eq!(std::fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o600);
        let acme = supplier(&server.admin(), "acme").await;
        enter(&server.admin(), &acme, "production", "sk-made-up-0123456789").await;
        let (done, said) = keys(&folder, &database, &["status"]);
        assert!(done && said.starts_with("local:") && said.contains("(in use): 1 live keys, 0 deleted"), "{said}");
        assert_eq!(keys(&folder, &database, &["verify"]), (true, "1 keys open\n".to_owned()));

        std::fs::rename(&file, folder.path().join("away")).expect("moved");
        let (done, said) = keys(&folder, &database, &["verify"]);
        assert!(!done && said.contains("SupplierKey:1") && said.contains("none of the sources"), "{said}");
        let (done, said) = keys(&folder, &database, &["rotate-master"]);
        assert!(!done && said.contains("none of the sources"), "{said}");
        let another = serve(&folder, &database, "info");
        assert!(another.log().contains("can't be sealed or opened"), "{}", another.log());
        assert!(!file.exists(), "no other key is made in the place of one that is needed");
        let refused = graphql(&another.admin(), CREATE, json!({ "input": { "supplierId": acme, "label": "b", "secret": "sk-b-0123456789-abcdef" } })).await;
        assert_eq!(refused.code(), "INTERNAL", "{}", refused.text);
    }

    /// A file that others may read is refused before anything is served.
    async fn a_file_that_others_may_read_ends_the_start(database: TestDatabase) {
        let folder = tempfile::tempdir().expect("a folder");
        configured(&folder);
        let file = folder.path().join("master.key");
        std::fs::write(&file, format!("{KEY_A}\n")).expect("written");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).expect("a mode");
        let said = complaint(modelry(&folder, &["serve", "--listen", "127.0.0.1:0", "--database-url", database.url()]));
        assert!(said.contains("master.key") && said.contains("chmod 600"), "{said}");
        assert!(!said.contains(KEY_A), "{said}");
    }

    /// Keys move from the file to the environment, and there from one to the next.
    async fn master_keys_of_the_environment_take_over(database: TestDatabase) {
        let folder = tempfile::tempdir().expect("a folder");
        configured(&folder);
        let server = serve(&folder, &database, "info");
        let acme = supplier(&server.admin(), "acme").await;
        enter(&server.admin(), &acme, "production", "sk-made-up-0123456789").await;
        let run = |variable: &str, task: &str| {
            let mut command = modelry(&folder, &["keys", task, "--database-url", database.url()]);
            let output = command.env("MODELRY_MASTER_KEY", variable).output().expect("the program runs");
            let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            (output.status.success(), said)
        };
        let (done, said) = run(KEY_A, "rotate-master");
        assert!(done && said.contains("1 wrapped anew") && said.contains("is retired"), "{said}");
        let (done, said) = run(KEY_A, "rotate-master");
        assert!(!done && said.contains("no newer master key"), "{said}");
        assert!(run(&format!("{KEY_B},{KEY_A}"), "rotate-master").0);
        assert_eq!(run(KEY_B, "verify"), (true, "1 keys open\n".to_owned()));
        let (done, said) = run("bm90IGEga2V5", "verify");
        assert!(!done && said.contains("MODELRY_MASTER_KEY") && !said.contains("bm90"), "{said}");
    }
}
