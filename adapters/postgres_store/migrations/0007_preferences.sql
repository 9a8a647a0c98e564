-- Whether a person wants what models make to be checked. The default lets an older version go on writing its rows.
ALTER TABLE preferences ADD COLUMN safe boolean NOT NULL DEFAULT true;
