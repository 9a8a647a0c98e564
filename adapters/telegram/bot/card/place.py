"""Which page of a card is open: what ``Draft.view`` holds."""

import json
from enum import StrEnum

from attrs import asdict, field, frozen

from domain.model import Model, Parameter


class StaleButton(Exception):
    """The button speaks of something the card no longer has. Never leaves the package."""


class Page(StrEnum):
    """``spent``: the wish was taken on, and the card does nothing any more. ``offer``: no model is chosen yet;
    ``browse``: the lists are open, and words search in them.

    ``confirm``: what it costs is asked about once more. ``keep``, ``rename``, ``search``: the next message is a preset's
    name, its new name (``search`` has its id), or what to look for in the history.
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
    SPENT = "spent"


@frozen(kw_only=True)
class Arrival:
    """What may go on with the next message: a text that an app cut into parts, or an album, one file a message.

    ``text_in`` is the parameter the text went into ("": the wish), ``text_at`` when its last part was sent (Unix time; 0:
    there is none) and ``is_full`` whether that part was as long as a message can be. ``is_told``: somebody was told that
    not all files of ``album`` have room.
    """

    text_in: str = ""
    text_at: int = 0
    is_full: bool = False
    album: str = ""
    is_told: bool = False


@frozen(kw_only=True)
class Place:
    """``parameter`` is an index into the model's parameters; ``number`` counts the screens of a long list from 0.

    In a ``scope`` (``adapters.telegram.bot.card.items``) all of it speaks of one item of a list.
    """

    page: Page = Page.MAIN
    parameter: int = 0
    number: int = 0
    search: str = ""
    scope: str = ""
    arrival: Arrival = field(factory=Arrival)

    @classmethod
    def read(cls, view: str) -> "Place":
        """Of ``write``. Anything else is the main page: a card of another version stays usable."""
        try:
            kept = json.loads(view)
            page, arrival = Page(kept.pop("page", "")), Arrival(**kept.pop("arrival", {}))
            return cls(page=page, arrival=arrival, **kept)
        except (ValueError, TypeError, AttributeError):
            return cls()

    def write(self) -> str:
        """For ``Draft.view``."""
        kept = asdict(self)
        kept["arrival"] = {name: value for name, value in kept["arrival"].items() if value}
        return json.dumps({name: value for name, value in kept.items() if value}, ensure_ascii=False)


def parameter_at(model: Model, index: int) -> Parameter:
    """The parameter a button means. Raises StaleButton."""
    parameters = list(model.parameters.values())
    if not 0 <= index < len(parameters):
        raise StaleButton
    return parameters[index]


def index_of(model: Model, parameter: Parameter) -> int:
    """Its place among the model's parameters, for buttons."""
    return list(model.parameters).index(parameter.name)
