-- Keys by which programs use the service, and the events that wait to be sent to them. A key's secret is kept as a digest.
CREATE TABLE api_keys (
    bot text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    user_id text NOT NULL,
    digest text NOT NULL,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz,
    webhook_url text,
    webhook_secret text,
    PRIMARY KEY (id, bot)
);

CREATE TABLE webhook_events (
    bot text NOT NULL,
    id text NOT NULL,
    key_id text NOT NULL,
    type text NOT NULL,
    payload text NOT NULL,
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL,
    PRIMARY KEY (id, bot)
);

CREATE INDEX webhook_events_due ON webhook_events (bot, due_at);
