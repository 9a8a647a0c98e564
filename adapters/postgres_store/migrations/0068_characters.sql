-- What the provider calls a character that it has been shown; NULL until a model is given it.
ALTER TABLE reference_sets ADD COLUMN character text;
