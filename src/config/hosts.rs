//! By which names the server may be asked.

use std::net::IpAddr;

use super::Config;

/// By which names the server may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hosts {
    /// By any.
    Any,
    /// By those of this machine, and by these.
    Local(Vec<String>),
}

impl Hosts {
    /// Whether the server may be asked by this name or address, which comes without a port.
    pub fn has(&self, host: &str) -> bool {
        let Self::Local(named) = self else { return true };
        // The full form of a name ends with a dot.
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        is_of_this_machine(&host) || named.contains(&host)
    }
}

/// Whether a name or an address always leads to the machine that asks.
fn is_of_this_machine(host: &str) -> bool {
    let plain = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let is_loopback = plain.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback());
    is_loopback || host == "localhost" || host.ends_with(".localhost")
}

/// Whether the text is a name or an address as browsers send it, without a port.
pub(super) fn is_host(text: &str) -> bool {
    let parsed = text.parse::<axum::http::uri::Authority>();
    !text.chars().any(|letter| letter.is_ascii_uppercase() || letter == '*')
        && parsed.is_ok_and(|authority| authority.host() == text)
}

impl Config {
    /// By which names the server may be asked: where only this machine can ask, by this machine's; where clients reach it by
    /// an address that is set, by that one too; and by any where it listens to others and nobody has said how they call it.
    pub fn hosts(&self) -> Hosts {
        if !self.listen.ip().is_loopback() && self.http.public_url.is_none() {
            return Hosts::Any;
        }
        let public = self.http.public_url.as_ref().and_then(|url| url.parse::<axum::http::Uri>().ok());
        let public = public.as_ref().and_then(axum::http::Uri::host).map(str::to_owned);
        Hosts::Local(public.into_iter().chain(self.http.allowed_hosts.iter().cloned()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::load_file;

    #[test]
    fn names_follow_from_where_the_server_listens() {
        let public = "[http]\npublic_url = \"https://models.example:8443\"\nallowed_hosts = [\"models.lan\"]\n";
        for (content, known, unknown) in [
            (
                "",
                vec![
                    "localhost",
                    "LOCALHOST.",
                    "a.b.localhost",
                    "127.0.0.1",
                    "127.1.2.3",
                    "[::1]",
                    "[::ffff:127.0.0.1]",
                ],
                vec![
                    "models.lan",
                    "192.0.2.1",
                    "localhost.evil.example",
                    "evillocalhost",
                    "127.0.0.1.evil.example",
                    "",
                ],
            ),
            ("[http]\nallowed_hosts = [\"models.lan\"]\n", vec!["models.lan", "Models.LAN", "localhost"], vec!["lan"]),
            (public, vec!["models.example", "models.lan", "127.0.0.1"], vec!["x.models.example", "evil.example"]),
            ("listen = \"0.0.0.0:1\"\n", vec!["models.lan", "evil.example", "192.0.2.1"], vec![]),
        ] {
            let hosts = load_file(content).expect(content).hosts();
            assert_eq!(known.into_iter().find(|host| !hosts.has(host)), None, "{content}");
            assert_eq!(unknown.into_iter().find(|host| hosts.has(host)), None, "{content}");
        }
        let hosts = load_file(&format!("listen = \"0.0.0.0:1\"\n{public}")).expect("settings").hosts();
        assert!(hosts.has("models.example") && !hosts.has("evil.example"));
    }

    #[test]
    fn names_are_names_and_nothing_else() {
        for right in ["models.lan", "10.0.0.5", "[2001:db8::1]"] {
            load_file(&format!("[http]\nallowed_hosts = [{right:?}]\n")).expect(right);
        }
        for wrong in ["", "*", "https://models.lan", "models.lan:8321", "Models.lan", "models.lan/", "a b"] {
            let error = load_file(&format!("[http]\nallowed_hosts = [{wrong:?}]\n")).expect_err(wrong).to_string();
            assert!(error.starts_with("http.allowed_hosts: \"") && error.contains(wrong), "{error}");
        }
    }
}
