-- The most that may be spent with a key in 24 hours; a null is no limit.
ALTER TABLE api_keys ADD COLUMN credits_per_day double precision CHECK (credits_per_day >= 0);
