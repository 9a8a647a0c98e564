-- Which account at the provider a chat model was asked on. An older version asks on `main` alone.
ALTER TABLE text_calls ADD COLUMN account text NOT NULL DEFAULT 'main';
