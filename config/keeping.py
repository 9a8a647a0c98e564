"""The commands that keep and erase: export and forget a person, back up and restore the database and the files of our own."""

import asyncio
import shutil
import sys
import tarfile
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

from adapters.embedded_postgres import EmbeddedPostgresError
from adapters.embedded_postgres.binaries import find_binaries, newest_binaries
from adapters.embedded_postgres.cluster import major_version
from adapters.embedded_postgres.home import prepare_home
from adapters.embedded_postgres.upgrade import upgrade
from adapters.postgres_store import (
    Database,
    PostgresLedger,
    PostgresMediaIndex,
    PostgresPurchaseStore,
    migrate,
    open_database,
)
from adapters.postgres_store.audit_log import PostgresAuditLog
from adapters.postgres_store.bot_directory import PostgresBotDirectory
from adapters.postgres_store.person_records import PostgresPersonRecords
from adapters.sealing import FernetBox
from adapters.system.clock import SystemClock
from adapters.telegram.api.client import NO_TOKEN, open_bot
from adapters.telegram.api.sender import Sender
from adapters.telegram.api.stars_gateway import StarsGateway
from application.audit import Audit
from application.billing.stop_subscription import StopSubscription
from application.errors import ForgetRefused, GatewayUnavailable, PaymentRefused, StillRunning
from application.operating.export_person import ExportPerson
from application.operating.forget_person import ForgetPerson
from config.fleet import settings_of
from config.proxies import proxy_for
from config.service import database_of
from config.settings import Settings, SettingsError
from config.stores import media_store
from domain.audit import COMMAND_LINE
from domain.generation import UserId

OK: Final = 0
FAILED: Final = 1
WRONG_USE: Final = 2

DUMP: Final = "database.dump"
MEDIA: Final = "media"

MANAGED: Final = """\
The database of DATABASE_URL is managed elsewhere, so mediabot does not {verb} it. Run:
  {command}
{media}
"""
MEDIA_FOLDER: Final = "and copy the folder {place} (the kept files)."
MEDIA_BUCKET: Final = "and use your provider's tools for {place} (the kept files)."


GIVEN_BACK: Final = "a refund of this person has not ended, and nothing was erased. Try again when it has"
NOT_STOPPED: Final = (
    "a monthly package of this person is not stopped, and nothing was erased. Telegram says: {error}. Try again,"
    " or have the person stop it in Telegram's settings first"
)


class BackupError(Exception):
    """The message says what is wrong and what to do."""


async def export_person(given: Settings, user: UserId, to: Path, bot: str = "") -> int:
    """`mediabot export`: one ZIP archive."""
    async with _of_bot(given, bot) as (database, settings):
        export = ExportPerson(
            records=PostgresPersonRecords(database, settings.bot_id),
            index=PostgresMediaIndex(database, settings.bot_id, SystemClock()),
            store=media_store(settings.media_store, settings.data_dir),
            audit=_audit(database, settings),
        )
        files = await export(user, to, by=COMMAND_LINE)
    sys.stdout.write(f"{to}: records and {files} files\n")
    return OK


async def forget_person(given: Settings, user: UserId, bot: str = "") -> int:
    """`mediabot forget`: for good."""
    async with AsyncExitStack() as stack:
        database, settings = await stack.enter_async_context(_of_bot(given, bot))
        telegram = open_bot(
            settings.telegram_bot_token or NO_TOKEN,
            clock=SystemClock(),
            api_base=settings.telegram_api_base,
            proxy=proxy_for(settings.telegram_api_base),
        )
        stack.push_async_callback(telegram.session.close)
        purchases = PostgresPurchaseStore(database, settings.bot_id)
        forget = ForgetPerson(
            records=PostgresPersonRecords(database, settings.bot_id),
            stop_subscription=StopSubscription(
                purchases=purchases, gateway=StarsGateway(telegram, Sender(telegram)), clock=SystemClock()
            ),
            purchases=purchases,
            ledger=PostgresLedger(database, settings.bot_id),
            audit=_audit(database, settings),
        )
        try:
            erased = await forget(user, by=COMMAND_LINE)
        except StillRunning as error:
            sys.stderr.write(f"mediabot: {error}\n")
            return FAILED
        except ForgetRefused:
            sys.stderr.write(f"mediabot: {GIVEN_BACK}\n")
            return FAILED
        except (PaymentRefused, GatewayUnavailable) as error:
            sys.stderr.write(f"mediabot: {NOT_STOPPED.format(error=error)}\n")
            return FAILED
    for table, count in erased.items():
        sys.stdout.write(f"{table}\t{count}\n")
    if not erased:
        sys.stderr.write(f"mediabot: nothing is known of {user}\n")
    return OK if erased else FAILED


async def show_audit(given: Settings, limit: int, bot: str = "") -> int:
    """`mediabot audit`: one line an entry, the last first: when, who, what, about whom, details."""
    async with _of_bot(given, bot) as (database, settings):
        for entry in await PostgresAuditLog(database, settings.bot_id).newest(limit=limit):
            sys.stdout.write(
                f"{entry.at:%Y-%m-%dT%H:%M:%SZ}\t{entry.by}\t{entry.action}\t{entry.about}\t{' '.join(entry.details.split())}\n"
            )
    return OK


