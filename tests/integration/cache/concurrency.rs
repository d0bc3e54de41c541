//! Many who ask at once.

use std::sync::Arc;

use serde_json::json;
use tokio::task::JoinSet;

use super::{Keeping, LIST, ask, state};
use crate::support::{DatabaseKind, Fixture as _, TestApp, TestDatabase, fixtures};

/// Of those who ask the same at once, one asks the database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_asks_for_all() {
    for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
        let Keeping(app) = Keeping::on(kind).await;
        let app = Arc::new(app);
        let mut asking = JoinSet::new();
        for _ in 0..50 {
            let app = Arc::clone(&app);
            asking.spawn(async move { ask(&app, LIST).await.0.data().clone() });
        }
        let answers = asking.join_all().await;
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        let state = state(&app).await;
        assert_eq!((state.misses, state.hits, state.bypassed), (1, 49, 0), "{state:?}");
    }
}

/// Who hangs up while others wait for the same takes nothing from them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_is_replaced() {
    let Keeping(app) = Keeping::on(DatabaseKind::Sqlite).await;
    let app = Arc::new(app);
    let mut asking = JoinSet::new();
    for number in 0..40 {
        let app = Arc::clone(&app);
        asking.spawn(async move {
            let patience = std::time::Duration::from_micros(if number % 2 == 0 { 200 * number } else { 60_000_000 });
            tokio::time::timeout(patience, ask(&app, LIST)).await.is_ok() || number % 2 == 0
        });
    }
    assert!(asking.join_all().await.into_iter().all(|answered| answered), "those who stayed are answered");
    ask(&app, LIST).await;
    assert!(ask(&app, LIST).await.1);
}

/// However many different things are asked, memory stays bounded, and what is asked often stays.
#[tokio::test]
async fn a_storm_of_questions_is_weathered() {
    const ROOM: u64 = 200_000;
    let app = TestApp::over(TestDatabase::on(DatabaseKind::Sqlite).await, |config| config.cache.max_bytes = ROOM).await;
    app.import(fixtures::SMALL).await;
    app.parts().own().learn_changes().await.expect("learned");
    for round in 0..20 {
        for number in 0..50 {
            let query = format!("{{ suppliers(where: {{ name: {{ eq: \"x{round}-{number}\" }} }}) {{ totalCount }} }}");
            ask(&app, &query).await;
        }
        for _ in 0..5 {
            ask(&app, LIST).await;
        }
        assert!(state(&app).await.bytes <= ROOM, "{:?}", state(&app).await);
    }
    assert!(ask(&app, LIST).await.1, "what is asked often stays");
    assert!(state(&app).await.evicted > 0, "{:?}", state(&app).await);
}

/// An answer that is larger than any that is kept is given all the same.
#[tokio::test]
async fn a_large_answer_is_not_kept() {
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    let app = TestApp::over(database, |config| {
        config.cache.max_bytes = 1 << 20;
        config.cache.max_answer_bytes = 100;
    })
    .await;
    app.import(fixtures::SMALL).await;
    app.parts().own().learn_changes().await.expect("learned");
    for _ in 0..3 {
        let (response, is_hit) = ask(&app, LIST).await;
        assert!(!is_hit && response.text.len() > 100);
    }
    let small = "{ suppliers { totalCount } }";
    ask(&app, small).await;
    assert!(ask(&app, small).await.1);
}

/// An answer during which something was written is not kept as what is true afterwards.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_begun_before_a_write_is_not_given_after_it() {
    const COUNT: &str = "{ suppliers(first: 100) { totalCount nodes { name models { totalCount } } } }";
    for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
        let Keeping(app) = Keeping::on(kind).await;
        let app = Arc::new(app);
        let mut others = JoinSet::new();
        for _ in 0..4 {
            let app = Arc::clone(&app);
            others.spawn(async move {
                for _ in 0..100 {
                    ask(&app, COUNT).await;
                }
            });
        }
        let create = "mutation($name: String!) { createSupplier(input: { name: $name }) { userErrors { message } } }";
        for number in 0..30 {
            app.graphql(create, json!({ "name": format!("s-{number}") })).await.data();
            let (found, _) = ask(&app, COUNT).await;
            assert!(
                found.text.contains(&format!("\"s-{number}\"")),
                "the writer's own write is missing: {}",
                found.text
            );
        }
        others.join_all().await;
    }
}
