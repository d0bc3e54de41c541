//! Days that take effect when they come, without anything being written.

use serde_json::{Value, json};

use super::Calendar;
use crate::support::{each, on_both_databases};

/// Models in every situation: without days, with each, with both, drafts and retired ones.
async fn enter_models(calendar: &Calendar) {
    for (name, more) in [
        ("a-plain", json!({})),
        ("b-deprecated", json!({ "deprecatedOn": "2026-07-01" })),
        ("c-retires", json!({ "retiresOn": "2026-08-01" })),
        ("d-both", json!({ "deprecatedOn": "2026-07-01", "retiresOn": "2026-08-01" })),
        ("e-draft", json!({ "lifecycleStage": "DRAFT", "deprecatedOn": "2026-07-01", "retiresOn": "2026-08-01" })),
        ("f-by-hand", json!({ "lifecycleStage": "DEPRECATED", "retiresOn": "2026-08-01" })),
        ("g-gone", json!({ "lifecycleStage": "RETIRED", "retiresOn": "2026-08-01" })),
    ] {
        calendar.create(name, more).await.ok();
    }
}

on_both_databases! {
    /// Shown stages, filters and facets change on the day, to the day, and all in the same way; no row does.
    async fn dates_take_effect_by_themselves(calendar: Calendar) {
        enter_models(&calendar).await;
        let stored = calendar.stored().await;
        let (draft, active, deprecated, retired) = ("DRAFT", "ACTIVE", "DEPRECATED", "RETIRED");
        for (day, stages) in [
            ("2026-06-30", [active, active, active, active, draft, deprecated, retired]),
            ("2026-07-01", [active, deprecated, active, deprecated, draft, deprecated, retired]),
            ("2026-07-31", [active, deprecated, active, deprecated, draft, deprecated, retired]),
            ("2026-08-01", [active, deprecated, retired, retired, draft, retired, retired]),
        ] {
            calendar.turn_to(day);
            let data = calendar.app.query("{ models { nodes { name lifecycleStage } facets { lifecycleStages { value count } } } }").await;
            let models = &data["models"];
            assert_eq!(each(&models["nodes"], "lifecycleStage"), stages, "{day}");
            for stage in [draft, active, deprecated, retired] {
                let count = stages.iter().filter(|other| **other == stage).count();
                let query = format!("{{ models(where: {{ lifecycleStage: {{ eq: {stage} }} }}) {{ totalCount nodes {{ lifecycleStage }} }} }}");
                let found = calendar.app.query(&query).await["models"].clone();
                assert_eq!(found["totalCount"], count, "{day} {stage}");
                assert!(each(&found["nodes"], "lifecycleStage").iter().all(|found| *found == stage), "{found}");
                let facets = models["facets"]["lifecycleStages"].as_array().expect("facets");
                let facet = facets.iter().find(|facet| facet["value"] == stage.to_lowercase());
                assert_eq!(facet.map_or(0, |facet| facet["count"].as_u64().expect("a count")), count as u64, "{day} {stage}");
            }
        }
        assert_eq!(calendar.stored().await, stored);
    }

    /// Filters on stages hold wherever models are listed, with their other operators too.
    async fn filters_are_as_of_the_day_everywhere(calendar: Calendar) {
        enter_models(&calendar).await;
        calendar.turn_to("2026-08-01");
        let names = async |filter: &str| {
            let query = format!(
                "{{ suppliers {{ nodes {{ models(where: {{ {filter} }}) {{ nodes {{ name }} facets {{ lifecycleStages {{ value }} }} }} }} }} }}"
            );
            let data = calendar.app.query(&query).await;
            each(&data["suppliers"]["nodes"][0]["models"]["nodes"], "name").join(" ")
        };
        assert_eq!(names("lifecycleStage: { in: [ACTIVE, DRAFT] }").await, "a-plain e-draft");
        assert_eq!(names("lifecycleStage: { in: [] }").await, "");
        assert_eq!(names("lifecycleStage: { not: { eq: RETIRED } }").await, "a-plain b-deprecated e-draft");
        assert_eq!(names("not: { lifecycleStage: { eq: RETIRED } }").await, "a-plain b-deprecated e-draft");
        assert_eq!(names("or: [{ lifecycleStage: { eq: DRAFT } }, { lifecycleStage: { eq: DEPRECATED } }]").await, "b-deprecated e-draft");
    }

    /// Changes that leave stage and days as they are write neither, even where the same day is given again.
    async fn what_stays_is_not_written(calendar: Calendar) {
        let id = calendar.model("m", json!({ "deprecatedOn": "2026-07-01" })).await;
        calendar.turn_to("2026-07-01");
        let same = calendar.update(&id, json!({ "deprecatedOn": "2026-07-01", "retiresOn": null })).await;
        assert_eq!((same.stage(), &same.model["version"]), ("DEPRECATED", &json!(1)));
        calendar.update(&id, json!({ "displayName": "M" })).await.ok();
        assert_eq!(calendar.stored().await, ["m active 2"]);
    }

    /// A day that has come has done its work: clearing or moving it undoes nothing, written down before or not.
    async fn a_day_has_done_its_work(calendar: Calendar) {
        for settled in [false, true] {
            calendar.turn_to("2026-06-15");
            let days = json!({ "deprecatedOn": "2026-07-01", "retiresOn": "2026-08-01" });
            let id = calendar.model(&format!("settled-{settled}"), days).await;
            calendar.turn_to("2026-07-02");
            if settled {
                calendar.settle().await;
            }
            assert_eq!(calendar.update(&id, json!({ "deprecatedOn": null })).await.stage(), "DEPRECATED");
            assert_eq!(calendar.update(&id, json!({ "deprecatedOn": "2026-07-20" })).await.stage(), "DEPRECATED");
            let back = json!({ "lifecycleStage": "ACTIVE" });
            assert_eq!(calendar.update(&id, back).await.stage(), "ACTIVE");
            assert_eq!(calendar.update(&id, json!({ "displayName": "M", "deprecatedOn": Value::Null })).await.stage(), "ACTIVE");
        }
    }
}
