-- What the operator needs: who uses the bot and who may, models switched off, broadcasts, alarms, and the figures of the
-- last days.

-- People the bot has served. `chat` is their private chat, NULL while they only spoke in groups.
CREATE TABLE people (
    bot text NOT NULL,
    user_id text NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    chat text,
    first_seen_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    is_gone boolean NOT NULL DEFAULT false,  -- the last message to them could not be delivered for good
    PRIMARY KEY (bot, user_id)
);
CREATE INDEX people_recent ON people (bot, seen_at DESC, user_id);

-- People and chats that get no answer. `told_at` is when they were last told so.
CREATE TABLE blocks (
    bot text NOT NULL,
    subject text NOT NULL,
    reason text NOT NULL,
    blocked_at timestamptz NOT NULL,
    told_at timestamptz,
    PRIMARY KEY (bot, subject)
);

CREATE TABLE invites (
    bot text NOT NULL,
    token text NOT NULL,
    uses_left integer NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (bot, token)
);

-- People who came by an invite.
CREATE TABLE admissions (
    bot text NOT NULL,
    user_id text NOT NULL,
    admitted_at timestamptz NOT NULL,
    PRIMARY KEY (bot, user_id)
);

CREATE TABLE paused_models (
    bot text NOT NULL,
    model_id text NOT NULL,
    reason text NOT NULL,
    paused_at timestamptz NOT NULL,
    PRIMARY KEY (bot, model_id)
);

-- Conditions the operator was told of, until they clear. `about` is what it is about, '' where there is only one.
CREATE TABLE alarms (
    bot text NOT NULL,
    kind text NOT NULL,
    about text NOT NULL,
    raised_at timestamptz NOT NULL,
    PRIMARY KEY (bot, kind, about)
);

CREATE TABLE broadcasts (
    bot text NOT NULL,
    id text NOT NULL,
    author text NOT NULL,
    text text NOT NULL,
    photo text,
    state text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (bot, id)
);
CREATE INDEX broadcasts_sending ON broadcasts (bot, created_at) WHERE state = 'sending';

-- One row a person: `waiting`, then `sending` before the message leaves, then what became of it.
CREATE TABLE broadcast_recipients (
    bot text NOT NULL,
    broadcast text NOT NULL,
    user_id text NOT NULL,
    chat text NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (bot, broadcast, user_id),
    FOREIGN KEY (bot, broadcast) REFERENCES broadcasts ON DELETE CASCADE
);
CREATE INDEX broadcast_recipients_left ON broadcast_recipients (bot, broadcast, user_id)
    WHERE state IN ('waiting', 'sending');

-- The figures of the last days, and the failures in a row of a model.
CREATE INDEX generations_recent ON generations (bot, created_at);
-- A group's quota.
CREATE INDEX generations_in_chat ON generations (bot, chat, created_at);
