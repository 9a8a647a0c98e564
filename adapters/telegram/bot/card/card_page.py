"""Which page of a card is open."""

import json
from collections.abc import Mapping
from enum import StrEnum

from attrs import asdict, field, frozen

from adapters.telegram.bot.paging import ROWS
from application.drafts.edits import Item
from domain.model import Model, Parameter
from domain.parameter_roles import optional_parameters


class StaleButton(Exception):
    """The button speaks of something the card no longer has. Never leaves the package."""


class CardPageKind(StrEnum):
    """``spent``: the card has run, and does nothing any more. ``offer``: no model is chosen yet; ``browse``: the lists are
    open, and words search in them.

    ``confirm``: what it costs is asked about once more. ``several``: models are chosen to run side by side. ``improved``: other words are shown, to be taken or left. ``keep``, ``rename``, ``search``: the next message is a preset's
    name, its new name, or what to look for in the history.
    """

    MAIN = ""
    MORE = "more"
    PARAMETER = "parameter"
    CONFIRM = "confirm"
    KEEP = "keep"
    RENAME = "rename"
    SEARCH = "search"
    BROWSE = "browse"
    OFFER = "offer"
    IMPROVED = "improved"
    SEVERAL = "several"
    SPENT = "spent"


@frozen(kw_only=True)
class IncomingBatch:
    """What may go on with the next message: a text that an app cut into parts, or an album, one file a message.

    ``text_in`` is the parameter the text went into ("": the wish), ``text_at`` when its last part was sent (Unix time; 0:
    there is none) and ``is_full`` whether that part was as long as a message can be. ``is_told``: the person was informed that
    not all files of ``album`` have room.
    """

    text_in: str = ""
    text_at: int = 0
    is_full: bool = False
    album: str = ""
    is_told: bool = False


@frozen(kw_only=True)
class CardPage:
    """``parameter`` is an index into the model's parameters; ``number`` counts the screens of a long list from 0.

    With a ``scope`` all of it speaks of one item of a list: ``4.2`` is the third item of the model's fifth parameter.
    """

    page: CardPageKind = CardPageKind.MAIN
    parameter: int = 0
    number: int = 0
    search: str = ""
    scope: str = ""
    batch: IncomingBatch = field(factory=IncomingBatch)

    @classmethod
    def read(cls, kept: object) -> "CardPage":
        """Return the page that ``write`` wrote. Anything else is the main page: a card of another version stays usable."""
        try:
            values = dict(kept) if isinstance(kept, Mapping) else json.loads(str(kept))
            batch = values.pop("batch", None) or values.pop("arrival", {})
            values.pop("arrival", None)
            return cls(page=CardPageKind(values.pop("page", "")), batch=IncomingBatch(**batch), **values)
        except (ValueError, TypeError, AttributeError):
            return cls()

    def write(self) -> Mapping[str, object]:
        """Return what differs from the main page, as JSON."""
        kept = asdict(self)
        kept["batch"] = {name: value for name, value in kept["batch"].items() if value}
        return {name: value for name, value in kept.items() if value}


def parameter_at(model: Model, index: int) -> Parameter:
    """Return the parameter that a button means. Raises StaleButton."""
    parameters = list(model.parameters.values())
    if not 0 <= index < len(parameters):
        raise StaleButton
    return parameters[index]


def index_of(model: Model, parameter: Parameter) -> int:
    """Return the parameter's place among the model's, for buttons."""
    return list(model.parameters).index(parameter.name)


def screen_under_more(model: Model, parameter: Parameter) -> int:
    """Return on which screen of "More" the parameter stands, from 0."""
    return list(optional_parameters(model)).index(parameter) // ROWS


def item_at(model: Model, scope: str) -> Item:
    """Return the item that a scope names. Raises StaleButton."""
    index, _, number = scope.partition(".")
    if not (index.isdecimal() and number.isdecimal()):
        raise StaleButton
    return Item(parameter=parameter_at(model, int(index)).name, number=int(number))
