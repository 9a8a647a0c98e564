# ruff: noqa: S608  # put together from this file's constants alone
"""The statements on generations. ``$1`` is the bot, except in ``ADD`` (``$3``) and ``TAKE_TURNS``."""

from typing import Final

from application.ports.generation_store import LOOKED_THROUGH

EACH: Final = "OFFSET 0"
"""Ends a subquery that is to be asked once for each row beside it, by its own index. Without it, and without statistics, the
planner would rather read all rows of the bot once and sort out those that are wanted. For the same reason some statements
compare ``bot || ''``: then no index that begins with the bot is taken for one that begins with what is looked for."""

ROW: Final = """
    id, user_id, chat, thread, reply_to, language, model_id, input, created_at, request_key, secret, forced,
    reserved_credits, reservation_units, expected_units, units_per_credit, state, version, account, task_id, reported_task_id, failure_kind, failure_charged, failure_code,
    failure_message, charged_credits, progress_message, quiet, submitted_at, ended_at, closed_at, usual_s, trace,
    (SELECT json_agg(json_build_array(kind, url, text, traits) ORDER BY position)
       FROM generation_results WHERE generation = number) AS results,
    (SELECT json_agg(json_build_array(indexes, message, file_ids, forms) ORDER BY position)
       FROM generation_receipts WHERE generation = number) AS receipts
"""

_IS_UNFINISHED: Final = "closed_at IS NULL"
"""As the partial indexes have it."""

ADD: Final = """
WITH pause AS (
    SELECT reason FROM paused_models WHERE bot = $3 AND model_id = $11 AND NOT $17
), own_limit AS (
    SELECT FROM personal_limits WHERE bot = $3 AND user_id = $6 AND credits_per_day IS NOT NULL AND NOT $35
), added AS (
    INSERT INTO generations (
        bot, version, id, user_id, chat, thread, reply_to, language, model_id, input, prompt, created_at, request_key, secret,
        forced, reserved_credits, reservation_units, expected_units, units_per_credit, trace, state, account, task_id, failure_kind,
        failure_charged, failure_code, failure_message, charged_credits, submitted_at, ended_at, closed_at, usual_s)
    SELECT $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
        $27, $28, $29, $30, $31, $32, $33, $34
     WHERE NOT EXISTS (SELECT FROM pause) AND NOT EXISTS (SELECT FROM own_limit)
    ON CONFLICT (bot, request_key) DO NOTHING
    RETURNING id)
SELECT (SELECT reason FROM pause) AS pause, added.id IS NOT NULL AS is_added,
       CASE WHEN added.id IS NOT NULL THEN pg_notify($1, $2) END
  FROM (VALUES (1)) AS one LEFT JOIN added ON true
"""
"""``$35``: the limits were looked at. Else nothing is added for one who has a limit of their own."""

STANDING: Final = """
SELECT (SELECT reason FROM paused_models WHERE bot = $1 AND model_id = $2) AS pause, own.user_id IS NOT NULL AS has_own_limit,
       own.credits_per_day
  FROM (VALUES (1)) AS one LEFT JOIN personal_limits AS own ON own.bot = $1 AND own.user_id = $3
"""
"""What the operator has decided on a model and an admin on a person."""

TURNS_NAMESPACE: Final = 0x6D656469
"""First half of the lock's key. Instances hold (this, 1) for as long as they run; bots and the migrator have keys of another form."""

GROUP_TURNS_NAMESPACE: Final = TURNS_NAMESPACE + 1
"""A group's, taken after the user's and never before it, so that two requests can't wait for each other."""

TAKE_TURNS: Final = "SELECT pg_advisory_xact_lock($1, coalesce(nullif(hashtext($2), 1), 2))"
"""Requests of one user, or into one group, wait for each other, so that two can't both be the last one allowed. A hash of 1 would wait
for the instances for ever; another first half would let requests of an older version past those of this one."""

_PAID: Final = (
    "least(coalesce(ceil(charged_credits::numeric * units_per_credit), expected_units), reservation_units) / 1000.0"
)
COUNTED: Final = f"""CASE WHEN reservation_units IS NULL THEN coalesce(charged_credits, reserved_credits)
            WHEN ended_at IS NULL THEN reservation_units / 1000.0
            ELSE {_PAID} END::float8"""
"""``Generation.counted_credits`` of one that has not failed."""

COUNTED_BESIDE: Final = f"""coalesce((
           SELECT sum(CASE WHEN reservation_units IS NULL THEN coalesce(charged_credits, most_credits)
                           WHEN ended_at IS NULL THEN reservation_units / 1000.0
                           WHEN is_answered THEN {_PAID}
                           ELSE 0 END::float8)
             FROM text_calls WHERE bot = $1 AND user_id = $2 AND begun_at > $3 AND purpose <> 'read'), 0)"""
