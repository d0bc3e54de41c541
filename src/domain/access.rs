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
        /// To change the catalogue, and to read it.
        CatalogueWrite = "catalogue:write",
        /// To remove for good what was deleted, and to read the catalogue.
        CataloguePurge = "catalogue:purge",
        /// To enter, change and look after suppliers' keys, and to read the catalogue; the keys themselves are shown to nobody.
        KeysManage = "keys:manage",
        /// To make, list and revoke tokens.
        AccessManage = "access:manage",
        /// To read the audit log, and the catalogue.
        AuditRead = "audit:read",
    }
}

impl Scope {
    /// Whether who has it may do what `wanted` is for. What mutations, keys and the audit log answer leads on to suppliers, models
    /// and their history: those who may ask for it can read the catalogue, so that it is said.
    pub const fn gives(self, wanted: Self) -> bool {
        match wanted {
            Self::CatalogueRead => !matches!(self, Self::AccessManage),
            _ => self as u8 == wanted as u8,
        }
    }

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

    #[test]
    fn a_scope_gives_itself_and_maybe_reading() {
        for has in Scope::ALL {
            for wanted in Scope::ALL {
                let reads = *wanted == Scope::CatalogueRead && *has != Scope::AccessManage;
                assert_eq!(has.gives(*wanted), has == wanted || reads, "{has} for {wanted}");
            }
        }
    }
}
