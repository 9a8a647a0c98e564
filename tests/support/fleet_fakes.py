"""What a fleet opens and asks, as far as tests of the fleet itself need it."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

from config.settings import Settings

OPENING_S: Final = 0.1
"""How long a bot takes to be made, during which nothing else runs."""


class FakeBot:
    """A bot that takes its time to be made and then does nothing."""

    def __init__(self, settings: Settings) -> None:
        time.sleep(OPENING_S)
        self.session = self
        self._settings = settings

    def settings(self) -> Settings:
        return self._settings

    def telegram(self) -> "FakeBot":
        return self

    def bot_id(self) -> str:
        return "0"

    def accounts(self) -> "FakeBot":
        return self

    def further_text_models(self) -> "FakeBot":
        return self

    def names(self) -> tuple[()]:
        return ()

    def use(self, _others: object, *, paused: object = ()) -> None:
        """There are none."""

    def look_up_soon(self) -> Callable[[object], None]:
        return lambda _accounts: None

    async def close(self) -> None:
        """Nothing is open."""


async def until_stopped(_bot: object, stop: asyncio.Event) -> None:
    await stop.wait()


class NoDirectory:
    """Stands for the accounts, which no bot asks here."""

    def know(self, _keys: object) -> tuple[()]:
        """Nothing to keep, and no key is another."""
        return ()
