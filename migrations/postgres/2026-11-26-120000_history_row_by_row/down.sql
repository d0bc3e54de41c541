CREATE OR REPLACE FUNCTION current_change_set() RETURNS BIGINT LANGUAGE plpgsql AS $$
DECLARE
    made BIGINT := nullif(current_setting('modelry.change_set', true), '')::BIGINT;
    author JSON := nullif(current_setting('modelry.author', true), '')::JSON;
    moment TIMESTAMPTZ;
BEGIN
    IF made IS NOT NULL THEN
        RETURN made;
    END IF;
    -- Before the row's number is drawn: whoever has to wait here gets a later one.
    moment := coalesce((author->>'moment')::TIMESTAMPTZ, hold_changes(clock_timestamp()));
    INSERT INTO change_sets (created_at, actor, channel, operation, reason, request,
                             source_format, source_name, source_hash, source_date, reverts)
    VALUES (moment,
            coalesce(author->>'actor', session_user), coalesce(author->>'channel', 'sql'), author->>'operation',
            author->>'reason', author->>'request', author->>'source_format', author->>'source_name',
            author->>'source_hash', (author->>'source_date')::DATE, (author->>'reverts')::BIGINT)
    RETURNING id INTO made;
    PERFORM set_config('modelry.change_set', made::TEXT, true);
    PERFORM pg_notify('modelry_changes', '');
    RETURN made;
END $$;

-- suppliers
CREATE FUNCTION suppliers_history_update() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH kept AS (
        INSERT INTO suppliers_history (since, id, name, display_name, description, api_endpoint, base_url, api_url, api_key_required, website, api_docs, category, logo, is_active, adapter, extra, created_at, updated_at, deleted_at, version)
        SELECT nextval('changes_id_seq'), id, name, display_name, description, api_endpoint, base_url, api_url, api_key_required, website, api_docs, category, logo, is_active, adapter, extra, created_at, updated_at, deleted_at, version FROM new_rows
        RETURNING since, id, deleted_at
    ), made AS (
        INSERT INTO changes (id, change_set, kind, of_row, operation)
        SELECT kept.since, current_set, 'Supplier', kept.id,
            CASE WHEN old_rows.deleted_at IS NULL AND kept.deleted_at IS NOT NULL THEN 'delete'
                 WHEN old_rows.deleted_at IS NOT NULL AND kept.deleted_at IS NULL THEN 'restore' ELSE 'update' END
        FROM kept JOIN old_rows ON old_rows.id = kept.id
    )
    UPDATE suppliers_history SET until = kept.since FROM kept
    WHERE suppliers_history.id = kept.id AND suppliers_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
DROP TRIGGER suppliers_history_update ON suppliers;
CREATE TRIGGER suppliers_history_update AFTER UPDATE ON suppliers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION suppliers_history_update();
DROP FUNCTION suppliers_history_update_row();

-- models
CREATE FUNCTION models_history_update() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH kept AS (
        INSERT INTO models_history (since, id, name, display_name, description, supplier_id, model_type, sub_type, is_default, is_active, lifecycle_stage, released_on, knowledge_cutoff, deprecated_on, retires_on, successor_id, extra, created_at, updated_at, deleted_at, version)
        SELECT nextval('changes_id_seq'), id, name, display_name, description, supplier_id, model_type, sub_type, is_default, is_active, lifecycle_stage, released_on, knowledge_cutoff, deprecated_on, retires_on, successor_id, extra, created_at, updated_at, deleted_at, version FROM new_rows
        RETURNING since, id, deleted_at
    ), made AS (
        INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
        SELECT kept.since, current_set, 'Model', kept.id,
            CASE WHEN old_rows.deleted_at IS NULL AND kept.deleted_at IS NOT NULL THEN 'delete'
                 WHEN old_rows.deleted_at IS NOT NULL AND kept.deleted_at IS NULL THEN 'restore' ELSE 'update' END, kept.id
        FROM kept JOIN old_rows ON old_rows.id = kept.id
    )
    UPDATE models_history SET until = kept.since FROM kept
    WHERE models_history.id = kept.id AND models_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
