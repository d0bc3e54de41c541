//! Whose pages may open a WebSocket here. Browsers let any page open one to any server, with that server's cookies; so
//! it is the server that has to refuse.

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

/// Whether the request comes from no browser, from a page of this server's own, or from one of `allowed`.
pub fn may_connect(headers: &HeaderMap, allowed: &[String]) -> bool {
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let own = headers.get(HOST).and_then(|host| host.to_str().ok());
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let is_own = authority.zip(own).is_some_and(|(authority, own)| authority.eq_ignore_ascii_case(own));
    is_own || allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(origin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn may(origin: Option<&'static str>) -> bool {
        let mut headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("models.example:8321"))]);
        headers.extend(origin.map(|origin| (ORIGIN, HeaderValue::from_static(origin))));
        may_connect(&headers, &["https://console.example".to_owned()])
    }

    #[test]
    fn pages_of_other_servers_may_not_unless_they_are_allowed() {
        assert!(may(None));
        assert!(may(Some("http://models.example:8321")));
        assert!(may(Some("https://Console.example")));
        for origin in ["http://models.example", "http://evil.example", "null", "", "http://x.models.example:8321"] {
            assert!(!may(Some(origin)), "{origin}");
        }
    }
}
