"""What to say to a person about an error: one table for every front end."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from math import ceil
from typing import Final

from attrs import field, frozen

from application.errors import (
    ApplicationError,
    AssistanceUnavailable,
    AttachmentLost,
    AttachmentUnavailable,
    CharacterRefused,
    ForgetRefused,
    GenerationNotFound,
    InsufficientCredits,
    LimitReached,
    MediaGone,
    MediaUnavailable,
    MessageRefused,
    ModelGone,
    ModelPaused,
    NotCancellable,
    PresetNotFound,
    PriceUnknown,
    ProviderUnavailable,
    ReferenceNotFound,
    RequestDeclined,
    StillRunning,
    StoreUnavailable,
    UploadRefused,
)
from domain.failure import Charged
from domain.reservation import credits_of
from domain.violation import Violation, ViolationCode

REFUSALS: Final = (
    LimitReached,
    InsufficientCredits,
    PriceUnknown,
    ModelPaused,
    GenerationNotFound,
    PresetNotFound,
    ModelGone,
    NotCancellable,
    StoreUnavailable,
    MessageRefused,
    AssistanceUnavailable,
    RequestDeclined,
    ForgetRefused,
    StillRunning,
    AttachmentLost,
    AttachmentUnavailable,
    CharacterRefused,
    MediaGone,
    MediaUnavailable,
    ProviderUnavailable,
    ReferenceNotFound,
    UploadRefused,
)
"""Errors that are an answer to what a person asked for, and no fault of the program."""


MINUTES_SAID: Final = 90
"""A longer wait is said in hours."""


@frozen(kw_only=True)
class Explanation:
    """``key`` names the text, in every language; ``values`` fill it."""

    key: str
    values: Mapping[str, object] = field(factory=dict)


def explain(error: ApplicationError) -> Explanation:
    """Return what to say about a request that did not become a generation, or an answer that could not be given."""
    match error:
        case LimitReached():
            values = {"allowed": error.allowed, **_room(error)}
            return Explanation(key=f"failure-{error.code}-{error.limit}", values=values)
        case InsufficientCredits():
            balance, cost = credits_of(error.balance_units), credits_of(error.cost_units)
            return Explanation(key=f"failure-{error.code}", values={"balance": balance, "cost": cost})
        case ForgetRefused():
            return Explanation(key=f"failure-{error.code}", values={"reason": error.reason})
        case ModelPaused():
            values = {"reason": error.reason or "none", "charged": Charged.NO}
            return Explanation(key=f"failure-{error.code}", values=values)
        case _:
            return Explanation(key=f"failure-{error.code}", values={"charged": Charged.NO})


def _room(error: LimitReached) -> Mapping[str, object]:
    """When there is room for what was refused: ``room`` names the text, ``wait`` counts its minutes or hours."""
    if not error.fits:
        return {"room": "never", "wait": 0}
    if error.room_in is None:
        return {"room": "later", "wait": 0}
    minutes = ceil(error.room_in / timedelta(minutes=1))
    return (
        {"room": "minutes", "wait": minutes}
        if minutes <= MINUTES_SAID
        else {"room": "hours", "wait": ceil(minutes / 60)}
    )


_OF_PARAMETERS: Final = ("name", "names", "given", "missing")


def values_for_people(
    violation: Violation, name_of: Callable[[str], str], value_of: Callable[[str], str]
) -> Mapping[str, object]:
    """Return what fills the text of a violation for people, who know parameters by the names that forms have for them.

    ``name_of`` says the name of a parameter, ``value_of`` a value.
    """
    values = dict(violation.values)
    if "rule" not in values and violation.code is not ViolationCode.AT_LEAST_ONE:
        return values
    for key in _OF_PARAMETERS:
        said = values.get(key)
        if isinstance(said, str):
            values[key] = _named(said, name_of)
        elif isinstance(said, Sequence):
            values[key] = [_named(str(one), name_of) for one in said]
    if isinstance(equal := values.get("equal"), Sequence):
        values["equal"] = [_equal(str(one), name_of, value_of) for one in equal]
    if values.get("kind") == "values" and isinstance(allowed := values.get("allowed"), Sequence):
        values["allowed"] = [value_of(str(one)) for one in allowed]
        values["actual"] = value_of(str(values["actual"]))
    return values


def _named(written: str, name_of: Callable[[str], str]) -> str:
    """``image_urls + prompt`` by both names, ``dialogue[].text`` by the name of the field."""
    return " + ".join(name_of(path.rpartition(".")[2].removesuffix("[]")) for path in written.split(" + "))


def _equal(written: str, name_of: Callable[[str], str], value_of: Callable[[str], str]) -> str:
    name, _, choices = written.partition(" = ")
    return f"{_named(name, name_of)} = {', '.join(map(value_of, choices.split(', ')))}"