"""``TextCall.counted_credits`` of a user's calls since a moment."""

USAGE: Final = f"""
SELECT count(*) FILTER (WHERE {_IS_UNFINISHED}) AS in_flight,
       count(*) FILTER (WHERE lasts) AS per_day,
       coalesce(sum(counted) FILTER (WHERE lasts), 0) + {COUNTED_BESIDE} AS spent
  FROM (SELECT closed_at, {COUNTED} AS counted,
               created_at > $3 AND failure_kind IS NULL AND state <> 'cancelled' AS lasts
          FROM generations
         WHERE bot = $1 AND user_id = $2 AND (created_at > $3 OR {_IS_UNFINISHED})) AS recent
"""

GROUP_USAGE: Final = f"""
SELECT count(*) AS per_day, coalesce(sum({COUNTED}), 0) AS spent
  FROM generations
 WHERE bot = $1 AND chat = $2 AND created_at > $3 AND failure_kind IS NULL AND state <> 'cancelled'
"""

# What was held back for the generation is settled with its end: in the same statement, so that neither is without the other.
# The row of the epoch is held until the write is done: a new leader's epoch waits for the write, or the write for the
# epoch and then sees it. A statement under way while its leader is deposed therefore changes nothing afterwards.
SAVE: Final = """
WITH led AS (
    SELECT epoch FROM leadership WHERE bot = $1 AND $4::bigint IS NOT NULL FOR SHARE
), saved AS (
    UPDATE generations
       SET version = version + 1, state = $9, account = $10, task_id = $11, failure_kind = $12, failure_charged = $13,
           failure_code = $14, failure_message = $15, charged_credits = $16, submitted_at = $17, ended_at = $18,
           closed_at = $19, usual_s = $20, input = coalesce($23, input)
     WHERE bot = $1 AND id = $2 AND version = $3 AND NOT EXISTS (SELECT FROM led WHERE epoch > $4)
    RETURNING number, version, state, reported_task_id, progress_message, quiet
), new_results AS (
    INSERT INTO generation_results (generation, position, kind, url, text, traits)
    SELECT saved.number, new.position, new.kind, new.url, new.text, new.traits
      FROM saved, json_to_recordset($5) AS new (position integer, kind text, url text, text text, traits json)
    ON CONFLICT DO NOTHING
), new_receipts AS (
    INSERT INTO generation_receipts (generation, position, indexes, message, file_ids, forms)
    SELECT saved.number, new.position, new.indexes, new.message, new.file_ids, new.forms
      FROM saved, json_to_recordset($6)
                  AS new (position integer, indexes integer[], message text, file_ids text[], forms text[])
    ON CONFLICT DO NOTHING
), settled AS (
    INSERT INTO ledger_entries (bot, account, kind, units, key, at, reference, by_whom)
    SELECT $1, held.account, new.kind, new.units, new.key, new.at, new.reference, new.by_whom
      FROM saved
      JOIN ledger_entries AS held ON held.bot = $1 AND held.key = $21::text
      CROSS JOIN json_to_recordset($22)
                 AS new (kind text, units bigint, key text, at timestamptz, reference text, by_whom text)
    ON CONFLICT (bot, key) DO NOTHING
)
SELECT (SELECT epoch FROM led) AS epoch, saved.version, saved.reported_task_id, saved.progress_message, saved.quiet,
       CASE WHEN saved.state = 'cancelled' THEN pg_notify($7, $8) END
  FROM (VALUES (1)) AS one LEFT JOIN saved ON true
"""

REPORT_TASK: Final = """
WITH reported AS (
    UPDATE generations SET reported_task_id = coalesce(reported_task_id, $3)
     WHERE bot = $1 AND id = $2 AND task_id IS NULL)
SELECT pg_notify($4, $5) FROM generations WHERE bot = $1 AND id = $2
"""
"""A ring alone where the task is known: then there is nothing to write."""

NOTE_PROGRESS_MESSAGE: Final = "UPDATE generations SET progress_message = $3 WHERE bot = $1 AND id = $2"

MARK_QUIET: Final = """
WITH quiet AS (UPDATE generations SET quiet = true WHERE bot = $1 AND id = $2 RETURNING id)
SELECT pg_notify($3, $4) FROM quiet
"""

BY_ID: Final = f"SELECT {ROW} FROM generations WHERE bot = $1 AND id = $2 AND erased_at IS NULL"

BY_REQUEST_KEY: Final = f"SELECT {ROW} FROM generations WHERE bot = $1 AND request_key = $2"

BY_REQUEST_KEYS: Final = f"""
SELECT {ROW} FROM unnest($2::text[]) AS asked (key) CROSS JOIN LATERAL (
    SELECT * FROM generations WHERE bot = $1 AND request_key = asked.key AND erased_at IS NULL {EACH}) AS generations
 ORDER BY request_key
"""

