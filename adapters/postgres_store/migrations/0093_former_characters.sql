-- What the provider called a character on accounts of before, so that drafts that still say so are understood.
ALTER TABLE reference_sets ADD COLUMN former_characters text[] NOT NULL DEFAULT '{}';
