"""Which models an expert would offer first, by use: data with a date and a source."""

from collections.abc import Mapping

from attrs import field, frozen

from domain.model import ModelId


@frozen(kw_only=True)
class UseQuality:
    """Models for one use, the best first.

    ``first`` is for a person who says nothing about it; ``best`` where money is no matter; ``fast`` and ``cheap`` the
    quickest and the cheapest good ones. ``only``: no other model serves this use, whatever its task type.
    """

    first: ModelId
    best: ModelId
    cheap: ModelId
    fast: ModelId | None = None
    only: bool = False
    models: tuple[ModelId, ...] = ()


@frozen(kw_only=True)
class QualityOrder:
    """The order of models by use; ``as_of`` is the day of the newest reading of a board.

    ``purposes``: what models are for that do one thing, where no setting of theirs says it.
    """

    as_of: str = ""
    source: str = ""
    uses: Mapping[str, UseQuality] = field(factory=dict)
    purposes: Mapping[ModelId, str] = field(factory=dict)

    def specialists(self) -> frozenset[ModelId]:
        """Models of one purpose: listed for nothing but uses that no unlisted model serves."""
        special = {name for use in self.uses.values() if use.only for name in use.models}
        general = {name for use in self.uses.values() if not use.only for name in use.models}
        return frozenset(special - general)
