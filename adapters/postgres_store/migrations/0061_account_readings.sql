-- What was left of each account at the provider when it was last compared with what its bots took. `account` is a hash of the
-- key and not the key. `uncertain` may have been taken by then without our knowing it.
-- Older instances write `provider_readings`, by bot; it is not read any more.
CREATE TABLE account_readings (
    account text PRIMARY KEY,
    at timestamptz NOT NULL,
    credits double precision NOT NULL,
    uncertain double precision NOT NULL,
    bots text[] NOT NULL
);
