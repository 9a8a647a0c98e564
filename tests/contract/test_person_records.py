"""Export and erasure: everything about a person is found, and after erasing nothing is."""

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import asyncpg
import pytest

from adapters.media_folder import FolderMediaStore
from adapters.memory.clock import ManualClock
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.payment_gateway import InMemoryPaymentGateway
from adapters.postgres_store import (
    Database,
    PostgresAccessStore,
    PostgresGenerationStore,
    PostgresLedger,
    PostgresMediaIndex,
    PostgresPreferenceStore,
    PostgresPresetStore,
    PostgresPurchaseStore,
    migrate,
    open_database,
)
from adapters.postgres_store.api_key_store import PostgresApiKeyStore
from adapters.postgres_store.bot_directory import PostgresBotDirectory
from adapters.postgres_store.person_records import OWNED, PostgresPersonRecords
from adapters.sealing import FernetBox, new_key
from adapters.system.machine import SystemIds
from application.billing.stop_subscription import StopSubscription
from application.drafts.save_preset import SavePreset
from application.errors import StillRunning
from application.leading.leadership_guard import LeadershipGuard
from application.operating.create_api_key import CreateApiKey
from application.operating.export_person import ExportPerson
from application.operating.forget_person import ForgetPerson
from application.results.tidy_media import TidyMedia
from config.personal_data import forget_person
from config.settings import Settings, SettingsError
from domain.access import KnownUser, Subject
from domain.bot import BotId, BotRecord
from domain.generation import Result, TaskId, UserId
from domain.kept_media import KeptMedia, MediaId, MediaOrigin
from domain.media import MediaKind
from domain.model import ModelId
from domain.payment import Subscription
from domain.preferences import Preferences
from simulators.telegram import TelegramFault, TelegramWorld, serve
from simulators.telegram.payments import PERIOD_S
from tests.support.audit import an_audit
from tests.support.generations import NOON, a_generation
from tests.support.tills import MONTHLY, Till

pytestmark = pytest.mark.postgres

NUMBER = "770077007"
ANN = UserId(f"telegram:{NUMBER}")
BOT = "1"
TOKEN = "4242:" + "A" * 35
SECRETS_KEY = new_key()
PERSONAL = ("user_id", "owner", "subject", "invited", "inviter")
"""What columns are called that name a person."""
APART = {"ledger_accounts", "referrals", "webhook_events"}
"""Tables that the eraser treats in a way of their own."""


IMPERSONAL: Final = {
    "account_readings": "a hash of a key of KIE, and figures",
    "alarms": "what an alarm is about: a model, a bot, a payment",
    "bot_faults": "why a bot was stopped, in our own word",
    "bots": "its admins, tokens and options, which the operator wrote",
    "broadcasts": "the operator's words; their author is taken out",
    "creation_slots": "a hash of a key of KIE",
    "invites": "a token that names no one",
    "leadership": "the name of an instance",
    "ledger_entries": "the books, which no one may change: ids of payments and generations, and who of the operators wrote them",
    "media_left": "hashes of the files that the hourly clean-up deletes",
    "paused_models": "the operator's words",
    "price_book": "names of the provider's prices",
    "provider_accounts": "names and sealed keys, which the operator wrote",
    "promo_codes": "the operator's codes",
    "promo_uses": "a hash that stands for a person",
    "refunds_ended": "ids of payments",
    "refunds_noted": "ids of payments",
    "schema_migrations": "names of files",
    "unsafe_phrases": "the operator's words",
    "used_proofs": "hashes",
}
"""Tables that have room for text and name no person, and what stands there."""


