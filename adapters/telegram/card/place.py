"""Which page of a card is open: what ``Draft.view`` holds."""

from enum import StrEnum

from attrs import frozen

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
class Place:
    """``parameter`` is an index into the model's parameters; ``number`` counts the screens of a long list from 0."""

    page: Page = Page.MAIN
    parameter: int = 0
    number: int = 0
    search: str = ""

    @classmethod
    def read(cls, view: str) -> "Place":
        """Of ``write``. Anything else is the main page: a card of an older version stays usable."""
        try:
            page, parameter, number, search = view.split("|", 3)
            return cls(page=Page(page), parameter=int(parameter), number=int(number), search=search)
        except ValueError:
            return cls()

    def write(self) -> str:
        """For ``Draft.view``."""
        return f"{self.page}|{self.parameter}|{self.number}|{self.search}"


def parameter_at(model: Model, index: int) -> Parameter:
    """The parameter a button means. Raises StaleButton."""
    parameters = list(model.parameters.values())
    if not 0 <= index < len(parameters):
        raise StaleButton
    return parameters[index]


def index_of(model: Model, parameter: Parameter) -> int:
    """Its place among the model's parameters, for buttons."""
    return list(model.parameters).index(parameter.name)
