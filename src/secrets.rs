//! Secrets at rest: sealed under a data key of their own, which a master key wraps.
//!
//! What a [`Secret`] holds leaves this module only through [`Secret::expose`]. The format and its reasons are in
//! `docs/secrets.md`. Nothing here knows the database or a request.

mod envelope;
mod error;
mod key_file;
mod keyring;
mod master_key;
mod secret;
mod vault;

pub use envelope::{Place, Sealed};
pub use error::SecretsError;
pub use keyring::{Keyring, Rewrapped, SecretsSettings};
pub use secret::Secret;
pub use vault::VaultSettings;
