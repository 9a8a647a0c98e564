"""What a model is good at, in a few words: read off its parameters and the quality data, so that it changes with them."""

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from domain.capabilities import capabilities
from domain.media import MediaKind
from domain.model import Model, ParameterType
from domain.parameter_roles import prompt_parameter
from domain.quality import QualityOrder
from domain.stated_values import NAMES

AT_MOST: Final = 3
"""More is no help in choosing from a list."""
SPECIAL_USES: Final = (
    "picture_with_text",
    "spoken_video",
    "first_and_last_frame",
    "reference_to_video",
    "dialogue",
    "mask_edit",
    "layers",
    "motion_transfer",
)
"""Uses of the quality data that say more of a model than its task does."""
SEVERAL_PICTURES: Final = 3
VOICES: Final = "voice"


@frozen(kw_only=True)
class Strength:
    """``name`` is one of ``SPECIAL_USES``, a purpose of the quality data, or ``seconds``, ``resolution``, ``sound``,
    ``pictures``, ``voices``, ``factor``, ``at_once``, ``shapes``, ``letters``. ``value`` is the most of it; empty where it
    is or is not."""

    name: str
    value: str = ""


def good_at(model: Model, quality: QualityOrder) -> Sequence[Strength]:
    """Return what sets the model apart, the most telling first; where nothing does, what it has as others have."""
    telling = [*_special(model, quality), *_facts(model)]
    return (telling or list(_usual(model)))[:AT_MOST]


def _special(model: Model, quality: QualityOrder) -> Iterator[Strength]:
    if purpose := quality.purposes.get(model.id):
        yield Strength(name=purpose)
    for use in SPECIAL_USES:
        facts = quality.uses.get(use)
        if facts and model.id in facts.models:
            yield Strength(name=use)


def _facts(model: Model) -> Iterator[Strength]:
    known = capabilities(model)
    if model.output is MediaKind.VIDEO and known.lengths_s:
        yield Strength(name="seconds", value=str(known.lengths_s[-1]))
    if known.resolution:
        yield Strength(name="resolution", value=known.resolution)
    if factor := max(_values(model, *NAMES["scale"]), default=""):
        yield Strength(name="factor", value=factor)
    if model.output is MediaKind.VIDEO and _has_switch(model, *NAMES["sound"]):
        yield Strength(name="sound")
    if model.output in {MediaKind.IMAGE, MediaKind.VIDEO} and (known.pictures or 0) >= SEVERAL_PICTURES:
        yield Strength(name="pictures", value=str(known.pictures))
    if voices := len(_values(model, VOICES)):
        yield Strength(name="voices", value=str(voices))


def _usual(model: Model) -> Iterator[Strength]:
    if most := max((_most(model, name) for name in NAMES["count"]), default=0):
        yield Strength(name="at_once", value=str(most))
    if (shapes := len(_values(model, *NAMES["aspect_ratio"][:1]) or _values(model, *NAMES["aspect_ratio"]))) > 1:
        yield Strength(name="shapes", value=str(shapes))
    prompt = prompt_parameter(model)
    if prompt and prompt.maximum:
        yield Strength(name="letters", value=str(int(prompt.maximum)))


def _most(model: Model, name: str) -> int:
    """The largest number that the parameter takes, where it takes more than one."""
    parameter = model.parameters.get(name)
    if parameter is None:
        return 0
    most = max((int(value) for value in parameter.values), default=int(parameter.maximum or 0))
    return most if most > 1 else 0


def _values(model: Model, *names: str) -> Sequence[str]:
    return [str(value) for name in names if name in model.parameters for value in model.parameters[name].values]


def _has_switch(model: Model, *names: str) -> bool:
    switches = {ParameterType.BOOLEAN, ParameterType.ENUM}
    return any(name in model.parameters and model.parameters[name].type in switches for name in names)
