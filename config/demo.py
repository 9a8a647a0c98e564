"""`mediabot demo`: the real service on simulators, with no keys and no network; and each simulator alone."""

import asyncio
import secrets
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from attrs import evolve

from config.service import serve
from config.settings import EVERYONE, Settings
from domain.generation import UserId
from simulators.kie import KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import TelegramWorld
from simulators.telegram import serve as serve_telegram

SECRET: Final = "the-simulators-know-this-token-00000"  # noqa: S105  # known to all, worth nothing
TOKEN: Final = f"100200300:{SECRET}"
KEY: Final = "simulator-key"
"""The simulators know these; they are worth nothing anywhere else."""

PAGE_PORT: Final = 8081
TASKS_TAKE: Final = 0.15
"""A demo's tasks take so much of what KIE's take: a picture a few seconds, a film half a minute."""

WELCOME: Final = """
  mediabot demo: open {page} and write to the bot, for example: a red fox in snow
  The studio of the same person: {studio}
  Health and figures: {service}/status   Stop: Ctrl-C
"""


async def demo(settings: Settings) -> int:
    """Run the service on both simulators; of the environment only ports, folders, logging and limits count.

    The simulators forget everything when they end and the database does not, so each demo is another bot's.
    """
    port, token = free_port(settings.port), f"{secrets.randbelow(10**9) + 10**9}:{SECRET}"
    world = simulated_world(token)
    async with simulated_kie(0) as kie, serve_telegram(world, port=free_port(PAGE_PORT)) as page:
        service, person = f"http://127.0.0.1:{port}", next(iter(world.people.values()))
        studio_link = (secrets.token_urlsafe(24), UserId(f"telegram:{person.id}"), person.first_name)
        studio = f"{service}/studio/enter/{studio_link[0]}"
        sys.stdout.write(WELCOME.format(page=page, studio=studio, service=service))
        sys.stdout.flush()
        return await serve(
            evolve(
                settings,
                telegram_bot_token=token,
                telegram_api_base=page,
                telegram_mode="polling",
                kie_api_key=KEY,
                kie_api_base=kie,
                kie_upload_base=kie,
                kie_webhook_hmac_keys=(),
                database_url=None,
                port=port,
                public_url=service,
                allow_private_hosts=True,
                access=EVERYONE,
                allowed_users=None,
                admin_users=frozenset({studio_link[1]}),
                studio_link=studio_link,
            )
        )


@asynccontextmanager
async def simulated_kie(port: int) -> AsyncIterator[str]:
    """The base URL of a simulated KIE, which judges by facts of its own."""
    options = SimulatorOptions(api_key=KEY, duration_s=None, duration_scale=TASKS_TAKE)
    async with serve_kie(KieSimulator(options), port=port) as base:
        yield base


def simulated_world(token: str) -> TelegramWorld:
    """A Telegram with the bot, an English speaker (the demo's admin) and a Russian one."""
    world = TelegramWorld(ids_from=int(time.time()))
    bot = world.add_bot(token, username="media_demo_bot", first_name="mediabot")
    for name, language in (("Ann", "en"), ("Аня", "ru")):
        world.private_chat(world.add_person(name, language=language).person, bot)
    return world


async def simulator(which: str, port: int) -> int:
    """One simulator alone, until interrupted; prints what to set to use it."""
    context = simulated_kie(port) if which == "kie" else serve_telegram(simulated_world(TOKEN), port=port)
    async with context as base:
        names = f"KIE_API_KEY={KEY} KIE_API_BASE={base} KIE_UPLOAD_BASE={base}"
        if which == "telegram":
            names = f"TELEGRAM_BOT_TOKEN={TOKEN} TELEGRAM_API_BASE={base}"
        sys.stdout.write(f"{base}\nTo use it: {names} ALLOW_PRIVATE_HOSTS=1\n")
        sys.stdout.flush()
        await asyncio.Event().wait()
    return 0


def free_port(wanted: int) -> int:
    """The port, or a free one where it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port")
