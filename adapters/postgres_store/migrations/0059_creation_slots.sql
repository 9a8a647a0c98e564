-- The places that are taken in the provider's window of each account, when several bots create on it. One row an account: its
-- lock makes "count, then take" one step for all instances. `account` is a hash of the key and not the key.
CREATE TABLE creation_slots (
    account text PRIMARY KEY,
    free_at timestamptz[] NOT NULL
) WITH (fillfactor = 50);