BY_TASK: Final = f"""
SELECT {ROW} FROM generations WHERE bot = $1 AND $2 IN (task_id, reported_task_id) AND erased_at IS NULL
 ORDER BY created_at DESC LIMIT 1
"""

UNFINISHED: Final = f"SELECT {ROW} FROM generations WHERE bot = $1 AND {_IS_UNFINISHED} ORDER BY created_at, number"

UNFINISHED_IDS: Final = f"SELECT id FROM generations WHERE bot = $1 AND {_IS_UNFINISHED} ORDER BY created_at, number"

LAST_OF: Final = f"""
SELECT {ROW} FROM generations WHERE bot = $1 AND user_id = $2 AND model_id = $3 AND erased_at IS NULL
 ORDER BY created_at DESC, number DESC LIMIT 1
"""

_FITS: Final = """
   NOT EXISTS (SELECT FROM unnest($4::text[]) AS word WHERE position(lower(word) IN lower(prompt)) = 0)
   AND (NOT $5 OR (state = 'delivered' AND failure_kind IS NULL))
"""

HISTORY: Final = f"""
SELECT {ROW}
  FROM (SELECT * FROM generations
         WHERE bot = $1 AND user_id = $2 AND created_at < coalesce($3, 'infinity'::timestamptz) AND erased_at IS NULL
         ORDER BY created_at DESC, number DESC LIMIT {LOOKED_THROUGH}) AS generations
 WHERE {_FITS} ORDER BY created_at DESC, number DESC LIMIT $6
"""

HISTORY_AFTER: Final = f"""
SELECT {ROW}
  FROM (SELECT * FROM generations
         WHERE bot = $1 AND user_id = $2 AND created_at > $3 AND erased_at IS NULL
         ORDER BY created_at, number LIMIT {LOOKED_THROUGH}) AS generations
 WHERE {_FITS} ORDER BY created_at, number LIMIT $6
"""

WITH_IDS: Final = f"""
SELECT {ROW} FROM generations
 WHERE bot = $1 AND user_id = $2 AND erased_at IS NULL
   AND (id = ANY($3::text[]) OR task_id = ANY($3::text[]) OR EXISTS (
       SELECT FROM generation_results AS one, unnest($3::text[]) AS wanted
        WHERE one.generation = generations.number
          AND (one.traits ->> 'id' = wanted OR strpos(one.text, wanted) > 0)))
 ORDER BY created_at DESC, number DESC
"""

_ERASED: Final = """prompt = '', failure_message = NULL, progress_message = NULL, erased_at = now(), task_id = NULL,
           reported_task_id = NULL, secret = '', reply_to = NULL, thread = NULL, version = version + 1"""

_WITH_WHAT_CAME_OF_IT: Final = """
    RETURNING number
), gone_results AS (
    DELETE FROM generation_results USING erased WHERE generation = erased.number
), gone_receipts AS (
    DELETE FROM generation_receipts USING erased WHERE generation = erased.number
)
SELECT number FROM erased
"""

ERASE: Final = f"""
WITH erased AS (
    UPDATE generations
       SET input = '{{}}', {_ERASED}
     WHERE bot = $1 AND id = $2 AND user_id = $3 AND erased_at IS NULL AND NOT ({_IS_UNFINISHED}){_WITH_WHAT_CAME_OF_IT}"""

ERASE_CLOSED: Final = f"""
WITH erased AS (
    UPDATE generations
       SET input = '{{}}', {_ERASED}
     WHERE number IN (SELECT number FROM generations WHERE bot = $1 AND closed_at < $2 AND erased_at IS NULL
                       ORDER BY closed_at LIMIT $3){_WITH_WHAT_CAME_OF_IT}"""

FORGET_SECRETS: Final = """
UPDATE generations SET secret = ''
 WHERE number IN (SELECT number FROM generations WHERE bot = $1 AND closed_at < $2 AND secret <> ''
                   ORDER BY closed_at LIMIT $3)
RETURNING number
"""

SUBMITTED_SINCE: Final = f"""
SELECT account, submitted_at FROM generations WHERE bot = $1 AND submitted_at >= $2 AND {_IS_UNFINISHED}
 UNION ALL
SELECT account, submitted_at FROM generations WHERE bot = $1 AND submitted_at >= $2 AND closed_at >= $2 AND secret <> ''
 ORDER BY submitted_at
"""
"""What was closed since then still has its secret."""

DURATIONS: Final = """
SELECT extract(epoch FROM ended_at - submitted_at)::double precision AS seconds
  FROM generations
 WHERE bot = $1 AND model_id = $2 AND ended_at IS NOT NULL AND failure_kind IS NULL
 ORDER BY ended_at DESC LIMIT $3
"""
