-- What writes the history: a change of a row opens a change set, unless Modelry did for the transaction, notes the change and
-- keeps the row's new state. REPLACE removes rows without telling any trigger: the triggers called `displaced` find those.

-- The moment of a change set that nobody announced: now, or the microsecond after the change set before if that is later.
CREATE VIEW next_change AS
SELECT max(strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'), coalesce((
    SELECT CASE WHEN substr(created_at, 21, 6) = '999999'
           THEN strftime('%Y-%m-%dT%H:%M:%S', substr(created_at, 1, 19), '+1 second') || '.000000Z'
           ELSE substr(created_at, 1, 20) || printf('%06d', substr(created_at, 21, 6) + 1) || 'Z' END
    FROM change_sets ORDER BY id DESC LIMIT 1), '')) AS moment;

-- suppliers
CREATE TRIGGER suppliers_history_insert AFTER INSERT ON suppliers BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Supplier', NEW.id, NULL, 'create');
    UPDATE suppliers_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO suppliers_history (since, id, name, display_name, description, api_endpoint, base_url, api_url, api_key_required, website, api_docs, category, logo, is_active, adapter, extra, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.name, NEW.display_name, NEW.description, NEW.api_endpoint, NEW.base_url, NEW.api_url, NEW.api_key_required, NEW.website, NEW.api_docs, NEW.category, NEW.logo, NEW.is_active, NEW.adapter, NEW.extra, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER suppliers_history_update AFTER UPDATE ON suppliers BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Supplier', NEW.id, NULL,
        CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete' WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE suppliers_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO suppliers_history (since, id, name, display_name, description, api_endpoint, base_url, api_url, api_key_required, website, api_docs, category, logo, is_active, adapter, extra, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.name, NEW.display_name, NEW.description, NEW.api_endpoint, NEW.base_url, NEW.api_url, NEW.api_key_required, NEW.website, NEW.api_docs, NEW.category, NEW.logo, NEW.is_active, NEW.adapter, NEW.extra, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER suppliers_history_delete AFTER DELETE ON suppliers BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Supplier', OLD.id, NULL, 'purge');
    UPDATE suppliers_history SET until = last_insert_rowid() WHERE id = OLD.id AND until = 9223372036854775807;
END;
CREATE TRIGGER suppliers_history_displaced_by_insert AFTER INSERT ON suppliers
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM suppliers_history WHERE until = 9223372036854775807 AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Supplier', id, NULL, 'purge' FROM suppliers_history
    WHERE until = 9223372036854775807 AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE suppliers_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER suppliers_history_displaced_by_update AFTER UPDATE ON suppliers
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM suppliers_history WHERE until = 9223372036854775807 AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Supplier', id, NULL, 'purge' FROM suppliers_history
    WHERE until = 9223372036854775807 AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE suppliers_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER suppliers_id_stays BEFORE UPDATE OF id ON suppliers WHEN NEW.id <> OLD.id BEGIN
    SELECT RAISE(ABORT, 'ids never change');
END;

-- models
CREATE TRIGGER models_history_insert AFTER INSERT ON models BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Model', NEW.id, NEW.id, 'create');
    UPDATE models_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO models_history (since, id, name, display_name, description, supplier_id, model_type, sub_type, is_default, is_active, lifecycle_stage, released_on, knowledge_cutoff, deprecated_on, retires_on, successor_id, extra, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.name, NEW.display_name, NEW.description, NEW.supplier_id, NEW.model_type, NEW.sub_type, NEW.is_default, NEW.is_active, NEW.lifecycle_stage, NEW.released_on, NEW.knowledge_cutoff, NEW.deprecated_on, NEW.retires_on, NEW.successor_id, NEW.extra, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER models_history_update AFTER UPDATE ON models BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Model', NEW.id, NEW.id,
        CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete' WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE models_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO models_history (since, id, name, display_name, description, supplier_id, model_type, sub_type, is_default, is_active, lifecycle_stage, released_on, knowledge_cutoff, deprecated_on, retires_on, successor_id, extra, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.name, NEW.display_name, NEW.description, NEW.supplier_id, NEW.model_type, NEW.sub_type, NEW.is_default, NEW.is_active, NEW.lifecycle_stage, NEW.released_on, NEW.knowledge_cutoff, NEW.deprecated_on, NEW.retires_on, NEW.successor_id, NEW.extra, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER models_history_delete AFTER DELETE ON models BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Model', OLD.id, OLD.id, 'purge');
    UPDATE models_history SET until = last_insert_rowid() WHERE id = OLD.id AND until = 9223372036854775807;
