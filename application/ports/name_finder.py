"""Port: the names that people give models."""

from typing import Protocol

from domain.model_names import LeadingName


class LeadingNameFinder(Protocol):
    """Knows names and nicknames of families, makers, versions and variants, in any script."""

    def at_start(self, text: str, /) -> LeadingName | None:
        """The models that the text begins with, a maker and its model as one; None where it begins with no name."""
        ...
