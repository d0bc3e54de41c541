//! The tree of categories.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{Registry, category_input};
use crate::support::on_both_databases;

async fn paths(registry: &Registry) -> Vec<String> {
    let data = registry.run("{ categories(first: 100) { nodes { path } } }", json!({})).await;
    let nodes = data["categories"]["nodes"].as_array().expect("a list");
    nodes.iter().map(|node| node["path"].as_str().expect("a path").to_owned()).collect()
}

on_both_databases! {
    /// A category takes everything below it along, by its name and by its place.
    async fn subtrees_follow(registry: Registry) {
        let a = registry.category("a", None).await;
        let b = registry.category("b", Some(&a)).await;
        registry.category("c", Some("a/b")).await;
        registry.category("ab", None).await;
        let rename = json!({ "id": a, "name": "x" });
        assert_eq!(registry.mutate("updateCategory", "category { path }", rename).await.ok()["path"], "x");
        assert_eq!(paths(&registry).await, ["ab", "x", "x/b", "x/b/c"]);
        let to = json!({ "id": b, "parentId": "ab", "position": 3 });
        let answer = registry.mutate("moveCategory", "category { path position parent { path } }", to).await;
        assert_eq!(answer.ok(), &json!({ "path": "ab/b", "position": 3, "parent": { "path": "ab" } }));
        assert_eq!(paths(&registry).await, ["ab", "ab/b", "ab/b/c", "x"]);
        let root = json!({ "id": b, "parentId": null });
        assert_eq!(registry.mutate("moveCategory", "category { path }", root).await.ok()["path"], "b");
        assert_eq!(paths(&registry).await, ["ab", "b", "b/c", "x"]);
    }

    /// A category never comes below itself, however the moves are made.
    async fn there_are_no_cycles(registry: Registry) {
        let a = registry.category("a", None).await;
        let b = registry.category("b", Some(&a)).await;
        let c = registry.category("c", Some(&b)).await;
        let below = async |id: &str, parent: &str| {
            let input = json!({ "id": id, "parentId": parent });
            registry.mutate("moveCategory", "category { path }", input).await
        };
        for parent in [&a, &b, &c] {
            assert_eq!(below(&a, parent).await.wrong(), [("parentId", "CYCLE")]);
        }
        let (left, right) = (registry.category("left", None).await, registry.category("right", None).await);
        let answers = join_all([below(&left, &right), below(&right, &left)]).await;
        assert_eq!(answers.iter().filter(|answer| answer.errors.is_empty()).count(), 1);
    }

    /// Siblings have different names, and the tree has its limits.
    async fn places_are_checked(registry: Registry) {
        let a = registry.category("a", None).await;
        registry.category("b", Some(&a)).await;
        let b = registry.category("b", None).await;
        let create = async |input: Value| registry.mutate("createCategory", "category { id }", input).await;
        assert_eq!(create(category_input("b", None)).await.wrong(), [("name", "TAKEN")]);
        assert_eq!(create(category_input("a/b", Some("nowhere"))).await.wrong(), [
            ("name", "INVALID"), ("parentId", "NOT_FOUND"),
        ]);
        let to = json!({ "id": b, "parentId": a });
        assert_eq!(registry.mutate("moveCategory", "category { id }", to).await.wrong(), [("parentId", "TAKEN")]);
        let mut parent = b;
        for level in 2..=20 {
            parent = registry.category(&format!("l{level}"), Some(&parent)).await;
        }
        assert_eq!(create(category_input("l21", Some(&parent))).await.wrong(), [("parentId", "TOO_MANY")]);
        let root = registry.node(&parent, "... on Category { ancestors { id } }").await["ancestors"][0]["id"].clone();
        let deeper = json!({ "id": root, "parentId": "a/b" });
        let answer = registry.mutate("moveCategory", "category { id }", deeper).await;
        assert_eq!(answer.wrong(), [("parentId", "TOO_MANY")]);
    }

    /// What was deleted with a category comes back with it, to where its parent is by then; what was deleted before stays.
    async fn subtrees_come_back(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let a = registry.category("a", None).await;
        let b = registry.category("b", Some(&a)).await;
        let c = registry.category("c", Some(&b)).await;
        let earlier = registry.category("earlier", Some(&b)).await;
        let model = registry.model(&supplier, "m", json!({ "categories": [b, "a/b/c"] })).await;
        registry.mutate("deleteCategory", "category { id }", json!({ "id": earlier })).await.ok();
        let refused = registry.mutate("deleteCategory", "category { id }", json!({ "id": b })).await;
        assert_eq!(refused.wrong(), [("id", "IN_USE")]);
        assert!(refused.messages[0].contains("1 live"), "{:?}", refused.messages);
        registry.mutate("deleteCategory", "category { id }", json!({ "id": b, "cascade": true })).await.ok();
        assert_eq!(paths(&registry).await, ["a"]);
        let categories = async || registry.node(&model, "... on Model { categories { path } }").await["categories"].clone();
        assert_eq!(categories().await, json!([]));

        let orphan = registry.mutate("restoreCategory", "category { id }", json!({ "id": c })).await;
        assert_eq!(orphan.wrong(), [("id", "NOT_FOUND")]);
        registry.mutate("updateCategory", "category { id }", json!({ "id": a, "name": "z" })).await.ok();
        let restored = registry.mutate("restoreCategory", "category { path deletedAt }", json!({ "id": b })).await;
        assert_eq!(restored.ok(), &json!({ "path": "z/b", "deletedAt": null }));
        assert_eq!(paths(&registry).await, ["z", "z/b", "z/b/c"]);
        assert_eq!(categories().await, json!([{ "path": "z/b" }, { "path": "z/b/c" }]));
    }

    /// A branch isn't restored to where it would reach too deep by now.
    async fn a_branch_that_got_too_deep_stays_deleted(registry: Registry) {
        let a = registry.category("a", None).await;
        let b = registry.category("b", Some(&a)).await;
        registry.category("c", Some(&b)).await;
        let mut deep = registry.category("l1", None).await;
        for level in 2..=18 {
            deep = registry.category(&format!("l{level}"), Some(&deep)).await;
        }
        registry.mutate("deleteCategory", "category { id }", json!({ "id": b, "cascade": true })).await.ok();
        registry.mutate("moveCategory", "category { id }", json!({ "id": a, "parentId": deep })).await.ok();
        let answer = registry.mutate("restoreCategory", "category { id }", json!({ "id": b })).await;
        assert_eq!(answer.wrong(), [("id", "TOO_MANY")]);
    }

    /// A place that was taken since is not given back.
    async fn a_taken_place_stays_taken(registry: Registry) {
        let a = registry.category("a", None).await;
        registry.mutate("deleteCategory", "category { id }", json!({ "id": a })).await.ok();
        let again = registry.category("a", None).await;
        let id = json!({ "id": a });
        assert_eq!(registry.mutate("restoreCategory", "category { id }", id.clone()).await.wrong(), [("id", "TAKEN")]);
        registry.mutate("updateCategory", "category { id }", json!({ "id": again, "name": "b" })).await.ok();
        assert_eq!(registry.mutate("restoreCategory", "category { path }", id).await.ok()["path"], "a");
        assert_eq!(paths(&registry).await, ["a", "b"]);
    }

    /// Models are put into categories by id or path, and taken out of them.
    async fn models_are_put_into_categories(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let a = registry.category("a", None).await;
        registry.category("b", Some(&a)).await;
        let model = registry.model(&supplier, "m", json!({})).await;
        let selection = "model { categories { path } }";
        let both = json!({ "modelId": model, "categories": [a, "a/b"] });
        for _ in 0..2 {
            let answer = registry.mutate("attachCategories", selection, both.clone()).await;
            assert_eq!(answer.ok()["categories"], json!([{ "path": "a" }, { "path": "a/b" }]));
        }
        let one = json!({ "modelId": model, "categories": ["a"] });
        let answer = registry.mutate("detachCategories", selection, one).await;
        assert_eq!(answer.ok()["categories"], json!([{ "path": "a/b" }]));
        let wrong = json!({ "modelId": model, "categories": ["a", "x", "Model:1"] });
        assert_eq!(registry.mutate("attachCategories", selection, wrong).await.wrong(), [
            ("categories.1", "NOT_FOUND"), ("categories.2", "WRONG_TYPE"),
        ]);
    }
}
