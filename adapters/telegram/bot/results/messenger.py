"""Speaks to a person in their chat about one generation: progress, results, bad news."""

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from itertools import groupby
from typing import Final, TypeVar

import structlog
from aiogram import Bot
from aiogram.methods import SendChatAction

from adapters.telegram.api.forms import UPLOAD_LIMIT_BYTES, album_group
from adapters.telegram.api.incoming import is_group
from adapters.telegram.api.markup import cut, escape
from adapters.telegram.api.screens import FormRefused, Screen, Screens, Sender, keyboard
from adapters.telegram.bot.results.delivery import ResultSender
from adapters.telegram.bot.results.progress import ACTIONS, SHOWN_FOR_S, progress_buttons, progress_text
from adapters.telegram.bot.results.together import Together, series_ended
from adapters.telegram.bot.results.under_result import ResultButtons, remedy_buttons
from adapters.telegram.bot.studio_links import NO_STUDIO, StudioLinks
from adapters.telegram.bot.words import Words, words_for
from application.errors import ApplicationError, DestinationGone, MessengerUnavailable, StoreUnavailable
from application.ports.chat_session_store import ChatSessionStore, SessionId
from application.ports.clock import Clock
from application.ports.messenger import AlbumPart, Deliverable, Progress, Running
from application.ports.model_catalog import ModelCatalog
from application.ports.preference_store import PreferenceStore
from application.ports.texts import Texts
from application.results.follow_ups import NextSteps
from domain.failure import Failure
from domain.generation import Destination, Generation, GenerationId, Receipt
from domain.media import MediaKind
from domain.preferences import Preferences
from domain.series import place_in_series

ALBUM_LIMIT: Final = 10
EDIT_PAUSE_S: Final = 1.0
GROUP_EDIT_PAUSE_S: Final = 6.0
"""Between edits of a message; in a group between all edits there, so that they leave half of what it allows to messages.
About one message a second in a chat, twenty a minute in a group: https://core.telegram.org/bots/faq, read 2026-10."""
SHOWN_KEPT: Final = 10_000
PROVIDER_WORDS_LIMIT: Final = 300

Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")

log = structlog.get_logger()


