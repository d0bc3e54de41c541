-- One row at a time is what is mostly changed: that costs three small statements, whose plans are kept. A plan can't be one that
-- reads a whole table, however small the table was when it was made: sequential scans are off, and the comparison of (id, until)
-- is of use to the one index that begins with both. Inserting and removing many rows stays one step for all of them.

-- The change set of the transaction under way, as before, with what was announced taken apart once.
CREATE OR REPLACE FUNCTION current_change_set() RETURNS BIGINT LANGUAGE plpgsql AS $$
DECLARE
    made BIGINT := nullif(current_setting('modelry.change_set', true), '')::BIGINT;
BEGIN
    IF made IS NOT NULL THEN
        RETURN made;
    END IF;
    -- Before the row's number is drawn: whoever has to wait here gets a later one.
    INSERT INTO change_sets (created_at, actor, channel, operation, reason, request,
                             source_format, source_name, source_hash, source_date, reverts)
    SELECT coalesce(author.moment, hold_changes(clock_timestamp())),
           coalesce(author.actor, session_user), coalesce(author.channel, 'sql'), author.operation,
           author.reason, author.request, author.source_format, author.source_name,
           author.source_hash, author.source_date, author.reverts
    FROM json_to_record(coalesce(nullif(current_setting('modelry.author', true), ''), '{}')::JSON)
         AS author (moment TIMESTAMPTZ, actor TEXT, channel TEXT, operation TEXT, reason TEXT, request TEXT,
                    source_format TEXT, source_name TEXT, source_hash TEXT, source_date DATE, reverts BIGINT)
    RETURNING id INTO made;
    PERFORM set_config('modelry.change_set', made::TEXT, true);
    PERFORM pg_notify('modelry_changes', '');
    RETURN made;
END $$;

-- suppliers
CREATE FUNCTION suppliers_history_update_row() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    current_set BIGINT := current_change_set();
    number BIGINT := nextval('changes_id_seq');
