"""Who writes, in which language, and whether we serve them."""

from attrs import field, frozen

from adapters.telegram.bot.words import Words
from domain.generation import UserId
from domain.preferences import Preferences


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
    """Someone is not served. ``text``, plain, is what they read; None: nothing. An invite lets a stranger in."""

    text: str | None
    is_stranger: bool = False
