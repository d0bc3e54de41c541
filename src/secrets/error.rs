//! Why a secret can't be sealed or opened. No message holds anything of a secret, a key or a ciphertext.

use thiserror::Error;

/// A secret can't be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SecretsError {
    /// The master key is none of those that are known here.
    #[error("the master key {0} is needed, and none of the sources of master keys here has it")]
    UnknownMasterKey(String),
    /// There is no master key to seal with.
    #[error("there is no master key to seal with")]
    NoMasterKey,
    /// What was sealed isn't what is to be opened: damaged, of another row, or under another key.
    #[error("what was sealed does not open: it is damaged, of another row, or under another key")]
    Closed,
    /// What was sealed has a form that this version can't read.
    #[error("what was sealed has a form that this version of Modelry can't read: {0}")]
    Form(&'static str),
    /// Others may read the file of master keys.
    #[error("{path}: others may read this file of master keys (mode {mode:03o}); run `chmod 600` on it")]
    Exposed {
        /// The file.
        path: String,
        /// Its mode.
        mode: u32,
    },
    /// Somebody else owns the file of master keys, and could read and change it whatever its mode.
    #[error(
        "{path}: this file of master keys belongs to another user ({owner}); run Modelry as that one, or `chown {user}` it"
    )]
    Foreign {
        /// The file.
        path: String,
        /// Whose it is.
        owner: u32,
        /// Who would read it.
        user: u32,
    },
    /// The file of master keys can't be read or written.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// Why not.
        reason: String,
    },
    /// A source of master keys doesn't hold what it should.
    #[error("{place}: a master key is 32 bytes in base64, as `openssl rand -base64 32` prints them")]
    NotAKey {
        /// Where.
        place: String,
    },
    /// No newer master key is there to change to.
    #[error("there is no newer master key to change to: {0}")]
    NothingNewer(&'static str),
    /// The system gave no random bytes.
    #[error("the system gives no random bytes")]
    NoRandomness,
    /// Vault can't be reached, is sealed, or took too long: the same may work later.
    #[error("Vault can't be used at the moment: {0}")]
    VaultAway(String),
    /// Vault refuses.
    #[error("Vault refuses: {0}")]
    VaultRefuses(String),
}

impl SecretsError {
    /// Whether the same may work later, without anybody doing something here.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::VaultAway(_))
    }

    pub(super) fn file(path: &std::path::Path, reason: impl std::fmt::Display) -> Self {
        Self::File { path: path.display().to_string(), reason: reason.to_string() }
    }
}
