-- Pictures of characters and styles that people keep under a name; `media` are ids of the table media.
CREATE TABLE reference_sets (
    bot text NOT NULL,
    id text NOT NULL,
    owner text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    media text[] NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id, bot)
);
CREATE INDEX reference_sets_owner ON reference_sets (owner, bot, created_at);
