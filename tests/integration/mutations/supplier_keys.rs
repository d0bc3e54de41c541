//! Keys of suppliers: written once, known by what is said of them, never shown.

use modelry::domain::ChangeChannel;
use modelry::registry::clock::Clock;
use modelry::registry::purge::{Terms, purge};
use modelry::registry::{Editor, master_key};
use modelry::secrets::SecretsError;
use modelry::store::Author;
use serde_json::{Value, json};

use super::{Answer, Registry, merge};
use crate::support::{SmallCatalogue, each, on_both_databases};

const KEY: &str = "sk-0123456789-abcdef";
const KNOWN: &str = "supplierKey { id label hint status isActive weight expiresAt rotatedAt masterKey version }";

impl Registry {
    async fn enter(&self, supplier: &str, label: &str, more: Value) -> Answer {
        let mut input = json!({ "supplierId": supplier, "label": label, "secret": KEY });
        merge(&mut input, more);
        self.mutate("createSupplierKey", KNOWN, input).await
    }

    /// Labels and statuses of the live keys of the live supplier with this name.
    async fn keys(&self, supplier: &str) -> Vec<(String, String)> {
        let document = "query($name: String!) { supplier(name: $name) { keys { label status } } }";
        let found = self.run(document, json!({ "name": supplier })).await;
        let keys = found["supplier"]["keys"].as_array().expect("a list").clone();
        let text = |key: &Value, field: &str| key[field].as_str().expect("a text").to_owned();
        keys.iter().map(|key| (text(key, "label"), text(key, "status"))).collect()
    }
}

fn pairs(keys: &[(String, String)]) -> Vec<(&str, &str)> {
    keys.iter().map(|(label, status)| (label.as_str(), status.as_str())).collect()
}

