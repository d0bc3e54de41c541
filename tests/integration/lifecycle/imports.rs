//! Imports state facts: stages and days as files have them.

use modelry::registry::transfer::apply::{self, Options, Origin};
use modelry::registry::transfer::draft::Draft;
use modelry::registry::transfer::{litellm, models_dev, openrouter, own};
use serde_json::json;

use super::Calendar;
use crate::support::on_both_databases;

const HEAD: &str = "{\"format\":\"modelry\",\"version\":1}\n{\"kind\":\"supplier\",\"name\":\"acme\"}\n";

fn models_dev_file(status: Option<&str>) -> Draft {
    let model =
        status.map_or(json!({ "id": "m", "name": "M" }), |status| json!({ "id": "m", "name": "M", "status": status }));
    let file = json!({ "acme": { "id": "acme", "name": "Acme", "models": { "m": model } } });
    models_dev::read(file.to_string().as_bytes()).expect("a file")
}

async fn import(calendar: &Calendar, draft: Draft, origin: Origin) {
    let app = calendar.app.parts();
    apply::apply(app.store(), draft, origin, &Options::default(), app.clock()).await.expect("taken");
}

on_both_databases! {
    /// A file's stage is taken, also where a mutation couldn't move there.
    async fn files_move_models_as_they_like(calendar: Calendar) {
        let id = calendar.model("m", json!({})).await;
        for (status, stage) in [(Some("deprecated"), "DEPRECATED"), (Some("alpha"), "DRAFT"), (Some("deprecated"), "DEPRECATED"), (None, "ACTIVE")] {
            import(&calendar, models_dev_file(status), Origin::ThirdParty("models-dev")).await;
            assert_eq!(calendar.stage(&id).await, stage, "{status:?}");
        }
        calendar.update(&id, json!({ "lifecycleStage": "RETIRED" })).await.ok();
        import(&calendar, models_dev_file(Some("alpha")), Origin::ThirdParty("models-dev")).await;
        assert_eq!(calendar.stage(&id).await, "DRAFT");
    }

    /// A file without days doesn't take back what a day has brought about, nor change the row each time.
    async fn files_without_days_dont_undo_days(calendar: Calendar) {
        let id = calendar.model("m", json!({ "deprecatedOn": "2026-07-01" })).await;
        import(&calendar, models_dev_file(None), Origin::ThirdParty("models-dev")).await;
        calendar.turn_to("2026-07-01");
        calendar.settle().await;
        let stored = calendar.stored().await;
        import(&calendar, models_dev_file(None), Origin::ThirdParty("models-dev")).await;
        assert_eq!((calendar.stored().await, calendar.stage(&id).await), (stored, "DEPRECATED".to_owned()));
    }

    /// The days of LiteLLM and OpenRouter take effect when they come.
    async fn days_of_other_sources_take_effect(calendar: Calendar) {
        let file = json!({ "m": { "litellm_provider": "acme", "mode": "chat", "deprecation_date": "2026-07-01" } });
        let draft = litellm::read(file.to_string().as_bytes()).expect("a file");
        import(&calendar, draft, Origin::ThirdParty("litellm")).await;
        let file = json!({ "data": [{ "id": "acme/n", "name": "N", "pricing": { "prompt": "0.000001" }, "expiration_date": "2026-07-02" }] });
        let draft = openrouter::read(file.to_string().as_bytes()).expect("a file");
        import(&calendar, draft, Origin::ThirdParty("openrouter")).await;
        let stages = async || {
            let data = calendar.app.query("{ models { nodes { name lifecycleStage } } }").await;
            data["models"]["nodes"].as_array().expect("models").iter().map(|node| node["lifecycleStage"].as_str().expect("a stage").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(stages().await, ["ACTIVE", "ACTIVE"]);
        calendar.turn_to("2026-07-02");
        assert_eq!(stages().await, ["RETIRED", "DEPRECATED"], "of acme/n and m");
    }

    /// The own format carries what is stored, days and stage apart, on whatever day it is written.
    async fn the_own_format_keeps_stage_and_days(calendar: Calendar) {
        let model = "{\"kind\":\"model\",\"supplier\":\"acme\",\"name\":\"m\",\"model_type\":\"language\",\"deprecated_on\":\"2026-01-01\",\"retires_on\":\"2026-07-01\"}\n";
        let file = format!("{HEAD}{model}");
        let draft = || own::read(file.as_bytes()).expect("a file");
        import(&calendar, draft(), Origin::Own).await;
        calendar.turn_to("2026-08-01");
        import(&calendar, draft(), Origin::Own).await;
        assert_eq!(calendar.stored().await, ["m active 1"]);
        let data = calendar.app.query("{ models { nodes { lifecycleStage } } }").await;
        assert_eq!(data["models"]["nodes"][0]["lifecycleStage"], "RETIRED");
    }

    /// A file may say of a retired model that it is the default, as it may have become here; then its successor is used.
    async fn a_file_s_retired_default_falls_to_its_successor(calendar: Calendar) {
        let model = |name: &str, more: &str| {
            format!("{{\"kind\":\"model\",\"supplier\":\"acme\",\"name\":\"{name}\",\"model_type\":\"language\"{more}}}\n")
        };
        let retired = ",\"is_default\":true,\"lifecycle_stage\":\"retired\",\"successor\":{\"supplier\":\"acme\",\"name\":\"n\"}";
        let file = format!("{HEAD}{}{}", model("m", retired), model("n", ""));
        import(&calendar, own::read(file.as_bytes()).expect("a file"), Origin::Own).await;
        let data = calendar.app.query("{ defaultModel(type: LANGUAGE) { name } }").await;
        assert_eq!(data["defaultModel"]["name"], "n");
    }

    /// A file closes no circle of successors, not even one through a deleted model that may be restored.
    async fn files_close_no_circles(calendar: Calendar) {
        let c = calendar.model("c", json!({})).await;
        let b = calendar.model("b", json!({ "successorId": c })).await;
        calendar.model("a", json!({ "successorId": b })).await;
        calendar.mutate("deleteModel", json!({ "id": b })).await.ok();
        let model = "{\"kind\":\"model\",\"supplier\":\"acme\",\"name\":\"c\",\"model_type\":\"language\",\"successor\":{\"supplier\":\"acme\",\"name\":\"a\"}}\n";
        let draft = own::read(format!("{HEAD}{model}").as_bytes()).expect("a file");
        let app = calendar.app.parts();
        let refused = apply::apply(app.store(), draft, Origin::Own, &Options::default(), app.clock()).await;
        assert!(refused.expect_err("a circle").to_string().contains("lead back to the model itself"));
        calendar.mutate("restoreModel", json!({ "id": b })).await.ok();
    }
}
