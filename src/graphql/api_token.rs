//! `ApiToken`: what lets a program in.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use super::error::fault;
use super::guard::ByPolicy;
use super::scope::scope;
use crate::domain::{Role, Scope, Timestamp};
use crate::registry::api_token::scopes_of;
use crate::store::api_token::{ApiTokenRow, unrevoked};

/// A token for a program. What the token itself is, nobody can ask.
pub struct ApiToken(pub ApiTokenRow);

/// What ids of tokens begin with.
const PREFIX: &str = "ApiToken:";

/// The primary key in the id of a token; `None` if it is none.
pub fn parse_id(id: &ID) -> Option<i64> {
    let row = id.strip_prefix(PREFIX)?;
    let canonical = row.bytes().all(|byte| byte.is_ascii_digit()) && !row.starts_with('0');
    canonical.then(|| row.parse().ok())?
}

/// A token for a program. What the token itself is, nobody can ask.
#[Object]
impl ApiToken {
    /// Names it, such as `ApiToken:7`; pass it to `revokeApiToken`.
    async fn id(&self) -> ID {
        ID(format!("{PREFIX}{}", self.0.id))
    }
    /// What it is called; of those not revoked no two are called the same. Whoever has it is called `token:` and this.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// The last characters of the token.
    async fn hint(&self) -> &str {
        &self.0.hint
    }
    /// What it may do.
    async fn role(&self) -> Role {
        self.0.role
    }
    /// What it is limited to; null for all that its role may do.
    async fn scopes(&self) -> Option<Vec<Scope>> {
        scopes_of(&self.0)
    }
    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.to_utc()
    }
    /// Who made it.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }
    /// From when it is no longer good; null if that never comes.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at.map(Timestamp::to_utc)
    }
    /// When it was last used, to within a minute or two; null if it never was.
    async fn last_used_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_used_at.map(Timestamp::to_utc)
    }
    /// When it was revoked; null while it is not.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.revoked_at.map(Timestamp::to_utc)
    }
    /// Who revoked it; null while it is not.
    async fn revoked_by(&self) -> Option<&str> {
        self.0.revoked_by.as_deref()
    }
}

/// The tokens that let programs in.
#[derive(Default)]
pub struct ApiTokens;

/// The tokens that let programs in.
#[Object(guard = "ByPolicy")]
impl ApiTokens {
    /// The tokens that are not revoked, by name, at most 1,000; those that have expired are among them. For admins.
    async fn api_tokens(&self, context: &Context<'_>) -> Result<Vec<ApiToken>> {
        let read = scope(context)?.store.read(|conn| Box::pin(unrevoked(conn)));
        Ok(read.await.map_err(fault(context))?.into_iter().map(ApiToken).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_tokens_have_one_form() {
        assert_eq!(parse_id(&ID::from("ApiToken:7")), Some(7));
        for id in ["", "7", "ApiToken:", "ApiToken:07", "ApiToken:x", "ApiToken:-1", "Model:7"] {
            assert_eq!(parse_id(&ID::from(id)), None, "{id}");
        }
    }
}
