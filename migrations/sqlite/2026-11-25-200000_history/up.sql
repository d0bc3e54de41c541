-- The history: who changed what, when and why, and every state that a row of the catalogue was ever in.
--
-- Triggers write it, so that no write can go round it. Its columns that point to other rows of it are not declared as
-- foreign keys: only triggers fill them, and the checks would cost as much again as the writing.

-- Changes that were made together: one for each operation. A change set's moment is later than that of the one before,
-- whatever the clock says, and change sets are written one after another: their order is that of their numbers.
CREATE TABLE change_sets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    channel TEXT NOT NULL,
    operation TEXT,
    reason TEXT,
    request TEXT,
    source_format TEXT,
    source_name TEXT,
    source_hash TEXT,
    source_date DATE,
    reverts BIGINT
);
CREATE INDEX change_sets_moment ON change_sets (created_at, id);
CREATE INDEX change_sets_reverts ON change_sets (reverts) WHERE reverts IS NOT NULL;

-- Every change of a row, in order: the feed.
CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    change_set BIGINT NOT NULL,
    kind TEXT NOT NULL,
    of_row BIGINT NOT NULL,
    of_model BIGINT,
    operation TEXT NOT NULL
);
CREATE INDEX changes_change_set ON changes (change_set, id);

-- What there is one of: the name that tells this registry's feed from any other's, the last change whose history is no
-- longer kept whole, and (on SQLite only) the change set of the transaction under way.
CREATE TABLE change_feed (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    registry TEXT NOT NULL,
    purged BIGINT NOT NULL DEFAULT 0,
    change_set BIGINT
);
INSERT INTO change_feed (id, registry) VALUES (1, lower(hex(randomblob(16))));

-- Frozen states of models: as of the change `cut`.
CREATE TABLE model_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model_id BIGINT NOT NULL REFERENCES models (id),
    label TEXT NOT NULL,
    notes TEXT,
    cut BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (id, model_id)
);
CREATE UNIQUE INDEX model_versions_label_live ON model_versions (model_id, label) WHERE deleted_at IS NULL;
CREATE INDEX model_versions_model ON model_versions (model_id);

-- Names that point to a version of their model and can be moved.
CREATE TABLE model_pointers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model_id BIGINT NOT NULL REFERENCES models (id),
    name TEXT NOT NULL,
    model_version_id BIGINT NOT NULL REFERENCES model_versions (id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    FOREIGN KEY (model_version_id, model_id) REFERENCES model_versions (id, model_id)
);
CREATE UNIQUE INDEX model_pointers_name_live ON model_pointers (model_id, name) WHERE deleted_at IS NULL;
CREATE INDEX model_pointers_model ON model_pointers (model_id);
CREATE INDEX model_pointers_version ON model_pointers (model_version_id, model_id);

-- Every state of every row: from the change `since` until the change `until`, which is the largest number while it lasts.
CREATE TABLE suppliers_history (
    since INTEGER PRIMARY KEY,
    until BIGINT NOT NULL DEFAULT 9223372036854775807,
    id BIGINT,
    name TEXT,
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
    is_active BOOLEAN,
    adapter TEXT,
    extra TEXT,
    created_at TEXT,
    updated_at TEXT,
    deleted_at TEXT,
    version BIGINT
);
CREATE INDEX suppliers_history_row ON suppliers_history (id, until);
CREATE INDEX suppliers_history_name ON suppliers_history (name, until);

CREATE TABLE models_history (
    since INTEGER PRIMARY KEY,
    until BIGINT NOT NULL DEFAULT 9223372036854775807,
    id BIGINT,
    name TEXT,
    display_name TEXT,
    description TEXT,
    supplier_id BIGINT,
    model_type TEXT,
    sub_type TEXT,
    is_default BOOLEAN,
    is_active BOOLEAN,
    lifecycle_stage TEXT,
    released_on TEXT,
    knowledge_cutoff TEXT,
    deprecated_on DATE,
    retires_on DATE,
    successor_id BIGINT,
    extra TEXT,
    created_at TEXT,
    updated_at TEXT,
    deleted_at TEXT,
    version BIGINT
);
CREATE INDEX models_history_row ON models_history (id, until);
CREATE INDEX models_history_until ON models_history (until);
CREATE INDEX models_history_supplier ON models_history (supplier_id, name, until);
CREATE INDEX models_history_name ON models_history (name, id, until);
CREATE INDEX models_history_default ON models_history (model_type, until) WHERE is_default;

CREATE TABLE model_aliases_history (
    since INTEGER PRIMARY KEY,
    until BIGINT NOT NULL DEFAULT 9223372036854775807,
    id BIGINT,
    model_id BIGINT,
    supplier_id BIGINT,
    alias TEXT,
    source TEXT,
    created_at TEXT,
    updated_at TEXT,
    deleted_at TEXT,
    version BIGINT
);
CREATE INDEX model_aliases_history_row ON model_aliases_history (id, until);
CREATE INDEX model_aliases_history_supplier ON model_aliases_history (supplier_id, alias, until);
CREATE INDEX model_aliases_history_model ON model_aliases_history (model_id, until);

