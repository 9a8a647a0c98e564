"""What to say to a person about an error: one table for every front end."""

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from application.errors import (
    ApplicationError,
    AssistanceUnavailable,
    ForgetRefused,
    GenerationNotFound,
    InsufficientCredits,
    LimitReached,
    MessageRefused,
    ModelGone,
    ModelPaused,
    NotCancellable,
    PresetNotFound,
    PriceUnknown,
    RequestDeclined,
    StillRunning,
    StoreUnavailable,
)
from domain.failure import Charged
from domain.reservation import credits_of

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
)
"""Errors that are an answer to what a person asked for, and no fault of the program."""


@frozen(kw_only=True)
class Explanation:
    """``key`` names the text, in every language; ``values`` fill it."""

    key: str
    values: Mapping[str, object] = field(factory=dict)


def explain(error: ApplicationError) -> Explanation:
    """Return what to say about a request that did not become a generation, or an answer that could not be given."""
    match error:
        case LimitReached():
            return Explanation(key=f"failure-{error.code}-{error.limit}", values={"allowed": error.allowed})
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
