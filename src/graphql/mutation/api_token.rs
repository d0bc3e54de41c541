//! Making and revoking tokens for programs.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::super::api_token::{ApiToken, parse_id};
use super::super::error::internal;
use super::super::guard::ByPolicy;
use super::super::scope::{author, scope};
use super::payload::{UserError, outcome};
use crate::auth::{Principal, PrincipalKind, Secret};
use crate::domain::{Role, Scope, Timestamp};
use crate::registry::api_token::{self, Giver, NewApiToken};
use crate::registry::{UserErrorCode, refused};

/// A token to make.
#[derive(Debug, InputObject)]
pub struct CreateApiTokenInput {
    /// What it is called: 1 to 100 bytes of lower-case letters, digits and `. _ : / @ -`, unique among tokens that are not
    /// revoked.
    pub name: String,
    /// What it may do; no greater than the role of who makes it.
    pub role: Role,
    /// What it is limited to; all that its role may do if left out or null. Each must be of its role. Who is limited to scopes
    /// has to give some of their own.
    pub scopes: Option<Vec<Scope>>,
    /// From when it is no longer good, in the future; never if left out or null. A token that ends makes only those that end no
    /// later.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A token to revoke.
#[derive(Debug, InputObject)]
pub struct RevokeApiTokenInput {
    /// Id of the token. One that is revoked already stays as it is.
    pub id: ID,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct CreateApiTokenPayload {
    /// The token as it is kept; null if something was wrong.
    api_token: Option<ApiToken>,
    /// The token itself, to be sent as `Authorization: Bearer`. It is shown here once and never again: Modelry keeps only
    /// its hash. Null if something was wrong.
    token: Option<String>,
    /// All that was wrong with the input; empty if it was made.
    user_errors: Vec<UserError>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct RevokeApiTokenPayload {
    /// The token as it is now; null if something was wrong.
    api_token: Option<ApiToken>,
    /// All that was wrong with the input; empty if it is revoked.
    user_errors: Vec<UserError>,
}

/// What somebody can give. The end of a person's session, or of a provider's token, is none of the tokens that they make:
/// programs go on when people have gone home.
fn giver(principal: &Principal) -> Giver {
    let is_program = matches!(principal.kind, PrincipalKind::Token(_));
    Giver {
        role: principal.role.unwrap_or(Role::Viewer),
        scopes: principal.scopes.clone(),
        expires_at: principal.expires_at.filter(|_| is_program),
    }
}

/// Making and revoking tokens for programs.
#[derive(Default)]
pub struct ApiTokenMutation;

#[Object(guard = "ByPolicy")]
impl ApiTokenMutation {
    /// Makes a token that lets a program in, and may no more than who makes it. For admins.
    async fn create_api_token(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The token.")] input: CreateApiTokenInput,
    ) -> Result<CreateApiTokenPayload> {
        let scope = scope(context)?;
        let secret = Secret::token().map_err(internal(context))?;
        let token = NewApiToken {
            name: input.name,
            role: input.role,
            scopes: input.scopes,
            expires_at: input.expires_at.map(Timestamp::new),
            hash: secret.hash().to_hex(),
            hint: secret.hint(),
        };
        let made = api_token::create(&scope.store, author(context)?, &giver(&scope.principal), token).await;
        let (row, user_errors) = outcome(context, made)?;
        // Where this fails, whoever uses the token waits for the next time.
        drop(scope.access.refresh().await);
        let token = row.is_some().then(|| secret.expose().to_owned());
        Ok(CreateApiTokenPayload { api_token: row.map(ApiToken), token, user_errors })
    }

    /// Revokes a token: from now on it lets nobody in here, and within a second nowhere; what it has open is closed. For
    /// admins.
    async fn revoke_api_token(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which token.")] input: RevokeApiTokenInput,
    ) -> Result<RevokeApiTokenPayload> {
        let scope = scope(context)?;
        let revoked = match parse_id(&input.id) {
            Some(id) => api_token::revoke(&scope.store, author(context)?, id).await,
            None => Err(refused("id", UserErrorCode::Invalid, "ids of tokens look like \"ApiToken:42\"")),
        };
        let (row, user_errors) = outcome(context, revoked)?;
        // Where this fails, nobody is let in on what is known.
        drop(scope.access.refresh().await);
        Ok(RevokeApiTokenPayload { api_token: row.map(ApiToken), user_errors })
    }
}
