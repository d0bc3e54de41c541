-- The past as a database one connects to: views that stand before the tables, each with the rows as they were after the
-- change `modelry.cut`. They live in the session that they are made in. The setting is read once for a statement, by a
-- subquery, and not for each row.
SET modelry.cut = '0';

CREATE TEMPORARY VIEW suppliers AS
SELECT id, name, display_name, description, api_endpoint, base_url, api_url, api_key_required, website, api_docs,
       category, logo, is_active, adapter, extra, created_at, updated_at, deleted_at, version
FROM suppliers_history
WHERE since <= (SELECT current_setting('modelry.cut')::BIGINT) AND until > (SELECT current_setting('modelry.cut')::BIGINT);

CREATE TEMPORARY VIEW models AS
SELECT id, name, display_name, description, supplier_id, model_type, sub_type, is_default, is_active, lifecycle_stage,
       released_on, knowledge_cutoff, deprecated_on, retires_on, successor_id, extra, created_at, updated_at,
       deleted_at, version
FROM models_history
WHERE since <= (SELECT current_setting('modelry.cut')::BIGINT) AND until > (SELECT current_setting('modelry.cut')::BIGINT);

CREATE TEMPORARY VIEW model_aliases AS
SELECT id, model_id, supplier_id, alias, source, created_at, updated_at, deleted_at, version
FROM model_aliases_history
WHERE since <= (SELECT current_setting('modelry.cut')::BIGINT) AND until > (SELECT current_setting('modelry.cut')::BIGINT);

CREATE TEMPORARY VIEW model_parameters AS
SELECT id, model_id, parameter_name, parameter_type, parameter_value, number_value, is_default, description, minimum,
       maximum, allowed_values, source, created_at, updated_at, deleted_at, version
FROM model_parameters_history
WHERE since <= (SELECT current_setting('modelry.cut')::BIGINT) AND until > (SELECT current_setting('modelry.cut')::BIGINT);

CREATE TEMPORARY VIEW capabilities AS
SELECT id, name, display_name, description, capability_type, input_types, output_types, domain, is_active, created_at,
       updated_at, deleted_at, version
FROM capabilities_history
WHERE since <= (SELECT current_setting('modelry.cut')::BIGINT) AND until > (SELECT current_setting('modelry.cut')::BIGINT);

CREATE TEMPORARY VIEW model_capability_associations AS
SELECT id, model_id, capability_id, config, config_json, is_default, support, source, created_at, updated_at,
       deleted_at, version
FROM model_capability_associations_history
WHERE since <= (SELECT current_setting('modelry.cut')::BIGINT) AND until > (SELECT current_setting('modelry.cut')::BIGINT);

CREATE TEMPORARY VIEW model_categories AS
SELECT id, name, display_name, description, category_type, parent_id, is_active, position, path, created_at,
       updated_at, deleted_at, version
FROM model_categories_history
WHERE since <= (SELECT current_setting('modelry.cut')::BIGINT) AND until > (SELECT current_setting('modelry.cut')::BIGINT);

CREATE TEMPORARY VIEW model_category_associations AS
SELECT id, model_id, category_id, source, created_at, updated_at, deleted_at, version
FROM model_category_associations_history
WHERE since <= (SELECT current_setting('modelry.cut')::BIGINT) AND until > (SELECT current_setting('modelry.cut')::BIGINT);

CREATE TEMPORARY VIEW model_prices AS
SELECT id, model_id, component, unit, service_mode, min_context_tokens, currency, amount_nanos, amount_subnanos,
       valid_from, valid_until, source, created_at, updated_at, deleted_at, version
FROM model_prices_history
WHERE since <= (SELECT current_setting('modelry.cut')::BIGINT) AND until > (SELECT current_setting('modelry.cut')::BIGINT);

CREATE TEMPORARY VIEW model_versions AS
SELECT id, model_id, label, notes, cut, created_at, updated_at, deleted_at, version
FROM model_versions_history
WHERE since <= (SELECT current_setting('modelry.cut')::BIGINT) AND until > (SELECT current_setting('modelry.cut')::BIGINT);

CREATE TEMPORARY VIEW model_pointers AS
SELECT id, model_id, name, model_version_id, created_at, updated_at, deleted_at, version
FROM model_pointers_history
WHERE since <= (SELECT current_setting('modelry.cut')::BIGINT) AND until > (SELECT current_setting('modelry.cut')::BIGINT);

-- What free-text search reads, without an index; in the table's collation, which tells what upper and lower case are, and
-- which names and aliases don't have.
CREATE TEMPORARY VIEW model_search AS
SELECT models.id AS model_id,
       (models.name || chr(10) || coalesce(models.display_name, '') || chr(10) || coalesce(models.description, '')
       || coalesce((SELECT chr(10) || string_agg(alias, chr(10)) FROM pg_temp.model_aliases
                    WHERE model_aliases.model_id = models.id AND model_aliases.deleted_at IS NULL), '')) COLLATE "default" AS document
FROM pg_temp.models;
