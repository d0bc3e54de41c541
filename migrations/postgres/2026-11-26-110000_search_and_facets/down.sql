CREATE OR REPLACE VIEW model_documents AS
SELECT models.id AS model_id,
       models.name || chr(10) || coalesce(models.display_name, '') || chr(10) || coalesce(models.description, '')
       || coalesce((SELECT chr(10) || string_agg(alias, chr(10)) FROM model_aliases
                    WHERE model_aliases.model_id = models.id AND model_aliases.deleted_at IS NULL), '') AS document
FROM models;

UPDATE model_search SET document = fresh.document
FROM model_documents AS fresh WHERE fresh.model_id = model_search.model_id;

DROP INDEX models_deleted;
DROP INDEX models_counted;
DROP INDEX model_category_associations_counted;
DROP INDEX model_capability_associations_counted;
