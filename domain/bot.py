"""A bot of this deployment, beside the one of the environment."""

from collections.abc import Mapping
from datetime import datetime
from typing import NewType

from attrs import field, frozen

from domain.generation import UserId

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
    bots: frozenset[BotId]


def bot_id_of(token: str) -> BotId:
    """Return whose token it is."""
    return BotId(token.partition(":")[0])
