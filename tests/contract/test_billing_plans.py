"""What money costs the database: index scans over a thousand accounts of a thousand entries, three statements a payment.

Every plan is a generic one, first on an empty database, then on a full one with statistics.
"""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

import asyncpg
import pytest

from adapters.memory.clock import ManualClock
from adapters.memory.metrics import CountingMetrics
from adapters.postgres_store import Database, PostgresLedger, PostgresPurchaseStore, open_database
from adapters.postgres_store import book_reports as reports_sql
from adapters.postgres_store import ledger_sql as sql
from adapters.postgres_store import provider_accounts as accounts_sql
from adapters.postgres_store import purchase_store as purchases_sql
from application.billing.record_payment import RecordPayment
from domain.generation import UserId
from domain.ledger import Balance
from domain.payment import Payment
from tests.support.generations import ANN, BOB, NOON
from tests.support.tills import MONTHLY, PRICES, SMALL

pytestmark = pytest.mark.postgres

ACCOUNTS: Final = 1_000
ENTRIES: Final = 1_000
LONG_AGO: Final = "'2024-01-01'"
WEEK: Final = "'2026-02-23'"

PLANS: Final = {
    "balance": (sql.BALANCE, "'1', 'telegram:7'"),
    "balance to spend": (sql.BALANCE_TO_SPEND, "'1', 'telegram:7'"),
    "history": (sql.HISTORY, "'1', 'telegram:7', NULL, 25"),
    "older history": (sql.HISTORY, "'1', 'telegram:7', 900000, 25"),
    "find": (sql.FIND, "'1', '{payment:7-50,refund:7-50}'"),
    "about": (sql.ABOUT, "'1', 'g7-3'"),
    "has paid": (sql.HAS_PAID, "'1', 'telegram:7'"),
    "payments and refunds": (sql.BETWEEN, f"'1', '{{payment,refund}}', {LONG_AGO}, 'infinity', 0, 500"),
    "totals": (sql.TOTALS, "'1'"),
    "uneven": (sql.UNEVEN, "'1'"),
    "open refunds": (purchases_sql._OPEN_REFUNDS, "'1'"),
    "unsettled": (reports_sql._UNSETTLED, "'1'"),
    "wrong charges": (reports_sql._WRONG_CHARGES, f"'1', {WEEK}"),
    "taken from an account": (accounts_sql._TAKEN, f"'{{1,2}}', {WEEK}, 'infinity'"),
    "uncertain of an account": (accounts_sql._UNCERTAIN, "'{1,2}'"),
    "days": (reports_sql._DAYS, f"'1', {WEEK}"),
    "models": (reports_sql._MODELS, f"'1', {WEEK}"),
    "overruns": (reports_sql._OVERRUNS, f"'1', {WEEK}"),
}

FILL: Final = """
SET session_replication_role = replica;
INSERT INTO ledger_accounts (bot, owner) SELECT '1', 'telegram:' || n FROM generate_series(1, {accounts}) AS n;
INSERT INTO ledger_entries (bot, account, kind, units, key, at, reference, by_whom, stars)
SELECT '1', account.number,
       CASE WHEN n % 50 = 0 THEN 'payment' ELSE (ARRAY['reservation', 'release', 'charge'])[1 + n % 3] END,
       CASE WHEN n % 50 = 0 THEN 100000 ELSE (ARRAY[-4000, 4000, -3000])[1 + n % 3] END,
       CASE WHEN n % 50 = 0 THEN 'payment:' ELSE (ARRAY['r', 'l', 'c'])[1 + n % 3] END || account.number || '-' || n,
       timestamptz '2026-03-01 12:00Z' - n * interval '2 hours', 'g' || account.number || '-' || n / 3, 'service',
       CASE WHEN n % 50 = 0 THEN 50 END
  FROM generate_series(1, {entries}) AS n, ledger_accounts AS account;
INSERT INTO generations (bot, id, user_id, chat, language, model_id, input, prompt, created_at, request_key, secret, forced,
                         state, version, submitted_at, ended_at, closed_at, reservation_units, expected_units,
                         units_per_credit, charged_credits)
SELECT '1', 'g' || n, 'telegram:' || n % {accounts}, '1', 'en', 'model/' || n % 150, '{{}}', '', at, 'r' || n, '', false,
       'delivered', 5, at, at, at, 4000, 4000, 1000, 3
  FROM (SELECT n, timestamptz '2026-03-01 12:00Z' - n * interval '1 minute' AS at
          FROM generate_series(1, {generations}) AS n) AS made;
INSERT INTO text_calls (bot, id, user_id, purpose, model, begun_at, most_credits, ended_at, is_answered, charged_credits)
SELECT '1', 't' || n, 'telegram:' || n % {accounts}, 'improve', 'chat', at, 1, at, true, 0.5
  FROM (SELECT n, timestamptz '2026-03-01 12:00Z' - n * interval '1 minute' AS at
          FROM generate_series(1, {generations}) AS n) AS asked;
UPDATE ledger_accounts AS account
   SET balance = counted.units, reserved = counted.held
  FROM (SELECT entry.account, sum(units) AS units,
               coalesce(-sum(units) FILTER (WHERE kind IN ('reservation', 'release')), 0) AS held
          FROM ledger_entries AS entry GROUP BY 1) AS counted
 WHERE counted.account = account.number;
SET session_replication_role = origin;
"""

