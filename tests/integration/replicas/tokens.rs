//! What clients are told of what they have seen, and what comes of bringing it: with replicas and without.

use reqwest::header::{COOKIE, HeaderMap};
use serde_json::json;

use super::{CREATE, SUPPLIERS, create};
use crate::access::sessions::session;
use crate::support::app::client;
use crate::support::{Response, SmallCatalogue, TestApp, on_both_databases};

async fn read(app: &TestApp, token: &str) -> Response {
    let request = app.post(json!({ "query": SUPPLIERS }).to_string());
    Response::of(if token.is_empty() { request } else { request.header("modelry-revision", token) }).await
}

/// Sends a document as a page of the server's own does, with these cookies.
async fn as_page(app: &TestApp, cookies: &str, query: &str) -> Response {
    let request = client().post(app.url("/graphql")).header("content-type", "application/json").header(COOKIE, cookies);
    Response::of(request.header("sec-fetch-site", "same-origin").body(json!({ "query": query }).to_string())).await
}

fn set_cookies(headers: &HeaderMap) -> Vec<&str> {
    headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("a text")).collect()
}

on_both_databases! {
    /// A write tells it, and whoever brings it is told again; others are told nothing where there are no replicas.
    async fn who_has_seen_something_is_told(app: SmallCatalogue) {
        assert_eq!(read(&app, "").await.header("modelry-revision"), "");
        let token = create(&app, "new").await;
        let read_back = read(&app, &token).await;
        assert!(read_back.text.contains("\"new\""), "{}", read_back.text);
        assert_eq!(read_back.header("modelry-revision"), token);
        assert!(read_back.headers.get("set-cookie").is_none(), "who has a token of access keeps what they have seen themselves");
        let later = create(&app, "newer").await;
        assert_eq!(read(&app, &token).await.header("modelry-revision"), later, "as much as is known by now");
        let tried = app.graphql(CREATE, json!({ "name": "NOT a name" })).await;
        assert_eq!(tried.header("modelry-revision"), later, "{}", tried.text);
    }

    /// What a token tells of is read on every server of the database at once, kept answers or not, before it would be heard of.
    async fn a_token_is_heeded_everywhere(app: SmallCatalogue) {
        let keep = |config: &mut modelry::config::Config| {
            config.cache.max_bytes = 16 << 20;
            config.push.poll_ms = 60_000;
        };
        let other = app.beside(keep).await;
        for number in 0..20 {
            read(&other, "").await;
            let name = format!("seen-{number}");
            let token = create(&app, &name).await;
            let found = read(&other, &token).await;
            assert!(found.text.contains(&name), "{}", found.text);
            let brought: i64 = token.rsplit('.').next().and_then(|text| text.parse().ok()).expect("a number");
            let told = found.header("modelry-revision");
            assert!(told.ends_with(&format!(".{brought}")), "{told} after {token}");
        }
    }

    /// What was never told is refused, by name; what another registry told, or this one before it was set back, demands nothing.
    async fn what_is_no_token_is_refused(app: SmallCatalogue) {
        for wrong in ["42", "a.b", ".1", "a1.-1", "a1.1.1", "a1.99999999999999999999999"] {
            let refused = read(&app, wrong).await;
            assert_eq!((refused.status, refused.code()), (400, "BAD_REQUEST"), "{wrong}: {}", refused.text);
            assert!(refused.text.contains("the header Modelry-Revision must be"), "{}", refused.text);
        }
        let token = create(&app, "new").await;
        let (registry, _) = token.split_once('.').expect("a token");
        for unattainable in ["0a1b2c.42".to_owned(), format!("{registry}.9223372036854775807")] {
            let found = read(&app, &unattainable).await;
            assert!(found.data()["suppliers"]["nodes"].is_array(), "{}", found.text);
            assert_eq!(found.header("modelry-revision"), token, "from now on this is what was seen");
        }
    }

    /// A browser that is signed in keeps it in a cookie that only this server sees, for a minute; what such a cookie says wrongly is
    /// passed over.
    async fn a_browser_keeps_it_in_a_cookie(app: SmallCatalogue) {
        let session = session(&app).await;
        assert!(set_cookies(&as_page(&app, &session, SUPPLIERS).await.headers).is_empty(), "nothing was seen");
        let written = as_page(&app, &session, "mutation { createSupplier(input: { name: \"by-page\" }) { supplier { id } } }").await;
        let token = written.header("modelry-revision");
        assert_eq!(set_cookies(&written.headers), [format!("modelry_revision={token}; Path=/; Max-Age=60; HttpOnly; SameSite=Strict")]);
        let both = format!("{session}; modelry_revision={token}");
        let found = as_page(&app, &both, SUPPLIERS).await;
        assert!(found.text.contains("by-page") && set_cookies(&found.headers).is_empty(), "it has it already");
        assert_eq!(found.header("modelry-revision"), token);
        create(&app, "later").await;
        let found = as_page(&app, &both, SUPPLIERS).await;
        let told = found.header("modelry-revision");
        assert!(told != token && set_cookies(&found.headers)[0].starts_with(&format!("modelry_revision={told};")), "{told}");
        let found = as_page(&app, &format!("{session}; modelry_revision=nonsense"), SUPPLIERS).await;
        assert!(found.data()["suppliers"]["nodes"].is_array(), "{}", found.text);
        // Who isn't signed in gets none, which would keep answers out of caches on the way.
        let anonymous = as_page(&app, &format!("modelry_revision={token}"), SUPPLIERS).await;
        assert!(set_cookies(&anonymous.headers).is_empty() && anonymous.header("modelry-revision").is_empty());
    }

    /// Behind TLS the cookie goes by a name that only this host can set, and nothing but TLS.
    async fn behind_tls_the_cookie_is_secure(app: SmallCatalogue) {
        let plain = session(&app).await;
        let (_, value) = plain.split_once('=').expect("a cookie");
        let request = client().post(app.url("/graphql")).header("content-type", "application/json");
        let request = request.header(COOKIE, format!("__Host-modelry_session={value}")).header("x-forwarded-proto", "https");
        let body = json!({ "query": "mutation { createSupplier(input: { name: \"by-tls\" }) { supplier { id } } }" }).to_string();
        let written = Response::of(request.header("sec-fetch-site", "same-origin").body(body)).await;
        let token = written.header("modelry-revision");
        let expected = format!("__Host-modelry_revision={token}; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
        assert_eq!(set_cookies(&written.headers), [expected], "{}", written.text);
    }

    /// A database that has lost what was committed last, as a standby that takes over can have, is noticed: nothing that was kept
    /// of the lost state is told again.
    async fn a_feed_that_was_set_back_is_noticed(app: SmallCatalogue) {
        let keeping = app.beside(|config| config.cache.max_bytes = 16 << 20).await;
        create(&keeping, "lost").await;
        keeping.parts().own().learn_changes().await.expect("learned");
        assert!(read(&keeping, "").await.text.contains("\"lost\""));
        let lose = app.database().dialect(
            "DROP TRIGGER suppliers_history_delete; DELETE FROM suppliers WHERE name = 'lost'; DELETE FROM changes WHERE id = (SELECT max(id) FROM changes)",
            "ALTER TABLE suppliers DISABLE TRIGGER USER; DELETE FROM suppliers WHERE name = 'lost'; DELETE FROM changes WHERE id = (SELECT max(id) FROM changes)",
        );
        app.database().execute(lose).await.expect("lost");
        keeping.parts().own().learn_changes().await.expect("learned");
        let found = read(&keeping, "").await;
        assert!(!found.text.contains("\"lost\""), "{}", found.text);
    }
}
