-- When each leader last gave a sign of life, by the server's clock. A successor waits only for what is left of that lease.
-- Unlogged: one write a second without WAL. A crash of the server or a failover empties it, and then the wait is a whole lease.
CREATE UNLOGGED TABLE leader_heartbeats (
    bot text PRIMARY KEY,
    epoch bigint NOT NULL,
    at timestamptz NOT NULL
);