@pytest.fixture
async def records(opened_database: Database, tmp_path: Path) -> PostgresPersonRecords:
    """Ann has one of everything."""
    store = PostgresGenerationStore(opened_database, bot=BOT)
    wish = a_generation(user=ANN)
    row = await store.add(wish)
    row = await store.save(row.submitting(at=NOON))
    row = await store.save(row.running(TaskId("task-1")))
    picture_result = Result(kind=MediaKind.IMAGE, url="https://x.test/1")
    row = await store.save(row.succeeded((picture_result,), credits=4, at=NOON))
    await store.save(row.delivered(at=NOON))
    clock, ids = ManualClock(), SystemIds()
    await PostgresPreferenceStore(opened_database, bot=BOT).save(Preferences(user=ANN, safe=False))
    person = KnownUser(user=ANN, name="Ann", language="en", chat="770077007", seen_at=NOON)
    await PostgresAccessStore(opened_database, bot=BOT).record_visit(person, Subject(ANN), welcome=True)
    presets = PostgresPresetStore(opened_database, bot=BOT)
    await SavePreset(store=presets, ids=ids, clock=clock)(ANN, "fox", ModelId("z-image"), {"prompt": "a fox"})
    await CreateApiKey(keys=PostgresApiKeyStore(opened_database, BOT), ids=ids, clock=clock, audit=an_audit())(
        "studio", ANN
    )
    picture = tmp_path / "picture"
    picture.write_bytes(f"picture of {NUMBER}".encode())
    media = FolderMediaStore(tmp_path / "media")
    kept = KeptMedia(
        id=MediaId("m1"),
        owner=ANN,
        origin=MediaOrigin.UPLOAD,
        key=await media.put(picture),
        kind=MediaKind.IMAGE,
        mime="image/png",
        name="../fox.png",
        size_bytes=7,
        created_at=NOON,
    )
    index = PostgresMediaIndex(opened_database, BOT, clock)
    await index.add(kept)
    records = PostgresPersonRecords(opened_database, BOT)
    await ExportPerson(records=records, index=index, store=media, audit=an_audit())(ANN, tmp_path / "ann.zip")
    return records


