-- Outside a transaction, statement by statement, each of which may be repeated.
--
-- A change of a row whose indexed values stay, with room left in its page, writes no index at all (HOT). So no index and no
-- predicate of one names what most steps of a life change: the state, and when the task was submitted. An older version's
-- statements still work beside it; what is unfinished they find by reading more.
ALTER TABLE generations SET (fillfactor = 70);
DROP INDEX CONCURRENTLY IF EXISTS generations_open;
CREATE INDEX CONCURRENTLY generations_open ON generations (bot, created_at, number) WHERE closed_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS generations_open_of_user;
CREATE INDEX CONCURRENTLY generations_open_of_user ON generations (user_id, bot) WHERE closed_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS generations_unfinished;
DROP INDEX CONCURRENTLY IF EXISTS generations_in_flight_of_user;
DROP INDEX CONCURRENTLY IF EXISTS generations_submitted;
-- Vacuum and analyze by share of the table, which for a million generations is a day's work late by default (a fifth, a tenth).
ALTER TABLE generations SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
-- Small tables that turn over all the time: what is dead in them goes soon, whatever their size.
ALTER TABLE received_updates SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 500);
ALTER TABLE creation_slots SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, fillfactor = 50);
ALTER TABLE leader_heartbeats SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, fillfactor = 50);
ALTER TABLE leadership SET (fillfactor = 50);
