"""Use case: the models in order, by task, by maker, a person's favourites, the last used, the newest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from domain.good_at import Strength, good_at
from domain.model import Model, ModelId, ModelType
from domain.preferences import Preferences
from domain.quality import QualityOrder
from domain.reading import Preference
from domain.use import FACTS, Use

LOOKED_AT: Final = 60
"""How many of the newest generations are looked through for the models used last."""
NEWEST: Final = 24


class ShelfKind(StrEnum):
    """``tasks`` and ``vendors`` list shelves, the others list models."""

    TASKS = "tasks"
    VENDORS = "vendors"
    TASK = "task"
    VENDOR = "vendor"
    FAVOURITES = "favourites"
    RECENT = "recent"
    NEW = "new"


@frozen(kw_only=True)
class Shelf:
    """``name`` is a model type (``task``) or a maker (``vendor``), and empty for the others."""

    kind: ShelfKind
    name: str = ""


@frozen(kw_only=True)
class ShelfContent:
    """``models`` of one shelf, or the ``groups`` that lead to other shelves with the number of models on each.
    ``marks`` say which of a task's models are the best, the fast and the cheap one."""

    models: Sequence[Model] = ()
    marks: Mapping[ModelId, Preference] = field(factory=dict)
    groups: Sequence[tuple[Shelf, int]] = ()


@frozen(kw_only=True)
class BrowseModels:
    """Models on offer alone, except among favourites: what a person chose is not taken away in silence."""

    _catalog: ModelCatalog
    _generations: GenerationStore
    _quality: QualityOrder = field(factory=QualityOrder)

    async def __call__(self, shelf: Shelf, preferences: Preferences) -> ShelfContent:
        """Return what stands on the shelf; nothing where there is no such task or maker. Raises ``StoreUnavailable``."""
        match shelf.kind:
            case ShelfKind.TASKS:
                return ShelfContent(groups=self._tasks())
            case ShelfKind.VENDORS:
                return ShelfContent(groups=self._vendors())
            case ShelfKind.TASK:
                return self._of_task(shelf.name)
            case ShelfKind.VENDOR:
                return ShelfContent(models=[model for model in self._catalog.offered() if model.vendor == shelf.name])
            case ShelfKind.FAVOURITES:
                found = (self._catalog.find(name) for name in preferences.favourites)
                return ShelfContent(models=[model for model in found if model])
            case ShelfKind.RECENT:
                return ShelfContent(models=await self._recent(preferences))
            case ShelfKind.NEW:
                return ShelfContent(models=self._newest())

    def good_at(self, model: Model) -> Sequence[Strength]:
        """Return what sets the model apart in a list."""
        return good_at(model, self._quality)

    def _of_task(self, name: str) -> ShelfContent:
        """The models of a task, the best first as far as the quality data speaks of it."""
        models = [model for model in self._catalog.offered() if model.type == name]
        uses = [use for use in Use if FACTS[use].tasks[0] == name and use in self._quality.uses]
        facts = self._quality.uses[uses[0]] if uses else None
        if facts is None:
            return ShelfContent(models=models)
        places = {model_id: place for place, model_id in enumerate(facts.models)}
        marks = {facts.cheap: Preference.CHEAP, **({facts.fast: Preference.FAST} if facts.fast else {})}
        return ShelfContent(
            models=sorted(models, key=lambda model: places.get(model.id, len(places))),
            marks={**marks, facts.best: Preference.BEST},
        )

    def _tasks(self) -> Sequence[tuple[Shelf, int]]:
        counts = Counter(model.type for model in self._catalog.offered())
        return [(Shelf(kind=ShelfKind.TASK, name=type_), counts[type_]) for type_ in ModelType if counts[type_]]

    def _vendors(self) -> Sequence[tuple[Shelf, int]]:
        counts = Counter(model.vendor for model in self._catalog.offered())
        return [(Shelf(kind=ShelfKind.VENDOR, name=name), counts[name]) for name in sorted(counts, key=str.casefold)]

    def _newest(self) -> Sequence[Model]:
        """By when the provider's documents first had them, as far as our copies of these tell."""
        seen = [model for model in self._catalog.offered() if model.docs_seen]
        return sorted(seen, key=lambda model: min(model.docs_seen), reverse=True)[:NEWEST]

    async def _recent(self, preferences: Preferences) -> Sequence[Model]:
        generations = await self._generations.history(preferences.user, limit=LOOKED_AT)
        names = dict.fromkeys(generation.model_id for generation in generations)
        return [model for name in names if (model := self._catalog.find(name)) and model.is_offered]
