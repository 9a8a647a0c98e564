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


@frozen(kw_only=True)
class Person:
    """What handlers know of whoever acts."""

    user: UserId
    words: Words
    is_admin: bool = False


@frozen(kw_only=True)
class People:
    """Middleware of every update: gives handlers ``person``. Bots and channels are nobody and are passed over.

    ``allowed`` None: everyone is served. Others get a polite refusal from the guard, told by ``is_stranger``.
    """

    _texts: Texts
    _preferences: PreferenceStore
    _allowed: Collection[UserId] | None
    _admins: Collection[UserId]

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> object:
        account: User | None = data.get("event_from_user")
        if account is None or account.is_bot:
            return None
        user = UserId(f"telegram:{account.id}")
        words = words_for(self._texts, await self._language_of(user, account.language_code))
        data["person"] = Person(user=user, words=words, is_admin=user in self._admins)
        data["is_stranger"] = not (self._allowed is None or user in self._allowed or user in self._admins)
        with structlog.contextvars.bound_contextvars(user=user):
            return await handler(event, data)

    async def _language_of(self, user: UserId, app_language: str | None) -> str | None:
        try:
            chosen = (await self._preferences.get(user)).language
        except StoreUnavailable:
            chosen = None
        return chosen or app_language
