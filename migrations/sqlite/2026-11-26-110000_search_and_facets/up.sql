-- What makes the filter and the facets of capabilities and categories read an index alone.
CREATE INDEX model_capability_associations_counted ON model_capability_associations (capability_id, support, model_id) WHERE deleted_at IS NULL;
CREATE INDEX model_category_associations_counted ON model_category_associations (category_id, model_id) WHERE deleted_at IS NULL;

-- How many models each supplier has of each type.
CREATE INDEX models_counted ON models (supplier_id, model_type) WHERE deleted_at IS NULL;

-- Deleted models, whose links facets leave out.
CREATE INDEX models_deleted ON models (id) WHERE deleted_at IS NOT NULL;
