-- Who leads which bot. The advisory lock decides; this row numbers the leaderships (epoch) for fencing, and says whether
-- the last leader stopped cleanly. `bot` is the bot's numeric id, so that several bots can share a database.
CREATE TABLE leadership (
    bot text PRIMARY KEY,
    epoch bigint NOT NULL DEFAULT 0,
    holder text NOT NULL DEFAULT '',
    released boolean NOT NULL DEFAULT true,
    changed_at timestamptz NOT NULL DEFAULT now()
);
