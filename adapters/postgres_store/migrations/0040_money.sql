-- Whether a person sees prices in money beside credits. Older instances pass the column over.
ALTER TABLE preferences ADD COLUMN money boolean NOT NULL DEFAULT false;