DROP TRIGGER models_history_update ON models;
CREATE TRIGGER models_history_update AFTER UPDATE ON models REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION models_history_update();
DROP FUNCTION models_history_update_row();

-- model_aliases
CREATE FUNCTION model_aliases_history_update() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH kept AS (
        INSERT INTO model_aliases_history (since, id, model_id, supplier_id, alias, source, created_at, updated_at, deleted_at, version)
        SELECT nextval('changes_id_seq'), id, model_id, supplier_id, alias, source, created_at, updated_at, deleted_at, version FROM new_rows
        RETURNING since, id, deleted_at, model_id
    ), made AS (
        INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
        SELECT kept.since, current_set, 'ModelAlias', kept.id,
            CASE WHEN old_rows.deleted_at IS NULL AND kept.deleted_at IS NOT NULL THEN 'delete'
                 WHEN old_rows.deleted_at IS NOT NULL AND kept.deleted_at IS NULL THEN 'restore' ELSE 'update' END, kept.model_id
        FROM kept JOIN old_rows ON old_rows.id = kept.id
    )
    UPDATE model_aliases_history SET until = kept.since FROM kept
    WHERE model_aliases_history.id = kept.id AND model_aliases_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
DROP TRIGGER model_aliases_history_update ON model_aliases;
CREATE TRIGGER model_aliases_history_update AFTER UPDATE ON model_aliases REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_aliases_history_update();
DROP FUNCTION model_aliases_history_update_row();

-- model_parameters
CREATE FUNCTION model_parameters_history_update() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH kept AS (
        INSERT INTO model_parameters_history (since, id, model_id, parameter_name, parameter_type, parameter_value, number_value, is_default, description, minimum, maximum, allowed_values, source, created_at, updated_at, deleted_at, version)
        SELECT nextval('changes_id_seq'), id, model_id, parameter_name, parameter_type, parameter_value, number_value, is_default, description, minimum, maximum, allowed_values, source, created_at, updated_at, deleted_at, version FROM new_rows
        RETURNING since, id, deleted_at, model_id
    ), made AS (
        INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
        SELECT kept.since, current_set, 'ModelParameter', kept.id,
            CASE WHEN old_rows.deleted_at IS NULL AND kept.deleted_at IS NOT NULL THEN 'delete'
                 WHEN old_rows.deleted_at IS NOT NULL AND kept.deleted_at IS NULL THEN 'restore' ELSE 'update' END, kept.model_id
        FROM kept JOIN old_rows ON old_rows.id = kept.id
    )
    UPDATE model_parameters_history SET until = kept.since FROM kept
    WHERE model_parameters_history.id = kept.id AND model_parameters_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
DROP TRIGGER model_parameters_history_update ON model_parameters;
CREATE TRIGGER model_parameters_history_update AFTER UPDATE ON model_parameters REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_parameters_history_update();
DROP FUNCTION model_parameters_history_update_row();

-- capabilities
CREATE FUNCTION capabilities_history_update() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH kept AS (
        INSERT INTO capabilities_history (since, id, name, display_name, description, capability_type, input_types, output_types, domain, is_active, created_at, updated_at, deleted_at, version)
        SELECT nextval('changes_id_seq'), id, name, display_name, description, capability_type, input_types, output_types, domain, is_active, created_at, updated_at, deleted_at, version FROM new_rows
        RETURNING since, id, deleted_at
    ), made AS (
        INSERT INTO changes (id, change_set, kind, of_row, operation)
        SELECT kept.since, current_set, 'Capability', kept.id,
            CASE WHEN old_rows.deleted_at IS NULL AND kept.deleted_at IS NOT NULL THEN 'delete'
                 WHEN old_rows.deleted_at IS NOT NULL AND kept.deleted_at IS NULL THEN 'restore' ELSE 'update' END
        FROM kept JOIN old_rows ON old_rows.id = kept.id
    )
    UPDATE capabilities_history SET until = kept.since FROM kept
    WHERE capabilities_history.id = kept.id AND capabilities_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
