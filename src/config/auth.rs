//! The settings of who may come in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ConfigError;
use crate::auth::is_safe_address;
use crate::domain::Role;

/// Who may come in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthConfig {
    /// What those may do who don't say who they are; unless said, they may read where only this machine can ask, and
    /// nothing elsewhere.
    pub anonymous_role: Option<AnonymousRole>,
    /// How long a browser's session lasts without being used, in milliseconds.
    pub session_idle_ms: u64,
    /// How long a browser's session lasts at most, in milliseconds.
    pub session_max_ms: u64,
    /// The identity provider whose tokens are taken; none unless it is named.
    pub oidc: Option<OidcConfig>,
}

/// An identity provider (`OpenID` Connect), and what its tokens say here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcConfig {
    /// Who issues the tokens: an https address, or one of this machine, below which its configuration is found.
    pub issuer: String,
    /// Who the tokens must be for.
    pub audience: String,
    /// Where in a token the roles are: names of claims, separated by dots.
    #[serde(default = "role_claim")]
    pub role_claim: String,
    /// What the provider's roles are here; who has several, has the greatest. Others give nothing.
    #[serde(default)]
    pub roles: BTreeMap<String, Role>,
    /// Which claim people are named by in the history; `sub` where a token doesn't have it.
    #[serde(default = "name_claim")]
    pub name_claim: String,
    /// How far the provider's clock may be from this one, in milliseconds.
    #[serde(default = "clock_skew_ms")]
    pub clock_skew_ms: u64,
}

fn role_claim() -> String {
    "roles".to_owned()
}

fn name_claim() -> String {
    "sub".to_owned()
}

const fn clock_skew_ms() -> u64 {
    60_000
}

/// What those may do who don't say who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnonymousRole {
    /// They may read the catalogue.
    Viewer,
    /// They may do nothing.
    None,
}

impl Default for AuthConfig {
    fn default() -> Self {
        Self { anonymous_role: None, session_idle_ms: 28_800_000, session_max_ms: 604_800_000, oidc: None }
    }
}

impl AuthConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let Some(oidc) = &self.oidc else { return Ok(()) };
        if !is_safe_address(&oidc.issuer) {
            return Err(ConfigError::NotSafe("auth.oidc.issuer"));
        }
        let empty = [
            ("auth.oidc.audience", oidc.audience.is_empty()),
            ("auth.oidc.role_claim", oidc.role_claim.is_empty()),
            ("auth.oidc.name_claim", oidc.name_claim.is_empty()),
            ("auth.oidc.roles", oidc.roles.is_empty()),
        ];
        empty.into_iter().find(|(_, is_empty)| *is_empty).map_or(Ok(()), |(key, _)| Err(ConfigError::Empty(key)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::load_file;
    use super::*;

    #[test]
    fn who_is_not_known_reads_where_only_this_machine_can_ask_unless_it_is_said() {
        for (content, expected) in [
            ("", Some(Role::Viewer)),
            ("listen = \"[::1]:1\"\n", Some(Role::Viewer)),
            ("listen = \"0.0.0.0:1\"\n", None),
            ("listen = \"[::]:1\"\n", None),
            ("listen = \"192.0.2.1:1\"\n", None),
            ("listen = \"0.0.0.0:1\"\n[auth]\nanonymous_role = \"viewer\"\n", Some(Role::Viewer)),
            ("[http]\npublic_url = \"https://models.example\"\n", None),
            ("[auth]\nanonymous_role = \"none\"\n", None),
        ] {
            assert_eq!(load_file(content).expect(content).anonymous_role(), expected, "{content}");
        }
        let error = load_file("[auth]\nanonymous_role = \"editor\"\n").expect_err("nobody unknown writes");
        assert!(error.to_string().contains("viewer"), "{error}");
    }

    #[test]
    fn a_provider_is_named_in_full_and_over_tls() {
        const SOUND: &str =
            "[auth.oidc]\nissuer = \"https://id.example\"\naudience = \"modelry\"\nroles = { a = \"admin\" }\n";
        let oidc = load_file(SOUND).expect("settings").auth.oidc.expect("a provider");
        assert_eq!((oidc.role_claim.as_str(), oidc.name_claim.as_str(), oidc.clock_skew_ms), ("roles", "sub", 60_000));
        load_file(&SOUND.replace("https://id.example", "http://127.0.0.1:8080/realm")).expect("this machine");
        for (from, to, complaint) in [
            (
                "https://id",
                "http://id",
                "auth.oidc.issuer: must be an https:// address, or an http:// one of this machine",
            ),
            ("\"modelry\"", "\"\"", "auth.oidc.audience: must not be empty"),
            ("{ a = \"admin\" }", "{}", "auth.oidc.roles: must not be empty"),
        ] {
            assert_eq!(load_file(&SOUND.replace(from, to)).expect_err(to).to_string(), complaint);
        }
        assert!(load_file(&SOUND.replace("admin", "root")).expect_err("no role").to_string().contains("root"));
        assert!(load_file("[auth.oidc]\nissuer = \"https://id.example\"\n").is_err(), "no audience");
    }
}
