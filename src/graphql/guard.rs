//! What stands before every field of the roots: the table of rights.

use async_graphql::parser::types::OperationType;
use async_graphql::{Context, Error, Guard, Result};

use super::error::{forbidden, unauthenticated};
use super::scope::scope;
use crate::auth::policy::{Action, Root, action};
use crate::auth::{Principal, policy};

/// Lets in who may by [`policy`]; refusals of what changes something, or is not for everybody, are told to the audit log.
pub struct ByPolicy;

impl Guard for ByPolicy {
    async fn check(&self, context: &Context<'_>) -> Result<()> {
        match action(root(context), context.field().name()) {
            Some(action) => check(context, action),
            None => Err(forbidden(format!("{} is nobody's to use", context.field().name()))),
        }
    }
}

/// As [`ByPolicy`], for a field below the roots that is not for everybody who may read what it belongs to.
pub struct Only(pub Action);

impl Guard for Only {
    async fn check(&self, context: &Context<'_>) -> Result<()> {
        check(context, self.0)
    }
}

fn check(context: &Context<'_>, action: Action) -> Result<()> {
    let (scope, field) = (scope(context)?, context.field().name());
    if scope.principal.may(action) {
        return Ok(());
    }
    if action != Action::ReadCatalogue {
        scope.access.note_forbidden(&scope.principal, field, &scope.request_id);
    }
    Err(refusal(&scope.principal, field, action))
}

/// The root that the field belongs to; what lies below others is read.
fn root(context: &Context<'_>) -> Root {
    if context.path_node.is_some_and(|node| node.parent.is_some()) {
        return Root::Query;
    }
    match context.query_env.operation.node.ty {
        OperationType::Query => Root::Query,
        OperationType::Mutation => Root::Mutation,
        OperationType::Subscription => Root::Subscription,
    }
}

fn refusal(principal: &Principal, field: &str, action: Action) -> Error {
    let policy::Rule { role, scope } = action.rule();
    let needs = match scope {
        Some(scope) if principal.role.is_some_and(|has| has >= role) => format!("the scope {scope}"),
        _ => format!("the role {role}"),
    };
    if principal.is_anonymous() {
        let message = format!("{field} needs {needs}: say who you are, with a token as Authorization: Bearer mdy_...");
        return unauthenticated(message);
    }
    forbidden(format!("{field} needs {needs}, which {} doesn't have", principal.name))
}
