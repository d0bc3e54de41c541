-- What makes the filter and the facets of capabilities and categories read an index alone.
CREATE INDEX model_capability_associations_counted ON model_capability_associations (capability_id, support, model_id) WHERE deleted_at IS NULL;
CREATE INDEX model_category_associations_counted ON model_category_associations (category_id, model_id) WHERE deleted_at IS NULL;

-- How many models each supplier has of each type.
CREATE INDEX models_counted ON models (supplier_id, model_type) WHERE deleted_at IS NULL;

-- Deleted models, whose links facets leave out.
CREATE INDEX models_deleted ON models (id) WHERE deleted_at IS NOT NULL;

-- Documents are kept in lower case: to fold one is dearer than to look through it. Folded in the collation that ILIKE takes
-- for them, which tells what upper and lower case are, and which names don't have.
CREATE OR REPLACE VIEW model_documents AS
SELECT models.id AS model_id,
       lower((models.name || chr(10) || coalesce(models.display_name, '') || chr(10) || coalesce(models.description, '')
       || coalesce((SELECT chr(10) || string_agg(alias, chr(10)) FROM model_aliases
                    WHERE model_aliases.model_id = models.id AND model_aliases.deleted_at IS NULL), '')) COLLATE "default")
       COLLATE "C" AS document
FROM models;

UPDATE model_search SET document = lower(document);