async def backup(settings: Settings, to: Path) -> int:
    """`mediabot backup`: one file, while the service runs or not."""
    if settings.database_url:
        return _say_what_to_run(settings, "back up", f'pg_dump --format=custom --file={to} "$DATABASE_URL"')
    async with database_of(settings) as dsn:
        with tempfile.TemporaryDirectory(prefix="mediabot-") as folder:
            dump = Path(folder) / DUMP
            await _run(settings, "pg_dump", "--format=custom", f"--file={dump}", dsn)
            await asyncio.to_thread(_pack, to, dump, settings.data_dir / MEDIA)
    sys.stdout.write(f"{to}\n")
    return OK


async def restore(settings: Settings, source: Path) -> int:
    """`mediabot restore`: into an empty database of our own; nothing that is there is overwritten."""
    if settings.database_url:
        command = f'pg_restore --no-owner --exit-on-error --dbname="$DATABASE_URL" {source}'
        return _say_what_to_run(settings, "restore", command)
    async with database_of(settings) as dsn:
        if await _holds_rows(dsn):
            sys.stderr.write(
                f"mediabot: {settings.data_dir} holds a database already; restore into another MEDIABOT_DATA,"
                " or move that folder away\n"
            )
            return FAILED
        with tempfile.TemporaryDirectory(prefix="mediabot-") as folder:
            await asyncio.to_thread(_unpack, source, Path(folder))
            await _run(
                settings, "pg_restore", "--no-owner", "--exit-on-error", "--clean", "--if-exists", f"--dbname={dsn}",
                str(Path(folder) / DUMP),
            )  # fmt: skip
            await asyncio.to_thread(_copy_tree, Path(folder) / MEDIA, settings.data_dir / MEDIA)
        await migrate(dsn)
    sys.stdout.write(f"{settings.data_dir}\n")
    return OK


async def upgrade_database(settings: Settings) -> int:
    """`mediabot upgrade-database`: our own database to the newest PostgreSQL on this machine."""
    if settings.database_url:
        sys.stderr.write("mediabot: the database of DATABASE_URL is managed elsewhere; upgrade it there\n")
        return WRONG_USE
    newest = await asyncio.to_thread(newest_binaries, settings.postgres_bin)
    made_by = major_version(prepare_home(settings.data_dir).cluster)
    if made_by is not None and newest.major <= made_by:
        sys.stdout.write(f"the data is of PostgreSQL {made_by}, and {newest.major} is the newest here: nothing to do\n")
        return OK
    old = await upgrade(settings.data_dir, newest)
    sys.stdout.write(f"the data is of PostgreSQL {newest.major} now; the old one stays in {old} until you delete it\n")
    return OK


def _say_what_to_run(settings: Settings, verb: str, command: str) -> int:
    place = settings.media_store or str(settings.data_dir / MEDIA)
    media = (MEDIA_BUCKET if place.startswith("s3:") else MEDIA_FOLDER).format(place=place)
    sys.stderr.write(MANAGED.format(verb=verb, command=command, media=media))
    return WRONG_USE


async def _run(settings: Settings, program: str, *arguments: str) -> None:
    made_by = major_version(prepare_home(settings.data_dir).cluster)
    binaries = await asyncio.to_thread(find_binaries, settings.postgres_bin, major=made_by)
    path = binaries.directory / program
    if not path.exists():
        raise EmbeddedPostgresError(
            f"{program} is missing beside {binaries.postgres}; install PostgreSQL's client programs."
        )
    process = await asyncio.create_subprocess_exec(path, *arguments, stderr=asyncio.subprocess.PIPE)
    _, words = await process.communicate()
    if process.returncode:
        raise BackupError(f"{program} failed: {words.decode(errors='replace').strip()[:500]}")


async def _holds_rows(dsn: str) -> bool:
    await migrate(dsn)
    async with open_database(dsn) as database, database.connection() as connection:
        tables: Sequence[str] = ("generations", "people", "ledger_entries", "drafts")
        return any([await connection.fetchval(f"SELECT EXISTS (SELECT FROM {table})") for table in tables])  # noqa: S608


def _pack(to: Path, dump: Path, media: Path) -> None:
    """The database first: a file that it names and that is deleted meanwhile is only missing, as if it had expired."""
    unfinished = to.with_name(f"{to.name}.part")
    with tarfile.open(unfinished, "w") as archive:
        archive.add(dump, DUMP)
        if media.is_dir():
            archive.add(media, MEDIA)
    unfinished.replace(to)


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise BackupError(f"{source} is no backup of mediabot: {error}") from error
    if not (folder / DUMP).is_file():
        raise BackupError(f"{source} is no backup of mediabot: {DUMP} is missing")


def _copy_tree(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)


def _audit(database: Database, settings: Settings) -> Audit:
    return Audit(PostgresAuditLog(database, settings.bot_id), SystemClock())


@asynccontextmanager
async def _of_bot(settings: Settings, bot: str) -> AsyncIterator[tuple[Database, Settings]]:
    """The database, and the settings of this bot: those of the environment's where none is named.

    Raises:
        SettingsError: there is no such bot.
    """
    async with _opened(settings) as database:
        if not bot or bot == settings.bot_id:
            yield database, settings
            return
        bots = await PostgresBotDirectory(database, FernetBox(settings.secrets_keys)).all()
        record = next((one for one in bots if one.id == bot), None)
        if record is None:
            raise SettingsError([f"--bot names a bot that is not there: {bot}"])
        yield database, settings_of(settings, record)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    async with database_of(settings) as dsn:
        await migrate(dsn)
        async with open_database(dsn) as database:
            yield database
