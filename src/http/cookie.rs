//! The cookies: of a session, and of what its browser has seen. No script can read them, and no other site's page sends them along.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

use crate::config::HttpConfig;

/// What a cookie is called.
struct Name {
    /// Where the connection is not encrypted.
    plain: &'static str,
    /// Where it is: browsers then keep others of this host from setting it.
    secure: &'static str,
}

const SESSION: Name = Name { plain: "modelry_session", secure: "__Host-modelry_session" };
const REVISION: Name = Name { plain: "modelry_revision", secure: "__Host-modelry_revision" };
/// For how many seconds a browser says what it has seen: after so long all processes have heard of it that answer at all.
const REMEMBERED: u64 = 60;

/// What the session's cookie holds.
pub fn of<'h>(config: &HttpConfig, headers: &'h HeaderMap) -> Option<&'h str> {
    value(&SESSION, is_secure(config, headers), headers)
}

/// What the browser says that it has seen.
pub fn revision<'h>(config: &HttpConfig, headers: &'h HeaderMap) -> Option<&'h str> {
    value(&REVISION, is_secure(config, headers), headers)
}

/// Sets the cookie of what the browser has seen; `is_secure` if its connection is encrypted.
pub fn set_revision(is_secure: bool, value: &str) -> String {
    set(&REVISION, is_secure, value, REMEMBERED)
}

/// Sets the session's cookie, for so many seconds.
pub fn session(config: &HttpConfig, headers: &HeaderMap, value: &str, seconds: u64) -> String {
    set(&SESSION, is_secure(config, headers), value, seconds)
}

/// Takes the session's cookie away.
pub fn none(config: &HttpConfig, headers: &HeaderMap) -> String {
    set(&SESSION, is_secure(config, headers), "", 0)
}

fn value<'h>(name: &Name, is_secure: bool, headers: &'h HeaderMap) -> Option<&'h str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let wanted = if is_secure { name.secure } else { name.plain };
    pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value)
}

fn set(name: &Name, is_secure: bool, value: &str, seconds: u64) -> String {
    let (name, secure) = if is_secure { (name.secure, "; Secure") } else { (name.plain, "") };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

/// Whether the browser's connection is encrypted, by the settings or by the word of whoever took it.
pub fn is_secure(config: &HttpConfig, headers: &HeaderMap) -> bool {
    config.is_behind_tls() || is_said_to_be_secure(headers)
}

fn is_said_to_be_secure(headers: &HeaderMap) -> bool {
    let first = |name: &str| headers.get(name)?.to_str().ok()?.split(',').next().map(str::to_ascii_lowercase);
    let forwarded = || {
        let parts = first("forwarded")?;
        let proto = parts.split(';').find_map(|part| part.trim().strip_prefix("proto=").map(str::to_owned));
        proto.map(|proto| proto.trim_matches('"') == "https")
    };
    first("x-forwarded-proto").map(|proto| proto.trim() == "https").or_else(forwarded).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn the_cookie_is_found_among_others_and_only_by_its_own_name() {
        assert_eq!(of(&HttpConfig::default(), &headers(&[("cookie", "a=b; modelry_session=x; c=d")])), Some("x"));
        assert_eq!(of(&HttpConfig::default(), &headers(&[("cookie", "modelry_sessions=x; xmodelry_session=y")])), None);
        let proxied = [("cookie", "modelry_session=x; __Host-modelry_session=y"), ("x-forwarded-proto", "https")];
        assert_eq!(of(&HttpConfig::default(), &headers(&proxied)), Some("y"));
    }

    #[test]
    fn behind_tls_the_cookie_is_secure() {
        let plain = session(&HttpConfig::default(), &headers(&[]), "x", 60);
        assert_eq!(plain, "modelry_session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Strict");
        for proxied in [("x-forwarded-proto", "https"), ("forwarded", "for=192.0.2.1;proto=https;host=x")] {
            let secure = session(&HttpConfig::default(), &headers(&[proxied]), "x", 60);
            assert_eq!(secure, "__Host-modelry_session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
        }
        let config = HttpConfig { public_url: Some("https://models.example".to_owned()), ..HttpConfig::default() };
        assert!(session(&config, &headers(&[]), "x", 60).ends_with("; Secure"), "the settings say so");
        assert!(!none(&HttpConfig::default(), &headers(&[("x-forwarded-proto", "http")])).contains("Secure"));
    }
}
