"""What every update passes before its handler: its trace, its person and whether they are served, its words and its file."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatType
from aiogram.types import Chat, Message, PreCheckoutQuery, TelegramObject, Update, User
from attrs import frozen

from adapters.telegram.api.attachments import TelegramAttachments
from adapters.telegram.api.errors import TELEGRAM_FAULTS, trouble_of
from adapters.telegram.api.incoming import answered_media, destination_of, for_the_bot, media_of, words_of
from adapters.telegram.api.markup import cut
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.person import Person, Refusal
from adapters.telegram.bot.words import Words, words_for
from application.catalog.model_notices import ModelNotices
from application.errors import ApplicationError, StoreUnavailable
from application.operating.authorize_user import AccessDecision, AccessPolicy, AuthorizeUser
from application.ports.clock import Clock
from application.ports.preference_store import PreferenceStore
from application.ports.texts import Texts
from application.ports.tracer import Tracer
from domain.access import KnownUser, Subject
from domain.file_signatures import UNKNOWN
from domain.generation import UserId
from domain.preferences import Preferences

Data = dict[str, Any]
"""What handlers get by name."""
Handler = Callable[[TelegramObject, Data], Awaitable[Any]]
"""The next middleware, or the handler itself."""
CHECKOUT_LIMIT_S: Final = 7.0
"""Telegram gives a pre-checkout query up after 10 s; one request of our own must fit into the rest."""
NAME_LIMIT: Final = 60
COMMON_COMMANDS: Final = ("start", "help", "generate", "models", "history", "cancel")
GUARDED: Final = ("message", "edited_message", "callback_query", "inline_query", "pre_checkout_query")
"""Updates whose guards know what to do with a refusal; of the others who is not served gets no answer."""
MESSAGES_KEPT: Final = 10_000
"""Messages: about 2 MB. An edit of an older one gets no answer."""

log = structlog.get_logger()


class OfTheBot(BaseMiddleware):
    """The middleware of this name that the bot of the update has."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        return await data[self._name](handler, event, data)


@frozen
class TracedUpdates(BaseMiddleware):
    """What comes of an update is part of its trace; the span says which kind and number it has."""

    _tracer: Tracer

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        assert isinstance(event, Update)  # noqa: S101  # registered for updates alone
        with self._tracer.span("update", kind=event.event_type, update=str(event.update_id)):
            return await handler(event, data)


