-- What writes the history. Statement by statement, so that writing many rows costs one step.

-- The change set of the transaction under way. One that was announced (modelry.author, by Modelry) is made when its first
-- change is; a transaction that announced none gets one of its own. Writers wait for one another from here on: so numbers
-- are in the order of commits, and who reads the feed misses nothing.
CREATE FUNCTION hold_changes(moment TIMESTAMPTZ) RETURNS TIMESTAMPTZ LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7885364087279939943);
    RETURN greatest(moment, (SELECT created_at FROM change_sets ORDER BY id DESC LIMIT 1) + interval '1 microsecond');
END $$;
CREATE FUNCTION announce_changes(moment TIMESTAMPTZ, author JSONB) RETURNS TIMESTAMPTZ LANGUAGE plpgsql AS $$
BEGIN
    moment := hold_changes(moment);
    PERFORM set_config('modelry.author', (author || jsonb_build_object('moment', moment))::TEXT, true);
    RETURN moment;
END $$;
CREATE FUNCTION current_change_set() RETURNS BIGINT LANGUAGE plpgsql AS $$
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
CREATE FUNCTION refuse_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0];
END $$;

-- Those that join with the history plan anew each time: a plan made while a table was small would be kept for a connection's
-- life, and reads all of the table once it is large.

-- suppliers
CREATE FUNCTION suppliers_history_insert() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RETURNING since, id
    )
    INSERT INTO changes (id, change_set, kind, of_row, operation)
    SELECT kept.since, current_set, 'Supplier', kept.id, 'create' FROM kept;
    RETURN NULL;
END $$;
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
CREATE FUNCTION suppliers_history_delete() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH made AS (
        INSERT INTO changes (change_set, kind, of_row, operation)
        SELECT current_set, 'Supplier', id, 'purge' FROM old_rows RETURNING id, of_row
    )
    UPDATE suppliers_history SET until = made.id FROM made
    WHERE suppliers_history.id = made.of_row AND suppliers_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
CREATE TRIGGER suppliers_history_insert AFTER INSERT ON suppliers REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION suppliers_history_insert();
CREATE TRIGGER suppliers_history_update AFTER UPDATE ON suppliers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION suppliers_history_update();
CREATE TRIGGER suppliers_history_delete AFTER DELETE ON suppliers REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION suppliers_history_delete();
CREATE TRIGGER suppliers_id_stays BEFORE UPDATE OF id ON suppliers FOR EACH ROW
    WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION refuse_write('ids never change');
CREATE TRIGGER suppliers_stays BEFORE TRUNCATE ON suppliers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_write('TRUNCATE would skip the history; use DELETE');

-- models
CREATE FUNCTION models_history_insert() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RETURNING since, id
    )
    INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
    SELECT kept.since, current_set, 'Model', kept.id, 'create', kept.id FROM kept;
    RETURN NULL;
END $$;
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
CREATE FUNCTION models_history_delete() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH made AS (
        INSERT INTO changes (change_set, kind, of_row, operation, of_model)
        SELECT current_set, 'Model', id, 'purge', id FROM old_rows RETURNING id, of_row
    )
    UPDATE models_history SET until = made.id FROM made
    WHERE models_history.id = made.of_row AND models_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
CREATE TRIGGER models_history_insert AFTER INSERT ON models REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION models_history_insert();
CREATE TRIGGER models_history_update AFTER UPDATE ON models REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION models_history_update();
CREATE TRIGGER models_history_delete AFTER DELETE ON models REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION models_history_delete();
CREATE TRIGGER models_id_stays BEFORE UPDATE OF id ON models FOR EACH ROW
    WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION refuse_write('ids never change');
CREATE TRIGGER models_stays BEFORE TRUNCATE ON models
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_write('TRUNCATE would skip the history; use DELETE');

-- model_aliases
CREATE FUNCTION model_aliases_history_insert() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RETURNING since, id, model_id
    )
    INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
    SELECT kept.since, current_set, 'ModelAlias', kept.id, 'create', kept.model_id FROM kept;
    RETURN NULL;
