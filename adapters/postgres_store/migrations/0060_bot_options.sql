-- What a bot of the directory has of its own: names and values as in the environment, no secrets. SECRETS_KEY does not seal them.
ALTER TABLE bots ADD COLUMN options jsonb NOT NULL DEFAULT '{}';
