"""What the lock's session asks of the server."""

from typing import Final

CHANNEL: Final = "mediabot_locks"
FREE: Final = "free"
"""Said of bots that were handed over: those that wait look at once."""

# Every instance holds this lock, shared, while it takes part. It is "medi" as a number. Locks of bots have keys of one part, and
# requests, which lock "medi" and a hash of their user, leave 1 out.
JOIN: Final = "SELECT pg_advisory_lock_shared(1835361385, 1)"
LEAVE: Final = "SELECT pg_advisory_unlock_shared(1835361385, 1), pg_notify('mediabot_locks', 'free')"

# One statement, so that all of it is true at the same moment. A bigint key shows in pg_locks as two halves. The time that is
# written is later than the sending, from which the lease counts. An old session does not overwrite a newer epoch. The rows
# are written in one order by everyone, or two sessions could wait for each other.
LOOK: Final = """
WITH heartbeat AS (
    INSERT INTO leader_heartbeats AS last (bot, epoch, at)
    SELECT bot, epoch, statement_timestamp() FROM unnest($3::text[], $4::bigint[]) AS own (bot, epoch) ORDER BY bot
    ON CONFLICT (bot) DO UPDATE SET epoch = EXCLUDED.epoch, at = EXCLUDED.at WHERE last.epoch <= EXCLUDED.epoch
), advisory AS MATERIALIZED (
    SELECT pid, objsubid, classid::bigint << 32 | objid::bigint AS key FROM pg_locks
     WHERE locktype = 'advisory' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)
SELECT pg_backend_pid() = $1 AS same_session,
       NOT pg_is_in_recovery() AS primary_server,
       bots.keys, bots.pids,
       ARRAY(SELECT pid FROM advisory WHERE objsubid = 2 AND key = (1835361385::bigint << 32 | 1)) AS members,
       ARRAY(SELECT bot FROM leadership JOIN unnest($3::text[], $4::bigint[]) AS own (bot, epoch) USING (bot, epoch)) AS current
  FROM (SELECT array_agg(key ORDER BY key) AS keys, array_agg(pid ORDER BY key) AS pids
          FROM advisory WHERE objsubid = 1 AND key = ANY($2::bigint[])) AS bots
"""

TRY: Final = "SELECT key FROM unnest($1::bigint[]) AS key WHERE pg_try_advisory_lock(key)"

# The epoch never falls below what this process has seen, even where a failover lost the last rows. The first part sees
# the rows as they were before the second one changes them.
TAKE_EPOCHS: Final = """
WITH before AS (
    SELECT bot, epoch, released FROM leadership WHERE bot = ANY($1::text[])
), taken AS (
    INSERT INTO leadership AS row (bot, epoch, holder, released)
    SELECT bot, seen + 1, $3, false FROM unnest($1::text[], $2::bigint[]) AS own (bot, seen) ORDER BY bot
    ON CONFLICT (bot) DO UPDATE
    SET epoch = GREATEST(row.epoch, EXCLUDED.epoch - 1) + 1, holder = $3, released = false, changed_at = now()
    RETURNING bot, epoch
)
SELECT taken.bot, taken.epoch, before.released, extract(epoch FROM clock_timestamp() - last.at)::float8 AS silence_s
  FROM taken
  LEFT JOIN before ON before.bot = taken.bot AND before.epoch = taken.epoch - 1
  LEFT JOIN leader_heartbeats AS last ON last.bot = taken.bot AND last.epoch = taken.epoch - 1
"""

# Two statements: in one, a successor could have the lock before it can read that it was released.
MARK_RELEASED: Final = """
UPDATE leadership SET released = true, changed_at = now()
  FROM unnest($1::text[], $2::bigint[]) AS own (bot, epoch)
 WHERE leadership.bot = own.bot AND leadership.epoch = own.epoch
"""
UNLOCK: Final = """
SELECT count(*) FILTER (WHERE pg_advisory_unlock(key)) AS freed, pg_notify('mediabot_locks', 'free')
  FROM unnest($1::bigint[]) AS key
"""
ASK: Final = "SELECT pg_notify('mediabot_locks', $1)"
