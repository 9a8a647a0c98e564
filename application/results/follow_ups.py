"""What a person can do with what they made, whatever the front end."""

from collections.abc import Sequence
from enum import StrEnum
from random import randint

from application.results.next_steps import Step
from domain.generation import Generation
from domain.model import Model
from domain.parameter_roles import prompt_parameter, seed_parameter
from domain.seed import with_another_seed


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


def values_again(follow_up: FollowUp, generation: Generation, model: Model) -> dict[str, object]:
    """Return the values to make it with once more."""
    values = dict(generation.input)
    return dict(with_another_seed(model, values, randint)) if follow_up is FollowUp.SEED else values


def words_for(step: Step, generation: Generation) -> str:
    """Return the words that go along to the next step.

    What changes a picture into a picture is informed what to do; what makes a film of it hears what is to be seen.
    """
    made = generation.results[0].kind
    return "" if any(model.output is made for model in step.models) else generation.prompt