BEGIN
    INSERT INTO changes (id, change_set, kind, of_row, operation)
    VALUES (number, current_set, 'Supplier', NEW.id,
            CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete'
                 WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE suppliers_history SET until = number WHERE id = NEW.id AND (id, until) >= (NEW.id, 9223372036854775807);
    INSERT INTO suppliers_history (since, id, name, display_name, description, api_endpoint, base_url, api_url, api_key_required, website, api_docs, category, logo, is_active, adapter, extra, created_at, updated_at, deleted_at, version)
    VALUES (number, NEW.id, NEW.name, NEW.display_name, NEW.description, NEW.api_endpoint, NEW.base_url, NEW.api_url, NEW.api_key_required, NEW.website, NEW.api_docs, NEW.category, NEW.logo, NEW.is_active, NEW.adapter, NEW.extra, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
    RETURN NULL;
END $$;
DROP TRIGGER suppliers_history_update ON suppliers;
CREATE TRIGGER suppliers_history_update AFTER UPDATE ON suppliers FOR EACH ROW EXECUTE FUNCTION suppliers_history_update_row();
DROP FUNCTION suppliers_history_update();

-- models
CREATE FUNCTION models_history_update_row() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    current_set BIGINT := current_change_set();
    number BIGINT := nextval('changes_id_seq');
BEGIN
    INSERT INTO changes (id, change_set, kind, of_row, of_model, operation)
    VALUES (number, current_set, 'Model', NEW.id, NEW.id,
            CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete'
                 WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE models_history SET until = number WHERE id = NEW.id AND (id, until) >= (NEW.id, 9223372036854775807);
    INSERT INTO models_history (since, id, name, display_name, description, supplier_id, model_type, sub_type, is_default, is_active, lifecycle_stage, released_on, knowledge_cutoff, deprecated_on, retires_on, successor_id, extra, created_at, updated_at, deleted_at, version)
    VALUES (number, NEW.id, NEW.name, NEW.display_name, NEW.description, NEW.supplier_id, NEW.model_type, NEW.sub_type, NEW.is_default, NEW.is_active, NEW.lifecycle_stage, NEW.released_on, NEW.knowledge_cutoff, NEW.deprecated_on, NEW.retires_on, NEW.successor_id, NEW.extra, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
    RETURN NULL;
END $$;
DROP TRIGGER models_history_update ON models;
CREATE TRIGGER models_history_update AFTER UPDATE ON models FOR EACH ROW EXECUTE FUNCTION models_history_update_row();
DROP FUNCTION models_history_update();

-- model_aliases
CREATE FUNCTION model_aliases_history_update_row() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    current_set BIGINT := current_change_set();
    number BIGINT := nextval('changes_id_seq');
BEGIN
    INSERT INTO changes (id, change_set, kind, of_row, of_model, operation)
    VALUES (number, current_set, 'ModelAlias', NEW.id, NEW.model_id,
            CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete'
                 WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_aliases_history SET until = number WHERE id = NEW.id AND (id, until) >= (NEW.id, 9223372036854775807);
    INSERT INTO model_aliases_history (since, id, model_id, supplier_id, alias, source, created_at, updated_at, deleted_at, version)
    VALUES (number, NEW.id, NEW.model_id, NEW.supplier_id, NEW.alias, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
    RETURN NULL;
END $$;
DROP TRIGGER model_aliases_history_update ON model_aliases;
CREATE TRIGGER model_aliases_history_update AFTER UPDATE ON model_aliases FOR EACH ROW EXECUTE FUNCTION model_aliases_history_update_row();
DROP FUNCTION model_aliases_history_update();

-- model_parameters
CREATE FUNCTION model_parameters_history_update_row() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    current_set BIGINT := current_change_set();
    number BIGINT := nextval('changes_id_seq');
BEGIN
    INSERT INTO changes (id, change_set, kind, of_row, of_model, operation)
    VALUES (number, current_set, 'ModelParameter', NEW.id, NEW.model_id,
            CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete'
                 WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_parameters_history SET until = number WHERE id = NEW.id AND (id, until) >= (NEW.id, 9223372036854775807);
    INSERT INTO model_parameters_history (since, id, model_id, parameter_name, parameter_type, parameter_value, number_value, is_default, description, minimum, maximum, allowed_values, source, created_at, updated_at, deleted_at, version)
    VALUES (number, NEW.id, NEW.model_id, NEW.parameter_name, NEW.parameter_type, NEW.parameter_value, NEW.number_value, NEW.is_default, NEW.description, NEW.minimum, NEW.maximum, NEW.allowed_values, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
    RETURN NULL;
END $$;
DROP TRIGGER model_parameters_history_update ON model_parameters;
CREATE TRIGGER model_parameters_history_update AFTER UPDATE ON model_parameters FOR EACH ROW EXECUTE FUNCTION model_parameters_history_update_row();
DROP FUNCTION model_parameters_history_update();

-- capabilities
CREATE FUNCTION capabilities_history_update_row() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    current_set BIGINT := current_change_set();
    number BIGINT := nextval('changes_id_seq');
BEGIN
    INSERT INTO changes (id, change_set, kind, of_row, operation)
    VALUES (number, current_set, 'Capability', NEW.id,
            CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete'
                 WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE capabilities_history SET until = number WHERE id = NEW.id AND (id, until) >= (NEW.id, 9223372036854775807);
    INSERT INTO capabilities_history (since, id, name, display_name, description, capability_type, input_types, output_types, domain, is_active, created_at, updated_at, deleted_at, version)
    VALUES (number, NEW.id, NEW.name, NEW.display_name, NEW.description, NEW.capability_type, NEW.input_types, NEW.output_types, NEW.domain, NEW.is_active, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
    RETURN NULL;
END $$;
DROP TRIGGER capabilities_history_update ON capabilities;
CREATE TRIGGER capabilities_history_update AFTER UPDATE ON capabilities FOR EACH ROW EXECUTE FUNCTION capabilities_history_update_row();
DROP FUNCTION capabilities_history_update();

-- model_capability_associations
CREATE FUNCTION model_capability_associations_history_update_row() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    current_set BIGINT := current_change_set();
    number BIGINT := nextval('changes_id_seq');
BEGIN
    INSERT INTO changes (id, change_set, kind, of_row, of_model, operation)
    VALUES (number, current_set, 'ModelCapability', NEW.id, NEW.model_id,
            CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete'
                 WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_capability_associations_history SET until = number WHERE id = NEW.id AND (id, until) >= (NEW.id, 9223372036854775807);
    INSERT INTO model_capability_associations_history (since, id, model_id, capability_id, config, config_json, is_default, support, source, created_at, updated_at, deleted_at, version)
    VALUES (number, NEW.id, NEW.model_id, NEW.capability_id, NEW.config, NEW.config_json, NEW.is_default, NEW.support, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
    RETURN NULL;
END $$;
DROP TRIGGER model_capability_associations_history_update ON model_capability_associations;
CREATE TRIGGER model_capability_associations_history_update AFTER UPDATE ON model_capability_associations FOR EACH ROW EXECUTE FUNCTION model_capability_associations_history_update_row();
DROP FUNCTION model_capability_associations_history_update();

-- model_categories
CREATE FUNCTION model_categories_history_update_row() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    current_set BIGINT := current_change_set();
    number BIGINT := nextval('changes_id_seq');
BEGIN
    INSERT INTO changes (id, change_set, kind, of_row, operation)
    VALUES (number, current_set, 'Category', NEW.id,
            CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete'
                 WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_categories_history SET until = number WHERE id = NEW.id AND (id, until) >= (NEW.id, 9223372036854775807);
    INSERT INTO model_categories_history (since, id, name, display_name, description, category_type, parent_id, is_active, position, path, created_at, updated_at, deleted_at, version)
    VALUES (number, NEW.id, NEW.name, NEW.display_name, NEW.description, NEW.category_type, NEW.parent_id, NEW.is_active, NEW.position, NEW.path, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
    RETURN NULL;
END $$;
DROP TRIGGER model_categories_history_update ON model_categories;
CREATE TRIGGER model_categories_history_update AFTER UPDATE ON model_categories FOR EACH ROW EXECUTE FUNCTION model_categories_history_update_row();
DROP FUNCTION model_categories_history_update();

-- model_category_associations
CREATE FUNCTION model_category_associations_history_update_row() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    current_set BIGINT := current_change_set();
    number BIGINT := nextval('changes_id_seq');
BEGIN
    INSERT INTO changes (id, change_set, kind, of_row, of_model, operation)
    VALUES (number, current_set, 'ModelCategory', NEW.id, NEW.model_id,
            CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete'
                 WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_category_associations_history SET until = number WHERE id = NEW.id AND (id, until) >= (NEW.id, 9223372036854775807);
    INSERT INTO model_category_associations_history (since, id, model_id, category_id, source, created_at, updated_at, deleted_at, version)
    VALUES (number, NEW.id, NEW.model_id, NEW.category_id, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
    RETURN NULL;
END $$;
DROP TRIGGER model_category_associations_history_update ON model_category_associations;
CREATE TRIGGER model_category_associations_history_update AFTER UPDATE ON model_category_associations FOR EACH ROW EXECUTE FUNCTION model_category_associations_history_update_row();
DROP FUNCTION model_category_associations_history_update();

-- model_prices
CREATE FUNCTION model_prices_history_update_row() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    current_set BIGINT := current_change_set();
    number BIGINT := nextval('changes_id_seq');
BEGIN
    INSERT INTO changes (id, change_set, kind, of_row, of_model, operation)
    VALUES (number, current_set, 'ModelPrice', NEW.id, NEW.model_id,
            CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete'
                 WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_prices_history SET until = number WHERE id = NEW.id AND (id, until) >= (NEW.id, 9223372036854775807);
    INSERT INTO model_prices_history (since, id, model_id, component, unit, service_mode, min_context_tokens, currency, amount_nanos, amount_subnanos, valid_from, valid_until, source, created_at, updated_at, deleted_at, version)
    VALUES (number, NEW.id, NEW.model_id, NEW.component, NEW.unit, NEW.service_mode, NEW.min_context_tokens, NEW.currency, NEW.amount_nanos, NEW.amount_subnanos, NEW.valid_from, NEW.valid_until, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
    RETURN NULL;
END $$;
DROP TRIGGER model_prices_history_update ON model_prices;
CREATE TRIGGER model_prices_history_update AFTER UPDATE ON model_prices FOR EACH ROW EXECUTE FUNCTION model_prices_history_update_row();
DROP FUNCTION model_prices_history_update();

-- model_versions
CREATE FUNCTION model_versions_history_update_row() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    current_set BIGINT := current_change_set();
    number BIGINT := nextval('changes_id_seq');
BEGIN
    INSERT INTO changes (id, change_set, kind, of_row, of_model, operation)
    VALUES (number, current_set, 'ModelVersion', NEW.id, NEW.model_id,
            CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete'
                 WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_versions_history SET until = number WHERE id = NEW.id AND (id, until) >= (NEW.id, 9223372036854775807);
    INSERT INTO model_versions_history (since, id, model_id, label, notes, cut, created_at, updated_at, deleted_at, version)
    VALUES (number, NEW.id, NEW.model_id, NEW.label, NEW.notes, NEW.cut, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
    RETURN NULL;
END $$;
DROP TRIGGER model_versions_history_update ON model_versions;
CREATE TRIGGER model_versions_history_update AFTER UPDATE ON model_versions FOR EACH ROW EXECUTE FUNCTION model_versions_history_update_row();
DROP FUNCTION model_versions_history_update();

-- model_pointers
CREATE FUNCTION model_pointers_history_update_row() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    current_set BIGINT := current_change_set();
    number BIGINT := nextval('changes_id_seq');
BEGIN
    INSERT INTO changes (id, change_set, kind, of_row, of_model, operation)
    VALUES (number, current_set, 'ModelPointer', NEW.id, NEW.model_id,
            CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete'
                 WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_pointers_history SET until = number WHERE id = NEW.id AND (id, until) >= (NEW.id, 9223372036854775807);
    INSERT INTO model_pointers_history (since, id, model_id, name, model_version_id, created_at, updated_at, deleted_at, version)
    VALUES (number, NEW.id, NEW.model_id, NEW.name, NEW.model_version_id, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
    RETURN NULL;
END $$;
DROP TRIGGER model_pointers_history_update ON model_pointers;
CREATE TRIGGER model_pointers_history_update AFTER UPDATE ON model_pointers FOR EACH ROW EXECUTE FUNCTION model_pointers_history_update_row();
DROP FUNCTION model_pointers_history_update();
