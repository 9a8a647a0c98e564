"""Who writes, in which language, and whether we serve them."""

from contextlib import suppress
from typing import Final

import structlog
from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.types import Chat, Message, TelegramObject, Update, User
from attrs import field, frozen

from adapters.telegram.api.incoming import destination_of
from adapters.telegram.api.markup import cut
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.addressed import for_the_bot
from adapters.telegram.bot.middleware import Data, Handler
from adapters.telegram.bot.words import Words, words_for
from application.errors import ApplicationError, StoreUnavailable
from application.operating.authorize_user import AccessDecision, AccessPolicy, AuthorizeUser
from application.ports.clock import Clock
from application.ports.preference_store import PreferenceStore
from application.ports.texts import Texts
from domain.access import KnownUser, Subject
from domain.generation import UserId
from domain.preferences import Preferences

NAME_LIMIT: Final = 60
COMMON_COMMANDS: Final = ("start", "help", "generate", "models", "history", "cancel")
GUARDED: Final = ("message", "edited_message", "callback_query", "inline_query", "pre_checkout_query")
"""Updates whose guards know what to do with a refusal; of the others who is not served gets no answer."""


@frozen(kw_only=True)
class Person:
    """What handlers know of anyone who acts."""

    user: UserId
    words: Words
    is_admin: bool = False
    preferences: Preferences = field()

    @property
    def account(self) -> str:
        """The Telegram id, for buttons that say whose they are."""
        return self.user.partition(":")[2]

    @preferences.default
    def _defaults(self) -> Preferences:
        return Preferences(user=self.user)


@frozen(kw_only=True)
class Refusal:
    """Someone is not served. ``text``, plain, is what they are informed; None: nothing. An invite lets a stranger in."""

    text: str | None
    is_stranger: bool = False


@frozen(kw_only=True)
class PersonMiddleware:
    """Middleware of every update: gives handlers ``person``, and the guards ``refusal`` (None: served).

    Bots are passed over; those who write as their group or channel are informed that they can't be served so.
    """

    _screens: Screens
    _texts: Texts
    _preferences: PreferenceStore
    _meet_person: AuthorizeUser
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
            meeting = await self._meet_person(person, Subject(f"telegram:{chat.id}" if chat else user))
        except StoreUnavailable as error:
            return False, Refusal(text=words.error(error))
        return meeting.admission is AccessPolicy.ADMIN, _refusal(meeting, words)

    async def _preferences_of(self, user: UserId) -> Preferences:
        try:
            return await self._preferences.get(user)
        except StoreUnavailable:
            return Preferences(user=user)


def _refusal(meeting: AccessDecision, words: Words) -> Refusal | None:
    match meeting.admission:
        case AccessPolicy.STRANGER:
            return Refusal(text=words.plain("tg-stranger"), is_stranger=True)
        case AccessPolicy.BLOCKED:
            reason = (meeting.block.reason if meeting.block else "") or "none"
            return Refusal(text=words.plain("tg-blocked", reason=reason) if meeting.is_notified else None)
        case _:
            return None
