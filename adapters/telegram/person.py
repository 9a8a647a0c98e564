"""Who writes, in which language, and whether we serve them."""

from collections.abc import Awaitable, Callable, Collection
from typing import Any

import structlog
from aiogram.types import TelegramObject, User
from attrs import frozen

from adapters.telegram.words import Words, words_for
from application.errors import StoreUnavailable
from application.ports.preference_store import PreferenceStore
from application.ports.texts import Texts
from domain.generation import UserId

log = structlog.get_logger()


@frozen(kw_only=True)
class Person:
    """What handlers know of whoever acts."""

    user: UserId
    words: Words
    is_admin: bool = False


def user_id(telegram_id: int) -> UserId:
    """Our id of a Telegram account."""
    return UserId(f"telegram:{telegram_id}")


@frozen(kw_only=True)
class People:
    """Middleware of every update: gives handlers ``person``. Bots and channels are nobody and are passed over.

    ``allowed`` None: everyone is served. Others get a polite refusal from the guard, told by ``is_stranger``.
    """

    _texts: Texts
    _preferences: PreferenceStore
    _allowed: Collection[int] | None
    _admins: Collection[int]

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> object:
        user: User | None = data.get("event_from_user")
        if user is None or user.is_bot:
            return None
        data["person"] = Person(
            user=user_id(user.id),
            words=words_for(self._texts, await self._language_of(user)),
            is_admin=user.id in self._admins,
        )
        data["is_stranger"] = not (self._allowed is None or user.id in self._allowed or user.id in self._admins)
        with structlog.contextvars.bound_contextvars(user=user_id(user.id)):
            return await handler(event, data)

    async def _language_of(self, user: User) -> str | None:
        try:
            chosen = (await self._preferences.get(user_id(user.id))).language
        except StoreUnavailable:
            chosen = None
        return chosen or user.language_code
