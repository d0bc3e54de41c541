-- What belongs to a model belongs to it for good: a change tells of one model only, the one that the row belongs to after it, and
-- whoever keeps an answer about the other would not hear of it. Aliases may pass on, and versions never change at all.
CREATE TRIGGER model_parameters_model_stays BEFORE UPDATE OF model_id ON model_parameters WHEN NEW.model_id <> OLD.model_id BEGIN
    SELECT RAISE(ABORT, 'rows never change to another model');
END;
CREATE TRIGGER model_capability_associations_model_stays BEFORE UPDATE OF model_id ON model_capability_associations WHEN NEW.model_id <> OLD.model_id BEGIN
    SELECT RAISE(ABORT, 'rows never change to another model');
END;
CREATE TRIGGER model_category_associations_model_stays BEFORE UPDATE OF model_id ON model_category_associations WHEN NEW.model_id <> OLD.model_id BEGIN
    SELECT RAISE(ABORT, 'rows never change to another model');
END;
CREATE TRIGGER model_prices_model_stays BEFORE UPDATE OF model_id ON model_prices WHEN NEW.model_id <> OLD.model_id BEGIN
    SELECT RAISE(ABORT, 'rows never change to another model');
END;
CREATE TRIGGER model_pointers_model_stays BEFORE UPDATE OF model_id ON model_pointers WHEN NEW.model_id <> OLD.model_id BEGIN
    SELECT RAISE(ABORT, 'rows never change to another model');
END;