END $$;
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
CREATE FUNCTION model_aliases_history_delete() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH made AS (
        INSERT INTO changes (change_set, kind, of_row, operation, of_model)
        SELECT current_set, 'ModelAlias', id, 'purge', model_id FROM old_rows RETURNING id, of_row
    )
    UPDATE model_aliases_history SET until = made.id FROM made
    WHERE model_aliases_history.id = made.of_row AND model_aliases_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
CREATE TRIGGER model_aliases_history_insert AFTER INSERT ON model_aliases REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_aliases_history_insert();
CREATE TRIGGER model_aliases_history_update AFTER UPDATE ON model_aliases REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_aliases_history_update();
CREATE TRIGGER model_aliases_history_delete AFTER DELETE ON model_aliases REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_aliases_history_delete();
CREATE TRIGGER model_aliases_id_stays BEFORE UPDATE OF id ON model_aliases FOR EACH ROW
    WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION refuse_write('ids never change');
CREATE TRIGGER model_aliases_stays BEFORE TRUNCATE ON model_aliases
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_write('TRUNCATE would skip the history; use DELETE');

-- model_parameters
CREATE FUNCTION model_parameters_history_insert() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RETURNING since, id, model_id
    )
    INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
    SELECT kept.since, current_set, 'ModelParameter', kept.id, 'create', kept.model_id FROM kept;
    RETURN NULL;
END $$;
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
CREATE FUNCTION model_parameters_history_delete() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH made AS (
        INSERT INTO changes (change_set, kind, of_row, operation, of_model)
        SELECT current_set, 'ModelParameter', id, 'purge', model_id FROM old_rows RETURNING id, of_row
    )
    UPDATE model_parameters_history SET until = made.id FROM made
    WHERE model_parameters_history.id = made.of_row AND model_parameters_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
CREATE TRIGGER model_parameters_history_insert AFTER INSERT ON model_parameters REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_parameters_history_insert();
CREATE TRIGGER model_parameters_history_update AFTER UPDATE ON model_parameters REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_parameters_history_update();
CREATE TRIGGER model_parameters_history_delete AFTER DELETE ON model_parameters REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_parameters_history_delete();
CREATE TRIGGER model_parameters_id_stays BEFORE UPDATE OF id ON model_parameters FOR EACH ROW
    WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION refuse_write('ids never change');
CREATE TRIGGER model_parameters_stays BEFORE TRUNCATE ON model_parameters
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_write('TRUNCATE would skip the history; use DELETE');

-- capabilities
CREATE FUNCTION capabilities_history_insert() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RETURNING since, id
    )
    INSERT INTO changes (id, change_set, kind, of_row, operation)
    SELECT kept.since, current_set, 'Capability', kept.id, 'create' FROM kept;
    RETURN NULL;
END $$;
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
CREATE FUNCTION capabilities_history_delete() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH made AS (
        INSERT INTO changes (change_set, kind, of_row, operation)
        SELECT current_set, 'Capability', id, 'purge' FROM old_rows RETURNING id, of_row
    )
    UPDATE capabilities_history SET until = made.id FROM made
    WHERE capabilities_history.id = made.of_row AND capabilities_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
CREATE TRIGGER capabilities_history_insert AFTER INSERT ON capabilities REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION capabilities_history_insert();
CREATE TRIGGER capabilities_history_update AFTER UPDATE ON capabilities REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION capabilities_history_update();
CREATE TRIGGER capabilities_history_delete AFTER DELETE ON capabilities REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION capabilities_history_delete();
CREATE TRIGGER capabilities_id_stays BEFORE UPDATE OF id ON capabilities FOR EACH ROW
    WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION refuse_write('ids never change');
CREATE TRIGGER capabilities_stays BEFORE TRUNCATE ON capabilities
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_write('TRUNCATE would skip the history; use DELETE');

-- model_capability_associations
CREATE FUNCTION model_capability_associations_history_insert() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RETURNING since, id, model_id
    )
    INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
    SELECT kept.since, current_set, 'ModelCapability', kept.id, 'create', kept.model_id FROM kept;
    RETURN NULL;
END $$;
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
CREATE FUNCTION model_capability_associations_history_delete() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH made AS (
        INSERT INTO changes (change_set, kind, of_row, operation, of_model)
        SELECT current_set, 'ModelCapability', id, 'purge', model_id FROM old_rows RETURNING id, of_row
    )
    UPDATE model_capability_associations_history SET until = made.id FROM made
    WHERE model_capability_associations_history.id = made.of_row AND model_capability_associations_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
