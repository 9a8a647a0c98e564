"""Why a generation did not end in a result."""

from enum import StrEnum
from typing import Final

from attrs import frozen

from domain.provider_words import are_for_people
from domain.violation import Violation


class FailureKind(StrEnum):
    """Stable codes. Each has a text for people that says what happened, whether it cost anything and what to do next."""

    INVALID_INPUT = "invalid_input"
    INPUT_REJECTED = "input_rejected"
    CONTENT_REFUSED = "content_refused"
    MODEL_UNAVAILABLE = "model_unavailable"
    OUT_OF_CREDITS = "out_of_credits"
    UNAUTHORISED = "unauthorised"
    USAGE_CAP = "usage_cap"
    FILE_UNREACHABLE = "file_unreachable"
    ATTACHMENT_LOST = "attachment_lost"
    ATTACHMENT_EMPTY = "attachment_empty"
    PROVIDER_UNAVAILABLE = "provider_unavailable"
    GENERATION_FAILED = "generation_failed"
    PROVIDER_TIMED_OUT = "provider_timed_out"
    NO_RESULT = "no_result"
    UNREADABLE_RESULT = "unreadable_result"
    WAIT_EXPIRED = "wait_expired"
    OUTCOME_UNKNOWN = "outcome_unknown"


class Charged(StrEnum):
    """Whether the failure cost credits. Failed tasks are not charged (measured, ``kie/API.md`` §5)."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


PRICE: Final = "price"
"""A file turned out longer or larger than its sender said."""
PRICE_OF_UNREAD_LENGTH: Final = "price_of_unread_length"
PRICE_TODAY: Final = "price_today"
"""A price rose while the generation waited."""
_COSTS_MORE: Final = frozenset({PRICE, PRICE_OF_UNREAD_LENGTH, PRICE_TODAY})


@frozen(kw_only=True)
class Failure:
    """A generation's bad end.

    ``violation`` is what we found wrong with the input ourselves, once its files were measured.
    ``provider_code`` and ``provider_message`` are the provider's own words, for the operator and the small print;
    they are never the text a person is shown first.
    """

    kind: FailureKind
    charged: Charged = Charged.NO
    provider_code: str | None = None
    provider_message: str | None = None
    violation: Violation | None = None

    @property
    def costs_more(self) -> bool:
        """Whether it was not sent because it would cost more than was agreed."""
        return self.violation is not None and self.provider_code in _COSTS_MORE

    @property
    def key(self) -> str:
        """The key of the text for people."""
        return "failure-costs_more" if self.costs_more else f"failure-{self.kind}"

    @property
    def words_for_people(self) -> str | None:
        """The provider's message where it reads as a sentence; None where only the operator should see it."""
        message = self.provider_message
        return message if message and are_for_people(message) else None
