DROP INDEX models_deleted;
DROP INDEX models_counted;
DROP INDEX model_category_associations_counted;
DROP INDEX model_capability_associations_counted;
