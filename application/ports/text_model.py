"""Port: one of the provider's chat models."""

from typing import Protocol

from attrs import field, frozen

from domain.media import MediaKind
from domain.text_call import TextModelId, TextPrices, TextQuestion


@frozen(kw_only=True)
class TextAnswer:
    """What the model wrote, never empty. ``credits`` is what it cost: as the provider says, else its tokens by the price
    list; None where neither is known."""

    text: str = field(repr=False)
    credits: float | None = None


class TextModel(Protocol):
    """Answers a question in one request. Every call costs: nothing in here repeats it."""

    @property
    def id(self) -> TextModelId:
        """Its name in the settings."""
        ...

    @property
    def vendor(self) -> str:
        """Who made it: where one vendor's model is down, its others may be, too."""
        ...

    @property
    def prices(self) -> TextPrices:
        """What its tokens cost at most."""
        ...

    @property
    def takes(self) -> frozenset[MediaKind]:
        """The files it takes beside words."""
        ...

    async def ask(self, question: TextQuestion, /, *, timeout_s: float) -> TextAnswer:
        """Ask once, within ``timeout_s`` seconds.

        Raises:
            ProviderRejected: the provider refuses us, or this question; it cost nothing.
            ProviderUnavailable: no answer this time; it cost nothing.
            ProviderOutcomeUnknown: the question left and no answer can be read; it may have cost.
        """
        ...
