"""The commands about one person and about what admins did: export, forget, audit."""

import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

from adapters.cli.terminal import in_one_line
from adapters.postgres_store import (
    Database,
    PostgresLedger,
    PostgresMediaIndex,
    PostgresPurchaseStore,
)
from adapters.postgres_store.audit_log import PostgresAuditLog
from adapters.postgres_store.person_records import PostgresPersonRecords
from adapters.system.machine import SystemClock
from adapters.telegram.api.client import NO_TOKEN, open_bot
from adapters.telegram.api.screens import Sender
from adapters.telegram.api.stars_gateway import StarsGateway
from application.audit import Audit
from application.billing.stop_subscription import StopSubscription
from application.errors import ForgetRefused, GatewayUnavailable, PaymentRefused, StillRunning
from application.operating.export_person import ExportPerson
from application.operating.forget_person import ForgetPerson
from config.proxies import proxy_for
from config.service import opened_database
from config.settings import Settings
from config.stores import media_store
from config.which_bot import settings_of_bot
from domain.audit import COMMAND_LINE
from domain.generation import UserId

OK: Final = 0
FAILED: Final = 1

GIVEN_BACK: Final = "a refund of this person has not ended, and nothing was erased. Try again when it has"
NOT_STOPPED: Final = (
    "a monthly package of this person is not stopped, and nothing was erased. Telegram says: {error}. Try again,"
    " or have the person stop it in Telegram's settings first"
)


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
                f"{entry.at:%Y-%m-%dT%H:%M:%SZ}\t{entry.by}\t{entry.action}\t{entry.about}\t{in_one_line(entry.details)}\n"
            )
    return OK


def _audit(database: Database, settings: Settings) -> Audit:
    return Audit(PostgresAuditLog(database, settings.bot_id), SystemClock())


@asynccontextmanager
async def _of_bot(settings: Settings, bot: str) -> AsyncIterator[tuple[Database, Settings]]:
    """The database, and the settings of this bot. Raises SettingsError where it is not known which one."""
    async with opened_database(settings) as database:
        yield database, await settings_of_bot(settings, database, bot)
