"""Step of an offer: the models for a reading, the best first, each with what it is for and what it still needs."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from attrs import field, frozen

from application.catalog.model_notices import OwnRecord
from application.ports.model_catalog import ModelCatalog
from domain.continuation import can_continue
from domain.media import MediaKind
from domain.model import Model, ModelId, ModelType
from domain.parameter_roles import task_parameter
from domain.quality import QualityOrder, UseQuality
from domain.reading import Preference, Reading, Topic
from domain.stated_values import MUST_BE_SAID, fill_stated
from domain.use import FACTS, Use, missing_files, needs_mask, takes_files, task_types

LEADS: Final = 0.4
LEADS_BY: Final = 12.0
"""Confidence, and how many times that of the next task, from which on a task is what is meant and may run with one tap;
otherwise there is a choice between tasks (measured: docs/understanding.md)."""
LIKELY: Final = 0.5
"""Confidence from which on a use that no model serves is not put aside for what one could do instead."""
SURE: Final = 0.65
"""Confidence from which on words are taken for talk, or for another wish than the one that is open."""
TASKS_TO_CHOOSE: Final = 3
KEPT: Final = 256
"""Uses with files whose models are kept: to look at every model's parameters takes most of the time of a ranking."""
MOST: Final = 12
"""Models listed for one reading."""

MORE_PRECISELY: Final[Mapping[Use, str]] = {
    Use.SPOKEN_PICTURE: "spoken_video",
    Use.OUTPAINT: "image_edit",
}
"""Uses whose order is that of another entry of the quality data."""
EVERYDAY: Final = (Use.PICTURE, Use.FILM, Use.IMAGE_EDIT, Use.ANIMATE, Use.SPEECH, Use.MUSIC)
"""What to show a person who asks for models in general."""


@frozen(kw_only=True)
class Ranked:
    """A model for a reading. ``mark`` says that it is the best, the fast or the cheap one of its use; ``missing`` lists
    the files to ask for. A model that the text is the title of may be for no ``use``."""

    model: Model
    use: Use | None
    mark: Preference | None = None
    is_named: bool = False
    missing: tuple[MediaKind, ...] = ()


