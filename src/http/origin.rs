//! Whose pages may ask here. Browsers let any page send any server requests, with that server's cookies, and open WebSockets;
//! so it is the server that has to refuse.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// Where a browser says that a request comes from.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a browser says that the request comes from a page of this server's own, or from who uses it. Not so if it says
/// nothing: all browsers do, where a request may change something.
pub fn is_of_own_page(headers: &HeaderMap) -> bool {
    match headers.get(SEC_FETCH_SITE) {
        Some(site) => site == "same-origin" || site == "none",
        None => headers.get(ORIGIN).is_some_and(|origin| is_own(headers, origin)),
    }
}

fn is_own(headers: &HeaderMap, origin: &HeaderValue) -> bool {
    let own = headers.get(HOST).and_then(|host| host.to_str().ok());
    let authority = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, authority)| authority);
    authority.zip(own).is_some_and(|(authority, own)| authority.eq_ignore_ascii_case(own))
}

/// Whether the request comes from no browser, from a page of this server's own, or from one of `allowed`.
pub fn may_connect(headers: &HeaderMap, allowed: &[String]) -> bool {
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let is_own = is_own(headers, origin);
    let Ok(origin) = origin.to_str() else { return false };
    is_own || allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_this_servers_own_only_by_a_browsers_word() {
        let own = |pairs: &[(HeaderName, &'static str)]| {
            let given = pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
            let host = (HOST, HeaderValue::from_static("models.example:8321"));
            is_of_own_page(&given.chain([host]).collect::<HeaderMap>())
        };
        assert!(own(&[(SEC_FETCH_SITE, "same-origin")]) && own(&[(SEC_FETCH_SITE, "none")]));
        assert!(own(&[(ORIGIN, "http://models.example:8321")]));
        assert!(!own(&[]), "it says nothing");
        for site in ["cross-site", "same-site", ""] {
            assert!(!own(&[(SEC_FETCH_SITE, site)]), "{site}");
            assert!(!own(&[(SEC_FETCH_SITE, site), (ORIGIN, "http://models.example:8321")]), "{site}");
        }
        for origin in
            ["null", "", "http://models.example", "http://evil.example", "http://models.example:8321.evil.example"]
        {
            assert!(!own(&[(ORIGIN, origin)]), "{origin}");
        }
    }

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
