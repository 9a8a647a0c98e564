"""A running Telegram simulator with an aiogram bot connected to it and one person in it."""

import io
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile
from attrs import frozen
from PIL import Image

from simulators.telegram import Message, PersonClient, TelegramWorld, serve

TOKEN = "42:simulated-token"
OTHER_TOKEN = "43:another-token"


@frozen(kw_only=True)
class Simulated:
    """The simulator, a bot connected to it, and Anna, who has pressed Start."""

    world: TelegramWorld
    url: str
    bot: Bot
    anna: PersonClient

    @asynccontextmanager
    async def another_session(self, token: str = TOKEN) -> AsyncIterator[Bot]:
        """A second process of the same bot, or another bot."""
        async with connected(self.url, token) as bot:
            yield bot


@asynccontextmanager
async def connected(url: str, token: str) -> AsyncIterator[Bot]:
    """An aiogram bot that takes the simulator for Telegram."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    try:
        yield Bot(token, session)
    finally:
        await session.close()


@asynccontextmanager
async def simulated(
    *,
    clock: Callable[[], float] = time.time,
    repeat_rules: bool = False,
    flood_limits: bool = False,
    seed: int = 0,
    ids_from: int = 1,
) -> AsyncIterator[Simulated]:
    """Start a simulator with two bots and Anna in a begun chat with the first."""
    world = TelegramWorld(
        tokens=[TOKEN, OTHER_TOKEN],
        clock=clock,
        repeat_rules=repeat_rules,
        flood_limits=flood_limits,
        seed=seed,
        ids_from=ids_from,
    )
    anna = world.add_person("Анна", language="ru", username="anna")
    world.private_chat(anna.person, world.bots[TOKEN])
    async with serve(world) as url, connected(url, TOKEN) as bot:
        yield Simulated(world=world, url=url, bot=bot, anna=anna)


def picture(width: int = 640, height: int = 480, *, colour: str = "teal", kind: str = "JPEG") -> bytes:
    """A plain picture."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(target, kind)
    return target.getvalue()


def photo(width: int = 640, height: int = 480, *, colour: str = "teal") -> BufferedInputFile:
    """A plain picture, ready to be sent by aiogram."""
    return BufferedInputFile(picture(width, height, colour=colour), "photo.jpg")


def labels(message: Message) -> list[str]:
    """What stands on the buttons under a message."""
    return [str(button["text"]) for row in message.buttons for button in row]
