"""The running webhook pushers, one per bot that has a webhook."""

import asyncio

import aiohttp

from simulators.telegram.state import SetWebhook, SimulatedBot
from simulators.telegram.webhook import WebhookPusher


class Pushers:
    """Starts and stops pushers; each runs until its bot changes the webhook or the simulator ends."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def replace(self, bot: SimulatedBot, webhook: SetWebhook | None) -> None:
        """Push to another place, or (None) no more."""
        if (task := self._tasks.pop(bot.id, None)) is not None:
            await _ended(task)
        bot.webhook = webhook
        if webhook is not None:
            pusher = WebhookPusher(bot, webhook, self._session)
            self._tasks[bot.id] = asyncio.create_task(pusher.run(), name=f"webhook-pusher-{bot.id}")

    async def close(self) -> None:
        """Stop all of them."""
        tasks, self._tasks = list(self._tasks.values()), {}
        for task in tasks:
            await _ended(task)


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
