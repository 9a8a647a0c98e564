"""Which models an expert would offer first, by use: data with a date and a source."""

from collections.abc import Mapping

from attrs import evolve, field, frozen

from domain.model import ModelId


@frozen(kw_only=True)
class SpeedOrder:
    """The quick models of one use, the quickest first; ``as_of`` and ``source`` as in ``UseQuality``."""

    models: tuple[ModelId, ...] = ()
    as_of: str = ""
    source: str = ""


@frozen(kw_only=True)
class UseQuality:
    """Models for one use, the best first.

    ``first`` is for a person who says nothing about it; ``best`` where money is no matter; ``cheap`` the cheapest good one.
    ``only``: no other model serves this use, whatever its task type. ``as_of`` is the day, or the month, of the newest reading
    of a board that the order follows, else of our own judgement; ``source`` says which, in words for an operator.
    """

    first: ModelId
    best: ModelId
    cheap: ModelId
    as_of: str
    source: str
    only: bool = False
    models: tuple[ModelId, ...] = ()
    speed: SpeedOrder = SpeedOrder()
    fast: ModelId | None = field(init=False)
    """The quickest good one; None where nothing is known of speed."""

    @fast.default
    def _quickest(self) -> ModelId | None:
        return next(iter(self.speed.models), None)

    def with_fastest(self, name: ModelId) -> "UseQuality":
        """The same with this model as the quickest."""
        others = (one for one in self.speed.models if one != name)
        return evolve(self, speed=evolve(self.speed, models=(name, *others)))


@frozen(kw_only=True)
class QualityOrder:
    """The order of models by use. ``purposes``: what models are for that do one thing, where no setting of theirs says it."""

    uses: Mapping[str, UseQuality] = field(factory=dict)
    purposes: Mapping[ModelId, str] = field(factory=dict)

    def specialists(self) -> frozenset[ModelId]:
        """Models of one purpose: listed for nothing but uses that no unlisted model serves."""
        special = {name for use in self.uses.values() if use.only for name in use.models}
        general = {name for use in self.uses.values() if not use.only for name in use.models}
        return frozenset(special - general)