on_both_databases! {
    /// What is known of a key is shown, and opens to what was entered.
    async fn a_key_is_entered_and_known_by_its_end(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let entered = registry.enter(&supplier, "production", json!({})).await;
        let key = entered.ok();
        assert_eq!((&key["label"], &key["hint"], &key["status"]), (&json!("production"), &json!("cdef"), &json!("ACTIVE")));
        assert_eq!((&key["weight"], &key["version"], &key["expiresAt"]), (&json!(1), &json!(1), &Value::Null));
        assert!(key["masterKey"].as_str().is_some_and(|name| name.starts_with("local:")));
        let short = registry.enter(&supplier, "short", json!({ "secret": "hunter2" })).await;
        assert_eq!(short.ok()["hint"], Value::Null, "four characters would be too much of it");
        assert_eq!(pairs(&registry.keys("acme").await), [("production", "ACTIVE"), ("short", "ACTIVE")]);
        let verified = master_key::verify(registry.database.store(), &registry.database.keyring()).await.expect("opened");
        assert_eq!((verified.opened, verified.closed), (2, Vec::new()));
    }

    /// Each field says what is wrong with it, all at once.
    async fn what_is_wrong_is_told_by_field(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        registry.enter(&supplier, "taken", json!({})).await.ok();
        let long = "x".repeat(16_385);
        for (label, more, wrong) in [
            ("taken", json!({}), vec![("label", "TAKEN")]),
            (" ", json!({}), vec![("label", "INVALID")]),
            ("my 0123456789 key", json!({}), vec![("label", "INVALID")]),
            ("a", json!({ "secret": "" }), vec![("secret", "REQUIRED")]),
            ("a", json!({ "secret": " sk-padded" }), vec![("secret", "INVALID")]),
            ("a", json!({ "secret": long }), vec![("secret", "TOO_LONG")]),
            ("a", json!({ "weight": 0 }), vec![("weight", "OUT_OF_RANGE")]),
            ("a", json!({ "weight": 1001 }), vec![("weight", "OUT_OF_RANGE")]),
            ("a", json!({ "expiresAt": "2020-01-01T00:00:00Z" }), vec![("expiresAt", "OUT_OF_RANGE")]),
            ("a", json!({ "supplierId": "Supplier:999" }), vec![("supplierId", "NOT_FOUND")]),
            ("a", json!({ "supplierId": "Model:1" }), vec![("supplierId", "WRONG_TYPE")]),
            ("a", json!({ "supplierId": KEY }), vec![("supplierId", "INVALID")]),
            ("taken", json!({ "secret": "", "weight": 0 }), vec![("weight", "OUT_OF_RANGE"), ("secret", "REQUIRED"), ("label", "TAKEN")]),
        ] {
            let answer = registry.enter(&supplier, label, more.clone()).await;
            assert_eq!(answer.wrong(), wrong, "{label} {more}");
            assert!(answer.messages.iter().all(|message| !message.contains("0123456789")), "{:?}", answer.messages);
        }
    }

    /// What is known of a key can change, and only what differs counts.
    async fn what_is_known_can_change(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let id = registry.enter(&supplier, "one", json!({})).await.id();
        registry.enter(&supplier, "two", json!({})).await.ok();
        let update = async |more: Value| {
            let mut input = json!({ "id": id });
            merge(&mut input, more);
            registry.mutate("updateSupplierKey", KNOWN, input).await
        };
        assert_eq!(update(json!({ "label": "one" })).await.ok()["version"], 1);
        let changed = update(json!({ "label": "uno", "isActive": false, "weight": 9, "expiresAt": "2999-01-01T00:00:00Z" })).await;
        assert_eq!((&changed.ok()["status"], &changed.ok()["version"]), (&json!("INACTIVE"), &json!(2)));
        assert_eq!(update(json!({ "expiresAt": null, "isActive": true })).await.ok()["status"], "ACTIVE");
        assert_eq!(update(json!({ "label": "two" })).await.wrong(), [("label", "TAKEN")]);
        assert_eq!(update(json!({ "label": null })).await.wrong(), [("label", "REQUIRED")]);
        assert_eq!(update(json!({ "expectedVersion": 1, "weight": 2 })).await.wrong(), [("expectedVersion", "CONFLICT")]);
    }

    /// A new key takes the old one's place, which may be used for a while; both are listed, until the old one is deleted.
    async fn a_rotated_key_stays_for_a_while(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let id = registry.enter(&supplier, "production", json!({ "weight": 7 })).await.id();
        let rotate = async |id: &str, more: Value| {
            let mut input = json!({ "id": id, "secret": "sk-another-key-9876" });
            merge(&mut input, more);
            registry.mutate("rotateSupplierKey", "supplierKey { id label hint status weight } previous { status expiresAt }", input).await
        };
        let rotated = rotate(&id, json!({ "overlapMinutes": 60 })).await;
        let new = rotated.id();
        assert_eq!((&rotated.ok()["label"], &rotated.ok()["hint"], &rotated.ok()["weight"]), (&json!("production"), &json!("9876"), &json!(7)));
        assert_eq!(pairs(&registry.keys("acme").await), [("production", "ROTATED_OUT"), ("production", "ACTIVE")]);
        assert_eq!(rotate(&id, json!({})).await.wrong(), [("id", "CONFLICT")]);
        let longer = registry.mutate("updateSupplierKey", KNOWN, json!({ "id": id, "expiresAt": null })).await;
        assert_eq!(longer.wrong(), [("expiresAt", "OUT_OF_RANGE")]);
        assert_eq!(rotate(&new, json!({ "overlapMinutes": -1 })).await.wrong(), [("overlapMinutes", "OUT_OF_RANGE")]);
        assert_eq!(rotate(&new, json!({ "secret": "" })).await.wrong(), [("secret", "REQUIRED")]);
        rotate(&new, json!({ "overlapMinutes": 0 })).await.ok();
        assert_eq!(
            pairs(&registry.keys("acme").await),
            [("production", "ROTATED_OUT"), ("production", "EXPIRED"), ("production", "ACTIVE")]
        );
        for old in [&id, &new] {
            registry.mutate("deleteSupplierKey", KNOWN, json!({ "id": old })).await.ok();
        }
        assert_eq!(pairs(&registry.keys("acme").await), [("production", "ACTIVE")]);
        let verified = master_key::verify(registry.database.store(), &registry.database.keyring()).await.expect("opened");
        assert_eq!((verified.opened, verified.closed), (3, Vec::new()), "deleted ones open too: they can be restored");
    }

    /// Deleting frees the label, and restoring asks for it back.
    async fn a_deleted_key_can_be_restored(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let id = registry.enter(&supplier, "production", json!({})).await.id();
        registry.mutate("deleteSupplierKey", KNOWN, json!({ "id": id })).await.ok();
        let second = registry.enter(&supplier, "production", json!({})).await.id();
        let restore = async || registry.mutate("restoreSupplierKey", KNOWN, json!({ "id": id })).await;
        assert_eq!(restore().await.wrong(), [("id", "TAKEN")]);
        registry.mutate("deleteSupplierKey", KNOWN, json!({ "id": second })).await.ok();
        restore().await.ok();
        restore().await.ok();
        assert_eq!(pairs(&registry.keys("acme").await), [("production", "ACTIVE")]);
        assert_eq!(registry.node(&id, "id").await, Value::Null, "keys are reached from their suppliers only");
    }

    /// Keys go with their supplier without being asked for, and those come back with it that went with it; so it is when the
    /// deletion is reverted.
    async fn keys_go_and_come_with_their_supplier(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        registry.enter(&supplier, "one", json!({})).await.ok();
        let before = registry.enter(&supplier, "before", json!({})).await.id();
        registry.mutate("deleteSupplierKey", KNOWN, json!({ "id": before })).await.ok();
        let delete = async || registry.mutate("deleteSupplier", "supplier { id } changeSet { id }", json!({ "id": supplier })).await;
        delete().await.ok();
        let restored = registry.mutate("restoreSupplierKey", KNOWN, json!({ "id": before })).await;
        assert_eq!(restored.wrong(), [("id", "NOT_FOUND")]);
        registry.mutate("restoreSupplier", "supplier { id }", json!({ "id": supplier })).await.ok();
        assert_eq!(pairs(&registry.keys("acme").await), [("one", "ACTIVE")]);

        let document = "mutation($input: DeleteSupplierInput!) { deleteSupplier(input: $input) { changeSet { id } } }";
        let deleted = registry.run(document, json!({ "input": { "id": supplier } })).await;
        let revert = "mutation($input: RevertChangeSetInput!) { revertChangeSet(input: $input) { changeSet { id } userErrors { message } } }";
        let set = deleted["deleteSupplier"]["changeSet"]["id"].clone();
        let reverted = registry.run(revert, json!({ "input": { "id": set } })).await;
        assert_eq!(reverted["revertChangeSet"]["userErrors"], json!([]), "{reverted}");
        assert_eq!(pairs(&registry.keys("acme").await), [("one", "ACTIVE")]);
        let set = reverted["revertChangeSet"]["changeSet"]["id"].clone();
        registry.run(revert, json!({ "input": { "id": set } })).await;
        let live = registry.database.texts("SELECT CAST(count(*) AS TEXT) AS value FROM supplier_keys WHERE deleted_at IS NULL").await;
        assert_eq!(live, ["0"], "reverting the reversal deletes them again");
    }

    /// Purging removes the ciphertexts, and the supplier after them.
    async fn purging_removes_keys_for_good(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        registry.enter(&supplier, "one", json!({})).await.ok();
        registry.mutate("deleteSupplier", "supplier { id }", json!({ "id": supplier })).await.ok();
        let author = Author::new("admin", ChangeChannel::Cli, "purge", Clock::system().now());
        let editor = Editor::new(registry.database.store().clone(), author);
        let terms = |dry_run| Terms { older_than_days: 0, with_history: true, dry_run };
        for dry_run in [true, false] {
            let purged = purge(&editor, terms(dry_run)).await.expect("purged");
            assert_eq!(purged.rows, [("SupplierKey", 1), ("Supplier", 1)]);
        }
        let left = registry.database.texts("SELECT CAST(count(*) AS TEXT) AS value FROM supplier_keys").await;
        assert_eq!(left, ["0"]);
    }

    /// Those in use are told before they end; the past has no keys.
    async fn ending_keys_are_listed(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let ending = |days: i64| json!({ "expiresAt": (Clock::system().now().to_utc() + chrono::TimeDelta::days(days)).to_rfc3339() });
        for (label, days) in [("soon", 3), ("later", 30)] {
            registry.enter(&supplier, label, ending(days)).await.ok();
        }
        registry.enter(&supplier, "never", json!({})).await.ok();
        let off = registry.enter(&supplier, "off", ending(2)).await.id();
        registry.mutate("updateSupplierKey", KNOWN, json!({ "id": off, "isActive": false })).await.ok();
        for (arguments, labels) in [("", vec!["soon"]), ("(withinDays: 60)", vec!["soon", "later"]), ("(withinDays: 60, first: 1)", vec!["soon"])] {
            let found = registry.run(&format!("{{ expiringSupplierKeys{arguments} {{ label status supplier {{ name }} }} }}"), json!({})).await;
            assert_eq!(each(&found["expiringSupplierKeys"], "label"), labels, "{arguments}");
        }
        for arguments in ["withinDays: -1", "withinDays: 3661", "first: 0", "first: 101"] {
            let refusal = registry.refusal(&format!("{{ expiringSupplierKeys({arguments}) {{ label }} }}"), json!({})).await;
            assert!(refusal.starts_with(arguments.split(':').next().expect("a name")), "{refusal}");
        }
        let now = Clock::system().now().to_text();
        let past = registry.run(&format!("{{ at(time: \"{now}\") {{ supplier(name: \"acme\") {{ name keys {{ label }} }} }} }}"), json!({})).await;
        assert_eq!(past["at"]["supplier"], json!({ "name": "acme", "keys": null }));
    }

    /// What was sealed for one row opens in no other, whole or in part.
    async fn a_ciphertext_that_was_moved_does_not_open(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let other = registry.supplier("other").await;
        for (supplier, label) in [(&supplier, "one"), (&supplier, "two"), (&other, "one")] {
            registry.enter(supplier, label, json!({})).await.ok();
        }
        let (database, keyring) = (&registry.database, registry.database.keyring());
        let closed = async |set: &str| {
            database.execute("CREATE TABLE kept AS SELECT * FROM supplier_keys").await.expect("kept");
            database.execute(&format!("UPDATE supplier_keys SET {set} WHERE id = 2")).await.expect(set);
            let verified = master_key::verify(database.store(), &keyring).await.expect("opened");
            let back = "UPDATE supplier_keys SET ciphertext = (SELECT ciphertext FROM kept WHERE kept.id = supplier_keys.id),
                wrapped_key = (SELECT wrapped_key FROM kept WHERE kept.id = supplier_keys.id),
                identity = 'x' || id, supplier_id = (SELECT supplier_id FROM kept WHERE kept.id = supplier_keys.id)";
            database.execute(back).await.expect("back");
            database.execute("UPDATE supplier_keys SET identity = (SELECT identity FROM kept WHERE kept.id = supplier_keys.id)").await.expect("back");
            database.execute("DROP TABLE kept").await.expect("dropped");
            verified.closed
        };
        let of = |column: &str| format!("{column} = (SELECT {column} FROM kept WHERE id = 1)");
        for set in [
            of("ciphertext"),
            of("wrapped_key"),
            format!("{}, {}", of("ciphertext"), of("wrapped_key")),
            "supplier_id = 2".to_owned(),
            "identity = 'another'".to_owned(),
        ] {
            assert_eq!(closed(&set).await, [(2, SecretsError::Closed)], "{set}");
        }
        assert_eq!(master_key::verify(database.store(), &keyring).await.expect("opened").opened, 3);
    }

    /// The keys of all suppliers of a page are one statement, and so are their suppliers.
    async fn keys_are_loaded_together(app: SmallCatalogue) {
        let ids = app.query("{ suppliers { nodes { id } } }").await;
        let create = "mutation($input: CreateSupplierKeyInput!) { createSupplierKey(input: $input) { userErrors { message } } }";
        for id in each(&ids["suppliers"]["nodes"], "id") {
            for label in ["one", "two"] {
                let input = json!({ "supplierId": id, "label": label, "secret": KEY });
                assert_eq!(app.graphql(create, json!({ "input": input })).await.data()["createSupplierKey"]["userErrors"], json!([]));
            }
        }
        for (query, statements) in [
            ("{ suppliers { nodes { keys { label status } } } }", 2),
            ("{ suppliers { nodes { name keys { label supplier { name } } } } }", 3),
        ] {
            let response = app.graphql(query, json!({})).await;
            let suppliers = response.data()["suppliers"]["nodes"].as_array().expect("suppliers").clone();
            assert!(suppliers.len() > 1 && suppliers.iter().all(|supplier| each(&supplier["keys"], "label") == ["one", "two"]));
            assert_eq!(response.statements(), statements, "{query}");
        }
    }
}
