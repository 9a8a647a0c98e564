-- Outside a transaction, statement by statement, each of which may be repeated.
--
-- Without statistics (a new, restored or upgraded database) every index whose first column is "bot" looks as good as the
-- right one, and a prepared statement that looks for one row by its id read all rows of the bot. So ids are unique by
-- themselves, and "bot" does not come first in an index that another statement could take. Indexes are built beside
-- running instances; older versions' ON CONFLICT (bot, request_key) finds the new one, since the order does not matter.
DROP INDEX CONCURRENTLY IF EXISTS generations_by_id;
CREATE UNIQUE INDEX CONCURRENTLY generations_by_id ON generations (id);
ALTER TABLE generations DROP CONSTRAINT IF EXISTS generations_bot_id_key;
DROP INDEX CONCURRENTLY IF EXISTS generations_by_request_key;
CREATE UNIQUE INDEX CONCURRENTLY generations_by_request_key ON generations (request_key, bot);
ALTER TABLE generations DROP CONSTRAINT IF EXISTS generations_bot_request_key_key;
DROP INDEX CONCURRENTLY IF EXISTS generations_of_user;
CREATE INDEX CONCURRENTLY generations_of_user ON generations (user_id, bot, created_at DESC, number DESC);
DROP INDEX CONCURRENTLY IF EXISTS generations_history;
DROP INDEX CONCURRENTLY IF EXISTS generations_of_user_and_model;
CREATE INDEX CONCURRENTLY generations_of_user_and_model
    ON generations (user_id, model_id, bot, created_at DESC, number DESC);
DROP INDEX CONCURRENTLY IF EXISTS generations_last;
DROP INDEX CONCURRENTLY IF EXISTS generations_of_days;
CREATE INDEX CONCURRENTLY generations_of_days ON generations (created_at, bot);
DROP INDEX CONCURRENTLY IF EXISTS generations_recent;
DROP INDEX CONCURRENTLY IF EXISTS generations_of_chat;
CREATE INDEX CONCURRENTLY generations_of_chat ON generations (chat, bot, created_at);
DROP INDEX CONCURRENTLY IF EXISTS generations_in_chat;
DROP INDEX CONCURRENTLY IF EXISTS generations_in_flight_of_user;
CREATE INDEX CONCURRENTLY generations_in_flight_of_user ON generations (user_id, bot)
    WHERE state NOT IN ('delivered', 'undeliverable', 'cancelled');
DROP INDEX CONCURRENTLY IF EXISTS generations_in_flight;
DROP INDEX CONCURRENTLY IF EXISTS generations_run_times;
CREATE INDEX CONCURRENTLY generations_run_times ON generations (model_id, bot, ended_at DESC)
    WHERE ended_at IS NOT NULL AND failure_kind IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS generations_durations;
DROP INDEX CONCURRENTLY IF EXISTS open_drafts_of_draft;
CREATE INDEX CONCURRENTLY open_drafts_of_draft ON open_drafts (draft, bot);
DROP INDEX CONCURRENTLY IF EXISTS open_drafts_draft;
DROP INDEX CONCURRENTLY IF EXISTS drafts_untouched;
CREATE INDEX CONCURRENTLY drafts_untouched ON drafts (updated_at, bot);
DROP INDEX CONCURRENTLY IF EXISTS drafts_age;
DROP INDEX CONCURRENTLY IF EXISTS people_seen;
CREATE INDEX CONCURRENTLY people_seen ON people (seen_at DESC, user_id, bot);
DROP INDEX CONCURRENTLY IF EXISTS people_recent;
DROP INDEX CONCURRENTLY IF EXISTS media_of_owner;
CREATE INDEX CONCURRENTLY media_of_owner ON media (owner, bot, created_at);
DROP INDEX CONCURRENTLY IF EXISTS media_owner;
DROP INDEX CONCURRENTLY IF EXISTS media_of_days;
CREATE INDEX CONCURRENTLY media_of_days ON media (created_at, bot);
DROP INDEX CONCURRENTLY IF EXISTS media_created;
DROP INDEX CONCURRENTLY IF EXISTS media_of_generation;
CREATE UNIQUE INDEX CONCURRENTLY media_of_generation ON media (generation, position, bot) WHERE generation IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS media_result;
DROP INDEX CONCURRENTLY IF EXISTS ledger_entries_by_kind;
CREATE INDEX CONCURRENTLY ledger_entries_by_kind ON ledger_entries (kind, bot, at);
DROP INDEX CONCURRENTLY IF EXISTS ledger_entries_of_kind;
DROP INDEX CONCURRENTLY IF EXISTS chat_sessions_untouched;
CREATE INDEX CONCURRENTLY chat_sessions_untouched ON chat_sessions (updated_at, bot);
DROP INDEX CONCURRENTLY IF EXISTS chat_sessions_age;
DROP INDEX CONCURRENTLY IF EXISTS chat_sessions_of_draft;
CREATE INDEX CONCURRENTLY chat_sessions_of_draft ON chat_sessions (draft, bot) WHERE draft IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS chat_sessions_draft;
DROP INDEX CONCURRENTLY IF EXISTS open_chat_sessions_of_session;
CREATE INDEX CONCURRENTLY open_chat_sessions_of_session ON open_chat_sessions (session, bot);
DROP INDEX CONCURRENTLY IF EXISTS open_chat_sessions_session;
