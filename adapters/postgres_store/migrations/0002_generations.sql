-- The generations of all bots, one row each, with their results and the proofs of their delivery. The wish (who, where,
-- what) is written once; the columns from `state` on are its life. Older instances go on running while a migration is
-- applied and after it: later files may add, and only drop what no running version reads any more.
CREATE TABLE generations (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bot text NOT NULL,
    id text NOT NULL,
    user_id text NOT NULL,
    chat text NOT NULL,
    thread text,
    reply_to text,
    language text NOT NULL,
    model_id text NOT NULL,
    input json NOT NULL,  -- json, not jsonb: what goes to the provider comes back letter by letter, in its order
    prompt text NOT NULL,  -- what of it the history is searched by
    created_at timestamptz NOT NULL,
    request_key text NOT NULL,
    secret text NOT NULL,
    forced boolean NOT NULL,
    reserved_credits double precision,
    state text NOT NULL,
    version integer NOT NULL,
    task_id text,
    reported_task_id text,
    failure_kind text,
    failure_charged text,
    failure_code text,
    failure_message text,
    charged_credits double precision,
    progress_message text,
    submitted_at timestamptz,
    ended_at timestamptz,
    closed_at timestamptz,
    UNIQUE (bot, id),
    UNIQUE (bot, request_key)
);

-- The leader's load on taking over.
CREATE INDEX generations_unfinished ON generations (bot, created_at, number)
    WHERE state NOT IN ('delivered', 'undeliverable', 'cancelled');
-- A user's limits: what is in flight, beside what the history index finds for the last day.
CREATE INDEX generations_in_flight ON generations (bot, user_id)
    WHERE state NOT IN ('delivered', 'undeliverable', 'cancelled');
-- A user's history, and the last day of it.
CREATE INDEX generations_history ON generations (bot, user_id, created_at DESC, number DESC);
-- "As last time."
CREATE INDEX generations_last ON generations (bot, user_id, model_id, created_at DESC, number DESC);
-- The creation window after a restart.
CREATE INDEX generations_submitted ON generations (bot, submitted_at) WHERE submitted_at IS NOT NULL;
-- How long a model takes.
CREATE INDEX generations_durations ON generations (bot, model_id, ended_at DESC)
    WHERE ended_at IS NOT NULL AND failure_kind IS NULL;

CREATE TABLE generation_results (
    generation bigint NOT NULL REFERENCES generations ON DELETE CASCADE,
    position integer NOT NULL,
    kind text NOT NULL,
    url text,
    text text,
    PRIMARY KEY (generation, position)
);

CREATE TABLE generation_receipts (
    generation bigint NOT NULL REFERENCES generations ON DELETE CASCADE,
    position integer NOT NULL,
    indexes integer[] NOT NULL,
    message text NOT NULL,
    file_ids text[] NOT NULL,
    PRIMARY KEY (generation, position)
);