CREATE TABLE model_parameters_history (
    since INTEGER PRIMARY KEY,
    until BIGINT NOT NULL DEFAULT 9223372036854775807,
    id BIGINT,
    model_id BIGINT,
    parameter_name TEXT,
    parameter_type TEXT,
    parameter_value TEXT,
    number_value DOUBLE,
    is_default BOOLEAN,
    description TEXT,
    minimum DOUBLE,
    maximum DOUBLE,
    allowed_values TEXT,
    source TEXT,
    created_at TEXT,
    updated_at TEXT,
    deleted_at TEXT,
    version BIGINT
);
CREATE INDEX model_parameters_history_row ON model_parameters_history (id, until);
CREATE INDEX model_parameters_history_model ON model_parameters_history (model_id, until, parameter_name);
CREATE INDEX model_parameters_history_number ON model_parameters_history (parameter_name, number_value, until);

CREATE TABLE capabilities_history (
    since INTEGER PRIMARY KEY,
    until BIGINT NOT NULL DEFAULT 9223372036854775807,
    id BIGINT,
    name TEXT,
    display_name TEXT,
    description TEXT,
    capability_type TEXT,
    input_types TEXT,
    output_types TEXT,
    domain TEXT,
    is_active BOOLEAN,
    created_at TEXT,
    updated_at TEXT,
    deleted_at TEXT,
    version BIGINT
);
CREATE INDEX capabilities_history_row ON capabilities_history (id, until);
CREATE INDEX capabilities_history_name ON capabilities_history (name, until);

CREATE TABLE model_capability_associations_history (
    since INTEGER PRIMARY KEY,
    until BIGINT NOT NULL DEFAULT 9223372036854775807,
    id BIGINT,
    model_id BIGINT,
    capability_id BIGINT,
    config TEXT,
    config_json TEXT,
    is_default BOOLEAN,
    support TEXT,
    source TEXT,
    created_at TEXT,
    updated_at TEXT,
    deleted_at TEXT,
    version BIGINT
);
CREATE INDEX model_capability_associations_history_row ON model_capability_associations_history (id, until);
CREATE INDEX model_capability_associations_history_model ON model_capability_associations_history (model_id, until, capability_id);
CREATE INDEX model_capability_associations_history_capability ON model_capability_associations_history (capability_id, support, until);

CREATE TABLE model_categories_history (
    since INTEGER PRIMARY KEY,
    until BIGINT NOT NULL DEFAULT 9223372036854775807,
    id BIGINT,
    name TEXT,
    display_name TEXT,
    description TEXT,
    category_type TEXT,
    parent_id BIGINT,
    is_active BOOLEAN,
    position INTEGER,
    path TEXT,
    created_at TEXT,
    updated_at TEXT,
    deleted_at TEXT,
    version BIGINT
);
CREATE INDEX model_categories_history_row ON model_categories_history (id, until);
CREATE INDEX model_categories_history_path ON model_categories_history (path, until);
CREATE INDEX model_categories_history_parent ON model_categories_history (parent_id, until);

CREATE TABLE model_category_associations_history (
    since INTEGER PRIMARY KEY,
    until BIGINT NOT NULL DEFAULT 9223372036854775807,
    id BIGINT,
    model_id BIGINT,
    category_id BIGINT,
    source TEXT,
    created_at TEXT,
    updated_at TEXT,
    deleted_at TEXT,
    version BIGINT
);
CREATE INDEX model_category_associations_history_row ON model_category_associations_history (id, until);
CREATE INDEX model_category_associations_history_model ON model_category_associations_history (model_id, until, category_id);
CREATE INDEX model_category_associations_history_category ON model_category_associations_history (category_id, until);

CREATE TABLE model_prices_history (
    since INTEGER PRIMARY KEY,
    until BIGINT NOT NULL DEFAULT 9223372036854775807,
    id BIGINT,
    model_id BIGINT,
    component TEXT,
    unit TEXT,
    service_mode TEXT,
    min_context_tokens BIGINT,
    currency TEXT,
    amount_nanos BIGINT,
    amount_subnanos BIGINT,
    valid_from DATE,
    valid_until DATE,
    source TEXT,
    created_at TEXT,
    updated_at TEXT,
    deleted_at TEXT,
    version BIGINT
);
CREATE INDEX model_prices_history_row ON model_prices_history (id, until);
CREATE INDEX model_prices_history_model ON model_prices_history (model_id, until, component, service_mode);
CREATE INDEX model_prices_history_amount ON model_prices_history (component, currency, amount_nanos, amount_subnanos, until);

