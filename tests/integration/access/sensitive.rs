//! What not everybody may see who may read: no way leads to it but through fields that are guarded.

use std::collections::BTreeMap;

use modelry::auth::policy::{Root, action};
use modelry::domain::{Role, Scope};
use serde_json::{Value, json};

use super::ask;
use super::policy::{Introspected, named};
use crate::push::create_supplier;
use crate::support::{SmallCatalogue, on_both_databases};

/// Types that are for admins only.
const SENSITIVE: [&str; 3] = ["ApiToken", "AuditEntry", "SupplierKey"];
/// Fields below the roots that have a guard of their own, `graphql::guard::Only`; `a_suppliers_keys_are_for_admins` tries it.
const GUARDED: [&str; 1] = ["Supplier.keys"];

/// Whether a field is for admins: by the table of rights, or by a guard of its own.
fn is_guarded(schema: &Introspected, of: &str, field: &str) -> bool {
    let root = schema.roots.iter().find(|(_, name)| name == of).map(|(root, _)| *root);
    match root.and_then(|root: Root| action(root, field)) {
        Some(action) => action.rule().role == Role::Admin,
        None => GUARDED.contains(&format!("{of}.{field}").as_str()),
    }
}

/// Every type that can be reached from the roots without passing a guarded field, with the field that leads there first.
fn unguarded(schema: &Introspected, possible: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, String> {
    let mut reached: BTreeMap<String, String> =
        schema.roots.iter().map(|(_, name)| (name.clone(), "a root".to_owned())).collect();
    let mut waiting: Vec<String> = reached.keys().cloned().collect();
    while let Some(of) = waiting.pop() {
        let fields = schema.types[&of]["fields"].as_array().into_iter().flatten();
        let fields = fields.map(|field| (field["name"].as_str().expect("a name"), &field["type"]));
        let open = fields.filter(|(field, _)| !is_guarded(schema, &of, field));
        let mut next: Vec<(String, String)> = open
            .map(|(field, to)| (named(to)["name"].as_str().expect("a name").to_owned(), format!("{of}.{field}")))
            .collect();
        next.extend(possible.get(&of).into_iter().flatten().map(|to| (to.clone(), format!("what may be a {of}"))));
        for (to, by) in next {
            if !reached.contains_key(&to) {
                reached.insert(to.clone(), by);
                waiting.push(to);
            }
        }
    }
    reached
}

on_both_databases! {
    /// A new field that leads to what is for admins only has to be guarded, and named here.
    async fn nothing_for_admins_is_reached_by_an_open_field(app: SmallCatalogue) {
        let schema = Introspected::of(&app).await;
        let unions = app.query("{ __schema { types { name possibleTypes { name } } } }").await;
        let names = |list: &Value| -> Vec<String> {
            list.as_array().into_iter().flatten().map(|each| each["name"].as_str().expect("a name").to_owned()).collect()
        };
        let unions = unions["__schema"]["types"].as_array().expect("types").iter();
        let possible = unions.map(|each| (each["name"].as_str().expect("a name").to_owned(), names(&each["possibleTypes"]))).collect();
        let reached = unguarded(&schema, &possible);
        for sensitive in SENSITIVE {
            assert!(schema.types.contains_key(sensitive), "{sensitive} is no type");
            assert_eq!(reached.get(sensitive), None, "{sensitive} is reached by a field that is not guarded");
        }
        for ordinary in ["Supplier", "Model", "ModelDifference", "PriceDifference", "ChangeSet", "Viewer"] {
            assert!(reached.contains_key(ordinary), "{ordinary} is not reached at all");
        }
        for guarded in GUARDED {
            let (of, field) = guarded.split_once('.').expect("a type and a field");
            assert!(schema.fields(of).iter().any(|each| each["name"] == field), "{guarded} is no field");
        }
    }

    /// Keys of suppliers are for admins whose scopes say so, by whatever way one comes to a supplier.
    async fn a_suppliers_keys_are_for_admins(app: SmallCatalogue) {
        let id = create_supplier(&app, "keyed").await;
        let enter = "mutation($input: CreateSupplierKeyInput!) { createSupplierKey(input: $input) { userErrors { message } } }";
        let input = json!({ "supplierId": id, "label": "planted-label", "secret": "sk-0123456789-abcdef" });
        assert_eq!(app.graphql(enter, json!({ "input": input })).await.data()["createSupplierKey"]["userErrors"], json!([]));
        let create = "mutation($input: CreateModelInput!) { createModel(input: $input) { userErrors { message } } }";
        let model = json!({ "supplierId": id, "name": "keyed-model", "modelType": "LANGUAGE" });
        assert_eq!(app.graphql(create, json!({ "input": model })).await.data()["createModel"]["userErrors"], json!([]));
        let reads = [
            "{ suppliers(where: { name: { eq: \"keyed\" } }) { nodes { keys { label } } } }",
            "query($id: ID!) { node(id: $id) { ... on Supplier { keys { label } } } }",
            "query($id: ID!) { nodes(ids: [$id]) { ... on Supplier { keys { label } } } }",
            "{ models(where: { name: { eq: \"keyed-model\" } }) { nodes { supplier { keys { label } } } } }",
        ];
        let write = "mutation($id: ID!) { updateSupplier(input: { id: $id, displayName: \"Keyed\" }) { supplier { keys { label } } userErrors { message } } }";
        let scoped = async |name: &str, scopes: &[Scope]| {
            app.make_token_with(name, Role::Admin, |token| token.scopes = Some(scopes.to_vec())).await
        };
        let viewer = app.make_token("viewer", Role::Viewer).await;
        let editor = app.make_token("editor", Role::Editor).await;
        let catalogue = scoped("catalogue", &[Scope::CatalogueRead, Scope::CatalogueWrite, Scope::CataloguePurge]).await;
        let manager = scoped("manager", &[Scope::CatalogueRead, Scope::AccessManage, Scope::AuditRead]).await;
        for (who, token, code, writes) in [
            ("anonymous", None, "UNAUTHENTICATED", false),
            ("viewer", Some(&viewer), "FORBIDDEN", false),
            ("editor", Some(&editor), "FORBIDDEN", true),
            ("catalogue", Some(&catalogue), "FORBIDDEN", true),
            ("manager", Some(&manager), "FORBIDDEN", false),
        ] {
            for document in reads.iter().chain(writes.then_some(&write)) {
                let response = ask(&app, token.map(String::as_str), document, json!({ "id": id })).await;
                assert_eq!(response.code(), code, "{document} by {who}: {}", response.text);
                let message = response.errors()[0]["message"].as_str().expect("a message");
                assert!(message.starts_with("keys needs the"), "{document} by {who}: {message}");
                assert!(!response.text.contains("planted-label"), "{document} by {who}: {}", response.text);
            }
        }
        let keeper = scoped("keeper", &[Scope::CatalogueRead, Scope::KeysManage]).await;
        for document in reads {
            let response = ask(&app, Some(&keeper), document, json!({ "id": id })).await;
            assert!(response.errors().is_empty() && response.text.contains("planted-label"), "{document}: {}", response.text);
        }
    }
}