END;
CREATE TRIGGER models_history_displaced_by_insert AFTER INSERT ON models
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM models_history WHERE until = 9223372036854775807 AND supplier_id = NEW.supplier_id AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Model', id, id, 'purge' FROM models_history
    WHERE until = 9223372036854775807 AND supplier_id = NEW.supplier_id AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE models_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND supplier_id = NEW.supplier_id AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER models_history_displaced_by_update AFTER UPDATE ON models
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM models_history WHERE until = 9223372036854775807 AND supplier_id = NEW.supplier_id AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Model', id, id, 'purge' FROM models_history
    WHERE until = 9223372036854775807 AND supplier_id = NEW.supplier_id AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE models_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND supplier_id = NEW.supplier_id AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER models_history_displaced_by_default_insert AFTER INSERT ON models
WHEN NEW.deleted_at IS NULL AND NEW.is_default AND EXISTS (SELECT 1 FROM models_history WHERE until = 9223372036854775807 AND is_default AND NEW.is_default AND model_type = NEW.model_type AND sub_type IS NEW.sub_type AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Model', id, id, 'purge' FROM models_history
    WHERE until = 9223372036854775807 AND is_default AND NEW.is_default AND model_type = NEW.model_type AND sub_type IS NEW.sub_type AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE models_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND is_default AND NEW.is_default AND model_type = NEW.model_type AND sub_type IS NEW.sub_type AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER models_history_displaced_by_default_update AFTER UPDATE ON models
WHEN NEW.deleted_at IS NULL AND NEW.is_default AND EXISTS (SELECT 1 FROM models_history WHERE until = 9223372036854775807 AND is_default AND NEW.is_default AND model_type = NEW.model_type AND sub_type IS NEW.sub_type AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Model', id, id, 'purge' FROM models_history
    WHERE until = 9223372036854775807 AND is_default AND NEW.is_default AND model_type = NEW.model_type AND sub_type IS NEW.sub_type AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE models_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND is_default AND NEW.is_default AND model_type = NEW.model_type AND sub_type IS NEW.sub_type AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER models_id_stays BEFORE UPDATE OF id ON models WHEN NEW.id <> OLD.id BEGIN
    SELECT RAISE(ABORT, 'ids never change');
END;

-- model_aliases
CREATE TRIGGER model_aliases_history_insert AFTER INSERT ON model_aliases BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelAlias', NEW.id, NEW.model_id, 'create');
    UPDATE model_aliases_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_aliases_history (since, id, model_id, supplier_id, alias, source, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.supplier_id, NEW.alias, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_aliases_history_update AFTER UPDATE ON model_aliases BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelAlias', NEW.id, NEW.model_id,
        CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete' WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_aliases_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_aliases_history (since, id, model_id, supplier_id, alias, source, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.supplier_id, NEW.alias, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_aliases_history_delete AFTER DELETE ON model_aliases BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelAlias', OLD.id, OLD.model_id, 'purge');
    UPDATE model_aliases_history SET until = last_insert_rowid() WHERE id = OLD.id AND until = 9223372036854775807;
END;
CREATE TRIGGER model_aliases_history_displaced_by_insert AFTER INSERT ON model_aliases
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_aliases_history WHERE until = 9223372036854775807 AND supplier_id = NEW.supplier_id AND alias = NEW.alias AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelAlias', id, model_id, 'purge' FROM model_aliases_history
    WHERE until = 9223372036854775807 AND supplier_id = NEW.supplier_id AND alias = NEW.alias AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_aliases_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND supplier_id = NEW.supplier_id AND alias = NEW.alias AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_aliases_history_displaced_by_update AFTER UPDATE ON model_aliases
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_aliases_history WHERE until = 9223372036854775807 AND supplier_id = NEW.supplier_id AND alias = NEW.alias AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelAlias', id, model_id, 'purge' FROM model_aliases_history
    WHERE until = 9223372036854775807 AND supplier_id = NEW.supplier_id AND alias = NEW.alias AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_aliases_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND supplier_id = NEW.supplier_id AND alias = NEW.alias AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_aliases_id_stays BEFORE UPDATE OF id ON model_aliases WHEN NEW.id <> OLD.id BEGIN
    SELECT RAISE(ABORT, 'ids never change');
END;

-- model_parameters
CREATE TRIGGER model_parameters_history_insert AFTER INSERT ON model_parameters BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelParameter', NEW.id, NEW.model_id, 'create');
    UPDATE model_parameters_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_parameters_history (since, id, model_id, parameter_name, parameter_type, parameter_value, number_value, is_default, description, minimum, maximum, allowed_values, source, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.parameter_name, NEW.parameter_type, NEW.parameter_value, NEW.number_value, NEW.is_default, NEW.description, NEW.minimum, NEW.maximum, NEW.allowed_values, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_parameters_history_update AFTER UPDATE ON model_parameters BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelParameter', NEW.id, NEW.model_id,
        CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete' WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_parameters_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_parameters_history (since, id, model_id, parameter_name, parameter_type, parameter_value, number_value, is_default, description, minimum, maximum, allowed_values, source, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.parameter_name, NEW.parameter_type, NEW.parameter_value, NEW.number_value, NEW.is_default, NEW.description, NEW.minimum, NEW.maximum, NEW.allowed_values, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_parameters_history_delete AFTER DELETE ON model_parameters BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelParameter', OLD.id, OLD.model_id, 'purge');
    UPDATE model_parameters_history SET until = last_insert_rowid() WHERE id = OLD.id AND until = 9223372036854775807;
END;
CREATE TRIGGER model_parameters_history_displaced_by_insert AFTER INSERT ON model_parameters
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_parameters_history WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND parameter_name = NEW.parameter_name AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelParameter', id, model_id, 'purge' FROM model_parameters_history
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND parameter_name = NEW.parameter_name AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_parameters_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND parameter_name = NEW.parameter_name AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_parameters_history_displaced_by_update AFTER UPDATE ON model_parameters
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_parameters_history WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND parameter_name = NEW.parameter_name AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelParameter', id, model_id, 'purge' FROM model_parameters_history
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND parameter_name = NEW.parameter_name AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_parameters_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND parameter_name = NEW.parameter_name AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_parameters_id_stays BEFORE UPDATE OF id ON model_parameters WHEN NEW.id <> OLD.id BEGIN
    SELECT RAISE(ABORT, 'ids never change');
END;

-- capabilities
CREATE TRIGGER capabilities_history_insert AFTER INSERT ON capabilities BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Capability', NEW.id, NULL, 'create');
    UPDATE capabilities_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO capabilities_history (since, id, name, display_name, description, capability_type, input_types, output_types, domain, is_active, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.name, NEW.display_name, NEW.description, NEW.capability_type, NEW.input_types, NEW.output_types, NEW.domain, NEW.is_active, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER capabilities_history_update AFTER UPDATE ON capabilities BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Capability', NEW.id, NULL,
        CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete' WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE capabilities_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO capabilities_history (since, id, name, display_name, description, capability_type, input_types, output_types, domain, is_active, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.name, NEW.display_name, NEW.description, NEW.capability_type, NEW.input_types, NEW.output_types, NEW.domain, NEW.is_active, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER capabilities_history_delete AFTER DELETE ON capabilities BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Capability', OLD.id, NULL, 'purge');
    UPDATE capabilities_history SET until = last_insert_rowid() WHERE id = OLD.id AND until = 9223372036854775807;
END;
CREATE TRIGGER capabilities_history_displaced_by_insert AFTER INSERT ON capabilities
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM capabilities_history WHERE until = 9223372036854775807 AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Capability', id, NULL, 'purge' FROM capabilities_history
    WHERE until = 9223372036854775807 AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE capabilities_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER capabilities_history_displaced_by_update AFTER UPDATE ON capabilities
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM capabilities_history WHERE until = 9223372036854775807 AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Capability', id, NULL, 'purge' FROM capabilities_history
    WHERE until = 9223372036854775807 AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE capabilities_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER capabilities_id_stays BEFORE UPDATE OF id ON capabilities WHEN NEW.id <> OLD.id BEGIN
    SELECT RAISE(ABORT, 'ids never change');
END;

-- model_capability_associations
CREATE TRIGGER model_capability_associations_history_insert AFTER INSERT ON model_capability_associations BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelCapability', NEW.id, NEW.model_id, 'create');
    UPDATE model_capability_associations_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_capability_associations_history (since, id, model_id, capability_id, config, config_json, is_default, support, source, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.capability_id, NEW.config, NEW.config_json, NEW.is_default, NEW.support, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_capability_associations_history_update AFTER UPDATE ON model_capability_associations BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelCapability', NEW.id, NEW.model_id,
        CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete' WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_capability_associations_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_capability_associations_history (since, id, model_id, capability_id, config, config_json, is_default, support, source, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.capability_id, NEW.config, NEW.config_json, NEW.is_default, NEW.support, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_capability_associations_history_delete AFTER DELETE ON model_capability_associations BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelCapability', OLD.id, OLD.model_id, 'purge');
    UPDATE model_capability_associations_history SET until = last_insert_rowid() WHERE id = OLD.id AND until = 9223372036854775807;
END;
CREATE TRIGGER model_capability_associations_history_displaced_by_insert AFTER INSERT ON model_capability_associations
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_capability_associations_history WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND capability_id = NEW.capability_id AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelCapability', id, model_id, 'purge' FROM model_capability_associations_history
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND capability_id = NEW.capability_id AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_capability_associations_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND capability_id = NEW.capability_id AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_capability_associations_history_displaced_by_update AFTER UPDATE ON model_capability_associations
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_capability_associations_history WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND capability_id = NEW.capability_id AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelCapability', id, model_id, 'purge' FROM model_capability_associations_history
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND capability_id = NEW.capability_id AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_capability_associations_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND capability_id = NEW.capability_id AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_capability_associations_id_stays BEFORE UPDATE OF id ON model_capability_associations WHEN NEW.id <> OLD.id BEGIN
    SELECT RAISE(ABORT, 'ids never change');
END;

-- model_categories
CREATE TRIGGER model_categories_history_insert AFTER INSERT ON model_categories BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Category', NEW.id, NULL, 'create');
    UPDATE model_categories_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_categories_history (since, id, name, display_name, description, category_type, parent_id, is_active, position, path, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.name, NEW.display_name, NEW.description, NEW.category_type, NEW.parent_id, NEW.is_active, NEW.position, NEW.path, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_categories_history_update AFTER UPDATE ON model_categories BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Category', NEW.id, NULL,
        CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete' WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_categories_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_categories_history (since, id, name, display_name, description, category_type, parent_id, is_active, position, path, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.name, NEW.display_name, NEW.description, NEW.category_type, NEW.parent_id, NEW.is_active, NEW.position, NEW.path, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_categories_history_delete AFTER DELETE ON model_categories BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Category', OLD.id, NULL, 'purge');
    UPDATE model_categories_history SET until = last_insert_rowid() WHERE id = OLD.id AND until = 9223372036854775807;
END;
CREATE TRIGGER model_categories_history_displaced_by_insert AFTER INSERT ON model_categories
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_categories_history WHERE until = 9223372036854775807 AND path = NEW.path AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Category', id, NULL, 'purge' FROM model_categories_history
    WHERE until = 9223372036854775807 AND path = NEW.path AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_categories_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND path = NEW.path AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_categories_history_displaced_by_update AFTER UPDATE ON model_categories
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_categories_history WHERE until = 9223372036854775807 AND path = NEW.path AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'Category', id, NULL, 'purge' FROM model_categories_history
    WHERE until = 9223372036854775807 AND path = NEW.path AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_categories_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND path = NEW.path AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_categories_id_stays BEFORE UPDATE OF id ON model_categories WHEN NEW.id <> OLD.id BEGIN
    SELECT RAISE(ABORT, 'ids never change');
END;

-- model_category_associations
CREATE TRIGGER model_category_associations_history_insert AFTER INSERT ON model_category_associations BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelCategory', NEW.id, NEW.model_id, 'create');
    UPDATE model_category_associations_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_category_associations_history (since, id, model_id, category_id, source, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.category_id, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_category_associations_history_update AFTER UPDATE ON model_category_associations BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelCategory', NEW.id, NEW.model_id,
        CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete' WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_category_associations_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_category_associations_history (since, id, model_id, category_id, source, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.category_id, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_category_associations_history_delete AFTER DELETE ON model_category_associations BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelCategory', OLD.id, OLD.model_id, 'purge');
    UPDATE model_category_associations_history SET until = last_insert_rowid() WHERE id = OLD.id AND until = 9223372036854775807;
END;
CREATE TRIGGER model_category_associations_history_displaced_by_insert AFTER INSERT ON model_category_associations
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_category_associations_history WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND category_id = NEW.category_id AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelCategory', id, model_id, 'purge' FROM model_category_associations_history
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND category_id = NEW.category_id AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_category_associations_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND category_id = NEW.category_id AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_category_associations_history_displaced_by_update AFTER UPDATE ON model_category_associations
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_category_associations_history WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND category_id = NEW.category_id AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelCategory', id, model_id, 'purge' FROM model_category_associations_history
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND category_id = NEW.category_id AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_category_associations_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND category_id = NEW.category_id AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_category_associations_id_stays BEFORE UPDATE OF id ON model_category_associations WHEN NEW.id <> OLD.id BEGIN
    SELECT RAISE(ABORT, 'ids never change');
END;

-- model_prices
CREATE TRIGGER model_prices_history_insert AFTER INSERT ON model_prices BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelPrice', NEW.id, NEW.model_id, 'create');
    UPDATE model_prices_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_prices_history (since, id, model_id, component, unit, service_mode, min_context_tokens, currency, amount_nanos, amount_subnanos, valid_from, valid_until, source, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.component, NEW.unit, NEW.service_mode, NEW.min_context_tokens, NEW.currency, NEW.amount_nanos, NEW.amount_subnanos, NEW.valid_from, NEW.valid_until, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_prices_history_update AFTER UPDATE ON model_prices BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelPrice', NEW.id, NEW.model_id,
        CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete' WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_prices_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_prices_history (since, id, model_id, component, unit, service_mode, min_context_tokens, currency, amount_nanos, amount_subnanos, valid_from, valid_until, source, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.component, NEW.unit, NEW.service_mode, NEW.min_context_tokens, NEW.currency, NEW.amount_nanos, NEW.amount_subnanos, NEW.valid_from, NEW.valid_until, NEW.source, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_prices_history_delete AFTER DELETE ON model_prices BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelPrice', OLD.id, OLD.model_id, 'purge');
    UPDATE model_prices_history SET until = last_insert_rowid() WHERE id = OLD.id AND until = 9223372036854775807;
END;
CREATE TRIGGER model_prices_history_displaced_by_insert AFTER INSERT ON model_prices
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_prices_history WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND component = NEW.component AND service_mode = NEW.service_mode AND min_context_tokens = NEW.min_context_tokens AND currency = NEW.currency AND valid_from IS NEW.valid_from AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelPrice', id, model_id, 'purge' FROM model_prices_history
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND component = NEW.component AND service_mode = NEW.service_mode AND min_context_tokens = NEW.min_context_tokens AND currency = NEW.currency AND valid_from IS NEW.valid_from AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_prices_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND component = NEW.component AND service_mode = NEW.service_mode AND min_context_tokens = NEW.min_context_tokens AND currency = NEW.currency AND valid_from IS NEW.valid_from AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_prices_history_displaced_by_update AFTER UPDATE ON model_prices
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_prices_history WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND component = NEW.component AND service_mode = NEW.service_mode AND min_context_tokens = NEW.min_context_tokens AND currency = NEW.currency AND valid_from IS NEW.valid_from AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelPrice', id, model_id, 'purge' FROM model_prices_history
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND component = NEW.component AND service_mode = NEW.service_mode AND min_context_tokens = NEW.min_context_tokens AND currency = NEW.currency AND valid_from IS NEW.valid_from AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_prices_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND component = NEW.component AND service_mode = NEW.service_mode AND min_context_tokens = NEW.min_context_tokens AND currency = NEW.currency AND valid_from IS NEW.valid_from AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_prices_id_stays BEFORE UPDATE OF id ON model_prices WHEN NEW.id <> OLD.id BEGIN
    SELECT RAISE(ABORT, 'ids never change');
END;

-- model_versions
CREATE TRIGGER model_versions_history_insert AFTER INSERT ON model_versions BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelVersion', NEW.id, NEW.model_id, 'create');
    UPDATE model_versions_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_versions_history (since, id, model_id, label, notes, cut, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.label, NEW.notes, NEW.cut, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_versions_history_update AFTER UPDATE ON model_versions BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelVersion', NEW.id, NEW.model_id,
        CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete' WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_versions_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_versions_history (since, id, model_id, label, notes, cut, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.label, NEW.notes, NEW.cut, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_versions_history_delete AFTER DELETE ON model_versions BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelVersion', OLD.id, OLD.model_id, 'purge');
    UPDATE model_versions_history SET until = last_insert_rowid() WHERE id = OLD.id AND until = 9223372036854775807;
END;
CREATE TRIGGER model_versions_history_displaced_by_insert AFTER INSERT ON model_versions
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_versions_history WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND label = NEW.label AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelVersion', id, model_id, 'purge' FROM model_versions_history
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND label = NEW.label AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_versions_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND label = NEW.label AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_versions_history_displaced_by_update AFTER UPDATE ON model_versions
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_versions_history WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND label = NEW.label AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelVersion', id, model_id, 'purge' FROM model_versions_history
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND label = NEW.label AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_versions_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND label = NEW.label AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_versions_id_stays BEFORE UPDATE OF id ON model_versions WHEN NEW.id <> OLD.id BEGIN
    SELECT RAISE(ABORT, 'ids never change');
END;

-- model_pointers
CREATE TRIGGER model_pointers_history_insert AFTER INSERT ON model_pointers BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelPointer', NEW.id, NEW.model_id, 'create');
    UPDATE model_pointers_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_pointers_history (since, id, model_id, name, model_version_id, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.name, NEW.model_version_id, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_pointers_history_update AFTER UPDATE ON model_pointers BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelPointer', NEW.id, NEW.model_id,
        CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete' WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore' ELSE 'update' END);
    UPDATE model_pointers_history SET until = last_insert_rowid() WHERE id = NEW.id AND until = 9223372036854775807;
    INSERT INTO model_pointers_history (since, id, model_id, name, model_version_id, created_at, updated_at, deleted_at, version)
    VALUES (last_insert_rowid(), NEW.id, NEW.model_id, NEW.name, NEW.model_version_id, NEW.created_at, NEW.updated_at, NEW.deleted_at, NEW.version);
END;
CREATE TRIGGER model_pointers_history_delete AFTER DELETE ON model_pointers BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    VALUES (coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelPointer', OLD.id, OLD.model_id, 'purge');
    UPDATE model_pointers_history SET until = last_insert_rowid() WHERE id = OLD.id AND until = 9223372036854775807;
END;
CREATE TRIGGER model_pointers_history_displaced_by_insert AFTER INSERT ON model_pointers
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_pointers_history WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelPointer', id, model_id, 'purge' FROM model_pointers_history
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_pointers_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_pointers_history_displaced_by_update AFTER UPDATE ON model_pointers
WHEN NEW.deleted_at IS NULL AND EXISTS (SELECT 1 FROM model_pointers_history WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id) BEGIN
    INSERT INTO change_sets (created_at, actor, channel)
    SELECT (SELECT moment FROM next_change), 'sql', 'sql'
    WHERE (SELECT change_set FROM change_feed) IS NULL;
    INSERT INTO changes (change_set, kind, of_row, of_model, operation)
    SELECT coalesce((SELECT change_set FROM change_feed), (SELECT max(id) FROM change_sets)), 'ModelPointer', id, model_id, 'purge' FROM model_pointers_history
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
    UPDATE model_pointers_history SET until = last_insert_rowid()
    WHERE until = 9223372036854775807 AND model_id = NEW.model_id AND name = NEW.name AND deleted_at IS NULL AND id <> NEW.id;
END;
CREATE TRIGGER model_pointers_id_stays BEFORE UPDATE OF id ON model_pointers WHEN NEW.id <> OLD.id BEGIN
    SELECT RAISE(ABORT, 'ids never change');
END;

-- A published version stays as it is.
CREATE TRIGGER model_versions_stay BEFORE UPDATE OF model_id, label, notes, cut ON model_versions
WHEN NEW.model_id <> OLD.model_id OR NEW.label <> OLD.label OR NEW.notes IS NOT OLD.notes OR NEW.cut <> OLD.cut BEGIN
    SELECT RAISE(ABORT, 'published versions never change');
END;