DROP TRIGGER capabilities_history_update ON capabilities;
CREATE TRIGGER capabilities_history_update AFTER UPDATE ON capabilities REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION capabilities_history_update();
DROP FUNCTION capabilities_history_update_row();

-- model_capability_associations
CREATE FUNCTION model_capability_associations_history_update() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH kept AS (
        INSERT INTO model_capability_associations_history (since, id, model_id, capability_id, config, config_json, is_default, support, source, created_at, updated_at, deleted_at, version)
        SELECT nextval('changes_id_seq'), id, model_id, capability_id, config, config_json, is_default, support, source, created_at, updated_at, deleted_at, version FROM new_rows
        RETURNING since, id, deleted_at, model_id
    ), made AS (
        INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
        SELECT kept.since, current_set, 'ModelCapability', kept.id,
            CASE WHEN old_rows.deleted_at IS NULL AND kept.deleted_at IS NOT NULL THEN 'delete'
                 WHEN old_rows.deleted_at IS NOT NULL AND kept.deleted_at IS NULL THEN 'restore' ELSE 'update' END, kept.model_id
        FROM kept JOIN old_rows ON old_rows.id = kept.id
    )
    UPDATE model_capability_associations_history SET until = kept.since FROM kept
    WHERE model_capability_associations_history.id = kept.id AND model_capability_associations_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
DROP TRIGGER model_capability_associations_history_update ON model_capability_associations;
CREATE TRIGGER model_capability_associations_history_update AFTER UPDATE ON model_capability_associations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_capability_associations_history_update();
DROP FUNCTION model_capability_associations_history_update_row();

-- model_categories
CREATE FUNCTION model_categories_history_update() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH kept AS (
        INSERT INTO model_categories_history (since, id, name, display_name, description, category_type, parent_id, is_active, position, path, created_at, updated_at, deleted_at, version)
        SELECT nextval('changes_id_seq'), id, name, display_name, description, category_type, parent_id, is_active, position, path, created_at, updated_at, deleted_at, version FROM new_rows
        RETURNING since, id, deleted_at
    ), made AS (
        INSERT INTO changes (id, change_set, kind, of_row, operation)
        SELECT kept.since, current_set, 'Category', kept.id,
            CASE WHEN old_rows.deleted_at IS NULL AND kept.deleted_at IS NOT NULL THEN 'delete'
                 WHEN old_rows.deleted_at IS NOT NULL AND kept.deleted_at IS NULL THEN 'restore' ELSE 'update' END
        FROM kept JOIN old_rows ON old_rows.id = kept.id
    )
    UPDATE model_categories_history SET until = kept.since FROM kept
    WHERE model_categories_history.id = kept.id AND model_categories_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
DROP TRIGGER model_categories_history_update ON model_categories;
CREATE TRIGGER model_categories_history_update AFTER UPDATE ON model_categories REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_categories_history_update();
DROP FUNCTION model_categories_history_update_row();

-- model_category_associations
CREATE FUNCTION model_category_associations_history_update() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH kept AS (
        INSERT INTO model_category_associations_history (since, id, model_id, category_id, source, created_at, updated_at, deleted_at, version)
        SELECT nextval('changes_id_seq'), id, model_id, category_id, source, created_at, updated_at, deleted_at, version FROM new_rows
        RETURNING since, id, deleted_at, model_id
    ), made AS (
        INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
        SELECT kept.since, current_set, 'ModelCategory', kept.id,
            CASE WHEN old_rows.deleted_at IS NULL AND kept.deleted_at IS NOT NULL THEN 'delete'
                 WHEN old_rows.deleted_at IS NOT NULL AND kept.deleted_at IS NULL THEN 'restore' ELSE 'update' END, kept.model_id
        FROM kept JOIN old_rows ON old_rows.id = kept.id
    )
    UPDATE model_category_associations_history SET until = kept.since FROM kept
    WHERE model_category_associations_history.id = kept.id AND model_category_associations_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
