//! `viewer`: who asks.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};

use super::guard::ByPolicy;
use super::scope::scope;
use crate::auth::Principal;
use crate::domain::{Role, Scope};

/// Asking who one is.
#[derive(Default)]
pub struct Asking;

/// Asking who one is.
#[Object(guard = "ByPolicy")]
impl Asking {
    /// Who you are, and what you may do.
    async fn viewer(&self, context: &Context<'_>) -> Result<Viewer> {
        Ok(Viewer(Arc::clone(&scope(context)?.principal)))
    }
}

/// Who asks, and what they may do.
pub struct Viewer(Arc<Principal>);

/// Who asks, and what they may do.
#[Object]
impl Viewer {
    /// The name that the history and the audit log have, such as `token:ci`; `anonymous` for who doesn't say.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Whether nobody knows who it is.
    async fn is_anonymous(&self) -> bool {
        self.0.is_anonymous()
    }
    /// What they may do.
    async fn role(&self) -> Option<Role> {
        self.0.role
    }
    /// What they are limited to; null for all that the role may do.
    async fn scopes(&self) -> Option<&[Scope]> {
        self.0.scopes.as_deref()
    }
    /// From when they are no longer let in; null if that never comes.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at.map(crate::domain::Timestamp::to_utc)
    }
}
