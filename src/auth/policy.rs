//! What is needed for what: the one table of rights.
//!
//! A field of the schema's roots that has no line here is refused to everybody.

use crate::domain::{Role, Scope};

/// Something that not everybody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// To ask who one is, what one may spend, and what server this is.
    AskWhoIAm,
    /// To read the catalogue, its history and its changes.
    ReadCatalogue,
    /// To change the catalogue.
    WriteCatalogue,
    /// To remove for good what was deleted.
    Purge,
    /// To enter, change and look after suppliers' keys.
    ManageKeys,
    /// To make, list and revoke tokens.
    ManageAccess,
    /// To read the audit log.
    ReadAudit,
}

/// What an action needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The least role.
    pub role: Role,
    /// The scope that a token must have, or one that gives it ([`Scope::gives`]), if it is limited to some; `None` if any will do.
    pub scope: Option<Scope>,
}

/// Where a field of the schema stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Root {
    /// Reading.
    Query,
    /// Writing.
    Mutation,
    /// Subscribing.
    Subscription,
}

impl Action {
    /// What it needs.
    pub const fn rule(self) -> Rule {
        let (role, scope) = match self {
            Self::AskWhoIAm => (Role::Viewer, None),
            Self::ReadCatalogue => (Role::Viewer, Some(Scope::CatalogueRead)),
            Self::WriteCatalogue => (Role::Editor, Some(Scope::CatalogueWrite)),
            Self::Purge => (Role::Admin, Some(Scope::CataloguePurge)),
            Self::ManageKeys => (Role::Admin, Some(Scope::KeysManage)),
            Self::ManageAccess => (Role::Admin, Some(Scope::AccessManage)),
            Self::ReadAudit => (Role::Admin, Some(Scope::AuditRead)),
        };
        Rule { role, scope }
    }
}

/// What a field of a root does; `None` if nobody has said so.
pub fn action(root: Root, field: &str) -> Option<Action> {
    match root {
        Root::Query => query(field),
        Root::Mutation => mutation(field),
        Root::Subscription => (field == "changed").then_some(Action::ReadCatalogue),
    }
}

fn query(field: &str) -> Option<Action> {
    Some(match field {
        "at"
        | "capabilities"
        | "capability"
        | "categories"
        | "category"
        | "categoryTree"
        | "changeFeedCursor"
        | "changeSet"
        | "changeSets"
        | "changes"
        | "compareModelVersions"
        | "defaultModel"
        | "defaultModelChoice"
        | "deprecations"
        | "model"
        | "models"
        | "node"
        | "nodes"
        | "supplier"
        | "suppliers" => Action::ReadCatalogue,
        "rateLimit" | "server" | "viewer" => Action::AskWhoIAm,
        "expiringSupplierKeys" => Action::ManageKeys,
        "apiTokens" => Action::ManageAccess,
        "auditLog" => Action::ReadAudit,
        _ => return None,
    })
}

fn mutation(field: &str) -> Option<Action> {
    Some(match field {
        "attachCapabilities"
        | "attachCategories"
        | "createCapability"
        | "createCategory"
        | "createModel"
        | "createModelAlias"
        | "createModelParameter"
        | "createModelPrice"
        | "createSupplier"
        | "deleteCapability"
        | "deleteCategory"
        | "deleteModel"
        | "deleteModelAlias"
        | "deleteModelParameter"
        | "deleteModelPointer"
        | "deleteModelPrice"
        | "deleteSupplier"
        | "detachCapabilities"
        | "detachCategories"
        | "moveCategory"
        | "publishModelVersion"
        | "restoreCapability"
        | "restoreCategory"
        | "restoreModel"
        | "restoreModelAlias"
        | "restoreModelCapability"
        | "restoreModelParameter"
        | "restoreModelPrice"
        | "restoreSupplier"
        | "revertChangeSet"
        | "rollbackModel"
        | "setDefaultModel"
        | "setModelParameters"
        | "setModelPointer"
        | "unsetDefaultModel"
        | "updateCapability"
        | "updateCategory"
        | "updateModel"
        | "updateModelParameter"
        | "updateModelPrice"
        | "updateSupplier" => Action::WriteCatalogue,
        "purge" => Action::Purge,
        "createSupplierKey" | "deleteSupplierKey" | "restoreSupplierKey" | "rotateSupplierKey"
        | "updateSupplierKey" => Action::ManageKeys,
        "createApiToken" | "revokeApiToken" => Action::ManageAccess,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A scope that needs more than its action's role, or less, could be given in vain.
    #[test]
    fn scopes_need_the_roles_of_their_actions() {
        for action in [
            Action::AskWhoIAm,
            Action::ReadCatalogue,
            Action::WriteCatalogue,
            Action::Purge,
            Action::ManageKeys,
            Action::ManageAccess,
            Action::ReadAudit,
        ] {
            let rule = action.rule();
            assert!(rule.scope.is_none_or(|scope| scope.role() == rule.role), "{action:?}");
        }
    }

    #[test]
    fn what_is_not_in_the_table_is_nobodys() {
        assert_eq!(action(Root::Query, "secrets"), None);
        assert_eq!(action(Root::Mutation, "models"), None);
        assert_eq!(action(Root::Subscription, "models"), None);
    }
}