INDEXES: Final = """
SELECT indexname, indexdef FROM pg_indexes
 WHERE tablename = 'ledger_entries' AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


def _scanned_whole(plan: Any) -> Iterator[str]:
    """The tables that a plan reads from end to end."""
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from _scanned_whole(part)


async def _read_whole(
    connection: "asyncpg.Connection[asyncpg.Record]", statements: Mapping[str, tuple[str, str]]
) -> dict[str, list[str]]:
    """By statement, what it reads whole. A list of all accounts may be, and what else is as short as that."""
    await connection.execute("DEALLOCATE ALL; SET plan_cache_mode = force_generic_plan")
    found = {}
    for number, (name, (statement, values)) in enumerate(statements.items()):
        await connection.execute(f"PREPARE s{number} AS {statement}")
        [row] = await connection.fetch(f"EXPLAIN (FORMAT JSON) EXECUTE s{number} ({values})")
        tables = set(_scanned_whole(json.loads(row[0])[0]["Plan"]))
        found[name] = sorted(tables & {"ledger_entries", "generations", "text_calls"})
        if name in {"balance", "history", "older history", "has paid"}:
            found[name] += sorted(tables & {"ledger_accounts"})
    return {name: tables for name, tables in found.items() if tables}


async def test_balance_history_and_reconciliation_are_index_scans(database: str) -> None:
    connection = await asyncpg.connect(database, statement_cache_size=0)
    try:
        assert await _read_whole(connection, PLANS) == {}
        indexes = await connection.fetch(INDEXES)  # built again faster than kept up
        await connection.execute("; ".join(f"DROP INDEX {row['indexname']}" for row in indexes))
        await connection.execute(FILL.format(accounts=ACCOUNTS, entries=ENTRIES, generations=100_000))
        await connection.execute("; ".join(row["indexdef"] for row in indexes))
        await connection.execute("VACUUM ANALYZE")
        assert await connection.fetchval("SELECT count(*) FROM ledger_entries") == ACCOUNTS * ENTRIES
        assert await _read_whole(connection, PLANS) == {}
        async with open_database(database) as opened:
            ledger = PostgresLedger(opened, "1")
            assert (await ledger.totals()).is_even
            assert await ledger.uneven() == []
    finally:
        connection.terminate()


@pytest.fixture
async def statements(database: str) -> AsyncIterator[tuple[Database, list[str]]]:
    """A database on one connection, and what it has been asked."""
    asked: list[str] = []
    async with open_database(database, pool_size=1) as opened:
        async with opened.connection() as connection:
            connection.add_query_logger(lambda record: asked.append(record.query))
        yield opened, asked


async def test_a_payment_costs_at_most_three_statements(statements: tuple[Database, list[str]]) -> None:
    opened, asked = statements
    ledger, purchases = PostgresLedger(opened, "1"), PostgresPurchaseStore(opened, "1")
    record = RecordPayment(
        ledger=ledger,
        purchases=purchases,
        prices=PRICES,
        clock=ManualClock(),
        metrics=CountingMetrics(),
        referral_units=10_000,
    )
    await purchases.note_referral(ANN, BOB, at=NOON)
    once = Payment(user=ANN, charge_id="one", stars=50, order=SMALL.order, at=NOON)
    until = NOON + timedelta(days=30)
    month = Payment(user=ANN, charge_id="two", stars=400, order=MONTHLY.order, at=NOON, paid_until=until, begins=True)
    plain = Payment(user=UserId("telegram:3"), charge_id="three", stars=50, order=SMALL.order, at=NOON)
    counts = []
    for payment in (once, month, month, plain):
        asked.clear()
        await record(payment)
        counts.append(len(asked))
    assert counts == [3, 3, 3, 2]
    assert await ledger.balance(ANN) == Balance(units=1_100_000)
    assert await ledger.balance(BOB) == Balance(units=10_000)