DROP TRIGGER model_category_associations_history_update ON model_category_associations;
CREATE TRIGGER model_category_associations_history_update AFTER UPDATE ON model_category_associations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_category_associations_history_update();
DROP FUNCTION model_category_associations_history_update_row();

-- model_prices
CREATE FUNCTION model_prices_history_update() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH kept AS (
        INSERT INTO model_prices_history (since, id, model_id, component, unit, service_mode, min_context_tokens, currency, amount_nanos, amount_subnanos, valid_from, valid_until, source, created_at, updated_at, deleted_at, version)
        SELECT nextval('changes_id_seq'), id, model_id, component, unit, service_mode, min_context_tokens, currency, amount_nanos, amount_subnanos, valid_from, valid_until, source, created_at, updated_at, deleted_at, version FROM new_rows
        RETURNING since, id, deleted_at, model_id
    ), made AS (
        INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
        SELECT kept.since, current_set, 'ModelPrice', kept.id,
            CASE WHEN old_rows.deleted_at IS NULL AND kept.deleted_at IS NOT NULL THEN 'delete'
                 WHEN old_rows.deleted_at IS NOT NULL AND kept.deleted_at IS NULL THEN 'restore' ELSE 'update' END, kept.model_id
        FROM kept JOIN old_rows ON old_rows.id = kept.id
    )
    UPDATE model_prices_history SET until = kept.since FROM kept
    WHERE model_prices_history.id = kept.id AND model_prices_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
DROP TRIGGER model_prices_history_update ON model_prices;
CREATE TRIGGER model_prices_history_update AFTER UPDATE ON model_prices REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_prices_history_update();
DROP FUNCTION model_prices_history_update_row();

-- model_versions
CREATE FUNCTION model_versions_history_update() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH kept AS (
        INSERT INTO model_versions_history (since, id, model_id, label, notes, cut, created_at, updated_at, deleted_at, version)
        SELECT nextval('changes_id_seq'), id, model_id, label, notes, cut, created_at, updated_at, deleted_at, version FROM new_rows
        RETURNING since, id, deleted_at, model_id
    ), made AS (
        INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
        SELECT kept.since, current_set, 'ModelVersion', kept.id,
            CASE WHEN old_rows.deleted_at IS NULL AND kept.deleted_at IS NOT NULL THEN 'delete'
                 WHEN old_rows.deleted_at IS NOT NULL AND kept.deleted_at IS NULL THEN 'restore' ELSE 'update' END, kept.model_id
        FROM kept JOIN old_rows ON old_rows.id = kept.id
    )
    UPDATE model_versions_history SET until = kept.since FROM kept
    WHERE model_versions_history.id = kept.id AND model_versions_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
DROP TRIGGER model_versions_history_update ON model_versions;
CREATE TRIGGER model_versions_history_update AFTER UPDATE ON model_versions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_versions_history_update();
DROP FUNCTION model_versions_history_update_row();

-- model_pointers
CREATE FUNCTION model_pointers_history_update() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH kept AS (
        INSERT INTO model_pointers_history (since, id, model_id, name, model_version_id, created_at, updated_at, deleted_at, version)
        SELECT nextval('changes_id_seq'), id, model_id, name, model_version_id, created_at, updated_at, deleted_at, version FROM new_rows
        RETURNING since, id, deleted_at, model_id
    ), made AS (
        INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
        SELECT kept.since, current_set, 'ModelPointer', kept.id,
            CASE WHEN old_rows.deleted_at IS NULL AND kept.deleted_at IS NOT NULL THEN 'delete'
                 WHEN old_rows.deleted_at IS NOT NULL AND kept.deleted_at IS NULL THEN 'restore' ELSE 'update' END, kept.model_id
        FROM kept JOIN old_rows ON old_rows.id = kept.id
    )
    UPDATE model_pointers_history SET until = kept.since FROM kept
    WHERE model_pointers_history.id = kept.id AND model_pointers_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
DROP TRIGGER model_pointers_history_update ON model_pointers;
CREATE TRIGGER model_pointers_history_update AFTER UPDATE ON model_pointers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_pointers_history_update();
DROP FUNCTION model_pointers_history_update_row();
