# ruff: noqa: S608  # put together from constants of this file alone
"""The statements on the ledger. ``$1`` is the bot."""

from typing import Final

from adapters.postgres_store.generation_sql import EACH

ADD: Final = """
WITH account AS (
    INSERT INTO ledger_accounts (bot, owner) VALUES ($1, $2)
    ON CONFLICT (bot, owner) DO UPDATE SET owner = excluded.owner
    RETURNING number
)
INSERT INTO ledger_entries (bot, account, kind, units, key, at, reference, by_whom, stars)
SELECT $1, account.number, $3, $4, $5, $6, $7, $8, $9 FROM account
ON CONFLICT (bot, key) DO NOTHING
RETURNING number
"""
"""The account's row is held from here on, so that two entries of one account take turns."""

HOLD: Final = """
INSERT INTO ledger_accounts (bot, owner) VALUES ($1, $2)
ON CONFLICT (bot, owner) DO UPDATE SET owner = excluded.owner
RETURNING balance, reserved
"""

BALANCE: Final = "SELECT balance, reserved FROM ledger_accounts WHERE bot = $1 AND owner = $2"

BALANCE_TO_SPEND: Final = f"{BALANCE} FOR UPDATE"
"""Held until the transaction ends, so that two reservations can't both spend the last credit."""

_COLUMNS: Final = """
    entry.number, account.owner, entry.kind, entry.units, entry.key, entry.at, entry.reference, entry.by_whom, entry.stars
"""
ENTRY: Final = f"""{_COLUMNS}
  FROM ledger_entries AS entry JOIN ledger_accounts AS account ON account.number = entry.account
"""

HISTORY: Final = f"""
SELECT {ENTRY}
 WHERE entry.account = (SELECT number FROM ledger_accounts WHERE bot = $1 AND owner = $2)
   AND entry.number < coalesce($3::bigint, 9223372036854775807)
 ORDER BY entry.number DESC LIMIT $4
"""

FIND: Final = f"""
SELECT {_COLUMNS}
  FROM unnest($2::text[]) AS asked (key)
 CROSS JOIN LATERAL (SELECT * FROM ledger_entries WHERE bot = $1 AND key = asked.key {EACH}) AS entry
  JOIN ledger_accounts AS account ON account.number = entry.account
"""

ABOUT: Final = f"SELECT {ENTRY} WHERE entry.bot = $1 AND entry.reference = $2 ORDER BY entry.number"

BETWEEN: Final = f"""
SELECT {ENTRY}
 WHERE entry.bot = $1 AND entry.kind = ANY($2::text[]) AND entry.at >= $3 AND entry.at < $4 AND entry.number > $5
 ORDER BY entry.number LIMIT $6
"""

HAS_PAID: Final = """
SELECT EXISTS (
    SELECT FROM ledger_entries
     WHERE account = (SELECT number FROM ledger_accounts WHERE bot = $1 AND owner = $2) AND kind = 'payment')
"""

TOTALS: Final = """
SELECT account.balances, account.reserved, entry.kind, entry.units
  FROM (SELECT coalesce(sum(balance), 0)::bigint AS balances, coalesce(sum(reserved), 0)::bigint AS reserved
          FROM ledger_accounts WHERE bot = $1) AS account
  LEFT JOIN (SELECT of_account.kind, sum(of_account.units)::bigint AS units
               FROM ledger_accounts AS account,
                    LATERAL (SELECT kind, sum(units) AS units FROM ledger_entries AS entry
                              WHERE entry.account = account.number GROUP BY kind) AS of_account
              WHERE account.bot = $1 GROUP BY of_account.kind) AS entry ON true
"""
"""Account by account, each from the index of its history alone."""

UNEVEN: Final = """
SELECT account.number, account.owner, account.balance, account.reserved, counted.units, counted.held
  FROM ledger_accounts AS account,
       LATERAL (SELECT coalesce(sum(units), 0)::bigint AS units,
                       coalesce(-sum(units) FILTER (WHERE kind IN ('reservation', 'release')), 0)::bigint AS held
                  FROM ledger_entries AS entry WHERE entry.account = account.number) AS counted
 WHERE account.bot = $1 AND (account.balance, account.reserved) <> (counted.units, counted.held)
 ORDER BY account.number
"""

FORGET: Final = "UPDATE ledger_accounts SET owner = NULL WHERE bot = $1 AND owner = $2"
