//! Making and revoking tokens for programs. Both are told to the audit log in the same transaction.

use super::check::slug;
use super::user_error::{Errors, UserErrorCode, WriteResult, refused};
use crate::domain::{AuditOutcome, Role, Scope, Timestamp};
use crate::store::api_token::{self, ApiTokenRow};
use crate::store::audit::{self, AuditEvent};
use crate::store::{Author, Conn, Store, StoreError, StoreResult};

/// Most tokens that are not revoked.
pub const MAX_TOKENS: usize = 1_000;

/// A token to be made.
#[derive(Debug, Clone)]
pub struct NewApiToken {
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// What it is limited to; `None` for all that its role may do.
    pub scopes: Option<Vec<Scope>>,
    /// From when it is no longer good; `None` if that never comes.
    pub expires_at: Option<Timestamp>,
    /// SHA-256 of the token, in hexadecimal.
    pub hash: String,
    /// The token's last characters.
    pub hint: String,
}

/// What whoever makes a token has themselves: they can't give more.
#[derive(Debug, Clone)]
pub struct Giver {
    /// What they may do.
    pub role: Role,
    /// What they are limited to; `None` for all that their role may do.
    pub scopes: Option<Vec<Scope>>,
    /// When the token ends that they have themselves; `None` if it never does, or they are a person.
    pub expires_at: Option<Timestamp>,
}

impl Giver {
    /// Whoever may do everything: who has the database.
    pub const fn unlimited() -> Self {
        Self { role: Role::Admin, scopes: None, expires_at: None }
    }

    fn check(&self, token: &NewApiToken, errors: &mut Errors) {
        if token.role > self.role {
            let message = format!("can't be greater than your own role, which is {}", self.role);
            errors.add("role", UserErrorCode::OutOfRange, message);
        }
        if let Some(own) = &self.scopes {
            let given = token.scopes.as_deref();
            let beyond = given.unwrap_or_default().iter().any(|scope| !own.iter().any(|has| has.gives(*scope)));
            if given.is_none() || beyond {
                let message = format!("give only scopes of your own token's, of which it has {}", listed(own));
                errors.add("scopes", UserErrorCode::OutOfRange, message);
            }
        }
        if let Some(end) = self.expires_at.filter(|end| token.expires_at.is_none_or(|given| given > *end)) {
            let message = format!("can't be later than the end of your own token, {}", end.to_text());
            errors.add("expiresAt", UserErrorCode::OutOfRange, message);
        }
    }
}

/// Scopes as people read them.
fn listed(scopes: &[Scope]) -> String {
    let names: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

impl NewApiToken {
    fn check(&self, giver: &Giver, now: Timestamp) -> WriteResult<()> {
        let mut errors = Errors::default();
        errors.note("name", slug(&self.name));
        if self.expires_at.is_some_and(|end| end <= now) {
            errors.add("expiresAt", UserErrorCode::OutOfRange, "must be in the future");
        }
        let scopes = self.scopes.as_deref();
        if scopes.is_some_and(<[Scope]>::is_empty) {
            let message = "give at least one, or leave it out for all that the role may do";
            errors.add("scopes", UserErrorCode::Invalid, message);
        }
        if let Some(beyond) = scopes.unwrap_or_default().iter().find(|scope| scope.role() > self.role) {
            let message = format!("{beyond} needs the role {}", beyond.role());
            errors.add("scopes", UserErrorCode::Invalid, message);
        }
        giver.check(self, &mut errors);
        errors.finish()
    }

    fn row(self, author: &Author) -> ApiTokenRow {
        ApiTokenRow {
            id: 0,
            name: self.name,
            hash: self.hash,
            hint: self.hint,
            role: self.role,
            scopes: self.scopes.as_deref().map(spelled),
            created_at: author.moment,
            created_by: author.actor.clone(),
            expires_at: self.expires_at,
            last_used_at: None,
            revoked_at: None,
            revoked_by: None,
        }
    }
}

/// Scopes as they are kept: each once, separated by spaces.
fn spelled(scopes: &[Scope]) -> String {
    let each: Vec<&str> =
        Scope::ALL.iter().filter(|scope| scopes.contains(scope)).map(|scope| scope.as_str()).collect();
    each.join(" ")
}

/// What a token is limited to, as it is kept. What isn't known (from a later version) gives no right.
pub fn scopes_of(row: &ApiTokenRow) -> Option<Vec<Scope>> {
    let scopes = row.scopes.as_deref()?;
    Some(scopes.split(' ').filter_map(|scope| scope.parse().ok()).collect())
}

/// Makes a token that may no more than who gives it.
///
/// # Errors
/// If something is wrong with what is asked for, or the database fails.
pub async fn create(store: &Store, author: Author, giver: &Giver, token: NewApiToken) -> WriteResult<ApiTokenRow> {
    token.check(giver, author.moment)?;
    let name = token.name.clone();
    let made = store.record(move |conn| {
        Box::pin(async move {
            if api_token::unrevoked(conn).await?.len() >= MAX_TOKENS {
                let message = format!("there are {MAX_TOKENS} tokens already; revoke those that are not used");
                return Err(refused("name", UserErrorCode::TooMany, message));
            }
            let mut row = token.row(&author);
            row.id = api_token::insert(conn, row.clone()).await?;
            tell(conn, &author, &row).await?;
            Ok(row)
        })
    });
    made.await.map_err(|error| match error {
        super::WriteError::Store(StoreError::Duplicate(_)) => {
            refused("name", UserErrorCode::Taken, format!("a token that is not revoked is called {name:?}"))
        }
        other => other,
    })
}

/// Revokes a token; one that is revoked already stays as it is.
///
/// # Errors
/// If there is none with this id, or the database fails.
pub async fn revoke(store: &Store, author: Author, id: i64) -> WriteResult<ApiTokenRow> {
    let revoked = store.record(move |conn| {
        Box::pin(async move {
            let changed = api_token::revoke(conn, id, author.actor.clone(), author.moment).await?;
            let Some(row) = api_token::by_id(conn, id).await? else {
                return Err(refused("id", UserErrorCode::NotFound, "there is no token with this id"));
            };
            if changed {
                tell(conn, &author, &row).await?;
            }
            Ok(row)
        })
    });
    revoked.await
}

/// Writes down what became of a token, and tells every instance.
async fn tell(conn: &mut Conn, author: &Author, row: &ApiTokenRow) -> StoreResult<()> {
    let scopes = row.scopes.as_deref().unwrap_or("all scopes");
    let event = AuditEvent {
        at: author.moment,
        actor: author.actor.clone(),
        action: author.operation.clone(),
        outcome: AuditOutcome::Done,
        channel: Some(author.channel),
        detail: Some(format!("{}: {}, {scopes}", row.name, row.role)),
        request: author.request.clone(),
        address: None,
        alike: 1,
    };
    audit::insert(conn, event).await?;
    api_token::raise_revision(conn).await
}
