-- What the provider says of one result beside its kind and address: its id, title, length and cover.
-- A column of its own, so that an older instance reads and writes the others as before.
ALTER TABLE generation_results ADD COLUMN traits json;
