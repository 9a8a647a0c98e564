"""A person in the simulated Telegram, and the front end that answers them over HTTP, on fakes of the rest."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Coroutine, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiogram import Bot
from attrs import asdict, evolve, frozen
from dependency_injector import providers

from adapters.fluent_texts import load_texts
from adapters.memory.access_store import InMemoryAccessStore
from adapters.memory.alarm_store import InMemoryAlarmStore
from adapters.memory.audit_log import InMemoryAuditLog
from adapters.memory.book_reports import InMemoryBookReports
from adapters.memory.broadcast_store import InMemoryBroadcastStore
from adapters.memory.chat_session_store import InMemoryChatSessionStore
from adapters.memory.current_result_store import InMemoryCurrentResultStore
from adapters.memory.draft_store import InMemoryDraftStore
from adapters.memory.gallery import InMemoryGallery
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.limit_store import InMemoryLimitStore
from adapters.memory.media_index import InMemoryMediaIndex
from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.media_store import InMemoryMediaStore
from adapters.memory.metrics import CountingMetrics
from adapters.memory.model_switches import InMemoryModelSwitches
from adapters.memory.person_records import InMemoryPersonRecords
from adapters.memory.preference_store import InMemoryPreferenceStore
from adapters.memory.preset_store import InMemoryPresetStore
from adapters.memory.preview_maker import InMemoryPreviewMaker
from adapters.memory.provider_accounts import InMemoryProviderAccounts
from adapters.memory.purchase_store import InMemoryPurchaseStore
from adapters.memory.reference_store import InMemoryReferenceStore
from adapters.memory.result_fetcher import InMemoryResultFetcher
from adapters.memory.session_store import InMemorySessionStore
from adapters.memory.statistics import InMemoryStatistics
from adapters.memory.text_call_store import InMemoryTextCallStore
from adapters.memory.text_model import InMemoryTextModel
from adapters.memory.unsafe_list import InMemoryUnsafeList
from adapters.memory.update_inbox import InMemoryUpdateInbox
from adapters.system.machine import SystemClock, SystemIds
from adapters.telegram.api.attachments import TelegramAttachments
from adapters.telegram.api.client import open_bot
from adapters.telegram.api.screens import Sender
from adapters.telegram.api.stars_gateway import StarsGateway
from adapters.telegram.bot.announcer import TelegramAnnouncer
from adapters.telegram.bot.front_end import FrontEnd
from adapters.telegram.bot.results.messenger import TelegramMessenger
from application.generating.fetch_result import FetchResult
from application.generating.front_ends import AttachmentRouter
from application.generating.handle_callback import HandleCallback
from application.operating.clock_watch import ClockWatch
from application.ports.leader_lock import Leadership
from application.ports.media_files import MediaFiles
from application.ports.media_provider import MediaProvider
from application.results.kept_attachments import KeptAttachments
from config.settings import Settings
from config.slices.telegram import Telegram
from config.wishes import local_reader
from domain.bot import ProviderAccount, bot_id_of
from domain.generation import Generation, GenerationState, UserId
from domain.provider_account import MAIN_ACCOUNT
from simulators.telegram import Chat, Message, PersonClient, TelegramWorld, serve
from tests.support.callbacks import naming
from tests.support.core_fixture import FIND_MODELS, NEXT_STEPS, VOCABULARY
from tests.support.registry import catalog
from tests.support.telegram_simulator import TOKEN, picture

SCREENS = 8
TEXTS = load_texts()
WISH_READER = providers.Object(local_reader(catalog()))
"""Built once for all journeys: it takes a tenth of a second."""
OWN_BOT = bot_id_of(TOKEN)
OWN_ACCOUNT = ProviderAccount(name="own", bots=frozenset({OWN_BOT}))


@frozen(kw_only=True)
class Fakes:
    """The service behind the front end, without a database and without KIE."""

    clock: SystemClock
    generations: InMemoryGenerationStore
    drafts: InMemoryDraftStore
    sessions: InMemoryChatSessionStore
    preferences: InMemoryPreferenceStore
    presets: InMemoryPresetStore
    references: InMemoryReferenceStore
    provider: InMemoryProvider
    fetcher: InMemoryResultFetcher
    access: InMemoryAccessStore
    switches: InMemoryModelSwitches
    alarms: InMemoryAlarmStore
    statistics: InMemoryStatistics
    broadcasts: InMemoryBroadcastStore
    inbox: InMemoryUpdateInbox
    limits: InMemoryLimitStore
    purchases: InMemoryPurchaseStore
    provider_accounts: InMemoryProviderAccounts
    text_model: InMemoryTextModel
    text_calls: InMemoryTextCallStore
    current_results: InMemoryCurrentResultStore
    unsafe: InMemoryUnsafeList
    audit_log: InMemoryAuditLog

    def build(
        self,
        settings: Settings,
        bot: Bot,
        media_provider: MediaProvider,
        *,
        keeps: bool = False,
        media_files: MediaFiles | None = None,
    ) -> Telegram:
        """The object graph of the front end; with ``keeps`` results are kept, and taken from there."""
        ports = {**self._ports(), **self._in_telegram(bot), "media_files": providers.Object(media_files)}
        if keeps:
            del ports["result_files"]
            own = KeptAttachments(ports["media_store"], ports["media_index"])
            ports["attachments"] = AttachmentRouter(sources={"telegram": ports["attachments"], "media": own})
        return Telegram(
            settings=settings,
            media_provider=media_provider,
            text_models=providers.Object([self.text_model] if settings.text_models else []),
            wish_reader=WISH_READER,
            **ports,
        )

    def _ports(self) -> Mapping[str, Any]:
        """The stores and what is outside, but for Telegram."""
        return {
            "clock": self.clock,
            "ids": SystemIds(),
            "metrics": CountingMetrics(),
            "catalog": catalog(),
            "vocabulary": VOCABULARY,
            "next_steps": NEXT_STEPS,
            "find_models": FIND_MODELS,
            "texts": TEXTS,
            "generations": self.generations,
            "drafts": self.drafts,
            "chat_sessions": self.sessions,
            "preferences": self.preferences,
            "presets": self.presets,
            "references": self.references,
            "current_results": self.current_results,
            "updates": self.inbox,
            "fetcher": self.fetcher,
            "result_files": FetchResult(self.fetcher),
            "media_index": InMemoryMediaIndex(self.clock),
            "media_store": InMemoryMediaStore(self.clock),
            "previews": InMemoryPreviewMaker(),
            "gallery": InMemoryGallery(self.generations, self.clock),
            "access": self.access,
            "switches": self.switches,
            "alarms": self.alarms,
            "statistics": self.statistics,
            "broadcasts": self.broadcasts,
            "personal_limits": self.limits,
            "unsafe_list": self.unsafe,
            "audit_log": self.audit_log,
            "person_records": InMemoryPersonRecords(self.generations, InMemorySessionStore(self.clock)),
            "ledger": self.generations.ledger,
            "purchases": self.purchases,
            "book_reports": InMemoryBookReports(self.generations),
            "provider_accounts": self.provider_accounts,
            "own_accounts": providers.Object(lambda: {MAIN_ACCOUNT: OWN_ACCOUNT}),
            "text_calls": self.text_calls,
            "clocks": ClockWatch(),
            "refresh_prices": providers.Object(None),
        }

    def _in_telegram(self, bot: Bot) -> Mapping[str, Any]:
        """The adapters that talk to people."""
        messenger = TelegramMessenger(
            bot,
            catalog=catalog(),
            next_steps=NEXT_STEPS,
            texts=TEXTS,
            preferences=self.preferences,
            sessions=self.sessions,
            clock=self.clock,
        )
        return {
            "telegram": bot,
            "messenger": messenger,
            "albums": providers.Object({"telegram": messenger}),
            "attachments": TelegramAttachments(bot),
            "announcer": TelegramAnnouncer(bot, catalog=catalog(), texts=TEXTS),
            "gateway": StarsGateway(bot, Sender(bot)),
        }


@frozen(kw_only=True)
class Journey(Fakes):
    """Everything a journey may look at. ``person`` speaks English unless asked for otherwise; ``url`` is the chat page."""

    url: str
    telegram: TelegramWorld
    person: PersonClient
    front_end: FrontEnd
    graph: Telegram
    leadership: Leadership
    handle_callback: HandleCallback

    @property
    def chat(self) -> Chat:
        """The person's chat with the bot."""
        return self.person.chat()

    @property
    def rows(self) -> list[Generation]:
        """The generations accepted so far, oldest first."""
        return list(self.generations.rows.values())

    def of(self, person: PersonClient) -> "Journey":
        """The same world as another person sees it."""
        return evolve(self, person=person)

    async def say(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Write, and wait for the bot's next message."""
        return await self.answer_to(self.person.say(text, reply_to=reply_to))

    async def answer_to(self, message: Message) -> Message:
        """The bot's first message after this one."""
        return await self.telegram.next_message(message.chat, after=message.id)

    async def card(self, model: str, words: str = "a red fox in snow") -> Message:
        """Ask for something and choose a model by its title."""
        offer = await self.say(words)
        await self.press(offer, model)
        return offer

    async def press(self, message: Message, label: str) -> str:
        """Press the button with this label, or the first that contains it, a word of it shortened too, one that runs at once (▶️)
        only if no other does, on the next screens either; wait until the press is answered and give the toast."""
        for _ in range(SCREENS):
            labels = [str(button["text"]) for row in message.buttons for button in row]
            found = [each for each in labels if label in each or _has_shortened(label, each)]
            onward = [each for each in labels if each.endswith("▶")]
            if not onward or label.startswith("▶") or any(not each.startswith("▶️") for each in found):
                break
            await self.toast(self.person.press(message, onward[0]).id)  # what else there is stands on the next screen
        assert found, f"no button {label!r} among {labels}"
        best = min(found, key=lambda each: (each != label, each.startswith("▶️")))
        return await self.toast(self.person.press(message, best).id)

    def press_as(self, person: PersonClient) -> Callable[[Message, str], Awaitable[str]]:
        """``press`` by someone else."""
        return evolve(self, person=person).press

    async def toast(self, query_id: str) -> str:
        """What the bot answers to a press."""
        answer = await self.telegram.until(lambda: self.telegram.queries[query_id].answer)
        return str(answer.get("text") or "")

    async def accepted(self, count: int = 1) -> None:
        """Wait until so many generations were taken on: the store's matter, of which Telegram hears nothing."""
        async with asyncio.timeout(30):
            while len(self.rows) < count:
                await asyncio.sleep(0.005)

    async def running(self) -> None:
        """Wait until the provider has the newest generation's task."""
        async with asyncio.timeout(30):
            while not self.rows[-1].task_id:
                await asyncio.sleep(0.005)

    async def ended(self, count: int) -> Generation:
        """The newest of so many generations, at its end; the provider reports each task as soon as it runs."""
        await self.accepted(count)
        async with asyncio.timeout(30):
            while not self.rows[-1].is_terminal:
                row = self.rows[-1]
                if row.state is GenerationState.RUNNING and row.task_id:
                    await self.handle_callback(row.id, row.secret, naming(row.task_id))
                await asyncio.sleep(0.01)
        return self.rows[-1]

    async def provider_rings(self, *, after: int = 0) -> Generation:
        """Let the provider report the newest generation's task as soon as it runs; gives the delivered generation.

        ``after``: how many older ones there are to be passed over.
        """
        async with asyncio.timeout(30):
            while not (len(self.rows) > after and self.rows[-1].task_id):
                await asyncio.sleep(0.005)
            row = self.rows[-1]
            await self.handle_callback(row.id, row.secret, naming(row.task_id))
            while not self.rows[-1].is_terminal:
                await asyncio.sleep(0.005)
        return self.rows[-1]

    def words(self) -> list[str]:
        """What the bot's messages in the chat say now."""
        return [message.words for message in self.chat.messages.values() if message.sender is not self.person.person]


def _has_shortened(name: str, label: str) -> bool:
    """Whether the words of the name stand in the label one behind the other, one of them without its end."""
    given, seen = name.split(), label.split()
    return "…" in label and any(
        all(map(_is_of, seen[at : at + len(given)], given)) for at in range(len(seen) - len(given) + 1)
    )


def _is_of(seen: str, word: str) -> bool:
    return seen == word or (seen.endswith("…") and word.startswith(seen[:-1]))


def fresh_fakes() -> Fakes:
    """As a service begins that no one has used yet."""
    clock = SystemClock()
    generations, access = InMemoryGenerationStore(clock), InMemoryAccessStore(clock)
    switches, limits = InMemoryModelSwitches(clock), InMemoryLimitStore(clock)
    generations.paused, generations.own_limit = switches.pauses.get, limits.limits.get
    return Fakes(
        clock=clock,
        generations=generations,
        drafts=InMemoryDraftStore(clock),
        sessions=InMemoryChatSessionStore(clock),
        preferences=InMemoryPreferenceStore(clock),
        presets=InMemoryPresetStore(clock),
        references=InMemoryReferenceStore(),
        provider=InMemoryProvider(clock, run_time_s=0),
        fetcher=InMemoryResultFetcher(clock, default=picture()),
        access=access,
        switches=switches,
        alarms=InMemoryAlarmStore(clock),
        statistics=InMemoryStatistics(generations),
        broadcasts=InMemoryBroadcastStore(clock, access),
        inbox=InMemoryUpdateInbox(clock),
        limits=limits,
        purchases=InMemoryPurchaseStore(clock, generations.ledger),
        provider_accounts=InMemoryProviderAccounts({OWN_BOT: generations}),
        text_model=InMemoryTextModel(clock),
        text_calls=InMemoryTextCallStore(clock, generations),
        current_results=InMemoryCurrentResultStore(clock),
        unsafe=InMemoryUnsafeList(clock),
        audit_log=InMemoryAuditLog(clock),
    )


@asynccontextmanager
async def at_work(duties: Iterable[Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    """The duties run; none may have ended when the block does."""
    tasks = [asyncio.create_task(duty) for duty in duties]
    try:
        yield
        for task in tasks:
            assert not task.done(), task
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@asynccontextmanager
async def journey(
    *,
    language: str = "en",
    allowed: Collection[UserId] | None = None,
    admins: Collection[UserId] = (),
    driving: bool = False,
    settings: Settings | None = None,
    media_provider: MediaProvider | None = None,
    keeps: bool = False,
    media_files: MediaFiles | None = None,
) -> AsyncIterator[Journey]:
    """Poll for one person; with ``driving`` generations are carried to their end, a task taking no time.

    ``media_provider`` takes the place of the fake one, which then stays idle. With ``keeps`` results are kept here as well.
    Without ``media_files`` no file is looked into.
    """
    settings = evolve(
        settings or Settings(),
        access="everyone" if allowed is None else "invited",
        allowed_users=frozenset(allowed) if allowed is not None else None,
        admin_users=frozenset(admins),
    )
    fakes = fresh_fakes()
    telegram = TelegramWorld(tokens=[TOKEN], repeat_rules=False)
    person = telegram.add_person("Vera", language=language)
    async with serve(telegram) as url:
        bot = open_bot(TOKEN, clock=fakes.clock, api_base=url)
        graph = fakes.build(settings, bot, media_provider or fakes.provider, keeps=keeps, media_files=media_files)
        front_end = graph.front_end()
        leadership = await InMemoryLeaderLock(LockRoom(fakes.clock), bot="1").acquire()
        fakes.generations.epoch = leadership.epoch
        duties = [front_end.duty, *([graph.drive_generations()] if driving else [])]
        try:
            async with at_work(duty.run(leadership) for duty in duties):
                yield Journey(
                    **asdict(fakes, recurse=False),
                    url=url,
                    telegram=telegram,
                    person=person,
                    front_end=front_end,
                    graph=graph,
                    leadership=leadership,
                    handle_callback=graph.handle_callback(),
                )
        finally:
            await graph.turns().close()
            await front_end.close()
