-- The bots of this deployment beside the one of the environment. Token and key are sealed with SECRETS_KEY.
CREATE TABLE bots (
    id text PRIMARY KEY,
    token_sealed text NOT NULL,
    kie_key_sealed text NOT NULL,
    admins text[] NOT NULL DEFAULT '{}',
    added_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
