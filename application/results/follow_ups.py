"""What a person can do with what they made, and about a failure, whatever the front end."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from random import randint
from typing import Final

from attrs import field, frozen

from application.catalog.find_models import media_of
from application.ports.model_catalog import ModelCatalog
from domain.continuation import values_to_continue
from domain.failure import FailureKind
from domain.generation import Generation
from domain.media import MediaKind
from domain.model import WORKS_ON, Model, ModelType
from domain.parameter_roles import prompt_parameter, seed_parameter
from domain.reference_set import CHARACTER_IDS
from domain.seed import with_another_seed
from domain.vocabulary import Vocabulary


@frozen(kw_only=True)
class Step:
    """Something to do next, with the models that do it. ``name`` is a model type or the name of a task of the vocabulary.

    ``continues``: the one model takes the earlier task by its id, and no file.
    """

    name: str
    models: tuple[Model, ...]
    continues: bool = False


@frozen(kw_only=True)
class NextSteps:
    """Computed from the registry's types: continuing the same task first, then what models on offer do with such media.

    What does not depend on the generation is computed once.
    """

    _catalog: ModelCatalog
    _vocabulary: Vocabulary
    _offered: Sequence[Model] = field(init=False, repr=False, eq=False)
    _takes_characters: bool = field(init=False, repr=False, eq=False)
    _steps: Mapping[MediaKind, Sequence[Step]] = field(init=False, repr=False, eq=False)

    @_offered.default
    def _best_first(self) -> Sequence[Model]:
        featured = {model_id: place for place, model_id in enumerate(self._vocabulary.featured)}
        offered = [model for model in self._catalog.offered() if not model.is_alias]
        return sorted(offered, key=lambda model: featured.get(model.id, len(featured)))

    @_takes_characters.default
    def _has_taker(self) -> bool:
        return any(CHARACTER_IDS in model.parameters for model in self._offered)

    @_steps.default
    def _by_kind(self) -> Mapping[MediaKind, Sequence[Step]]:
        return {kind: tuple(self._with_file(kind)) for kind in MediaKind}

    def __call__(self, generation: Generation) -> Sequence[Step]:
        """The steps from its results, best first; none where nothing was made but words."""
        made = list(dict.fromkeys(result.kind for result in generation.results if result.kind is not MediaKind.TEXT))
        steps = list(self._continuations(generation))
        for kind in made:
            steps += self._steps[kind]
        return list({(step.name, step.models[0].id): step for step in steps}.values())

    def may_keep_character(self, generation: Generation) -> bool:
        """Whether it has a picture to keep as a character, and a model on offer takes characters."""
        return self._takes_characters and any(result.kind is MediaKind.IMAGE for result in generation.results)

    def _continuations(self, generation: Generation) -> Iterator[Step]:
        for model in self._offered:
            if self.to_continue(model, generation) is not None:
                yield Step(name=model.type, models=(model,), continues=True)

    def to_continue(self, model: Model, generation: Generation) -> Mapping[str, object] | None:
        """Return what the model is given to take this generation further by its task's id; None where it can't."""
        return values_to_continue(model, self._catalog.find(generation.model_id), generation)

    def _with_file(self, kind: MediaKind) -> Iterator[Step]:
        """What most people want first: the best types, then named tasks, then the other types."""
        takers = [model for model in self._offered if kind in media_of(model) and kind in WORKS_ON[model.type]]
        types = {model.type: tuple(one for one in takers if one.type is model.type) for model in takers}
        best = [type_ for type_ in self._vocabulary.takers.get(kind, ()) if type_ in types]
        for type_ in best:
            yield Step(name=type_, models=types[type_])
        for task in self._vocabulary.tasks:
            if task.name and (able := tuple(model for model in takers if model.id in task.models)):
                yield Step(name=task.name, models=able)
        for type_ in ModelType:
            if type_ in types and type_ not in best:
                yield Step(name=type_, models=types[type_])


class FollowUp(StrEnum):
    """Stable names: buttons of earlier versions hold them."""

    AGAIN = "again"
    """The same values."""
    SEED = "seed"
    """The same with another seed."""
    PROMPT = "prompt"
    """A draft with the same values that asks for the words."""
    OPTIONS = "options"
    """A draft with the same values."""
    OTHER = "other"
    """The same words and files for another model."""


def repeats_of(model: Model | None) -> Sequence[FollowUp]:
    """Return the ways to make it again that fit the model; None: the registry does not have it any more."""
    seed = [FollowUp.SEED] if model and seed_parameter(model) else []
    prompt = [FollowUp.PROMPT] if model and prompt_parameter(model) else []
    return [FollowUp.AGAIN, *seed, *prompt]


def has_characters(generation: Generation) -> bool:
    """Whether it was made with characters."""
    return bool(generation.input.get(CHARACTER_IDS))


def values_again(follow_up: FollowUp, generation: Generation, model: Model) -> dict[str, object]:
    """Return the values to make it with once more."""
    values = dict(generation.input)
    return dict(with_another_seed(model, values, randint)) if follow_up is FollowUp.SEED else values


def words_for(step: Step, generation: Generation) -> str:
    """Return the words that go along to the next step.

    What changes a picture into a picture is asked what to do; what makes a film of it hears what is to be seen.
    """
    made = generation.results[0].kind
    return "" if any(model.output is made for model in step.models) else generation.prompt


REMEDIES: Final[Mapping[FailureKind, Sequence[FollowUp]]] = {
    FailureKind.INVALID_INPUT: (FollowUp.OPTIONS,),
    FailureKind.INPUT_REJECTED: (FollowUp.OPTIONS, FollowUp.OTHER),
    FailureKind.CONTENT_REFUSED: (FollowUp.PROMPT, FollowUp.OTHER),
    FailureKind.MODEL_UNAVAILABLE: (FollowUp.OTHER,),
    FailureKind.OUT_OF_CREDITS: (FollowUp.AGAIN,),
    FailureKind.UNAUTHORISED: (FollowUp.AGAIN,),
    FailureKind.USAGE_CAP: (FollowUp.AGAIN,),
    FailureKind.FILE_UNREACHABLE: (FollowUp.OPTIONS,),
    FailureKind.ATTACHMENT_LOST: (FollowUp.OPTIONS,),
    FailureKind.ATTACHMENT_EMPTY: (FollowUp.OPTIONS,),
    FailureKind.PROVIDER_UNAVAILABLE: (FollowUp.AGAIN,),
    FailureKind.GENERATION_FAILED: (FollowUp.AGAIN, FollowUp.OPTIONS, FollowUp.OTHER),
    FailureKind.PROVIDER_TIMED_OUT: (FollowUp.AGAIN, FollowUp.OPTIONS),
    FailureKind.NO_RESULT: (FollowUp.AGAIN,),
    FailureKind.UNREADABLE_RESULT: (FollowUp.AGAIN,),
    FailureKind.WAIT_EXPIRED: (FollowUp.AGAIN, FollowUp.OTHER),
    FailureKind.OUTCOME_UNKNOWN: (FollowUp.AGAIN,),
}
"""The most useful first. Every front end offers all of them under the bad news; topping up is the operator's."""
