//! Who asks.

use super::policy::Action;
use crate::domain::{Role, Scope, Timestamp};

/// Who asks, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// What the history and the audit log call them, such as `token:ci`.
    pub name: String,
    /// What they may do; `None` for nothing at all.
    pub role: Option<Role>,
    /// What they are limited to; `None` for all that the role may do.
    pub scopes: Option<Vec<Scope>>,
    /// By what they are known.
    pub kind: PrincipalKind,
    /// From when they are no longer let in; `None` if that never comes.
    pub expires_at: Option<Timestamp>,
}

/// By what somebody is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrincipalKind {
    /// By nothing.
    Anonymous,
    /// By the API token with this id.
    Token(i64),
    /// By a browser's session with this id.
    Session(i64),
    /// By a token of the identity provider.
    Provider,
    /// As whoever runs the process, which asks itself.
    Process,
}

impl Principal {
    /// Nobody in particular.
    pub fn anonymous(role: Option<Role>) -> Self {
        let name = "anonymous".to_owned();
        Self { name, role, scopes: None, kind: PrincipalKind::Anonymous, expires_at: None }
    }

    /// Whoever runs the process: may do everything.
    pub fn process(name: impl Into<String>) -> Self {
        let role = Some(Role::Admin);
        Self { name: name.into(), role, scopes: None, kind: PrincipalKind::Process, expires_at: None }
    }

    /// Whether nobody knows who it is.
    pub fn is_anonymous(&self) -> bool {
        self.kind == PrincipalKind::Anonymous
    }

    /// Whether this may be done.
    pub fn may(&self, action: Action) -> bool {
        let rule = action.rule();
        let in_scope = |scope| self.scopes.as_ref().is_none_or(|scopes| scopes.iter().any(|has| has.gives(scope)));
        self.role.is_some_and(|role| role >= rule.role) && rule.scope.is_none_or(in_scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_may_what_those_before_it_may() {
        let may = |role, action| Principal { role, ..Principal::anonymous(None) }.may(action);
        assert!(!may(None, Action::AskWhoIAm) && !may(None, Action::ReadCatalogue));
        assert!(may(Some(Role::Viewer), Action::ReadCatalogue) && !may(Some(Role::Viewer), Action::WriteCatalogue));
        assert!(may(Some(Role::Editor), Action::WriteCatalogue) && !may(Some(Role::Editor), Action::Purge));
        assert!(may(Some(Role::Admin), Action::ReadCatalogue) && may(Some(Role::Admin), Action::ManageAccess));
    }

    #[test]
    fn scopes_limit_a_role_and_never_widen_it() {
        let limited = |role, scopes: &[Scope]| Principal {
            role: Some(role),
            scopes: Some(scopes.to_vec()),
            ..Principal::anonymous(None)
        };
        let reader = limited(Role::Admin, &[Scope::CatalogueRead]);
        assert!(reader.may(Action::ReadCatalogue) && reader.may(Action::AskWhoIAm));
        assert!(!reader.may(Action::WriteCatalogue) && !reader.may(Action::ManageAccess));
        let writer = limited(Role::Admin, &[Scope::CatalogueWrite]);
        assert!(writer.may(Action::ReadCatalogue) && !writer.may(Action::Purge) && !writer.may(Action::ManageKeys));
        assert!(!limited(Role::Admin, &[Scope::AccessManage]).may(Action::ReadCatalogue));
        assert!(!limited(Role::Viewer, &[Scope::CatalogueWrite]).may(Action::WriteCatalogue));
        assert!(!limited(Role::Admin, &[]).may(Action::ReadCatalogue));
    }
}
