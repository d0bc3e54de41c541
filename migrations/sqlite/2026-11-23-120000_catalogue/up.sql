-- The catalogue: suppliers, their models, and what is known of them.
-- Times are RFC 3339 texts in UTC with six digits of a second, so that they sort by time.

-- Who offers models.
CREATE TABLE suppliers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    display_name TEXT,
    description TEXT,
    api_endpoint TEXT,
    base_url TEXT,
    api_url TEXT,
    api_key_required BOOLEAN,
    website TEXT,
    api_docs TEXT,
    category TEXT,
    logo TEXT,
    is_active BOOLEAN NOT NULL DEFAULT true,
    adapter TEXT,
    extra TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1
);

-- What suppliers offer.
CREATE TABLE models (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    display_name TEXT,
    description TEXT,
    supplier_id BIGINT NOT NULL REFERENCES suppliers (id),
    model_type TEXT NOT NULL,
    sub_type TEXT,
    is_default BOOLEAN NOT NULL DEFAULT false,
    is_active BOOLEAN NOT NULL DEFAULT true,
    lifecycle_stage TEXT NOT NULL DEFAULT 'active',
    released_on TEXT,
    knowledge_cutoff TEXT,
    deprecated_on DATE,
    retires_on DATE,
    successor_id BIGINT REFERENCES models (id),
    extra TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (id, supplier_id)
);

-- Other names that models answer to.
CREATE TABLE model_aliases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model_id BIGINT NOT NULL REFERENCES models (id),
    supplier_id BIGINT NOT NULL REFERENCES suppliers (id),
    alias TEXT NOT NULL,
    source TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    FOREIGN KEY (model_id, supplier_id) REFERENCES models (id, supplier_id) ON UPDATE CASCADE
);

-- Typed facts and settings of models.
CREATE TABLE model_parameters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model_id BIGINT NOT NULL REFERENCES models (id),
    parameter_name TEXT NOT NULL,
    parameter_type TEXT NOT NULL,
    parameter_value TEXT NOT NULL,
    number_value DOUBLE,
    is_default BOOLEAN NOT NULL DEFAULT false,
    description TEXT,
    minimum DOUBLE,
    maximum DOUBLE,
    allowed_values TEXT,
    source TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1
);

-- What models can do.
CREATE TABLE capabilities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    description TEXT,
    capability_type TEXT,
    input_types TEXT,
    output_types TEXT,
    domain TEXT NOT NULL,
    is_active BOOLEAN NOT NULL DEFAULT true,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1
);

-- Which model can, or is known not to do, what.
CREATE TABLE model_capability_associations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model_id BIGINT NOT NULL REFERENCES models (id),
    capability_id BIGINT NOT NULL REFERENCES capabilities (id),
    config TEXT,
    config_json TEXT,
    is_default BOOLEAN NOT NULL DEFAULT false,
    support TEXT NOT NULL DEFAULT 'supported',
    source TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (config IS NULL OR config_json IS NULL)
);

-- A tree of categories.
CREATE TABLE model_categories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    description TEXT,
    category_type TEXT NOT NULL,
    parent_id BIGINT REFERENCES model_categories (id),
    is_active BOOLEAN NOT NULL DEFAULT true,
    position INTEGER NOT NULL DEFAULT 0,
    path TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1
);

-- Which model is in which category.
CREATE TABLE model_category_associations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model_id BIGINT NOT NULL REFERENCES models (id),
    category_id BIGINT NOT NULL REFERENCES model_categories (id),
    source TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1
);

-- What models cost.
CREATE TABLE model_prices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model_id BIGINT NOT NULL REFERENCES models (id),
    component TEXT NOT NULL,
    unit TEXT NOT NULL,
    service_mode TEXT NOT NULL DEFAULT 'standard',
    min_context_tokens BIGINT NOT NULL DEFAULT 0,
    currency TEXT NOT NULL,
    amount_nanos BIGINT NOT NULL,
    amount_subnanos BIGINT NOT NULL DEFAULT 0,
    valid_from DATE,
    valid_until DATE,
    source TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (amount_nanos >= 0 AND amount_subnanos BETWEEN 0 AND 999999999),
    CHECK (min_context_tokens >= 0),
    CHECK (valid_until IS NULL OR valid_from IS NULL OR valid_from < valid_until)
);