class CheckoutsInTime(BaseMiddleware):
    """Around everything: a pre-checkout query is answered in time, with a refusal where no one could say yes."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        query = event.pre_checkout_query if isinstance(event, Update) else None
        if query is None:
            return await handler(event, data)
        try:
            async with asyncio.timeout(CHECKOUT_LIMIT_S):
                return await handler(event, data)
        except Exception as error:
            log.warning("checkout.not_decided", error=type(error).__name__)
            words = words_for(self._texts, query.from_user.language_code)
            await answer_checkout(query, words.plain("tg-checkout-later"))
            return None


async def answer_checkout(query: PreCheckoutQuery, refusal: str | None) -> None:
    """Say yes, or say why not."""
    try:
        await query.answer(ok=refusal is None, error_message=refusal, request_timeout=2)
    except TELEGRAM_FAULTS as error:
        log.warning("checkout.not_answered", trouble=trouble_of(error))


@frozen(kw_only=True)
class PersonMiddleware:
    """Middleware of every update: gives handlers ``person``, and the guards ``refusal`` (None: served).

    Bots are passed over; those who write as their group or channel are informed that they can't be served so.
    """

    _screens: Screens
    _texts: Texts
    _preferences: PreferenceStore
    _authorize: AuthorizeUser
    _clock: Clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        account: User | None = data.get("event_from_user")
        message = event.message if isinstance(event, Update) else None
        if message and message.is_automatic_forward:  # of a linked channel: no person said it here
            return None
        if account is None or account.is_bot:
            if message and message.sender_chat and message.via_bot is None:
                await self._say_anonymous(message, data["bot"])
            return None
        user = UserId(f"telegram:{account.id}")
        preferences = await self._preferences_of(user)
        words = words_for(self._texts, preferences.language or account.language_code, money=preferences.money)
        with structlog.contextvars.bound_contextvars(user=user):
            is_admin, refusal = await self._admit(account, data.get("event_chat"), words)
            if refusal and not (isinstance(event, Update) and event.event_type in GUARDED):
                return None
            data["person"] = Person(user=user, words=words, is_admin=is_admin, preferences=preferences)
            data["refusal"] = refusal
            return await handler(event, data)

    async def _say_anonymous(self, message: Message, bot: Bot) -> None:
        """People who write as their group or channel are sent under the name of a bot; a sentence says what to do."""
        is_command = (message.text or "").startswith(tuple(f"/{name}" for name in COMMON_COMMANDS))
        if is_command or await for_the_bot(message, bot):
            with suppress(ApplicationError):
                words = words_for(self._texts, None)
                await self._screens.show(destination_of(message), Screen(words("tg-anonymous"), []))

    async def _admit(self, account: User, chat: Chat | None, words: Words) -> tuple[bool, Refusal | None]:
        """Whether it is an admin, and why they are not served, if so."""
        user = UserId(f"telegram:{account.id}")
        person = KnownUser(
            user=user,
            name=cut(account.full_name, NAME_LIMIT),
            language=words.language,
            chat=str(chat.id) if chat and chat.type == ChatType.PRIVATE else None,
            seen_at=self._clock.now(),
        )
        try:
            decision = await self._authorize(person, Subject(f"telegram:{chat.id}" if chat else user))
        except StoreUnavailable as error:
            return False, Refusal(text=words.error(error))
        return decision.admission is AccessPolicy.ADMIN, _refusal(decision, words)

    async def _preferences_of(self, user: UserId) -> Preferences:
        try:
            return await self._preferences.get(user)
        except StoreUnavailable:
            return Preferences(user=user)


def _refusal(decision: AccessDecision, words: Words) -> Refusal | None:
    match decision.admission:
        case AccessPolicy.STRANGER:
            return Refusal(text=words.plain("tg-stranger"), is_stranger=True)
        case AccessPolicy.BLOCKED:
            reason = (decision.block.reason if decision.block else "") or "none"
            return Refusal(text=words.plain("tg-blocked", reason=reason) if decision.is_notified else None)
        case _:
            return None


class RefreshNotices(BaseMiddleware):
    """Before every update: what is known about models is not older than it may be."""

    def __init__(self, notices: ModelNotices) -> None:
        self._notices = notices

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        await self._notices.refresh()
        return await handler(event, data)


class SeenWords(BaseMiddleware):
    """Remembers the words of messages, by a hash, in this process alone.

    Telegram sends an edit for each step of a live location, for a link's preview and for a reaction, too.
    """

    def __init__(self) -> None:
        self._hashes: OrderedDict[tuple[int, int], int] = OrderedDict()

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        if isinstance(event, Message) and event.edit_date is None:
            self._remember(event)
        return await handler(event, data)

    def changed(self, message: Message) -> bool:
        """Whether a person changed the words of this message since it was last looked at."""
        known = self._hashes.get((message.chat.id, message.message_id))
        self._remember(message)
        return known is not None and known != hash(words_of(message))

    def _remember(self, message: Message) -> None:
        self._hashes[message.chat.id, message.message_id] = hash(words_of(message))
        if len(self._hashes) > MESSAGES_KEPT:
            self._hashes.popitem(last=False)


class FileIntake(BaseMiddleware):
    """Answers an empty file with a sentence, and lets the bytes of a document say what it is where nothing else does."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        assert isinstance(event, Message)  # noqa: S101  # registered for messages alone
        quoted = event.reply_to_message
        if any(file.size_bytes == 0 for file in (media_of(event), answered_media(event)) if file):
            person: Person = data["person"]
            screens: Screens = data["screens"]
            await screens.show(destination_of(event), Screen(person.words("tg-file-empty"), []))
            return None
        if quoted is not None:
            event = event.model_copy(update={"reply_to_message": await _identified(quoted, data["bot"])})
        return await handler(await _identified(event, data["bot"]), data)


async def _identified(message: Message, bot: Bot) -> Message:
    file = media_of(message)
    if message.document is None or file is None or file.mime != UNKNOWN:
        return message
    document = message.document.model_copy(update={"mime_type": await TelegramAttachments(bot).type_of(file)})
    return message.model_copy(update={"document": document})
