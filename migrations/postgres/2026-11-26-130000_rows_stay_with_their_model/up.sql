-- What belongs to a model belongs to it for good: a change tells of one model only, the one that the row belongs to after it, and
-- whoever keeps an answer about the other would not hear of it. Aliases may pass on, and versions never change at all.
CREATE TRIGGER model_parameters_model_stays BEFORE UPDATE OF model_id ON model_parameters FOR EACH ROW
    WHEN (NEW.model_id <> OLD.model_id) EXECUTE FUNCTION refuse_write('rows never change to another model');
CREATE TRIGGER model_capability_associations_model_stays BEFORE UPDATE OF model_id ON model_capability_associations FOR EACH ROW
    WHEN (NEW.model_id <> OLD.model_id) EXECUTE FUNCTION refuse_write('rows never change to another model');
CREATE TRIGGER model_category_associations_model_stays BEFORE UPDATE OF model_id ON model_category_associations FOR EACH ROW
    WHEN (NEW.model_id <> OLD.model_id) EXECUTE FUNCTION refuse_write('rows never change to another model');
CREATE TRIGGER model_prices_model_stays BEFORE UPDATE OF model_id ON model_prices FOR EACH ROW
    WHEN (NEW.model_id <> OLD.model_id) EXECUTE FUNCTION refuse_write('rows never change to another model');
CREATE TRIGGER model_pointers_model_stays BEFORE UPDATE OF model_id ON model_pointers FOR EACH ROW
    WHEN (NEW.model_id <> OLD.model_id) EXECUTE FUNCTION refuse_write('rows never change to another model');
