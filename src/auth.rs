//! Who asks, and what they may do.
//!
//! Every request has a [`Principal`], made where it comes in: from an API token, a session, a token of an identity provider,
//! or nobody's. What it needs for which field of the schema is said in [`policy`], and nowhere else. [`Access`] knows all
//! that is good at the moment, in memory: to check a token asks the database nothing.

mod access;
mod noted;
mod oidc;
pub mod policy;
mod principal;
mod secret;
mod snapshot;

pub use access::{Access, AccessSettings, Lasting, Refusal};
pub use noted::Noted;
pub use oidc::{Oidc, OidcSettings, is_safe_address};
pub use principal::{Principal, PrincipalKind};
pub use secret::{Secret, SecretHash};
