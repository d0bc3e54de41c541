//! The statements of the floor. All give rows of the same three columns: a number and two texts.

/// `?` stands for the one value that a statement has, `IN IDS` for the database's way to look into a list of ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statement {
    Page,
    Models,
    Suppliers,
    Parameters,
    Capabilities,
    Categories,
    Tree,
    Search,
}

impl Statement {
    pub const ALL: [Self; 8] = [
        Self::Page,
        Self::Models,
        Self::Suppliers,
        Self::Parameters,
        Self::Capabilities,
        Self::Categories,
        Self::Tree,
        Self::Search,
    ];
    /// The four relations of models.
    pub const RELATIONS: [Self; 4] = [Self::Suppliers, Self::Parameters, Self::Capabilities, Self::Categories];

    const fn text(self) -> &'static str {
        match self {
            Self::Page => {
                "SELECT id AS number, name AS one, '' AS other FROM models \
                 WHERE deleted_at IS NULL AND model_type = 'language' AND is_active ORDER BY name, id LIMIT 50"
            }
            Self::Models => {
                "SELECT id AS number, name AS one, '' AS other FROM models WHERE id IN IDS AND deleted_at IS NULL"
            }
            Self::Suppliers => {
                "SELECT models.id AS number, suppliers.name AS one, '' AS other FROM models \
                 JOIN suppliers ON suppliers.id = models.supplier_id WHERE models.id IN IDS AND suppliers.deleted_at IS NULL"
            }
            Self::Parameters => {
                "SELECT model_id AS number, parameter_name AS one, parameter_value AS other FROM model_parameters \
                 WHERE model_id IN IDS AND deleted_at IS NULL ORDER BY model_id, parameter_name"
            }
            Self::Capabilities => {
                "SELECT links.model_id AS number, capabilities.name AS one, upper(links.support) AS other \
                 FROM model_capability_associations AS links JOIN capabilities ON capabilities.id = links.capability_id \
                 WHERE links.model_id IN IDS AND links.deleted_at IS NULL AND capabilities.deleted_at IS NULL \
                 ORDER BY links.model_id, capabilities.name"
            }
            Self::Categories => {
                "SELECT links.model_id AS number, model_categories.path AS one, '' AS other \
                 FROM model_category_associations AS links JOIN model_categories ON model_categories.id = links.category_id \
                 WHERE links.model_id IN IDS AND links.deleted_at IS NULL AND model_categories.deleted_at IS NULL \
                 ORDER BY links.model_id, model_categories.path"
            }
            Self::Tree => {
                "SELECT id AS number, name AS one, coalesce(CAST(parent_id AS TEXT), '') AS other FROM model_categories \
                 WHERE deleted_at IS NULL ORDER BY position, name"
            }
            Self::Search => {
                "SELECT count(*) OVER () AS number, models.name AS one, CAST(models.id AS TEXT) AS other FROM models \
                 WHERE models.deleted_at IS NULL AND models.is_active AND models.id IN FOUND AND EXISTS ( \
                 SELECT 1 FROM model_capability_associations AS links JOIN capabilities ON capabilities.id = links.capability_id \
                 WHERE links.model_id = models.id AND capabilities.name = 'capability_03' AND links.support = 'supported' \
                 AND links.deleted_at IS NULL AND capabilities.deleted_at IS NULL) ORDER BY models.name, models.id LIMIT 20"
            }
        }
    }

    /// Whether it asks about models by their ids.
    pub const fn takes_ids(self) -> bool {
        !matches!(self, Self::Page | Self::Tree | Self::Search)
    }

    /// For one id, or for a list of them.
    pub fn postgres(self, of_one: bool) -> String {
        self.text()
            .replace("IN IDS", if of_one { "= $1" } else { "= ANY($1)" })
            .replace("IN FOUND", "IN (SELECT model_id FROM model_search WHERE document ILIKE '%del-01%')")
    }

    /// For one id, or for a list of them.
    pub fn sqlite(self, of_one: bool) -> String {
        self.text()
            .replace("IN IDS", if of_one { "= ?" } else { "IN (SELECT value FROM json_each(?))" })
            .replace("IN FOUND", "IN (SELECT rowid FROM model_search WHERE model_search MATCH '\"del-01\"')")
    }
}

/// Gives a model, by its id, a description, and reads it back.
pub const WRITE_POSTGRES: &str = "UPDATE models SET description = $2, updated_at = clock_timestamp(), version = version + 1 \
     WHERE id = $1 AND deleted_at IS NULL RETURNING id, name, description";
/// As [`WRITE_POSTGRES`]; the values are the description and the id.
pub const WRITE_SQLITE: &str = "UPDATE models SET description = ?, updated_at = strftime('%Y-%m-%d %H:%M:%f', 'now'), \
     version = version + 1 WHERE id = ? AND deleted_at IS NULL \
     RETURNING id AS number, name AS one, description AS other";
