//! Who may do what: roles, what a token may be limited to, and how an attempt ended.

use super::text_enum::text_enum;

text_enum! {
    /// What somebody may do: each role may do all that those before it may.
    pub enum Role ("role") {
        /// Reads the catalogue, its history and its changes.
        Viewer = "viewer",
        /// Changes the catalogue.
        Editor = "editor",
        /// Gives and takes rights, reads the audit log, and removes for good.
        Admin = "admin",
    }
}

text_enum! {
    /// What a token can be limited to. A token without scopes may do all that its role may.
    pub enum Scope ("scope") {
        /// To read the catalogue, its history and its changes.
        CatalogueRead = "catalogue:read",
        /// To change the catalogue.
        CatalogueWrite = "catalogue:write",
        /// To remove for good what was deleted.
        CataloguePurge = "catalogue:purge",
        /// To enter, change and look after suppliers' keys; the keys themselves are shown to nobody.
        KeysManage = "keys:manage",
        /// To make, list and revoke tokens.
        AccessManage = "access:manage",
        /// To read the audit log.
        AuditRead = "audit:read",
    }
}

impl Scope {
    /// The least role that has it.
    pub const fn role(self) -> Role {
        match self {
            Self::CatalogueRead => Role::Viewer,
            Self::CatalogueWrite => Role::Editor,
            Self::CataloguePurge | Self::KeysManage | Self::AccessManage | Self::AuditRead => Role::Admin,
        }
    }
}

text_enum! {
    /// How what was attempted ended.
    pub enum AuditOutcome ("outcome") {
        /// It was done.
        Done = "done",
        /// It was refused.
        Refused = "refused",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_in_order() {
        assert!(Role::Viewer < Role::Editor && Role::Editor < Role::Admin);
    }
}
