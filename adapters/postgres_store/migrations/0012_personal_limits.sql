-- What one person may spend in 24 hours in place of the limit for everyone; a null is no limit.
CREATE TABLE personal_limits (
    bot             text NOT NULL,
    user_id         text NOT NULL,
    credits_per_day double precision CHECK (credits_per_day >= 0),
    changed_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (bot, user_id)
);
