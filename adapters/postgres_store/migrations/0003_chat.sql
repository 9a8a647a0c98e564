-- What the front ends must remember: half-filled cards, people's settings, updates dealt with.
CREATE TABLE drafts (
    bot text NOT NULL,
    id text NOT NULL,
    user_id text NOT NULL,
    chat text NOT NULL,
    thread text,
    reply_to text,
    model_id text NOT NULL,
    values json NOT NULL,
    view text NOT NULL,
    expecting text,
    message text,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (bot, id)
);

-- The one draft a person works on in a chat; a missing thread is ''.
CREATE TABLE open_drafts (
    bot text NOT NULL,
    user_id text NOT NULL,
    chat text NOT NULL,
    thread text NOT NULL,
    draft text NOT NULL,
    PRIMARY KEY (bot, user_id, chat, thread),
    FOREIGN KEY (bot, draft) REFERENCES drafts ON DELETE CASCADE
);
CREATE INDEX open_drafts_draft ON open_drafts (bot, draft);

CREATE TABLE preferences (
    bot text NOT NULL,
    user_id text NOT NULL,
    language text,
    originals boolean NOT NULL,
    captions boolean NOT NULL,
    favourites text[] NOT NULL,
    PRIMARY KEY (bot, user_id)
);

CREATE TABLE handled_updates (
    source text NOT NULL,
    update_id bigint NOT NULL,
    handled_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, update_id)
);
CREATE INDEX handled_updates_age ON handled_updates (handled_at);
