-- What is remembered of purchases beside the ledger.

-- How refunds ended at the gateway. A refund that is in the ledger and not here is still to be asked for.
CREATE TABLE refunds_ended (
    bot text NOT NULL,
    charge_id text NOT NULL,
    given_back boolean NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (bot, charge_id)
);
CREATE INDEX ledger_entries_refunds ON ledger_entries (bot, number) WHERE kind = 'refund';

CREATE TABLE subscriptions (
    bot text NOT NULL,
    user_id text NOT NULL,
    package text NOT NULL,
    charge_id text NOT NULL,
    paid_until timestamptz NOT NULL,
    is_stopped boolean NOT NULL,
    PRIMARY KEY (bot, user_id, package)
);

CREATE TABLE promo_codes (
    bot text NOT NULL,
    code text NOT NULL,
    units bigint NOT NULL,
    uses_left integer NOT NULL CHECK (uses_left >= 0),
    expires_at timestamptz,
    PRIMARY KEY (bot, code)
);

-- `mark` stands for a person without naming them, so that nobody uses a code twice by being forgotten.
CREATE TABLE promo_uses (
    bot text NOT NULL,
    code text NOT NULL,
    mark text NOT NULL,
    PRIMARY KEY (bot, code, mark)
);

CREATE TABLE referrals (
    bot text NOT NULL,
    invited text NOT NULL,
    inviter text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (bot, invited)
);
CREATE INDEX referrals_inviter ON referrals (bot, inviter);

-- What was left at the provider when it was last compared with the charges.
CREATE TABLE provider_readings (
    bot text PRIMARY KEY,
    at timestamptz NOT NULL,
    credits double precision NOT NULL
);

-- All entries about one generation or payment.
CREATE INDEX ledger_entries_reference ON ledger_entries (bot, reference);
-- What is held back at the moment.
CREATE INDEX ledger_accounts_holding ON ledger_accounts (bot) WHERE reserved > 0;
-- What generations that somebody paid for took of the provider's credits.
CREATE INDEX generations_paid ON generations (bot, ended_at) WHERE reservation_units IS NOT NULL;
