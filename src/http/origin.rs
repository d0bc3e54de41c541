//! Whose pages may ask here. Browsers let any page send any server requests, with that server's cookies, and open WebSockets;
//! so it is the server that has to refuse.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::config::HttpConfig;

/// Where a browser says that a request comes from.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a browser says that the request comes from a page of this server's own, or from who uses it. Not so if it says
/// nothing: all browsers do, where a request may change something.
pub fn is_of_own_page(config: &HttpConfig, headers: &HeaderMap) -> bool {
    match headers.get(SEC_FETCH_SITE) {
        Some(site) => site == "same-origin" || site == "none",
        None => has_own_origin(config, headers),
    }
}

/// Whether a browser says by `Origin`, as it does with every WebSocket, that a page of this server's own asks. Of a WebSocket
/// some browsers say by `Sec-Fetch-Site` that it is of another site than its page, since `ws` is another scheme.
pub fn has_own_origin(config: &HttpConfig, headers: &HeaderMap) -> bool {
    headers.get(ORIGIN).is_some_and(|origin| is_own(config, headers, origin))
}

/// Whether an origin is this server's own, by what clients reach it by: the `Host` of the request, or `http.public_url`,
/// where a proxy asks by another name than its clients do.
fn is_own(config: &HttpConfig, headers: &HeaderMap, origin: &HeaderValue) -> bool {
    if config.public_url.as_ref().is_some_and(|public| public.as_bytes().eq_ignore_ascii_case(origin.as_bytes())) {
        return true;
    }
    let own = headers.get(HOST).and_then(|host| host.to_str().ok());
    let authority = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, authority)| authority);
    authority.zip(own).is_some_and(|(authority, own)| authority.eq_ignore_ascii_case(own))
}

/// Whether the request comes from no browser, from a page of this server's own, or from one of `http.allowed_origins`.
pub fn may_connect(config: &HttpConfig, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let is_own = is_own(config, headers, origin);
    let Ok(origin) = origin.to_str() else { return false };
    is_own || config.allowed_origins.iter().any(|allowed| allowed.eq_ignore_ascii_case(origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_this_servers_own_only_by_a_browsers_word() {
        let own = |pairs: &[(HeaderName, &'static str)]| {
            let given = pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
            let host = (HOST, HeaderValue::from_static("models.example:8321"));
            is_of_own_page(&HttpConfig::default(), &given.chain([host]).collect::<HeaderMap>())
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

    fn config() -> HttpConfig {
        HttpConfig {
            public_url: Some("https://public.example".to_owned()),
            allowed_origins: vec!["https://console.example".to_owned()],
            ..HttpConfig::default()
        }
    }

    /// What a proxy asks by may be another name than the one that browsers know.
    #[test]
    fn the_public_address_is_this_servers_own() {
        let of = |origin| {
            let headers = [(HOST, "10.0.0.5:8321"), (ORIGIN, origin)];
            let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
            has_own_origin(&config(), &HeaderMap::from_iter(headers))
        };
        assert!(of("https://public.example") && of("http://10.0.0.5:8321"));
        for origin in ["http://public.example", "https://public.example:8", "https://console.example", "null"] {
            assert!(!of(origin), "{origin}");
        }
    }

    fn may(origin: Option<&'static str>) -> bool {
        let mut headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("models.example:8321"))]);
        headers.extend(origin.map(|origin| (ORIGIN, HeaderValue::from_static(origin))));
        may_connect(&config(), &headers)
    }

    #[test]
    fn pages_of_other_servers_may_not_unless_they_are_allowed() {
        assert!(may(None));
        assert!(may(Some("http://models.example:8321")));
        assert!(may(Some("https://Console.example")) && may(Some("https://public.example")));
        for origin in ["http://models.example", "http://evil.example", "null", "", "http://x.models.example:8321"] {
            assert!(!may(Some(origin)), "{origin}");
        }
    }
}
