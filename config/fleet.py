"""The bots of the directory, run in this process beside the one of the environment."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

import structlog
from attrs import define, evolve, field

from adapters.api_http import ApiServices
from adapters.postgres_store import Database
from adapters.postgres_store.api_key_store import bot_of_key
from adapters.postgres_store.bot_directory import PostgresBotDirectory, bot_of_generation
from adapters.sealing import ADVICE, FernetBox
from adapters.telegram.api.errors import TelegramTrouble
from adapters.telegram.bot.updates.webhook import WebhookDoor, WebhookUpdates
from adapters.web import Services
from application.errors import StoreUnavailable
from application.leading.acquire_leadership import DutyStuck
from application.operating.watch_bots import WatchBots
from application.ports.clock import Clock
from application.ports.media_provider import MediaProvider
from application.ports.text_model import TextModel
from config.accounts import Accounts, keys_of
from config.adapters import Adapters, chat_models
from config.bot import Bot
from config.settings import Settings
from domain.api_key import ApiKeyId
from domain.bot import BotId, BotRecord, FurtherAccount, ReadableBots
from domain.bot_fault import BotFault
from domain.generation import GenerationId, TaskId
from domain.leadership import LeadershipState
from domain.provider_account import MAIN_ACCOUNT, AccountName

LOOK_EVERY_S: Final = 2.0
"""How soon a change of the directory is taken up."""
BETWEEN_BOTS_S: Final = 0.05
AGAIN_AFTER_S: Final = 10.0
"""A bot whose work ended with a fault is begun again after this time. The others go on meanwhile."""

FAULTS: Final[Mapping[TelegramTrouble | None, BotFault]] = {
    TelegramTrouble.MISCONFIGURED: BotFault.TOKEN_REFUSED,
    TelegramTrouble.OTHER_POLLER: BotFault.OTHER_POLLER,
    TelegramTrouble.HOOKED_ELSEWHERE: BotFault.HOOKED_ELSEWHERE,
}
"""Other troubles pass by themselves."""

Named = Callable[[TaskId | None], Awaitable[TaskId | None]]
MakeBot = Callable[[Settings], Bot]
RunBot = Callable[[Bot, asyncio.Event], Awaitable[None]]

log = structlog.get_logger()


def settings_of(settings: Settings, record: BotRecord) -> Settings:
    """Return the environment's settings with what a bot of the directory has of its own. Raises SettingsError.

    Token, key, admins and name are never the environment's.
    """
    return evolve(
        settings.with_options(os.environ, record.options),
        telegram_bot_token=record.token,
        kie_api_key=record.kie_key,
        admin_users=record.admins,
        bot_name=record.options.get("BOT_NAME"),
    )


def use_further(bot: Bot, further: Iterable[FurtherAccount], replaced: Collection[AccountName] = ()) -> None:
    """Have the bot create tasks on those of these accounts that are its own. What was true of a ``replaced`` key is so no more."""
    own = [one for one in further if one.bot == bot.bot_id()]
    known = bot.accounts().names()
    bot.accounts().use(
        {one.name: _account(bot.adapters(), one) for one in own},
        paused=[one.name for one in own if one.is_paused],
    )
    bot.further_text_models().use({one.name: _chat_models(bot.adapters(), one) for one in own if not one.is_paused})
    for name in replaced:
        bot.provider_health().forget(name)
        bot.turns().forget_pause(name)
    bot.look_up_soon()({*replaced, *(one.name for one in own if one.name not in known)})


def _has_door(bot: Bot, name: str) -> bool:
    front_ends: frozenset[str] = bot.settings().front_ends
    return name in front_ends


def _account(adapters: Adapters, account: FurtherAccount) -> MediaProvider:
    return adapters.watch()("MediaProvider", adapters.provider_with(api_key=account.kie_key))


def _chat_models(adapters: Adapters, account: FurtherAccount) -> Sequence[TextModel]:
    settings = evolve(adapters.settings(), kie_api_key=account.kie_key)
    return [adapters.watch()("TextModel", model) for model in chat_models(settings, adapters.session())]


@define
class _Member:
    record: BotRecord
    stop: asyncio.Event = field(factory=asyncio.Event)
    bot: Bot | None = None
    task: "asyncio.Task[None] | None" = None


@define
class Fleet:
    """Begins, changes and ends bots as the directory says, without a restart. A fault of one bot stops that bot alone."""

    _settings: Settings
    _database: Database
    _clock: Clock
    _make: MakeBot
    _run: RunBot
    _accounts: Accounts
    _first: Bot
    """The one at the doors. It is run by the fleet only where it is one of the directory."""
    _watch: WatchBots
    _members: dict[BotId, _Member] = field(factory=dict, init=False)
    _further: Sequence[FurtherAccount] = field(default=(), init=False)
    _sealed: Sequence[str] = field(default=(), init=False)
    _has_read: bool = field(default=False, init=False)
    _opening: asyncio.Lock = field(factory=asyncio.Lock, init=False)

    async def run(self, stop: asyncio.Event) -> None:
        """Follow the directory until ``stop`` is set, then hand every bot over."""
        directory = PostgresBotDirectory(self._database, FernetBox(self._settings.secrets_keys))
        seen = ""
        async with asyncio.TaskGroup() as group:
            while not stop.is_set():
                try:
                    revision = await directory.revision()
                    if revision != seen:
                        await self._follow(await directory.readable(), group)
                        seen, self._has_read = revision, True
                    await self._watch.look(self._faults())
                except StoreUnavailable as error:
                    log.warning("fleet.postponed", error=str(error))
                except Exception:  # a fault about one bot of the directory must not end the others
                    log.exception("fleet.fault")
                await self._clock.wait(stop, LOOK_EVERY_S)
            await asyncio.gather(*(self._end(bot_id) for bot_id in list(self._members)))

    def status(self) -> Mapping[str, object]:
        """Return the role of each bot here, by its id."""
        return {
            bot_id: str(member.bot.acquire_leadership().status.state) if member.bot else "starting"
            for bot_id, member in self._members.items()
        }

    def _faults(self) -> Mapping[BotId, BotFault | None]:
        """What is wrong with each bot that is led here, as far as it does not pass by itself."""
        bots = (self._first, *(member.bot for member in self._members.values() if member.bot))
        return {
            BotId(bot.bot_id()): FAULTS.get(bot.front_end().duty.trouble)
            for bot in bots
            if bot.acquire_leadership().status.state is LeadershipState.LEADER
        }

    def troubles(self) -> Mapping[str, object]:
        """Return why bots hear nothing of Telegram at the moment, such as a token that it does not know."""
        bots = {bot_id: member.bot for bot_id, member in self._members.items() if member.bot}
        found = {bot_id: bot.front_end().status()["trouble"] for bot_id, bot in bots.items()}
        return dict.fromkeys(self._sealed, "sealed") | {bot_id: trouble for bot_id, trouble in found.items() if trouble}

    @property
    def door(self) -> WebhookDoor:
        """Where Telegram brings updates for any bot of this process."""
        return WebhookDoor(self._hooks, lambda: self._has_read and all(one.bot for one in self._members.values()))

    def _hooks(self) -> Iterable[WebhookUpdates]:
        bots = [self._first, *(member.bot for member in self._members.values() if member.bot)]
        return [hook for bot in bots if (hook := bot.front_end().hook)]

    def role(self) -> str:
        """Return what this instance is as a whole: a leader if it leads any bot."""
        roles = set(map(str, self.status().values()))
        return next((role for role in ("leader", "draining", "standby") if role in roles), "starting")

    def fault(self) -> str | None:
        """Return what to set instead where the locks can't be used as configured."""
        bots = [member.bot for member in self._members.values() if member.bot]
        return next((fault for bot in bots if (fault := bot.acquire_leadership().status.fault)), None)

    async def handle_callback(self, generation_id: GenerationId, secret: str, named: Named) -> bool:
        """Pass a callback of the provider to the bot whose generation it is. Return False where there is none."""
        if not self._members:
            return False
        bot_id = await bot_of_generation(self._database, generation_id)
        member = self._members.get(BotId(bot_id or ""))
        if member is None or member.bot is None:
            return False
        known: bool = await member.bot.handle_callback()(generation_id, secret, named)
        return known

    async def services_of(self, key_id: ApiKeyId) -> ApiServices | None:
        """Return what programs use with this key; None where it is of no further bot, or of one whose door is closed to programs.
        Raises StoreUnavailable."""
        if not self._members:
            return None
        member = self._members.get(BotId(await bot_of_key(self._database, key_id) or ""))
        return member.bot.api_services() if member and member.bot and _has_door(member.bot, "api") else None

    def pages_of(self, bot_id: str) -> Services | None:
        """Return what a further bot's pages use; None where there is no such bot here, or it has none."""
        member = self._members.get(BotId(bot_id))
        return member.bot.web_services() if member and member.bot and _has_door(member.bot, "web") else None

    async def _follow(self, found: ReadableBots, group: asyncio.TaskGroup) -> None:
        """What can't be opened goes on here as it was, or does not begin; the others are as the directory says."""
        self._sealed = sorted({f"{bot_id}/{name}".removesuffix(f"/{MAIN_ACCOUNT}") for bot_id, name in found.sealed})
        if self._sealed:
            log.error("fleet.sealed", bots=self._sealed, advice=ADVICE)
        kept = {one: member.record for one, member in self._members.items() if (one, MAIN_ACCOUNT) in found.sealed}
        wanted = kept | {bot.id: bot for bot in found.bots}
        further = [*found.accounts, *(one for one in self._further if (one.bot, one.name) in found.sealed)]
        self._further = further
        keys = keys_of(self._settings, wanted.values(), further)
        replaced = self._accounts.know(keys)
        operators = self._first.settings().admin_users
        deputies = [one.id for one in wanted.values() if one.admins and one.admins <= operators]
        self._watch.know(
            sorted({bot_id for bot_id, name in keys if name == MAIN_ACCOUNT}),
            first=BotId(self._first.bot_id()),
            deputies=[bot_id for bot_id in deputies if bot_id != self._first.bot_id()],
            sealed={bot_id for bot_id, _ in found.sealed},
        )
        for bot in (self._first, *(member.bot for member in self._members.values() if member.bot)):
            use_further(bot, further, [name for bot_id, name in replaced if bot_id == bot.bot_id()])
        changed = [bot_id for bot_id, member in self._members.items() if member.record != wanted.get(bot_id)]
        await asyncio.gather(*(self._end(bot_id) for bot_id in changed))
        for bot_id, record in wanted.items():
            if bot_id not in self._members and bot_id != self._settings.bot_id:
                member = self._members[bot_id] = _Member(record)
                member.task = group.create_task(self._keep_running(member), name=f"bot-{bot_id}")
                log.info("fleet.bot_begun", bot=bot_id)

    async def _keep_running(self, member: _Member) -> None:
        """Raises DutyStuck: only the end of the process can stop such a bot."""
        while not member.stop.is_set():
            try:
                member.bot = await self._open(member.record)
                try:
                    await self._run(member.bot, member.stop)
                finally:
                    await member.bot.telegram().session.close()
            except DutyStuck:
                raise
            except Exception:
                log.exception("fleet.bot_failed", bot=member.record.id)
                await self._clock.wait(member.stop, AGAIN_AFTER_S)

    async def _open(self, record: BotRecord) -> Bot:
        """One after the other: to put a bot together stands the event loop still, and the heartbeats must get their turn."""
        async with self._opening:
            bot = self._make(settings_of(self._settings, record))
            use_further(bot, self._further)
            await self._clock.sleep(BETWEEN_BOTS_S)
            return bot

    async def _end(self, bot_id: BotId) -> None:
        member = self._members.pop(bot_id)
        member.stop.set()
        if member.task:
            await asyncio.wait({member.task})
        log.info("fleet.bot_ended", bot=bot_id)