CREATE TRIGGER model_capability_associations_history_insert AFTER INSERT ON model_capability_associations REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_capability_associations_history_insert();
CREATE TRIGGER model_capability_associations_history_update AFTER UPDATE ON model_capability_associations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_capability_associations_history_update();
CREATE TRIGGER model_capability_associations_history_delete AFTER DELETE ON model_capability_associations REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_capability_associations_history_delete();
CREATE TRIGGER model_capability_associations_id_stays BEFORE UPDATE OF id ON model_capability_associations FOR EACH ROW
    WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION refuse_write('ids never change');
CREATE TRIGGER model_capability_associations_stays BEFORE TRUNCATE ON model_capability_associations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_write('TRUNCATE would skip the history; use DELETE');

-- model_categories
CREATE FUNCTION model_categories_history_insert() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RETURNING since, id
    )
    INSERT INTO changes (id, change_set, kind, of_row, operation)
    SELECT kept.since, current_set, 'Category', kept.id, 'create' FROM kept;
    RETURN NULL;
END $$;
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
CREATE FUNCTION model_categories_history_delete() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH made AS (
        INSERT INTO changes (change_set, kind, of_row, operation)
        SELECT current_set, 'Category', id, 'purge' FROM old_rows RETURNING id, of_row
    )
    UPDATE model_categories_history SET until = made.id FROM made
    WHERE model_categories_history.id = made.of_row AND model_categories_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
CREATE TRIGGER model_categories_history_insert AFTER INSERT ON model_categories REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_categories_history_insert();
CREATE TRIGGER model_categories_history_update AFTER UPDATE ON model_categories REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_categories_history_update();
CREATE TRIGGER model_categories_history_delete AFTER DELETE ON model_categories REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_categories_history_delete();
CREATE TRIGGER model_categories_id_stays BEFORE UPDATE OF id ON model_categories FOR EACH ROW
    WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION refuse_write('ids never change');
CREATE TRIGGER model_categories_stays BEFORE TRUNCATE ON model_categories
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_write('TRUNCATE would skip the history; use DELETE');

-- model_category_associations
CREATE FUNCTION model_category_associations_history_insert() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RETURNING since, id, model_id
    )
    INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
    SELECT kept.since, current_set, 'ModelCategory', kept.id, 'create', kept.model_id FROM kept;
    RETURN NULL;
END $$;
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
CREATE FUNCTION model_category_associations_history_delete() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH made AS (
        INSERT INTO changes (change_set, kind, of_row, operation, of_model)
        SELECT current_set, 'ModelCategory', id, 'purge', model_id FROM old_rows RETURNING id, of_row
    )
    UPDATE model_category_associations_history SET until = made.id FROM made
    WHERE model_category_associations_history.id = made.of_row AND model_category_associations_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
CREATE TRIGGER model_category_associations_history_insert AFTER INSERT ON model_category_associations REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_category_associations_history_insert();
CREATE TRIGGER model_category_associations_history_update AFTER UPDATE ON model_category_associations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_category_associations_history_update();
CREATE TRIGGER model_category_associations_history_delete AFTER DELETE ON model_category_associations REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_category_associations_history_delete();
CREATE TRIGGER model_category_associations_id_stays BEFORE UPDATE OF id ON model_category_associations FOR EACH ROW
    WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION refuse_write('ids never change');
CREATE TRIGGER model_category_associations_stays BEFORE TRUNCATE ON model_category_associations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_write('TRUNCATE would skip the history; use DELETE');

-- model_prices
CREATE FUNCTION model_prices_history_insert() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RETURNING since, id, model_id
    )
    INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
    SELECT kept.since, current_set, 'ModelPrice', kept.id, 'create', kept.model_id FROM kept;
    RETURN NULL;
END $$;
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
CREATE FUNCTION model_prices_history_delete() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH made AS (
        INSERT INTO changes (change_set, kind, of_row, operation, of_model)
        SELECT current_set, 'ModelPrice', id, 'purge', model_id FROM old_rows RETURNING id, of_row
    )
    UPDATE model_prices_history SET until = made.id FROM made
    WHERE model_prices_history.id = made.of_row AND model_prices_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
