-- Who pays for a monthly package by two links begins two subscriptions at the gateway. The one that is not kept stands here,
-- by its first payment, until its renewal is stopped.
CREATE TABLE renewals_to_stop (
    bot text NOT NULL,
    user_id text NOT NULL,
    charge_id text NOT NULL,
    PRIMARY KEY (bot, charge_id)
);
