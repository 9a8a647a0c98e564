"""Use case: find the models for what a person says or sends."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from math import log
from typing import Final

from attrs import field, frozen
from rapidfuzz import fuzz, process

from application.ports.model_catalog import ModelCatalog
from domain.media import MediaKind
from domain.model import Model, ModelId, ModelType, Parameter
from domain.vocabulary import Vocabulary, stem, words_of

MOST_WORDS: Final = 24
"""Words of a text that are looked at: who asks for a model does it in fewer, and a prompt is no question."""
LIKENESS: Final = 80
SHORTEST_MISSPELT: Final = 4
"""Likeness (0 to 100) and length from which on a word counts as a known one misspelt."""
NAMED: Final = 0.5
"""Share of a text, by weight of words, that must name a model for the text to be about it."""
NAME_WEIGHT: Final = 4.0
"""A model someone names outweighs any task."""

WORTH: Final = 0.5
"""Share of the best score from which on a model is worth showing beside the best."""

MADE_FOR_IT: Final = 0.5
"""What a model that a task names scores beyond the others that can do it, in words of a phrase."""


@frozen
class FindModels:
    """Rank the models on offer: by their names, and by what people call what they do, in Russian and English.

    A few hundred models in well under 5 ms; everything that does not depend on the text is prepared once.
    """

    _catalog: ModelCatalog
    _vocabulary: Vocabulary
    _index: "_Index" = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_index", _Index.of(self._catalog.models(), self._vocabulary))

    def __call__(
        self,
        text: str = "",
        *,
        type: ModelType | None = None,  # noqa: A002  # the field's word
        vendor: str | None = None,
        takes: MediaKind | None = None,
        hidden: bool = False,
        limit: int | None = None,
    ) -> list[Model]:
        """Models that fit the text, best first; all of them, featured first, where there is no text.

        Empty where the text is about no model and no task: most likely it is a prompt. ``takes`` keeps models that take
        such media; ``hidden`` adds aliases and what is suspended or retired.
        """
        chosen = [
            model
            for model in (self._index.ranked if hidden else self._index.offered)
            if type in {None, model.type}
            and (vendor is None or vendor.casefold() == model.vendor.casefold())
            and (takes is None or takes in media_of(model))
        ]
        if text.strip():
            scores = self._index.scores(text)
            chosen = sorted((one for one in chosen if one.id in scores), key=lambda one: -scores[one.id])
            chosen = [one for one in chosen if scores[one.id] >= scores[chosen[0].id] * WORTH]
        return chosen[:limit]

    def unavailable(self, text: str) -> ModelType | None:
        """The task that a text names when no model on offer is made for it."""
        offered = {model.type for model in self._index.offered}
        named = self._index.types(text)
        return None if offered.intersection(named) else next(iter(named), None)

    def strange_words(self, text: str) -> int:
        """How many words of a text name neither a model nor a task."""
        return self._index.strange(text)


def media_of(model: Model) -> set[MediaKind]:
    """The kinds of files a model takes, at any depth."""
    return {one.media for one in _all_parameters(model.parameters.values()) if one.media is not None}


def _all_parameters(parameters: Iterable[Parameter]) -> Iterator[Parameter]:
    for parameter in parameters:
        yield parameter
        yield from _all_parameters(parameter.fields)
        if parameter.items is not None:
            yield from _all_parameters([parameter.items])


@frozen(kw_only=True)
class _Phrase:
    """What people say for a task; ``type`` is what it is, None for a task of single models."""

    words: frozenset[str]
    doers: Mapping[ModelId, float]
    type: ModelType | None


@frozen(kw_only=True)
class _Index:
    """Words and models, prepared for searching. A word stands for its idea: the first of the words that mean the same."""

    ranked: Sequence[Model]
    offered: Sequence[Model]
    ideas: Mapping[str, str]
    ignored: frozenset[str]
    phrases: Sequence[_Phrase]
    names: Mapping[ModelId, frozenset[str]]
    weights: Mapping[str, float]

    @classmethod
    def of(cls, models: Sequence[Model], vocabulary: Vocabulary) -> "_Index":
        featured = {model_id: place for place, model_id in enumerate(vocabulary.featured)}
        ranked = sorted(models, key=lambda model: featured.get(model.id, len(featured)))
        ideas = {stem(word): stem(same[0]) for same in vocabulary.same for name in same for word in words_of(name)}
        ignored = frozenset(stem(word) for word in vocabulary.ignored)

        def meaning(text: str) -> frozenset[str]:
            stems = (stem(word) for word in words_of(text))
            return _counted(ideas.get(one, one) for one in stems if one not in ignored)

        phrases = [
            _Phrase(
                words=meaning(phrase), doers=_doers(ranked, task.types, task.models), type=next(iter(task.types), None)
            )
            for task in vocabulary.tasks
            for phrase in task.phrases
        ]
        phrases += [
            _Phrase(words=meaning(kind.value.replace("_", " ")), doers=_doers(ranked, (kind,), ()), type=kind)
            for kind in ModelType
        ]
        tasks_words = frozenset().union(*(phrase.words for phrase in phrases))
        names = {one.id: meaning(f"{one.id} {one.title} {one.vendor}") - tasks_words for one in models}
        counts = Counter(word for name in names.values() for word in name)
        weights = {word: log(1 + len(models) / count) for word, count in counts.items()}
        known = {word: word for word in (*tasks_words, *weights)} | ideas
        offered = [model for model in ranked if model.is_offered]
        return cls(
            ranked=ranked, offered=offered, ideas=known, ignored=ignored, phrases=phrases, names=names, weights=weights
        )

    def scores(self, text: str) -> dict[ModelId, float]:
        """A score above 0 for each model the text is about."""
        words = self._words(text)
        scores: dict[ModelId, float] = {}
        for phrase in self._fitting(words):
            for model_id, bonus in phrase.doers.items():
                scores[model_id] = max(scores.get(model_id, 0.0), len(phrase.words) + bonus)
        for model_id, share in self._named(words).items():
            scores[model_id] = scores.get(model_id, 0.0) + NAME_WEIGHT * share
        return scores

    def types(self, text: str) -> list[ModelType]:
        """What the tasks are that the text names in the most words."""
        fitting = self._fitting(self._words(text))
        most = max((len(phrase.words) for phrase in fitting), default=0)
        return [phrase.type for phrase in fitting if phrase.type and len(phrase.words) == most]

    def strange(self, text: str) -> int:
        """How many words are no part of a name or a task, nor near one."""
        return len([word for word in self._words(text) if word.split()[0] not in self.ideas])

    def _words(self, text: str) -> frozenset[str]:
        return _counted(islice(filter(None, map(self._idea, words_of(text))), MOST_WORDS))

    def _fitting(self, words: frozenset[str]) -> list[_Phrase]:
        """Who asks to animate a picture does not ask for a picture: of two phrases the longer one."""
        fitting = [phrase for phrase in self.phrases if phrase.words <= words]
        return [phrase for phrase in fitting if not any(phrase.words < other.words for other in fitting)]

    def _named(self, words: frozenset[str]) -> dict[ModelId, float]:
        """How much of the text, tasks aside, names each model; only those that it names for the most part."""
        tasks = {word for phrase in self.phrases for word in phrase.words}
        strange = log(1 + len(self.names))
        weights = {word: self.weights.get(word, strange) for word in words - tasks}
        total = sum(weights.values())
        shares = {
            model_id: sum(weights[word] for word in name & weights.keys()) / total
            for model_id, name in self.names.items()
            if name & weights.keys()
        }
        return {model_id: share for model_id, share in shares.items() if share >= NAMED}

    def _idea(self, word: str) -> str | None:
        """What a word means: known, misspelt, or itself; None where it means nothing."""
        root = stem(word)
        if root in self.ignored:
            return None
        if root in self.ideas or len(root) < SHORTEST_MISSPELT:
            return self.ideas.get(root, root)
        near = process.extractOne(root, self.ideas.keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS)
        return self.ideas[near[0]] if near and len(near[0]) >= SHORTEST_MISSPELT else root


def _counted(words: Iterable[str]) -> frozenset[str]:
    """A bag of words as a set: the second ``image`` of *image to image* is a word of its own."""
    seen: Counter[str] = Counter()
    counted = set()
    for word in words:
        seen[word] += 1
        counted.add(word if seen[word] == 1 else f"{word} {seen[word]}")
    return frozenset(counted)


def _doers(models: Sequence[Model], types: Sequence[ModelType], named: Sequence[ModelId]) -> dict[ModelId, float]:
    """Who does a task, each with what it scores beyond those of its type."""
    return {model.id: 0.0 for model in models if model.type in types} | dict.fromkeys(named, MADE_FOR_IT)
