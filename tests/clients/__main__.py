"""`make clients`: three clients that share nothing with us talk to the simulated Telegram as they do with the real one."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from simulators.telegram import Message, PersonClient, TelegramWorld, serve
from tests.support.telegram_simulator import TOKEN, picture

HERE: Final = Path(__file__).parent
CLIENTS: Final = {
    "python-telegram-bot": (sys.executable, str(HERE / "python_telegram_bot.py")),
    "pyTelegramBotAPI": (sys.executable, str(HERE / "py_telegram_bot_api.py")),
    "grammY": ("node", str(HERE / "grammy.mjs")),
}
PATIENCE_S: Final = 30.0


async def talk(command: Sequence[str], installed: Path) -> None:
    """One client plays a bot, from its first question to an invoice. Raises AssertionError where it could not."""
    world = TelegramWorld(tokens=[TOKEN])
    ann = world.add_person("Ann")
    async with serve(world) as url, asyncio.timeout(PATIENCE_S):
        ann.say("hello")
        client = await asyncio.create_subprocess_exec(
            *command, url, TOKEN, str(ann.id), cwd=installed, env=environment(installed),
            stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        pressing = asyncio.create_task(press_first_button(world, ann))
        try:
            _, errors = await client.communicate(picture())
        finally:
            pressing.cancel()
            if client.returncode is None:
                client.kill()
    assert client.returncode == 0, errors.decode(errors="replace")[-2000:]
    check(world, list(ann.chat().messages.values()))


def environment(installed: Path) -> dict[str, str]:
    """That of a client: its packages, and the programs of this machine."""
    return {"PYTHONPATH": str(installed), "PATH": "/usr/local/bin:/usr/bin:/bin"}


async def press_first_button(world: TelegramWorld, person: PersonClient) -> None:
    """As soon as the bot shows one."""

    def asked() -> Message | None:
        return next((one for one in person.chat().messages.values() if one.buttons), None)

    person.press_data(await world.until(asked, timeout_s=PATIENCE_S), "yes")


def check(world: TelegramWorld, messages: Sequence[Message]) -> None:
    """What is in the chat in the end, and that no call failed."""
    assert [message.words for message in messages[:3]] == ["hello", "answered", "a picture"]
    assert messages[2].media
    assert len(messages) == 4, "the invoice"
    (query,) = world.queries.values()
    assert query.answer is not None
    failed = [(call.method, call.status) for call in world.log.calls if call.status != 200]
    assert failed == []


def main() -> None:
    """Say of each client whether it could talk."""
    for name, command in CLIENTS.items():
        asyncio.run(talk(command, Path(sys.argv[1]).resolve()))
        print(f"{name}: talks to the simulated Telegram")


main()
