-- Questions to chat models: what limits count, and what the books compare.
CREATE TABLE text_calls (
    bot               text NOT NULL,
    id                text NOT NULL PRIMARY KEY,
    user_id           text NOT NULL,
    purpose           text NOT NULL,
    model             text NOT NULL,
    begun_at          timestamptz NOT NULL,
    most_credits      double precision NOT NULL CHECK (most_credits >= 0),
    reservation_units bigint,
    expected_units    bigint,
    units_per_credit  bigint,
    ended_at          timestamptz,
    is_answered       boolean NOT NULL DEFAULT false,
    charged_credits   double precision CHECK (charged_credits >= 0)
);
CREATE INDEX text_calls_of_days ON text_calls (begun_at, bot);
CREATE INDEX text_calls_of_user ON text_calls (user_id, bot, begun_at);
CREATE INDEX text_calls_unended ON text_calls (begun_at, bot) WHERE ended_at IS NULL;