CREATE TRIGGER model_prices_history_insert AFTER INSERT ON model_prices REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_prices_history_insert();
CREATE TRIGGER model_prices_history_update AFTER UPDATE ON model_prices REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_prices_history_update();
CREATE TRIGGER model_prices_history_delete AFTER DELETE ON model_prices REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_prices_history_delete();
CREATE TRIGGER model_prices_id_stays BEFORE UPDATE OF id ON model_prices FOR EACH ROW
    WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION refuse_write('ids never change');
CREATE TRIGGER model_prices_stays BEFORE TRUNCATE ON model_prices
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_write('TRUNCATE would skip the history; use DELETE');

-- model_versions
CREATE FUNCTION model_versions_history_insert() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RETURNING since, id, model_id
    )
    INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
    SELECT kept.since, current_set, 'ModelVersion', kept.id, 'create', kept.model_id FROM kept;
    RETURN NULL;
END $$;
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
CREATE FUNCTION model_versions_history_delete() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH made AS (
        INSERT INTO changes (change_set, kind, of_row, operation, of_model)
        SELECT current_set, 'ModelVersion', id, 'purge', model_id FROM old_rows RETURNING id, of_row
    )
    UPDATE model_versions_history SET until = made.id FROM made
    WHERE model_versions_history.id = made.of_row AND model_versions_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
CREATE TRIGGER model_versions_history_insert AFTER INSERT ON model_versions REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_versions_history_insert();
CREATE TRIGGER model_versions_history_update AFTER UPDATE ON model_versions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_versions_history_update();
CREATE TRIGGER model_versions_history_delete AFTER DELETE ON model_versions REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_versions_history_delete();
CREATE TRIGGER model_versions_id_stays BEFORE UPDATE OF id ON model_versions FOR EACH ROW
    WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION refuse_write('ids never change');
CREATE TRIGGER model_versions_stays BEFORE TRUNCATE ON model_versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_write('TRUNCATE would skip the history; use DELETE');

-- model_pointers
CREATE FUNCTION model_pointers_history_insert() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RETURNING since, id, model_id
    )
    INSERT INTO changes (id, change_set, kind, of_row, operation, of_model)
    SELECT kept.since, current_set, 'ModelPointer', kept.id, 'create', kept.model_id FROM kept;
    RETURN NULL;
END $$;
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
CREATE FUNCTION model_pointers_history_delete() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    current_set BIGINT;
BEGIN
    IF NOT EXISTS (SELECT FROM old_rows) THEN
        RETURN NULL;
    END IF;
    current_set := current_change_set();
    WITH made AS (
        INSERT INTO changes (change_set, kind, of_row, operation, of_model)
        SELECT current_set, 'ModelPointer', id, 'purge', model_id FROM old_rows RETURNING id, of_row
    )
    UPDATE model_pointers_history SET until = made.id FROM made
    WHERE model_pointers_history.id = made.of_row AND model_pointers_history.until = 9223372036854775807;
    RETURN NULL;
END $$;
CREATE TRIGGER model_pointers_history_insert AFTER INSERT ON model_pointers REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_pointers_history_insert();
CREATE TRIGGER model_pointers_history_update AFTER UPDATE ON model_pointers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_pointers_history_update();
CREATE TRIGGER model_pointers_history_delete AFTER DELETE ON model_pointers REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION model_pointers_history_delete();
CREATE TRIGGER model_pointers_id_stays BEFORE UPDATE OF id ON model_pointers FOR EACH ROW
    WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION refuse_write('ids never change');
CREATE TRIGGER model_pointers_stays BEFORE TRUNCATE ON model_pointers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_write('TRUNCATE would skip the history; use DELETE');

-- A published version stays as it is.
CREATE TRIGGER model_versions_stay BEFORE UPDATE OF model_id, label, notes, cut ON model_versions FOR EACH ROW
    WHEN ((NEW.model_id, NEW.label, NEW.notes, NEW.cut) IS DISTINCT FROM (OLD.model_id, OLD.label, OLD.notes, OLD.cut))
    EXECUTE FUNCTION refuse_write('published versions never change');
