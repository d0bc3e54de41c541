//! `X-Request-Id`.

use serde_json::json;

use crate::support::{Response, SmallCatalogue, on_both_databases};

on_both_databases! {
    /// A client's own id comes back, and names the request in what it has changed.
    async fn a_clients_own_id_is_kept_if_it_is_harmless(app: SmallCatalogue) {
        let mutation = "mutation { createSupplier(input: { name: \"new\" }) { changeSet { requestId } } }";
        let body = json!({ "query": mutation }).to_string();
        let response = Response::of(app.post(body).header("x-request-id", "build-7.a_b")).await;
        assert_eq!(response.header("x-request-id"), "build-7.a_b");
        assert_eq!(response.data()["createSupplier"]["changeSet"]["requestId"], "build-7.a_b");
    }

    /// Any other is replaced by one of the server's, so that nobody forges lines of a log.
    async fn any_other_is_replaced(app: SmallCatalogue) {
        for odd in ["", "a b", "x\"} forged", "型", &"x".repeat(65)] {
            let value = reqwest::header::HeaderValue::from_bytes(odd.as_bytes()).expect("a header");
            let response = Response::of(app.get("/healthz").header("x-request-id", value)).await;
            let id = response.header("x-request-id");
            assert!(id.len() == 16 && id.bytes().all(|letter| letter.is_ascii_hexdigit()), "{odd:?}: {id:?}");
        }
        let ids = [Response::of(app.get("/healthz")).await, Response::of(app.get("/nothing")).await];
        assert_ne!(ids[0].header("x-request-id"), ids[1].header("x-request-id"));
    }
}