class TelegramMessenger:
    """Port ``Messenger`` on the Bot API."""

    def __init__(
        self,
        bot: Bot,
        *,
        catalog: ModelCatalog,
        next_steps: NextSteps,
        texts: Texts,
        preferences: PreferenceStore,
        sessions: ChatSessionStore,
        clock: Clock,
        studio: StudioLinks = NO_STUDIO,
    ) -> None:
        self._sender = Sender(bot)
        self._screens = Screens(self._sender)
        self._catalog = catalog
        self._buttons = ResultButtons(catalog=catalog, next_steps=next_steps, studio=studio)
        self._texts = texts
        self._preferences = preferences
        self._sessions = sessions
        self._clock = clock
        self._shown: OrderedDict[GenerationId, str] = OrderedDict()
        self._free_from: OrderedDict[str, float] = OrderedDict()

    def upload_limit_bytes(self, _destination: Destination, /) -> int:
        """50 MB by multipart."""
        return UPLOAD_LIMIT_BYTES

    async def show_progress(self, generation: Generation, progress: Progress, /) -> str | None:
        """Edits one message: not before a pause since the last edit or as long as a 429 said, and not for nothing."""
        words = words_for(self._texts, generation.language)
        text = progress_text(progress, self._catalog.title_of(generation.model_id), words)
        is_private = not is_group(generation.destination.chat)
        pace, pause_s = (
            (generation.id, EDIT_PAUSE_S) if is_private else (generation.destination.chat, GROUP_EDIT_PAUSE_S)
        )
        now = self._clock.monotonic()
        if text == self._shown.get(generation.id) or now < self._free_from.get(pace, 0.0):
            return None
        try:
            message = await self._show(generation, Screen(text, progress_buttons(generation, words)))
        except MessengerUnavailable as error:
            _remember(self._free_from, pace, now + (error.retry_after_s or pause_s))
            raise
        _remember(self._free_from, pace, now + pause_s)
        _remember(self._shown, generation.id, text)
        if is_private and isinstance(progress, Running) and progress.elapsed_s < SHOWN_FOR_S:
            await self._act(generation)
        return message

    async def deliver(self, generation: Generation, items: Sequence[Deliverable], /) -> Receipt:
        """The results as the person likes them, in the richest form that Telegram takes."""
        delivery = await self._delivery(generation)
        try:
            return await delivery.send(items)
        except FormRefused as error:
            log.error("delivery.refused", generation_id=generation.id, trouble=error.trouble)  # noqa: TRY400  # no cause
            raise DestinationGone(error.trouble) from None

    async def deliver_together(self, parts: Sequence[AlbumPart], /) -> Sequence[Receipt | ApplicationError]:
        """One album, and under it a button for each."""
        deliveries = [await self._delivery(part.generation) for part in parts]
        return await Together(sender=self._sender, parts=parts, deliveries=deliveries, words=deliveries[0].words).send()

    async def conclude_together(self, generations: Sequence[Generation], /) -> None:
        """The message that said that they come together says how they ended; gone with its session, it stays as it is."""
        place = place_in_series(generations[0].request_key) if generations else None
        session = await self._sessions.get(SessionId(place.name)) if place else None
        if session is None or session.message is None:
            return
        words = await self._words_of(generations[0])
        titles = [self._catalog.title_of(one.model_id) for one in generations]
        await self._screens.replace(session.destination, session.message, series_ended(generations, titles, words))

    def batches(self, generation: Generation, /) -> Sequence[Sequence[int]]:
        """Neighbours that may share an album together, texts alone."""
        grouped = groupby(generation.undelivered, key=lambda index: album_group(generation.results[index].kind))
        runs = [(group, list(indexes)) for group, indexes in grouped]
        return [
            run[start : start + size]
            for group, run in runs
            for size in [ALBUM_LIMIT if group else 1]
            for start in range(0, len(run), size)
        ]

    async def conclude(self, generation: Generation, /) -> None:
        """After a delivery the progress message goes; otherwise it becomes the bad news."""
        self._shown.pop(generation.id, None)
        if generation.failure is None:
            if generation.progress_message:
                await self._screens.remove(generation.destination, generation.progress_message)
            return
        words = await self._words_of(generation)
        text = self._bad_news(generation, generation.failure, words)
        await self._show(generation, Screen(text, remedy_buttons(generation, generation.failure.kind, words)))

    async def _delivery(self, generation: Generation) -> ResultSender:
        preferences = await self._preferences_of(generation)
        words = words_for(self._texts, generation.language, money=preferences.money)
        return ResultSender(
            sender=self._sender,
            generation=generation,
            title=self._catalog.title_of(generation.model_id),
            words=words,
            preferences=preferences,
            buttons=keyboard(self._buttons.few(generation, words)),
        )

    async def _act(self, generation: Generation) -> None:
        """Beside a progress message that was shown, never instead of one: a fault is no one's loss."""
        model, destination = self._catalog.entry(generation.model_id), generation.destination
        action = SendChatAction(
            chat_id=destination.chat,
            action=ACTIONS[model.output if model else MediaKind.FILE],
            message_thread_id=int(destination.thread) if destination.thread else None,
        )
        with suppress(FormRefused, ApplicationError):
            await self._sender.send(action)

    async def _show(self, generation: Generation, screen: Screen) -> str:
        return await self._screens.show(generation.destination, screen, message=generation.progress_message)

    def _bad_news(self, generation: Generation, failure: Failure, words: Words) -> str:
        lines = [f"<b>{escape(self._catalog.title_of(generation.model_id))}</b>", escape(words.failure(failure))]
        if said := failure.words_for_people:
            lines.append(words("tg-provider-says", message=cut(said, PROVIDER_WORDS_LIMIT)))
        lines.append(words("tg-request-code", id=generation.id))
        return "\n".join(lines)

    async def _words_of(self, generation: Generation) -> Words:
        preferences = await self._preferences_of(generation)
        return words_for(self._texts, generation.language, money=preferences.money)

    async def _preferences_of(self, generation: Generation) -> Preferences:
        try:
            return await self._preferences.get(generation.user)
        except StoreUnavailable:
            return Preferences(user=generation.user)  # a result must not wait for a taste


def _remember(kept: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > SHOWN_KEPT:
        kept.popitem(last=False)
