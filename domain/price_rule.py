"""What a model costs, as rules over its own parameters. Data only; ``domain/price.py`` reads them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from domain.condition import Condition

MOST_CREDITS: Final = 100_000.0
"""Of one task, answer or unit. The dearest film costs some thousands; what is beyond would lock its user out for a day."""


class PriceUnit(StrEnum):
    """What the credits of a rule are for."""

    IMAGE = "image"
    VIDEO = "video"
    REQUEST = "request"
    SECOND = "second"
    """Of what comes out."""
    THOUSAND_CHARACTERS = "1000 characters"
    """Of the text that is spoken."""


@frozen(kw_only=True)
class Quantity:
    """How many units an input asks for. Exactly one of the first five says where the number is from.

    ``parameter``: its value. ``length_of``: the seconds of a file. ``characters_of``, ``speech_of``: the text at a path.
    ``ratio``: one parameter divided by another. ``results``: what comes back, known only afterwards.

    ``left_out`` is what the provider takes where the parameter is not given; ``auto`` maps a value that leaves the number to
    the model to the most it can mean; ``or_length_of`` is the file whose seconds count where there is no number;
    ``zero_means`` the file whose seconds a 0 stands for. ``maximum`` is the most the number can be, in its own unit.
    """

    parameter: str = ""
    length_of: str = ""
    characters_of: str = ""
    speech_of: str = ""
    ratio: tuple[str, str] = ("", "")
    results: bool = False
    maximum: float | None = None
    left_out: object = None
    auto: Mapping[str, float] = field(factory=lambda: MappingProxyType({}))
    or_length_of: str = ""
    zero_means: str = ""
    zero_maximum: float = 0.0
    characters_per_second: float = 0.0
    slowest: float = 0.0


@frozen(kw_only=True)
class Surcharge:
    """Credits for what goes in, on top of the rule's own.

    ``credits`` None is as many as the rule's. It counts pictures at ``images`` beyond the ``free`` ones, or the seconds of
    the film at ``seconds_of``, which are at most ``max_seconds``. What is not ``certain`` is in the most it can cost alone.
    """

    credits: float | None
    images: tuple[str, ...] = ()
    free: int = 0
    seconds_of: str = ""
    max_seconds: float = 0.0
    certain: bool = True


@frozen(kw_only=True)
class PriceRule:
    """One price: ``credits`` for each unit of ``per``, where every condition of ``when`` holds.

    Names in ``when`` that begin with ``$`` are no parameters: they are known from a file or an earlier task, if at all.
    ``at_most`` and ``at_least`` are the credits of a unit where sources differ. ``most_seconds`` bounds what goes in and comes
    out together.
    """

    credits: float
    unit: PriceUnit = PriceUnit.REQUEST
    when: Mapping[str, Condition] = field(factory=lambda: MappingProxyType({}))
    per: Quantity | None = None
    plus: tuple[Surcharge, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    most_seconds: float | None = None
    as_of: str
    source: str
    confidence: str = ""
    note: str = ""

    @property
    def dearest(self) -> float:
        return self.credits if self.at_most is None else self.at_most