async def test_the_archive_holds_rows_and_files_and_no_secret(records: PostgresPersonRecords, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ann.zip") as archive:
        rows = json.loads(archive.read("records.json"))
        assert archive.read("media/m1-fox.png").decode() == f"picture of {NUMBER}"
    assert {"generations", "generation_results", "presets", "people", "preferences", "media", "api_keys"} <= set(rows)
    assert rows["presets"][0]["name"] == "fox"
    assert "secret" not in rows["generations"][0]
    assert "digest" not in rows["api_keys"][0]


def _forget(database: Database) -> ForgetPerson:
    clock = ManualClock()
    purchases = PostgresPurchaseStore(database, BOT)
    return ForgetPerson(
        records=PostgresPersonRecords(database, BOT),
        stop_subscription=StopSubscription(purchases=purchases, gateway=InMemoryPaymentGateway(clock), clock=clock),
        purchases=purchases,
        ledger=PostgresLedger(database, BOT),
        audit=an_audit(),
    )


async def test_after_forgetting_no_table_knows_the_person(
    records: PostgresPersonRecords, opened_database: Database
) -> None:
    assert await _mentions(opened_database)
    assert (await _forget(opened_database)(ANN))["generations"] == 1
    assert await _mentions(opened_database) == []
    assert await records.export(ANN) == {}


async def test_after_forgetting_and_the_clean_up_no_file_knows_the_person(
    records: PostgresPersonRecords, opened_database: Database, tmp_path: Path
) -> None:
    assert _files_naming(tmp_path / "media")
    await _forget(opened_database)(ANN)
    clock = ManualClock()
    await clock.advance(timedelta(days=30_000).total_seconds())  # the rows have the time of the database
    store, index = FolderMediaStore(tmp_path / "media"), PostgresMediaIndex(opened_database, BOT, clock)
    tidy = TidyMedia(store=store, index=index, clock=clock, kept_for=None)
    await tidy(LeadershipGuard(await InMemoryLeaderLock(LockRoom(clock)).acquire()))
    assert _files_naming(tmp_path / "media") == []


async def test_a_person_who_stands_in_every_table_stands_in_none_after_forgetting(opened_database: Database) -> None:
    async with opened_database.connection() as connection:
        columns = await connection.fetch(_COLUMNS)
        await connection.execute("SET session_replication_role = replica")  # no trigger and no foreign key
        for table in dict.fromkeys(column["table_name"] for column in columns):
            own = [column for column in columns if column["table_name"] == table]
            names = ", ".join(f'"{column["column_name"]}"' for column in own)
            values = ", ".join(_mentioning(table, column) for column in own)
            await connection.execute(f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE VALUES ({values})")
        await connection.execute("SET session_replication_role = origin")
    assert set(await _mentions(opened_database)) >= set(OWNED) | APART
    await PostgresPersonRecords(opened_database, BOT).erase(ANN)
    left = set(await _mentions(opened_database))
    assert (left - set(IMPERSONAL), set(IMPERSONAL) - left) == (set(), set())


async def test_a_person_with_something_running_is_not_forgotten(opened_database: Database) -> None:
    await PostgresGenerationStore(opened_database, bot=BOT).add(a_generation(user=ANN))
    with pytest.raises(StillRunning):
        await _forget(opened_database)(ANN)


async def test_every_table_that_names_a_person_is_known_to_the_eraser(opened_database: Database) -> None:
    async with opened_database.connection() as connection:
        rows = await connection.fetch(
            "SELECT DISTINCT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = ANY($1)",
            list(PERSONAL),
        )
    assert {row["table_name"] for row in rows} - set(OWNED) - APART == set()


_COLUMNS: Final = """
SELECT table_name, column_name, data_type, udt_name FROM information_schema.columns
 WHERE table_schema = 'public' AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position
"""


def _mentioning(table: str, column: asyncpg.Record) -> str:
    """A value in SQL that names the person, wherever the column has room for it."""
    special = {
        ("audit_log", "action"): "'block'",
        ("ledger_entries", "kind"): "'grant'",
        ("received_updates", "body"): f"""'{{"message": {{"from": {{"id": {NUMBER}, "is_bot": false}}}}}}'""",
    }
    known = {"bot": f"'{BOT}'", "source": f"'{BOT}'", **dict.fromkeys(PERSONAL, f"'{ANN}'")}
    of_type = {
        "text": f"'{ANN}'",
        "json": f"""'{{"said": "{ANN}"}}'""",
        "jsonb": f"""'{{"said": "{ANN}"}}'""",
        "bytea": f"'{NUMBER}'",
        "boolean": "true",
        "timestamp with time zone": "now()",
        "date": "now()",
        "ARRAY": f"'{{{ANN}}}'" if column["udt_name"] == "_text" else "'{}'",
    }
    place = (table, column["column_name"])
    return special.get(place) or known.get(column["column_name"]) or of_type.get(column["data_type"], "7700")


def _files_naming(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if NUMBER.encode() in path.name.encode() + path.read_bytes()]


async def _mentions(database: Database) -> list[str]:
    """Tables in which the person's number stands anywhere."""
    async with database.connection() as connection:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [
            row["tablename"]
            for row in tables
            if await connection.fetchval(f"SELECT count(*) FROM {row['tablename']} t WHERE t::text LIKE '%770077007%'")
        ]


@pytest.mark.parametrize("bot", ["", TOKEN.partition(":")[0]], ids=["the environment's", "a further bot's"])
async def test_forgetting_stops_a_monthly_package_at_telegram_or_erases_nothing(
    database: str, bot: str, capsys: pytest.CaptureFixture[str]
) -> None:
    telegram = TelegramWorld(tokens=[TOKEN])
    person = telegram.add_person("Vera")
    user, month = UserId(f"telegram:{person.id}"), Till.invoice_for(MONTHLY, telegram.bots[TOKEN], period_s=PERIOD_S)
    charge = telegram.payments.take(month, person.person, person.chat())
    async with serve(telegram) as url:
        settings = Settings.from_env(
            {
                "TELEGRAM_BOT_TOKEN": "1717:" + "B" * 35 if bot else TOKEN,
                "DATABASE_URL": database,
                "TELEGRAM_API_BASE": url,
                "SECRETS_KEY": SECRETS_KEY,
            }
        )
        await migrate(database)
        async with open_database(database) as opened:
            if bot:
                await PostgresBotDirectory(opened, FernetBox([SECRETS_KEY])).put(
                    BotRecord(id=BotId(bot), token=TOKEN, kie_key="k" * 20, added_at=NOON)
                )
            purchases = PostgresPurchaseStore(opened, TOKEN.partition(":")[0])
            paid = Subscription(
                user=user,
                package=MONTHLY.key,
                charge_id=charge.id,
                last_charge_id=charge.id,
                paid_until=datetime.fromtimestamp(charge.expires or 0, UTC),
            )
            then = paid.paid_until - timedelta(days=1)
            await purchases.note_subscription(paid, begins=True)
            telegram.faults.add(TelegramFault(method="editUserStarSubscription", status=400, description="NOT_NOW"))
            assert await forget_person(settings, user, bot) == 1
            assert "nothing was erased. Telegram says: NOT_NOW" in capsys.readouterr().err
            assert await purchases.subscriptions(user, at=then) == [paid]
            assert await forget_person(settings, user, bot) == 0
            assert await purchases.subscriptions(user, at=then) == []
            with pytest.raises(SettingsError, match="--bot names a bot that is not there: 99"):
                await forget_person(settings, user, "99")
    assert charge.is_stopped
