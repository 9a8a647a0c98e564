-- Outside a transaction, statement by statement, each of which may be repeated.
--
-- As in 0037, for sessions of pages, presets and shared results: without statistics an index that begins with "bot" looked
-- as good as the right one, and one session was looked for among all of its bot.
DROP INDEX CONCURRENTLY IF EXISTS web_sessions_by_token;
CREATE UNIQUE INDEX CONCURRENTLY web_sessions_by_token ON web_sessions (token_hash, bot);
DROP INDEX CONCURRENTLY IF EXISTS web_sessions_token;
DROP INDEX CONCURRENTLY IF EXISTS web_sessions_by_previous;
CREATE INDEX CONCURRENTLY web_sessions_by_previous ON web_sessions (previous_hash, bot) WHERE previous_hash IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS web_sessions_previous;
DROP INDEX CONCURRENTLY IF EXISTS web_sessions_of_user;
CREATE INDEX CONCURRENTLY web_sessions_of_user ON web_sessions (user_id, bot);
DROP INDEX CONCURRENTLY IF EXISTS web_sessions_user;

-- The name stays: an older version beside this one knows by it that a preset's name is taken.
DROP INDEX CONCURRENTLY IF EXISTS presets_of_owner;
CREATE UNIQUE INDEX CONCURRENTLY presets_of_owner ON presets (owner, bot, name_key);
ALTER TABLE presets DROP CONSTRAINT IF EXISTS presets_name;
DROP INDEX CONCURRENTLY IF EXISTS presets_name;
ALTER INDEX presets_of_owner RENAME TO presets_name;
DROP INDEX CONCURRENTLY IF EXISTS presets_by_link;
CREATE UNIQUE INDEX CONCURRENTLY presets_by_link ON presets (link, bot);
ALTER TABLE presets DROP CONSTRAINT IF EXISTS presets_link;

DROP INDEX CONCURRENTLY IF EXISTS shared_results_by_link;
CREATE UNIQUE INDEX CONCURRENTLY shared_results_by_link ON shared_results (link, bot);
DROP INDEX CONCURRENTLY IF EXISTS shared_results_link;
