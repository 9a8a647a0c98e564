-- Further accounts at the provider that pay for a bot's generations, beside the one whose key the bot has. The key is sealed
-- with SECRETS_KEY. The bot is one of `bots` or that of the environment.
CREATE TABLE provider_accounts (
    bot text NOT NULL,
    name text NOT NULL,
    kie_key_sealed text NOT NULL,
    is_paused boolean NOT NULL,
    added_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (bot, name)
);

-- On which of them the task was created: only there it can be read. The tasks that exist were created on the bot's own.
ALTER TABLE generations ADD COLUMN account text NOT NULL DEFAULT 'main';
