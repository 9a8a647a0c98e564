-- What the history needs. `erased_at`: the user deleted it; the words, files and results are gone, the row goes on counting
-- in limits and run times. `forms`: in which form each file of a receipt went (photo, document …), since a front end can
-- show a file it keeps only as what it was; empty in older rows.
ALTER TABLE generations ADD COLUMN erased_at timestamptz;
ALTER TABLE generation_receipts ADD COLUMN forms text[] NOT NULL DEFAULT '{}';