CREATE TABLE model_versions_history (
    since INTEGER PRIMARY KEY,
    until BIGINT NOT NULL DEFAULT 9223372036854775807,
    id BIGINT,
    model_id BIGINT,
    label TEXT,
    notes TEXT,
    cut BIGINT,
    created_at TEXT,
    updated_at TEXT,
    deleted_at TEXT,
    version BIGINT
);
CREATE INDEX model_versions_history_row ON model_versions_history (id, until);
CREATE INDEX model_versions_history_model ON model_versions_history (model_id, until, label);

CREATE TABLE model_pointers_history (
    since INTEGER PRIMARY KEY,
    until BIGINT NOT NULL DEFAULT 9223372036854775807,
    id BIGINT,
    model_id BIGINT,
    name TEXT,
    model_version_id BIGINT,
    created_at TEXT,
    updated_at TEXT,
    deleted_at TEXT,
    version BIGINT
);
CREATE INDEX model_pointers_history_row ON model_pointers_history (id, until);
CREATE INDEX model_pointers_history_model ON model_pointers_history (model_id, until, name);
CREATE INDEX model_pointers_history_target ON model_pointers_history (model_version_id, until);

-- What there was before is the beginning of the history.
INSERT INTO change_sets (created_at, actor, channel, operation)
SELECT strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'), 'modelry', 'system', 'beginOfHistory' WHERE EXISTS (SELECT 1 FROM suppliers UNION ALL SELECT 1 FROM models UNION ALL SELECT 1 FROM model_aliases UNION ALL SELECT 1 FROM model_parameters UNION ALL SELECT 1 FROM capabilities UNION ALL SELECT 1 FROM model_capability_associations UNION ALL SELECT 1 FROM model_categories UNION ALL SELECT 1 FROM model_category_associations UNION ALL SELECT 1 FROM model_prices);
INSERT INTO changes (change_set, kind, of_row, of_model, operation)
SELECT (SELECT max(id) FROM change_sets), 'Supplier', id, NULL, 'create' FROM suppliers ORDER BY id;
INSERT INTO suppliers_history (since, id, name, display_name, description, api_endpoint, base_url, api_url, api_key_required, website, api_docs, category, logo, is_active, adapter, extra, created_at, updated_at, deleted_at, version)
SELECT changes.id, suppliers.id, suppliers.name, suppliers.display_name, suppliers.description, suppliers.api_endpoint, suppliers.base_url, suppliers.api_url, suppliers.api_key_required, suppliers.website, suppliers.api_docs, suppliers.category, suppliers.logo, suppliers.is_active, suppliers.adapter, suppliers.extra, suppliers.created_at, suppliers.updated_at, suppliers.deleted_at, suppliers.version FROM changes JOIN suppliers ON suppliers.id = changes.of_row WHERE changes.kind = 'Supplier';
INSERT INTO changes (change_set, kind, of_row, of_model, operation)
SELECT (SELECT max(id) FROM change_sets), 'Model', id, id, 'create' FROM models ORDER BY id;
INSERT INTO models_history (since, id, name, display_name, description, supplier_id, model_type, sub_type, is_default, is_active, lifecycle_stage, released_on, knowledge_cutoff, deprecated_on, retires_on, successor_id, extra, created_at, updated_at, deleted_at, version)
SELECT changes.id, models.id, models.name, models.display_name, models.description, models.supplier_id, models.model_type, models.sub_type, models.is_default, models.is_active, models.lifecycle_stage, models.released_on, models.knowledge_cutoff, models.deprecated_on, models.retires_on, models.successor_id, models.extra, models.created_at, models.updated_at, models.deleted_at, models.version FROM changes JOIN models ON models.id = changes.of_row WHERE changes.kind = 'Model';
INSERT INTO changes (change_set, kind, of_row, of_model, operation)
SELECT (SELECT max(id) FROM change_sets), 'ModelAlias', id, model_id, 'create' FROM model_aliases ORDER BY id;
INSERT INTO model_aliases_history (since, id, model_id, supplier_id, alias, source, created_at, updated_at, deleted_at, version)
SELECT changes.id, model_aliases.id, model_aliases.model_id, model_aliases.supplier_id, model_aliases.alias, model_aliases.source, model_aliases.created_at, model_aliases.updated_at, model_aliases.deleted_at, model_aliases.version FROM changes JOIN model_aliases ON model_aliases.id = changes.of_row WHERE changes.kind = 'ModelAlias';
INSERT INTO changes (change_set, kind, of_row, of_model, operation)
SELECT (SELECT max(id) FROM change_sets), 'ModelParameter', id, model_id, 'create' FROM model_parameters ORDER BY id;
INSERT INTO model_parameters_history (since, id, model_id, parameter_name, parameter_type, parameter_value, number_value, is_default, description, minimum, maximum, allowed_values, source, created_at, updated_at, deleted_at, version)
SELECT changes.id, model_parameters.id, model_parameters.model_id, model_parameters.parameter_name, model_parameters.parameter_type, model_parameters.parameter_value, model_parameters.number_value, model_parameters.is_default, model_parameters.description, model_parameters.minimum, model_parameters.maximum, model_parameters.allowed_values, model_parameters.source, model_parameters.created_at, model_parameters.updated_at, model_parameters.deleted_at, model_parameters.version FROM changes JOIN model_parameters ON model_parameters.id = changes.of_row WHERE changes.kind = 'ModelParameter';
INSERT INTO changes (change_set, kind, of_row, of_model, operation)
SELECT (SELECT max(id) FROM change_sets), 'Capability', id, NULL, 'create' FROM capabilities ORDER BY id;
INSERT INTO capabilities_history (since, id, name, display_name, description, capability_type, input_types, output_types, domain, is_active, created_at, updated_at, deleted_at, version)
SELECT changes.id, capabilities.id, capabilities.name, capabilities.display_name, capabilities.description, capabilities.capability_type, capabilities.input_types, capabilities.output_types, capabilities.domain, capabilities.is_active, capabilities.created_at, capabilities.updated_at, capabilities.deleted_at, capabilities.version FROM changes JOIN capabilities ON capabilities.id = changes.of_row WHERE changes.kind = 'Capability';
INSERT INTO changes (change_set, kind, of_row, of_model, operation)
SELECT (SELECT max(id) FROM change_sets), 'ModelCapability', id, model_id, 'create' FROM model_capability_associations ORDER BY id;
INSERT INTO model_capability_associations_history (since, id, model_id, capability_id, config, config_json, is_default, support, source, created_at, updated_at, deleted_at, version)
SELECT changes.id, model_capability_associations.id, model_capability_associations.model_id, model_capability_associations.capability_id, model_capability_associations.config, model_capability_associations.config_json, model_capability_associations.is_default, model_capability_associations.support, model_capability_associations.source, model_capability_associations.created_at, model_capability_associations.updated_at, model_capability_associations.deleted_at, model_capability_associations.version FROM changes JOIN model_capability_associations ON model_capability_associations.id = changes.of_row WHERE changes.kind = 'ModelCapability';
INSERT INTO changes (change_set, kind, of_row, of_model, operation)
SELECT (SELECT max(id) FROM change_sets), 'Category', id, NULL, 'create' FROM model_categories ORDER BY id;
INSERT INTO model_categories_history (since, id, name, display_name, description, category_type, parent_id, is_active, position, path, created_at, updated_at, deleted_at, version)
SELECT changes.id, model_categories.id, model_categories.name, model_categories.display_name, model_categories.description, model_categories.category_type, model_categories.parent_id, model_categories.is_active, model_categories.position, model_categories.path, model_categories.created_at, model_categories.updated_at, model_categories.deleted_at, model_categories.version FROM changes JOIN model_categories ON model_categories.id = changes.of_row WHERE changes.kind = 'Category';
INSERT INTO changes (change_set, kind, of_row, of_model, operation)
SELECT (SELECT max(id) FROM change_sets), 'ModelCategory', id, model_id, 'create' FROM model_category_associations ORDER BY id;
INSERT INTO model_category_associations_history (since, id, model_id, category_id, source, created_at, updated_at, deleted_at, version)
SELECT changes.id, model_category_associations.id, model_category_associations.model_id, model_category_associations.category_id, model_category_associations.source, model_category_associations.created_at, model_category_associations.updated_at, model_category_associations.deleted_at, model_category_associations.version FROM changes JOIN model_category_associations ON model_category_associations.id = changes.of_row WHERE changes.kind = 'ModelCategory';
INSERT INTO changes (change_set, kind, of_row, of_model, operation)
SELECT (SELECT max(id) FROM change_sets), 'ModelPrice', id, model_id, 'create' FROM model_prices ORDER BY id;
INSERT INTO model_prices_history (since, id, model_id, component, unit, service_mode, min_context_tokens, currency, amount_nanos, amount_subnanos, valid_from, valid_until, source, created_at, updated_at, deleted_at, version)
SELECT changes.id, model_prices.id, model_prices.model_id, model_prices.component, model_prices.unit, model_prices.service_mode, model_prices.min_context_tokens, model_prices.currency, model_prices.amount_nanos, model_prices.amount_subnanos, model_prices.valid_from, model_prices.valid_until, model_prices.source, model_prices.created_at, model_prices.updated_at, model_prices.deleted_at, model_prices.version FROM changes JOIN model_prices ON model_prices.id = changes.of_row WHERE changes.kind = 'ModelPrice';
