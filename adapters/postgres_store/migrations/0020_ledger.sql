-- The money of the people. An account is what one person has with one bot; its balance is the sum of its entries, kept by
-- a trigger in the transaction that adds an entry. Units are thousandths of a credit. `owner` is NULL once the person is
-- forgotten: the entries stay.
CREATE TABLE ledger_accounts (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bot text NOT NULL,
    owner text,
    balance bigint NOT NULL DEFAULT 0 CONSTRAINT ledger_balance_not_negative CHECK (balance >= 0),
    reserved bigint NOT NULL DEFAULT 0 CONSTRAINT ledger_reserved_not_negative CHECK (reserved >= 0),
    UNIQUE (bot, owner)
);

-- `key` is the business key: what has been written once is not written again, however often its event comes.
CREATE TABLE ledger_entries (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bot text NOT NULL,
    account bigint NOT NULL REFERENCES ledger_accounts,
    kind text NOT NULL,
    units bigint NOT NULL,
    key text NOT NULL,
    at timestamptz NOT NULL,
    reference text NOT NULL,
    by_whom text NOT NULL,
    stars bigint,
    UNIQUE (bot, key),
    CONSTRAINT ledger_sign_of_kind CHECK (
        CASE WHEN kind IN ('payment', 'grant', 'release') THEN units >= 0
             WHEN kind IN ('reservation', 'charge', 'refund') THEN units <= 0
             ELSE kind = 'correction' END)
);
-- A page of an account's history, and its sum, both without reading the table.
CREATE INDEX ledger_entries_history ON ledger_entries (account, number DESC) INCLUDE (units, kind);
-- What a day brought, and what a reconciliation compares.
CREATE INDEX ledger_entries_of_kind ON ledger_entries (bot, kind, at);

CREATE FUNCTION ledger_keep_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ledger_accounts
       SET balance = balance + NEW.units,
           reserved = reserved - CASE WHEN NEW.kind IN ('reservation', 'release') THEN NEW.units ELSE 0 END
     WHERE number = NEW.account;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_keep_balance AFTER INSERT ON ledger_entries
    FOR EACH ROW EXECUTE FUNCTION ledger_keep_balance();

CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is only ever added to: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledger_entries_stay BEFORE UPDATE OR DELETE ON ledger_entries
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entries_stay_all BEFORE TRUNCATE ON ledger_entries
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_accounts_stay BEFORE DELETE ON ledger_accounts
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_accounts_stay_all BEFORE TRUNCATE ON ledger_accounts
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
-- A balance changes by an entry alone: inside the trigger above, never by a statement of the service.
CREATE TRIGGER ledger_balance_follows BEFORE UPDATE OF balance, reserved ON ledger_accounts
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION ledger_refuse();

-- What was agreed when a generation was requested; NULL where nobody pays for it.
ALTER TABLE generations
    ADD COLUMN reservation_units bigint,
    ADD COLUMN expected_units bigint,
    ADD COLUMN units_per_credit bigint;
