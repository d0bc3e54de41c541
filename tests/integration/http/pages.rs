//! GraphiQL, from the binary alone.

use crate::support::{DatabaseKind, Fixture as _, Response, TestApp};

/// What the page may load and do: nothing from anywhere else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self'; \
                      font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

#[tokio::test]
async fn graphiql_is_served_with_a_strict_policy() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let page = Response::of(app.get("/graphiql")).await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").starts_with("text/html"), "{}", page.header("content-type"));
    assert_eq!(page.header("content-security-policy"), POLICY);
    assert_eq!(page.header("cache-control"), "no-cache");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert!(!page.text.contains("https://"), "nothing is loaded from elsewhere");
}

/// Whoever builds without Node.js has a page that says so, and no assets; see `make web`.
#[tokio::test]
async fn assets_are_kept_by_browsers_and_compressed_for_them() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let page = Response::of(app.get("/graphiql")).await;
    if page.text.contains("built without its pages") {
        return;
    }
    let paths: Vec<&str> = page.text.split('"').filter(|text| text.starts_with("/assets/")).collect();
    assert!(!paths.is_empty(), "{}", page.text);
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
    for path in
        ["/assets/nothing.js", "/assets/../graphiql.html", "/assets/%2e%2e/graphiql.html", "/assets/", "/assets"]
    {
        assert_eq!(Response::of(app.get(path)).await.status, 404, "{path}");
    }
}
