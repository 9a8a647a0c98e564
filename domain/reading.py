"""What a wish is understood as, before a model is chosen."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from domain.edit_steps import StepOrder
from domain.media import MediaKind
from domain.model import ModelId, ModelType
from domain.use import FACTS, Use

CLEAR_SHARE: Final = 0.65
"""Share of a use among all of them from which on talk speaks of it."""


class WishIntent(StrEnum):
    """How a wish is to be answered: with models, or with words alone."""

    WISH = "wish"
    PRICE = "price"
    ANSWER_HELP = "answer_help"
    MODELS_LIST = "models_list"
    DECLINE = "decline"
    CHAT = "chat"


class Topic(StrEnum):
    """What words that are no wish are about."""

    PRICE = "price"
    BALANCE = "balance"
    HELP = "help"
    ABILITIES = "abilities"
    TROUBLE = "trouble"
    MODELS = "models"
    AVAILABILITY = "availability"
    GREETING = "greeting"
    THANKS = "thanks"
    SMALL_TALK = "small_talk"
    ABUSE = "abuse"
    OTHER_SERVICE = "other_service"
    UNSAFE = "unsafe"


INTENTS: Mapping[Topic, WishIntent] = MappingProxyType(
    {
        Topic.PRICE: WishIntent.PRICE,
        Topic.BALANCE: WishIntent.PRICE,
        Topic.HELP: WishIntent.ANSWER_HELP,
        Topic.ABILITIES: WishIntent.ANSWER_HELP,
        Topic.TROUBLE: WishIntent.ANSWER_HELP,
        Topic.MODELS: WishIntent.MODELS_LIST,
        Topic.AVAILABILITY: WishIntent.MODELS_LIST,
        Topic.GREETING: WishIntent.CHAT,
        Topic.THANKS: WishIntent.CHAT,
        Topic.SMALL_TALK: WishIntent.CHAT,
        Topic.ABUSE: WishIntent.CHAT,
        Topic.OTHER_SERVICE: WishIntent.DECLINE,
        Topic.UNSAFE: WishIntent.DECLINE,
    }
)
"""How each topic is answered."""


class Preference(StrEnum):
    """What matters most to the person, where they say so."""

    BEST = "best"
    FAST = "fast"
    CHEAP = "cheap"


@frozen(kw_only=True)
class Wish:
    """What a person sent. ``attachments`` are the kinds of the files in the order sent; ``reply_to`` is the kind of the
    earlier result that the message answers."""

    text: str = ""
    attachments: tuple[MediaKind, ...] = ()
    reply_to: MediaKind | None = None


@frozen(kw_only=True)
class UseGuess:
    """One thing the wish may be for, with a confidence from 0 to 1."""

    use: Use
    confidence: float


@frozen(kw_only=True)
class TaskGuess:
    """One task type the wish may mean, with a confidence from 0 to 1."""

    type: ModelType
    confidence: float


@frozen(kw_only=True)
class NamedModel:
    """A model that the text names. ``distance`` counts what its full name says beyond the words: 0 is just this one."""

    id: ModelId
    distance: int = 0


@frozen(kw_only=True)
class LinkedFile:
    """A picture, film or sound that the text links to."""

    kind: MediaKind
    url: str = field(repr=False)


@frozen(kw_only=True)
class Reading:
    """How a wish is understood.

    ``uses`` and ``tasks`` are the likeliest first; there are no tasks where the intent is none that models serve. ``models``
    are those that the text names, the nearest first, whether on offer or not; ``is_title`` tells that the text is the title of
    the first and says nothing else. ``parameters`` are the values it states:
    ``duration`` (seconds), ``aspect_ratio``, ``resolution``, ``count``, ``sound`` and rarer ones; ``bare_values`` are all of
    them, whatever the use, where the text says nothing else: *vertical, please*. ``files`` are the
    kinds of all files there are: attached, answered or linked (``links``). ``prompt`` is what goes into the model. ``step``: the text is nothing
    but an order to a chain of edits.
    """

    intent: WishIntent
    confidence: float
    topic: Topic | None = None
    uses: tuple[UseGuess, ...] = ()
    tasks: tuple[TaskGuess, ...] = ()
    models: tuple[NamedModel, ...] = ()
    is_title: bool = False
    parameters: Mapping[str, object] = field(factory=dict)
    bare_values: Mapping[str, object] = field(factory=dict)
    prompt: str = ""
    language: str = "en"
    files: tuple[MediaKind, ...] = ()
    links: tuple[LinkedFile, ...] = ()
    preference: Preference | None = None
    step: StepOrder | None = None

    def spoken_of(self) -> Use | None:
        """The use that talk speaks of, as in *how much is a song*; None where it speaks of none or of several. Where there is
        no file, those that need none are meant before those that do."""
        without_file = [one for one in self.uses if not FACTS[one.use].works_on]
        return _clear(self.uses) or (None if self.files else _clear(without_file))


def _clear(uses: Sequence[UseGuess]) -> Use | None:
    """The first use, where it has most of what all have together."""
    whole = sum(one.confidence for one in uses)
    return uses[0].use if uses and uses[0].confidence >= CLEAR_SHARE * whole > 0 else None
