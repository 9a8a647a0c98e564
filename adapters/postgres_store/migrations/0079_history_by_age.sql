-- Outside a transaction, statement by statement, each of which may be repeated.
--
-- What is erased by age (HISTORY_KEEP_DAYS) is found without reading what was erased before. A row enters the index when it is closed, a
-- change that writes indexes anyway.
DROP INDEX CONCURRENTLY IF EXISTS generations_kept;
CREATE INDEX CONCURRENTLY generations_kept ON generations (bot, closed_at) WHERE closed_at IS NOT NULL AND erased_at IS NULL;
-- Replaced by account_readings in migration 61; no version of this release reads or writes it.
DROP TABLE IF EXISTS provider_readings;
