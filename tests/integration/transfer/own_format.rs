//! Files of the own format, which are complete.

use modelry::registry::transfer::apply::{Counts, Kind};

use super::{from_own, row};
use crate::support::{TestDatabase, on_both_databases};

const ACME: &str = r#"{"kind":"supplier","name":"acme","display_name":"Acme","extra":{"x":{"a":1}}}"#;
const VISION: &str = r#"{"kind":"capability","name":"vision","display_name":"Vision","domain":"cv"}"#;

fn model(name: &str, rest: &str) -> String {
    format!(r#"{{"kind":"model","supplier":"acme","name":"{name}","model_type":"language"{rest}}}"#)
}

fn default(name: &str, sub_type: &str) -> String {
    model(name, &format!(r#","sub_type":"{sub_type}","is_default":true"#))
}

on_both_databases! {
    async fn what_a_complete_file_doesnt_say_is_no_longer_so(database: TestDatabase) {
        let full = r#","display_name":"One","aliases":["uno"],"parameters":[{"name":"depth","type":"int","value":3,"source":"x"}],"capabilities":[{"name":"vision"}],"prices":[{"component":"input","currency":"USD","amount":"1"}],"extra":{"x":{"b":2}}"#;
        database.import(from_own(&[VISION, ACME, &model("one", full), &model("two", full.replace("uno", "due").as_str())]), "2026-01-01").await;
        assert_eq!(row(&database.model("one").await, "parameters", "depth")["source"], "x");
        let report = database.import(from_own(&[r#"{"kind":"supplier","name":"acme"}"#, &model("one", "")]), "2026-01-02").await;
        for kind in [Kind::Aliases, Kind::Parameters, Kind::CapabilityLinks, Kind::Prices] {
            assert_eq!(report.of(kind), Counts { removed: 1, ..Counts::default() }, "{kind:?}");
        }
        let one = database.model("one").await;
        for key in ["display_name", "aliases", "parameters", "capabilities", "prices", "extra"] {
            assert!(one[key].is_null(), "{key}");
        }
        assert!(database.supplier("acme").await["display_name"].is_null());
        assert_eq!(database.model("two").await["aliases"][0], "due", "records that aren't in the file stay");
    }

    async fn a_default_passes_from_one_model_to_another(database: TestDatabase) {
        database.import(from_own(&[ACME, &default("a", "chat"), &default("b", "search")]), "2026-01-01").await;
        let report = database.import(from_own(&[&default("c", "chat")]), "2026-01-02").await;
        assert_eq!(report.of(Kind::Models), Counts { created: 1, updated: 1, ..Counts::default() });
        assert!(database.model("a").await["is_default"].is_null());
        assert_eq!(database.model("c").await["is_default"], true);
        database.import(from_own(&[&default("c", "search"), &default("b", "chat")]), "2026-01-03").await;
        assert_eq!(database.model("b").await["sub_type"], "chat", "even if two change places");
        let error = database.try_import(from_own(&[&default("c", "chat"), &default("d", "chat")]), "2026-01-04").await;
        let message = "line 3.is_default: a second default for (language, chat), beside that at line 2; keep one of the two";
        assert_eq!(error.expect_err("two defaults").to_string(), message);
    }

    async fn a_model_that_becomes_of_another_type_yields_to_its_default(database: TestDatabase) {
        use serde_json::json;
        database.import(from_own(&[ACME, &default("a", "chat"), &default("b", "embedding")]), "2026-01-01").await;
        let litellm = json!({"a": {"litellm_provider": "acme", "mode": "embedding"}});
        database.import(crate::transfer::from_litellm(&litellm), "2026-01-02").await;
        assert!(database.model("a").await["is_default"].is_null());
        assert_eq!(database.model("b").await["is_default"], true);
    }

    async fn a_model_that_becomes_of_another_type_stays_the_default_where_that_has_none(database: TestDatabase) {
        use serde_json::json;
        database.import(from_own(&[ACME, &default("a", "chat")]), "2026-01-01").await;
        let litellm = json!({"a": {"litellm_provider": "acme", "mode": "embedding"}});
        let report = database.import(crate::transfer::from_litellm(&litellm), "2026-01-02").await;
        assert_eq!(report.of(Kind::Models), Counts { updated: 1, ..Counts::default() });
        let moved = database.model("a").await;
        assert_eq!((&moved["sub_type"], &moved["is_default"]), (&json!("embedding"), &json!(true)));
    }

    async fn definitions_are_replaced(database: TestDatabase) {
        database.import(from_own(&[VISION]), "2026-01-01").await;
        let report = database.import(from_own(&[&VISION.replace("Vision", "Sight")]), "2026-01-02").await;
        assert_eq!(report.of(Kind::Capabilities), Counts { updated: 1, ..Counts::default() });
    }
}
