-- Payments that the gateway gave back by itself, until the ledger says so: their payment may not be in it yet, or its credits
-- may be held back.
CREATE TABLE refunds_noted (
    bot text NOT NULL,
    charge_id text NOT NULL,
    PRIMARY KEY (bot, charge_id)
);

-- The newest payment of a subscription; empty where it was written by an earlier release.
ALTER TABLE subscriptions ADD COLUMN last_charge_id text NOT NULL DEFAULT '';
