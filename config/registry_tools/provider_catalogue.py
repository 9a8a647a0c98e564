"""Port: what the provider offers today, in its own words."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from attrs import frozen

from config.registry_tools.live_model import ListedModel, LiveForm, LivePrice
from domain.model import ModelId


class NoFormReason(StrEnum):
    """Why there is nothing to compare a model with."""

    NOT_SYNCED = "not_synced"
    """The provider has no schema of it yet."""
    UNREADABLE = "unreadable"
    """There is one, and we can't make sense of it. The next answer will be the same."""
    UNAVAILABLE = "unavailable"
    """The provider did not answer this time."""


@frozen(kw_only=True)
class NoForm:
    """No schema, and why. ``detail`` is for a developer, in English: where in it, or which code.

    ``create_path`` is where the model is called, when that much is known and it is not the common endpoint.
    """

    reason: NoFormReason
    detail: str = ""
    create_path: str | None = None


class ProviderCatalogue(Protocol):
    """Reads only; nothing is billed. Calls take as long as the provider's limit on them demands.

    Every call raises ``ProviderRejected`` where the provider refuses us altogether (key, credits).
    """

    async def listing(self) -> Sequence[ListedModel]:
        """Every model on offer: never a part of the list, never an empty one.

        Raises:
            ProviderUnavailable: the whole list could not be read.
        """
        ...

    async def form(self, model: ModelId, /) -> LiveForm | NoForm:
        """What a model takes. Trouble with one model is an answer about it, not an error."""
        ...

    async def price(self, model: ModelId, /) -> LivePrice | None:
        """What a model costs; None where that could not be read."""
        ...