-- Names are unique among live rows: a deleted row frees its own.
CREATE UNIQUE INDEX suppliers_name_live ON suppliers (name) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX models_name_live ON models (supplier_id, name) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX models_default_live ON models (model_type, coalesce(sub_type, '')) WHERE is_default AND deleted_at IS NULL;
CREATE UNIQUE INDEX model_aliases_alias_live ON model_aliases (supplier_id, alias) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX model_parameters_name_live ON model_parameters (model_id, parameter_name) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX capabilities_name_live ON capabilities (name) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX model_capability_associations_live ON model_capability_associations (model_id, capability_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX model_categories_path_live ON model_categories (path) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX model_category_associations_live ON model_category_associations (model_id, category_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX model_prices_live ON model_prices (model_id, component, service_mode, min_context_tokens, currency, coalesce(valid_from, '0001-01-01')) WHERE deleted_at IS NULL;

-- Every foreign key has an index, deleted rows included.
CREATE INDEX models_supplier ON models (supplier_id);
CREATE INDEX models_successor ON models (successor_id);
CREATE INDEX model_aliases_model ON model_aliases (model_id, supplier_id);
CREATE INDEX model_aliases_supplier ON model_aliases (supplier_id);
CREATE INDEX model_parameters_model ON model_parameters (model_id);
CREATE INDEX model_capability_associations_model ON model_capability_associations (model_id);
CREATE INDEX model_capability_associations_capability ON model_capability_associations (capability_id, support);
CREATE INDEX model_categories_parent ON model_categories (parent_id);
CREATE INDEX model_category_associations_model ON model_category_associations (model_id);
CREATE INDEX model_category_associations_category ON model_category_associations (category_id);
CREATE INDEX model_prices_model ON model_prices (model_id);

-- What lists are sorted and filtered by.
CREATE INDEX models_by_name ON models (name, id) WHERE deleted_at IS NULL;
CREATE INDEX model_parameters_by_number ON model_parameters (parameter_name, number_value) WHERE deleted_at IS NULL;
CREATE INDEX model_prices_by_amount ON model_prices (component, currency, amount_nanos, amount_subnanos) WHERE deleted_at IS NULL;

-- What free-text search looks through: one document a model, indexed by its runs of three characters.
CREATE VIEW model_documents AS
SELECT models.id AS model_id,
       models.name || char(10) || coalesce(models.display_name, '') || char(10) || coalesce(models.description, '')
       || coalesce((SELECT char(10) || group_concat(alias, char(10)) FROM model_aliases
                    WHERE model_aliases.model_id = models.id AND model_aliases.deleted_at IS NULL), '') AS document
FROM models;

CREATE VIRTUAL TABLE model_search USING fts5 (document, tokenize = 'trigram');

CREATE TRIGGER model_search_insert AFTER INSERT ON models BEGIN
    INSERT INTO model_search (rowid, document) SELECT model_id, document FROM model_documents WHERE model_id = NEW.id;
END;
CREATE TRIGGER model_search_update AFTER UPDATE OF name, display_name, description ON models
WHEN NEW.name IS NOT OLD.name OR NEW.display_name IS NOT OLD.display_name OR NEW.description IS NOT OLD.description BEGIN
    UPDATE model_search SET document = (SELECT document FROM model_documents WHERE model_id = NEW.id) WHERE rowid = NEW.id;
END;
CREATE TRIGGER model_search_delete AFTER DELETE ON models BEGIN
    DELETE FROM model_search WHERE rowid = OLD.id;
END;
CREATE TRIGGER model_search_alias_insert AFTER INSERT ON model_aliases BEGIN
    UPDATE model_search SET document = (SELECT document FROM model_documents WHERE model_id = NEW.model_id) WHERE rowid = NEW.model_id;
END;
CREATE TRIGGER model_search_alias_update AFTER UPDATE ON model_aliases BEGIN
    UPDATE model_search SET document = (SELECT document FROM model_documents WHERE model_id = NEW.model_id) WHERE rowid = NEW.model_id;
END;
CREATE TRIGGER model_search_alias_delete AFTER DELETE ON model_aliases BEGIN
    UPDATE model_search SET document = (SELECT document FROM model_documents WHERE model_id = OLD.model_id) WHERE rowid = OLD.model_id;
END;