@frozen(kw_only=True)
class RankModels:
    """Named models first, then the order of quality; where the reading is unsure, the tasks take turns. What often fails
    here goes behind the others.

    What does not depend on the reading is computed once.
    """

    _catalog: ModelCatalog
    _quality: QualityOrder
    _record: OwnRecord | None = None
    _types: Mapping[ModelId, frozenset[ModelType]] = field(init=False, repr=False, eq=False)
    _offered: Sequence[Model] = field(init=False, repr=False, eq=False)
    _specialists: frozenset[ModelId] = field(init=False, repr=False, eq=False)
    _able: Callable[[Use, tuple[MediaKind, ...]], Sequence[Model]] = field(init=False, repr=False, eq=False)

    @_offered.default
    def _those_on_offer(self) -> Sequence[Model]:
        return [one for one in self._catalog.offered() if not one.is_alias and not needs_mask(one)]

    @_types.default
    def _types_of_all(self) -> Mapping[ModelId, frozenset[ModelType]]:
        return {one.id: task_types(one) for one in self._catalog.models()}

    @_specialists.default
    def _of_one_purpose(self) -> frozenset[ModelId]:
        return self._quality.specialists()

    @_able.default
    def _kept(self) -> Callable[[Use, tuple[MediaKind, ...]], Sequence[Model]]:
        return lru_cache(KEPT)(self._those_able)

    def _those_able(self, use: Use, files: tuple[MediaKind, ...]) -> Sequence[Model]:
        """Those that take all the files; where none does, those that take one of each kind."""
        able = [one for one in self._offered if self._serves(one, use, files)]
        return able or [one for one in self._offered if self._serves(one, use, tuple(dict.fromkeys(files)))]

    def __call__(self, reading: Reading) -> Sequence[Ranked]:
        """The models, best first, each once; none where the reading is talk or nothing on offer does what is wanted."""
        if reading.topic is Topic.AVAILABILITY or (reading.topic is Topic.MODELS and reading.models):
            return self._of_names(reading)
        if reading.topic is Topic.MODELS:
            return self._of_catalogue(reading)
        if not reading.uses or reading.topic is not None:
            return ()
        is_sure = self.is_sure(reading)
        uses = reading.uses[:1] if is_sure and not reading.is_title else reading.uses
        columns = [list(self._of_use(one.use, reading)) for one in uses]
        titled = self._of_title(reading, columns)
        if not columns[0] and reading.uses[0].confidence >= LIKELY:  # what is meant is not on offer
            return titled
        if is_sure:
            return _each_once(chain(titled, columns[0]))[:MOST]
        firsts = list(_of_different_tasks(columns))
        named = [one for one in (*firsts, *chain(*columns[:TASKS_TO_CHOOSE])) if one.is_named]
        return _each_once(chain(titled, named, firsts, *columns[:TASKS_TO_CHOOSE]))[:MOST]

    def _of_title(self, reading: Reading, columns: Sequence[Sequence[Ranked]]) -> Sequence[Ranked]:
        """The models whose title the text is, whatever they are for."""
        if not reading.is_title:
            return ()
        named = {one.id for one in reading.models}
        found = [one for one in chain(*columns) if one.model.id in named]
        others = [one for one in self._catalog.models() if one.id in named - {each.model.id for each in found}]
        files = reading.files
        return [
            *found,
            *(Ranked(model=one, use=None, is_named=True, missing=missing_files(one, files)) for one in others),
        ]

    def continuing(self, use: Use, earlier: Model, made: Collection[MediaKind]) -> Sequence[Ranked]:
        """The models that do this by taking the task of ``earlier`` further, which made such media."""
        able = [one for one in self._offered if one.type in FACTS[use].tasks[:1] and can_continue(one, earlier, made)]
        return [Ranked(model=one, use=use) for one in able if _continues(one)]

    def is_sure(self, reading: Reading) -> bool:
        """Whether the reading leaves no doubt about the task."""
        if reading.topic is not None:
            return False
        shares: dict[ModelType, float] = {}
        for one in reading.uses:
            task = FACTS[one.use].tasks[0]
            shares[task] = shares.get(task, 0.0) + one.confidence
        first, second = [*sorted(shares.values(), reverse=True), 0.0, 0.0][:2]
        return first >= LEADS and first >= LEADS_BY * second

    def _of_catalogue(self, reading: Reading) -> Sequence[Ranked]:
        """For a person who asks for models: those of the task they speak of, else the first of every everyday use."""
        if (use := reading.spoken_of()) is not None:
            return _each_once(self._of_use(use, reading))[:MOST]
        firsts = (next(iter(self._of_use(use, reading)), None) for use in EVERYDAY)
        return [one for one in firsts if one is not None]

    def _of_names(self, reading: Reading) -> Sequence[Ranked]:
        """For a person who asks whether a model is there: the named ones, or what comes nearest where none is on offer."""
        uses = [one.use for one in reading.uses]
        here = [one for use in uses for one in self._of_use(use, reading) if one.is_named]
        ready = next((use for use in uses if reading.files or not FACTS[use].works_on), next(iter(uses), None))
        nearest = self._of_use(ready, reading) if ready and not here else ()
        return _each_once([*here, *nearest])[:MOST]

    def _of_use(self, use: Use, reading: Reading) -> Iterator[Ranked]:
        """The models that serve a use with these files: the named ones, then by quality; what lacks a file goes last."""
        able = self._able(use, tuple(reading.files))
        named = {one.id: one.distance for one in reading.models}
        facts = self._as_measured(self._facts(use))
        order = _order(facts, reading.preference)
        stated = {name: value for name, value in reading.parameters.items() if name in MUST_BE_SAID}

        def place(model: Model) -> tuple[object, ...]:
            is_named = model.id in named
            lacks = len(self._missing(model, use, reading.files)) if reading.files else 0
            by_type = model.type not in FACTS[use].tasks
            unsaid = len(fill_stated(model, stated).unsaid) if stated else 0
            place = order.get(model.id, len(order))
            fails = self._record is not None and self._record.is_unreliable(model.id)
            return (not is_named, named.get(model.id, 0), lacks, unsaid, fails, place, by_type)

        for model in sorted(able, key=place):
            yield Ranked(
                model=model,
                use=use,
                mark=_mark(model.id, facts),
                is_named=model.id in named,
                missing=self._missing(model, use, reading.files),
            )

    def _serves(self, model: Model, use: Use, files: Sequence[MediaKind]) -> bool:
        if self._types[model.id].isdisjoint(FACTS[use].tasks):
            return False
        facts = self._facts(use)
        if facts is not None and facts.only and model.id not in facts.models:
            return False
        if (facts is None or not facts.only) and model.id in self._specialists:
            return False
        wanted = files or FACTS[use].needs
        return not _continues(model) and takes_files(model, wanted)

    def _as_measured(self, facts: UseQuality | None) -> UseQuality | None:
        """With the model that was quickest here as the fast one, where enough of them were measured."""
        fastest = self._record.fastest(facts.models) if facts and self._record else None
        return facts.with_fastest(fastest) if facts and fastest else facts

    def _facts(self, use: Use) -> UseQuality | None:
        return self._quality.uses.get(MORE_PRECISELY.get(use, str(use)))

    def _missing(self, model: Model, use: Use, files: Sequence[MediaKind]) -> tuple[MediaKind, ...]:
        """The files to ask for: those the model needs, and those without which the use makes no sense."""
        of_use = [kind for kind in FACTS[use].needs if kind not in files]
        return tuple(dict.fromkeys([*of_use, *missing_files(model, files)]))


def _continues(model: Model) -> bool:
    """Whether the model works on nothing but an earlier task."""
    task = task_parameter(model)
    return task is not None and task.required


def _order(facts: UseQuality | None, preference: Preference | None) -> dict[ModelId, int]:
    """Places by quality: what the person prefers, the first offer, the best, the fast, the cheap, the rest."""
    if facts is None:
        return {}
    marked = {
        Preference.BEST: (facts.best,),
        Preference.FAST: facts.speed.models,
        Preference.CHEAP: (facts.cheap,),
    }
    wanted = marked[preference] if preference else ()
    ids = dict.fromkeys([*wanted, facts.first, facts.best, *facts.speed.models[:1], facts.cheap, *facts.models])
    return {name: place for place, name in enumerate(ids)}


def _mark(name: ModelId, facts: UseQuality | None) -> Preference | None:
    if facts is None:
        return None
    marks = ((facts.best, Preference.BEST), (facts.fast, Preference.FAST), (facts.cheap, Preference.CHEAP))
    return next((mark for marked, mark in marks if marked == name), None)


def _of_different_tasks(columns: Iterable[Sequence[Ranked]]) -> Iterator[Ranked]:
    """The first model of each use, one of a task."""
    seen: set[ModelType] = set()
    for column in columns:
        use = column[0].use if column else None
        if use and (task := FACTS[use].tasks[0]) not in seen and len(seen) < TASKS_TO_CHOOSE:
            seen.add(task)
            yield column[0]


def _each_once(ranked: Iterable[Ranked]) -> list[Ranked]:
    found: dict[ModelId, Ranked] = {}
    for one in ranked:
        found.setdefault(one.model.id, one)
    return list(found.values())
