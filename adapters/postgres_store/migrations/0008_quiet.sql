-- Generations whose people do not wait any more.
ALTER TABLE generations ADD COLUMN quiet boolean NOT NULL DEFAULT false;
