"""Use case: which model a command line begins with."""

import re
from collections.abc import Sequence
from typing import Final

from attrs import evolve, frozen

from application.catalog.find_models import FindModels
from application.ports.model_catalog import ModelCatalog
from application.ports.name_finder import LeadingNameFinder
from domain.model import Model
from domain.model_names import LeadingName

LONGEST_NAME: Final = 5
"""Words of the longest name that is tried."""
SHORTEST_FAMILY: Final = 3
CANDIDATES: Final = 8


@frozen(kw_only=True)
class MeantModel:
    """``model``: the one that is meant for certain; else ``candidates``, none where nothing is meant. ``rest`` follows it."""

    rest: str
    model: Model | None = None
    candidates: Sequence[Model] = ()


@frozen(kw_only=True)
class NameModel:
    """People write ids, titles, the name of a family and nicknames, in any letter case and spacing."""

    _catalog: ModelCatalog
    _find_models: FindModels
    _names: LeadingNameFinder

    def __call__(self, text: str) -> MeantModel:
        """Return the model, or those that may be meant: by whichever name takes in more of the words."""
        name, rest = _split(text, 1)
        if model := self._catalog.find(name) or self._catalog.find(name.lower()):
            return MeantModel(rest=rest, model=model)
        by_title = self._titled(text)
        heard = self._names.at_start(text)
        is_known = by_title.model or by_title.candidates
        if heard is None or (is_known and len(heard.rest) >= len(by_title.rest)):
            return by_title
        return self._of_heard(heard) or by_title

    def _of_heard(self, heard: LeadingName) -> MeantModel | None:
        here = [(one, model) for one in heard.models if (model := self._catalog.entry(one.id)) and model.is_offered]
        nearest = [model for one, model in here if one.distance == here[0][0].distance]
        if len(nearest) == 1:
            return MeantModel(rest=heard.rest, model=nearest[0])
        candidates = [model for _, model in here][:CANDIDATES]
        return MeantModel(rest=heard.rest, candidates=candidates) if candidates else None

    def _titled(self, text: str) -> MeantModel:
        if exact := self._exact(text):
            return exact
        for count in range(LONGEST_NAME, 0, -1):
            name, rest = _split(text, count)
            if alike := self._beginning_with(name):
                only = alike[0] if len(alike) == 1 else None
                ranked = self._family(name) or alike[:CANDIDATES]
                return MeantModel(rest=rest, model=only, candidates=() if only else ranked)
        return self._nicknamed(text)

    def _exact(self, text: str) -> MeantModel | None:
        for count in range(LONGEST_NAME, 0, -1):
            name, rest = _split(text, count)
            same = [
                model for model in self._catalog.offered() if _words(name) in (_words(model.title), _words(model.id))
            ]
            if name and len(same) == 1:
                return MeantModel(rest=rest, model=same[0])
        return None

    def _beginning_with(self, name: str) -> list[Model]:
        """Models whose title begins with these words."""
        words = _words(name)
        if len("".join(words)) < SHORTEST_FAMILY:
            return []
        return [model for model in self._catalog.offered() if _words(model.title)[: len(words)] == words]

    def _nicknamed(self, text: str) -> MeantModel:
        """Models of the maker or family that people call so, in one word or more."""
        name, rest = _split(text, 1)
        candidates = self._family(name)
        if candidates and (meant := self._of_maker(name, candidates[0].vendor)):
            return evolve(meant, rest=rest)
        while (
            candidates
            and (following := self._family(_split(rest, 1)[0]))
            and following[0].vendor == candidates[0].vendor
        ):
            rest = _split(rest, 1)[1]
        return MeantModel(rest=rest, candidates=candidates)

    def _of_maker(self, name: str, vendor: str) -> MeantModel | None:
        """What the part before a hyphen names, where the whole led to another maker's: no model of Kling is meant by ``suno-v5``."""
        first = re.split(r"[-_]", name)[0]
        if first == name:
            return None
        meant = self._titled(first)
        named = [meant.model] if meant.model else meant.candidates
        return meant if named and named[0].vendor != vendor else None

    def _family(self, name: str) -> Sequence[Model]:
        found = self._find_models(name, limit=CANDIDATES) if len(name) >= SHORTEST_FAMILY else []
        return found if len({model.vendor for model in found}) == 1 else []


def _split(text: str, count: int) -> tuple[str, str]:
    """The first ``count`` words and what follows; no name where there are fewer."""
    parts = text.split(maxsplit=count)
    if len(parts) < count:
        return "", ""
    return " ".join(parts[:count]), parts[count] if len(parts) > count else ""


def _words(name: str) -> list[str]:
    return re.findall(r"\w+(?:\.\w+)*", name.casefold())
