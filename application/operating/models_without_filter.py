"""Models whose pictures and films no content filter checks, for the operator."""

from collections.abc import Sequence

from attrs import frozen

from application.ports.model_catalog import ModelCatalog
from domain.media import MediaKind
from domain.model import Model
from domain.parameter_roles import safety_switches


@frozen
class ModelsWithoutFilter:
    """The offered picture and film models that have no switch for a content filter."""

    _catalog: ModelCatalog

    def __call__(self) -> Sequence[Model]:
        """Return them in the catalog's order."""
        seen = (MediaKind.IMAGE, MediaKind.VIDEO)
        offered = (model for model in self._catalog.models() if model.is_offered and model.output in seen)
        return [model for model in offered if not safety_switches(model)]
