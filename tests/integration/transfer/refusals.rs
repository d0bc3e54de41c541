//! Files that are refused: as a whole, with the path of what is wrong.

use modelry::domain::ModelType;
use modelry::registry::transfer::apply::Origin;
use modelry::registry::transfer::draft::{Draft, ModelDraft, SupplierDraft};
use modelry::registry::transfer::{litellm, models_dev, own};

use super::{File, from_own, repetition};
use crate::support::{TestDatabase, on_both_databases};

const ACME: &str = r#"{"kind":"supplier","name":"acme"}"#;

async fn refusal(database: &TestDatabase, records: &[&str]) -> String {
    let before = database.rows().await;
    let error = database.try_import(from_own(records), "2026-01-01").await.expect_err("refused");
    assert_eq!(database.rows().await, before, "nothing is written");
    error.to_string()
}

#[test]
fn files_that_are_cut_off_or_of_another_format_are_refused() {
    let sound = repetition::snapshot().to_string();
    let cut = &sound.as_bytes()[..sound.len() - 40];
    assert!(models_dev::read(cut).expect_err("cut off").to_string().starts_with("line 1, column "));
    assert!(
        litellm::read(sound.as_bytes()).expect_err("another format").to_string().starts_with("this is no litellm file")
    );
    let twice = "{\"format\":\"modelry\",\"version\":1}\n{\"kind\":\"supplier\",\"name\":\"a\"}\n{\"kind\":\"supplier\",\"name\":\"a\"}";
    let message = own::read(twice.as_bytes()).expect_err("twice").to_string();
    assert_eq!(message, "line 3: the supplier \"a\" stands in the file already");
}

on_both_databases! {
    async fn a_model_that_stands_twice_is_refused(database: TestDatabase) {
        let model = |path: &str| ModelDraft::new(path.to_owned(), "acme".to_owned(), "one".to_owned(), ModelType::Language);
        let supplier = SupplierDraft { name: "acme".to_owned(), ..SupplierDraft::default() };
        let draft = Draft { suppliers: vec![supplier], models: vec![model("a"), model("b")], ..Draft::default() };
        let error = database.try_import(File(draft, Origin::ThirdParty("x")), "2026-01-01").await.expect_err("twice");
        assert!(error.to_string().starts_with("b: ") && error.to_string().contains("here and at a"), "{error}");
        assert!(database.rows().await.is_empty());
    }

    async fn what_is_missing_is_told(database: TestDatabase) {
        let model = r#"{"kind":"model","supplier":"acme","name":"one","model_type":"language""#;
        assert_eq!(
            refusal(&database, &[&format!("{model}}}")]).await,
            "line 2.supplier: there is no supplier \"acme\"; the file must hold it"
        );
        let with = |rest: &str| format!("{model},{rest}}}");
        assert_eq!(
            refusal(&database, &[ACME, &with(r#""capabilities":[{"name":"flight"}]"#)]).await,
            "line 3.capabilities.flight: there is no capability \"flight\"; define it in the file"
        );
        assert_eq!(
            refusal(&database, &[ACME, &with(r#""categories":["llm/chat"]"#)]).await,
            "line 3.categories.llm/chat: there is no category \"llm/chat\"; define it in the file"
        );
        assert_eq!(
            refusal(&database, &[ACME, &with(r#""successor":{"supplier":"acme","name":"two"}"#)]).await,
            "line 3.successor: there is no model \"two\" of \"acme\""
        );
        let orphan = r#"{"kind":"category","path":"llm/chat","display_name":"Chat","category_type":"task"}"#;
        assert_eq!(
            refusal(&database, &[orphan]).await,
            "line 2: its parent, the category \"llm\", is missing"
        );
    }

    async fn values_that_break_their_own_rules_are_told(database: TestDatabase) {
        let with = |rest: &str| format!(r#"{{"kind":"model","supplier":"acme","name":"one","model_type":"language",{rest}}}"#);
        let chosen = r#""parameters":[{"name":"effort","type":"string","value":"mid","allowed_values":["low"]}]"#;
        assert_eq!(
            refusal(&database, &[ACME, &with(chosen)]).await,
            "line 3.parameters.effort.value: \"mid\" is not one of [\"low\"]"
        );
        let backwards = r#""prices":[{"component":"input","currency":"USD","amount":"1","valid_from":"2026-02-01","valid_until":"2026-01-01"}]"#;
        assert_eq!(
            refusal(&database, &[ACME, &with(backwards)]).await,
            "line 3.prices.input.valid_until: must be later than valid_from"
        );
    }

    async fn successors_lead_to_an_end(database: TestDatabase) {
        let model = |name: &str, successor: &str| format!(
            r#"{{"kind":"model","supplier":"acme","name":"{name}","model_type":"language","successor":{{"supplier":"acme","name":"{successor}"}}}}"#
        );
        let end = r#"{"kind":"model","supplier":"acme","name":"c","model_type":"language"}"#;
        database.import(from_own(&[ACME, &model("a", "b"), &model("b", "c"), end]), "2026-01-01").await;
        assert_eq!(database.model("a").await["successor"]["name"], "b");
        let message = "line 2.successor: the successors lead back to the model itself; one of them must have none";
        assert_eq!(refusal(&database, &[&model("c", "a")]).await, message);
    }

    async fn an_alias_has_one_model(database: TestDatabase) {
        let model = |name: &str| format!(r#"{{"kind":"model","supplier":"acme","name":"{name}","model_type":"language","aliases":["x"]}}"#);
        assert_eq!(
            refusal(&database, &[ACME, &model("a"), &model("b")]).await,
            "line 4.aliases.x: is another model's alias, or stands in the list twice; keep one of the two"
        );
    }
}
