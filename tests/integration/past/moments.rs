//! Which moments can be gone to.

use serde_json::json;

use super::Registry;
use crate::support::{fixtures, on_both_databases};

const COUNTS: &str = "models { totalCount nodes { id } facets { suppliers { value } } } suppliers { totalCount } \
    categoryTree { path } supplier(name: \"acme\") { id } node(id: \"Model:1\") { id }";

on_both_databases! {
    /// Before the beginning there was nothing, however long before.
    async fn before_the_beginning_there_is_nothing(registry: Registry) {
        registry.import(fixtures::SMALL).await;
        for moment in ["1999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "-5000-01-01T00:00:00Z", "-262142-01-01T00:00:00Z"] {
            let response = registry.at(moment, COUNTS).await;
            assert_eq!(
                response.data()["at"],
                json!({
                    "models": { "totalCount": 0, "nodes": [], "facets": { "suppliers": [] } },
                    "suppliers": { "totalCount": 0 }, "categoryTree": [], "supplier": null, "node": null,
                }),
                "{moment}"
            );
        }
    }

    /// A change counts from its very moment on, to the microsecond.
    async fn a_change_counts_from_its_moment_on(registry: Registry) {
        registry.import(fixtures::SMALL).await;
        let moment = registry.moment().await;
        let parsed: chrono::DateTime<chrono::Utc> = moment.parse().expect("a moment");
        let before = (parsed - chrono::TimeDelta::microseconds(1)).to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
        let nanosecond = (parsed - chrono::TimeDelta::nanoseconds(1)).to_rfc3339_opts(chrono::SecondsFormat::Nanos, true);
        let elsewhere = parsed.with_timezone(&chrono::FixedOffset::east_opt(8 * 3600).expect("an offset")).to_rfc3339();
        for (time, count) in [(before.as_str(), 0), (&nanosecond, 0), (&moment, 7), (&elsewhere, 7)] {
            assert_eq!(registry.at(time, "models { totalCount }").await.data()["at"]["models"]["totalCount"], count, "{time}");
        }
    }

    /// The future is refused, with the moment that it is.
    async fn the_future_is_refused(registry: Registry) {
        registry.import(fixtures::SMALL).await;
        let refused = |response: crate::support::Response| {
            assert_eq!(response.code(), "BAD_USER_INPUT", "{}", response.text);
            response.errors()[0]["message"].as_str().expect("a message").to_owned()
        };
        let message = refused(registry.at("2999-01-01T00:00:00Z", COUNTS).await);
        assert!(message.starts_with("time: 2999-01-01T00:00:00.000000Z is in the future; the present moment is 20"), "{message}");
        let message = refused(registry.now("node(id: \"Model:1@2999-01-01T00:00:00.000000Z\") { id }").await);
        assert!(message.starts_with("id: 2999-01-01T00:00:00.000000Z is in the future"), "{message}");
        let message = refused(registry.at("+20000-01-01T00:00:00Z", COUNTS).await);
        assert!(message.contains("is in the future"), "{message}");
        // A change set's moment may be ahead of the clock, but never in the future.
        registry.0.parts().clock().set(serde_json::from_value(json!("2020-01-01T00:00:00Z")).expect("a moment"));
        let moment = registry.moment().await;
        assert_eq!(registry.at(&moment, "models { totalCount }").await.data()["at"]["models"]["totalCount"], 7);
    }

    /// What is no moment is refused before anything is read.
    async fn what_is_no_moment_is_refused(registry: Registry) {
        for time in ["yesterday", "2026-05-01", "2026-05-01T25:00:00Z", ""] {
            let response = registry.at(time, "models { totalCount }").await;
            assert!(response.errors()[0]["message"].as_str().is_some_and(|message| message.contains("DateTime")), "{}", response.text);
        }
    }
}
