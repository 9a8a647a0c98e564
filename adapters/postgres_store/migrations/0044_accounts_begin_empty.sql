-- An account begins with nothing: what it has comes by entries alone. It never becomes another person's; it can only lose its
-- owner's name.
CREATE TRIGGER ledger_accounts_begin_empty BEFORE INSERT ON ledger_accounts
    FOR EACH ROW WHEN (NEW.balance <> 0 OR NEW.reserved <> 0) EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_accounts_keep_owner BEFORE UPDATE OF bot, owner ON ledger_accounts
    FOR EACH ROW WHEN (NEW.bot <> OLD.bot OR (NEW.owner IS NOT NULL AND NEW.owner IS DISTINCT FROM OLD.owner))
    EXECUTE FUNCTION ledger_refuse();
