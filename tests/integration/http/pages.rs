//! The console and GraphiQL, from the binary alone.

use crate::support::{DatabaseKind, Fixture as _, Response, TestApp};

/// What the page may load and do: nothing from anywhere else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self'; \
                      font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// What browsers send when they open a page.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

#[tokio::test]
async fn pages_are_served_with_a_strict_policy() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for path in ["/", "/graphiql"] {
        let page = Response::of(app.get(path)).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.header("content-type").starts_with("text/html"), "{path}: {}", page.header("content-type"));
        assert_eq!(page.header("content-security-policy"), POLICY, "{path}");
        assert_eq!(page.header("cache-control"), "no-cache", "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!page.text.contains("https://"), "{path}: nothing is loaded from elsewhere");
    }
}

/// The console tells its views apart itself: the server sends it for all of their addresses.
#[tokio::test]
async fn the_address_of_a_view_leads_to_the_console() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let console = Response::of(app.get("/")).await;
    for path in
        ["/models", "/models/42", "/models?supplier=openai&sort=input", "/sign-in", "/graphiql", "/no/such/view"]
    {
        let page = Response::of(app.get(path).header("accept", BROWSER)).await;
        assert_eq!((page.status, &page.text), (200, &console.text), "{path}");
        assert_eq!(page.header("cache-control"), "no-cache", "{path}");
        assert_eq!(page.header("content-security-policy"), POLICY, "{path}");
    }
}

/// Programs, and whatever a page loads, are told the truth.
#[tokio::test]
async fn only_who_opens_a_page_is_led_to_the_console() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for accept in ["*/*", "application/json", "image/avif,image/webp,*/*;q=0.8", "text/html;q=0, */*"] {
        let answer = Response::of(app.get("/models/42").header("accept", accept)).await;
        assert_eq!(answer.status, 404, "{accept}");
    }
    for path in
        ["/graphql/x", "/healthz/x", "/login/x", "/graphiql/x", "/assets/nothing.js", "/assets", "/schema.graphql/x"]
    {
        assert_eq!(Response::of(app.get(path).header("accept", BROWSER)).await.status, 404, "{path}");
    }
    let posted = crate::support::app::client().post(app.url("/models")).header("accept", BROWSER);
    assert_eq!(Response::of(posted).await.status, 404);
}

/// Whoever builds without Node.js has a page that says so, and no assets; see `make web`.
#[tokio::test]
async fn assets_are_kept_by_browsers_and_compressed_for_them() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let page = Response::of(app.get("/")).await.text;
    if page.contains("built without its pages") {
        return;
    }
    let paths: Vec<&str> = page.split('"').filter(|text| text.starts_with("/assets/")).collect();
    assert!(!paths.is_empty(), "{page}");
    for path in paths {
        let plain = Response::of(app.get(path)).await;
        assert_eq!((plain.status, plain.header("content-encoding")), (200, ""), "{path}");
        assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
        assert_eq!(plain.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(plain.header("vary"), "accept-encoding", "{path}");
        let compressed = app.get(path).header("accept-encoding", "br, gzip").send().await.expect("an answer");
        assert!(compressed.headers().get("content-encoding").is_some_and(|encoding| encoding == "gzip"), "{path}");
        let bytes = compressed.bytes().await.expect("a body");
        let mut decompressed = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut decompressed)
            .expect("decompressed");
        assert!(bytes.len() < decompressed.len(), "{path}");
        assert_eq!(String::from_utf8_lossy(&decompressed), plain.text, "{path}");
        let refused = Response::of(app.get(path).header("accept-encoding", "gzip;q=0")).await;
        assert_eq!(refused.header("content-encoding"), "", "{path}");
    }
}

#[tokio::test]
async fn what_is_no_asset_is_not_found() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for path in ["/assets/nothing.js", "/assets/../index.html", "/assets/%2e%2e/index.html", "/assets/", "/assets"] {
        assert_eq!(Response::of(app.get(path)).await.status, 404, "{path}");
    }
}
