//! Sessions of browsers: begun by a link, ended by who has them.

use super::{Access, Refusal};
use crate::auth::principal::{Principal, PrincipalKind};
use crate::auth::secret::Secret;
use crate::domain::Timestamp;
use crate::registry::session;
use crate::store::StoreResult;

impl Access {
    /// Begins a session by the code of a link, which is used up.
    ///
    /// # Errors
    /// Why not.
    pub async fn begin_session(&self, code: &str, address: Option<String>) -> Result<Secret, Refusal> {
        let code = Secret::parse_code(code).ok_or(Refusal::Link)?;
        let secret = Secret::session().map_err(|error| unavailable(&error))?;
        let now = self.0.clock.now();
        let new = session::NewSession {
            code_hash: code.hash().to_hex(),
            hash: secret.hash().to_hex(),
            now,
            expires_at: Timestamp::new(now.to_utc() + self.0.settings.sessions.longest),
            address,
        };
        let begun = session::begin(&self.0.store, new).await.map_err(|error| unavailable(&error))?;
        if !begun {
            return Err(Refusal::Link);
        }
        self.refresh().await.map_err(|error| unavailable(&error))?;
        Ok(secret)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn end_session(&self, principal: &Principal) -> StoreResult<()> {
        if let PrincipalKind::Session(id) = principal.kind {
            session::end(&self.0.store, id, principal.name.clone(), self.0.clock.now()).await?;
            self.refresh().await?;
        }
        Ok(())
    }
}

/// Logs why it can't be known.
fn unavailable(error: &dyn std::fmt::Display) -> Refusal {
    tracing::error!(%error, "a session could not be begun");
    Refusal::Unavailable
}
