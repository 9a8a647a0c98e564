"""A bot of this deployment, beside the one of the environment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NewType

from attrs import field, frozen

from domain.generation import UserId
from domain.provider_account import MAIN_ACCOUNT, AccountName

BotId = NewType("BotId", str)
"""The number before the colon of a bot's token. It stays the same when the token is replaced."""


@frozen(kw_only=True)
class BotRecord:
    """What is needed to run a bot. The secrets are open here and sealed at rest.

    ``kie_key`` names the account at the provider that pays for this bot; bots with the same key share its limits.
    ``options`` are settings that it has of its own, named and written as in the environment; they hold no secret.
    """

    id: BotId
    token: str = field(repr=False)
    kie_key: str = field(repr=False)
    admins: frozenset[UserId] = frozenset()
    options: Mapping[str, str] = field(factory=dict)
    added_at: datetime


@frozen(kw_only=True)
class ProviderAccount:
    """An account at the provider, by a name from which its key can't be found, and the bots that use it."""

    name: str
    bots: frozenset[str]
    """As ``account_user`` names them."""


@frozen(kw_only=True)
class FurtherAccount:
    """An account at the provider that pays for a bot beside its own, be it one of the directory or of the environment.

    ``is_paused``: no task is created on it any more, and those that run are still looked after. The key is open here and
    sealed at rest.
    """

    bot: BotId
    name: AccountName
    kie_key: str = field(repr=False)
    is_paused: bool = False
    added_at: datetime


Owner = tuple[BotId, AccountName]
"""A bot, and what it calls one of its accounts."""


@frozen(kw_only=True)
class ReadableBots:
    """The bots and accounts whose secrets can be opened, and the ``sealed`` ones; a bot of those stands there with ``MAIN_ACCOUNT``."""

    bots: Sequence[BotRecord]
    accounts: Sequence[FurtherAccount]
    sealed: frozenset[Owner] = frozenset()


def account_user(bot_id: BotId, account: AccountName) -> str:
    """Return how a bot is called among those that use an account: by its id, and behind a slash as which of its further accounts."""
    return bot_id if account == MAIN_ACCOUNT else f"{bot_id}/{account}"


def bot_id_of(token: str) -> BotId:
    """Return whose token it is."""
    return BotId(token.partition(":")[0])
