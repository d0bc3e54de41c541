//! The table of moves, and stages that mutations set beside dates.

use serde_json::json;

use super::Calendar;
use crate::support::on_both_databases;

const DOCUMENTED: &str = include_str!("../../../docs/lifecycle.md");

/// Every move of the documented table, and whether it is made: `("draft", "active", true)`.
fn documented_moves() -> Vec<(&'static str, &'static str, bool)> {
    let rows = DOCUMENTED.lines().filter(|line| line.starts_with("| "));
    let cells = rows.map(|row| row.split('|').skip(1).map(str::trim).collect::<Vec<&str>>());
    let mut tables = cells.skip_while(|cells| cells[0] != "from");
    let head = tables.next().expect("a table of moves");
    let targets: Vec<&str> = head[1..].iter().filter_map(|cell| cell.strip_prefix("to ")).collect();
    let moves = tables.take(4).flat_map(|row| {
        let from = row[0];
        targets
            .iter()
            .zip(row[1..].to_vec())
            .map(move |(to, made)| (from, *to, made == "yes" || *to == from))
            .collect::<Vec<_>>()
    });
    moves.collect()
}

on_both_databases! {
    /// Each of the sixteen pairs does what the documentation says; a refused one says from where to where, and what would do.
    async fn every_move_is_as_documented(calendar: Calendar) {
        let moves = documented_moves();
        assert_eq!((moves.len(), moves.iter().filter(|(.., made)| !made).count()), (16, 3));
        for (from, to, made) in moves {
            let id = calendar.model(&format!("{from}-{to}"), json!({ "lifecycleStage": from.to_uppercase() })).await;
            let answer = calendar.update(&id, json!({ "lifecycleStage": to.to_uppercase() })).await;
            if made {
                assert_eq!(answer.stage(), to.to_uppercase(), "from {from}");
                assert_eq!(answer.model["deprecatedOn"], json!(null), "no day is made up");
            } else {
                let message = answer.refused("lifecycleStage");
                assert!(message.starts_with(&format!("a model doesn't go from {from} to {to}: ")), "{message}");
                assert!(message.contains("make it "), "{message}");
                assert_eq!(calendar.stage(&id).await, from.to_uppercase());
            }
        }
    }

    /// A move is judged from the stage that is in effect, whatever is stored.
    async fn moves_start_from_what_is_in_effect(calendar: Calendar) {
        let id = calendar.model("m", json!({ "deprecatedOn": "2026-06-16" })).await;
        assert_eq!(calendar.update(&id, json!({ "lifecycleStage": "DRAFT" })).await.stage(), "DRAFT");
        assert_eq!(calendar.update(&id, json!({ "lifecycleStage": "ACTIVE" })).await.stage(), "ACTIVE");
        calendar.turn_to("2026-06-16");
        let answer = calendar.update(&id, json!({ "lifecycleStage": "DRAFT" })).await;
        assert!(answer.refused("lifecycleStage").starts_with("a model doesn't go from deprecated to draft"));
    }

    /// A stage that a day would take away at once is refused; the error names the day and what to do with it.
    async fn a_day_that_has_come_must_be_cleared_or_moved_too(calendar: Calendar) {
        let days = json!({ "deprecatedOn": "2026-05-01", "retiresOn": "2026-06-01" });
        let id = calendar.model("m", days).await;
        let activate = json!({ "lifecycleStage": "ACTIVE" });
        assert_eq!(
            calendar.update(&id, activate).await.refused("lifecycleStage"),
            "can't be active: deprecatedOn (2026-05-01) and retiresOn (2026-06-01) would make it retired at once; set null or a day \
             after 2026-06-15 there too"
        );
        let deprecate = json!({ "lifecycleStage": "DEPRECATED" });
        let answer = calendar.update(&id, deprecate).await;
        assert!(answer.refused("lifecycleStage").starts_with("can't be deprecated: retiresOn (2026-06-01) would"));
        let half = json!({ "lifecycleStage": "ACTIVE", "retiresOn": null });
        let answer = calendar.update(&id, half).await;
        assert!(answer.refused("lifecycleStage").starts_with("can't be active: deprecatedOn (2026-05-01) would"));

        let moved = json!({ "lifecycleStage": "DEPRECATED", "retiresOn": "2026-06-16" });
        assert_eq!(calendar.update(&id, moved).await.stage(), "DEPRECATED");
        let cleared = json!({ "lifecycleStage": "ACTIVE", "deprecatedOn": null });
        assert_eq!(calendar.update(&id, cleared).await.stage(), "ACTIVE");
        let today = json!({ "lifecycleStage": "ACTIVE", "retiresOn": "2026-06-15" });
        assert!(calendar.update(&id, today).await.refused("lifecycleStage").contains("retiresOn (2026-06-15)"));

        let new = json!({ "lifecycleStage": "ACTIVE", "deprecatedOn": "2026-06-15" });
        assert!(calendar.create("n", new).await.refused("lifecycleStage").contains("deprecatedOn (2026-06-15)"));
        let unsaid = json!({ "deprecatedOn": "2026-06-15" });
        assert_eq!(calendar.create("n", unsaid).await.stage(), "DEPRECATED");
    }

    /// A model doesn't retire before it is deprecated. One that does, by an import, can be changed otherwise.
    async fn retirement_follows_deprecation(calendar: Calendar) {
        let reversed = json!({ "deprecatedOn": "2027-02-01", "retiresOn": "2027-01-01" });
        assert_eq!(
            calendar.create("m", reversed).await.refused("retiresOn"),
            "is before deprecatedOn, which is 2027-02-01; a model retires on that day or later"
        );
        let id = calendar.model("m", json!({ "deprecatedOn": "2027-02-01", "retiresOn": "2027-02-01" })).await;
        calendar.update(&id, json!({ "deprecatedOn": "2027-02-02" })).await.refused("retiresOn");
        calendar.update(&id, json!({ "retiresOn": "2027-01-31" })).await.refused("retiresOn");
        calendar.app.database().execute("UPDATE models SET retires_on = '2027-01-01'").await.expect("changed");
        calendar.update(&id, json!({ "displayName": "M" })).await.ok();
    }

    /// What is no stage and no day isn't taken at all.
    async fn other_values_are_refused(calendar: Calendar) {
        let id = calendar.model("m", json!({})).await;
        for (field, value) in [("lifecycleStage", "SUNSET"), ("deprecatedOn", "2026-13-01"), ("retiresOn", "soon")] {
            let input = json!({ "id": id, field: value });
            let document = "mutation($input: UpdateModelInput!) { updateModel(input: $input) { model { id } } }";
            let response = calendar.app.graphql(document, json!({ "input": input })).await;
            assert_eq!(response.errors().len(), 1, "{}", response.text);
        }
        let answer = calendar.update(&id, json!({ "lifecycleStage": null })).await;
        assert!(answer.refused("lifecycleStage").starts_with("can't be null"));
    }
}
