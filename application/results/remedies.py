"""What a person can do about a failure, as its words advise."""

from collections.abc import Mapping, Sequence
from typing import Final

from application.results.follow_ups import FollowUp
from domain.failure import FailureKind

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
