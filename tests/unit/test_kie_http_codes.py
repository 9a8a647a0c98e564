"""Every code of KIE's, for each sort of call, has a meaning; the rows of kie/API.md §5 one by one."""

import pytest

from adapters.kie_http.codes import (
    Accepted,
    CallKind,
    Ended,
    Later,
    Meaning,
    Missing,
    RefusedCall,
    Unknown,
    failure_kind,
    meaning,
    status_meaning,
)
from adapters.kie_http.verdicts import error, verdict
from adapters.kie_http.wire import Answer, Cause, NoAnswer
from application.errors import ProviderOutcomeUnknown, ProviderRejected, ProviderUnavailable
from domain.failure import FailureKind as F

NO_KEY, NO_CREDITS, CAP = RefusedCall(F.UNAUTHORISED), RefusedCall(F.OUT_OF_CREDITS), RefusedCall(F.USAGE_CAP)
WRONG = RefusedCall(F.INPUT_REJECTED)

FOUR = (CallKind.CREATE, CallKind.READ, CallKind.UPLOAD, CallKind.ACCOUNT)
ROWS: list[tuple[int, Meaning, Meaning, Meaning, Meaning]] = [
    # code, create, read, upload, account
    (400, WRONG, Later(), WRONG, WRONG),
    (401, NO_KEY, NO_KEY, NO_KEY, NO_KEY),
    (402, NO_CREDITS, NO_CREDITS, NO_CREDITS, NO_CREDITS),
    (403, NO_KEY, NO_KEY, NO_KEY, NO_KEY),
    (404, RefusedCall(F.MODEL_UNAVAILABLE), Missing(), WRONG, WRONG),
    (408, Unknown(), Ended(F.PROVIDER_TIMED_OUT), Later(), Later()),
    (409, WRONG, Later(), WRONG, WRONG),
    (413, WRONG, Later(), WRONG, WRONG),
    (422, WRONG, Missing(), WRONG, WRONG),
    (429, Later(10.0), Later(10.0), Later(10.0), Later(10.0)),
    (430, Later(10.0), Later(10.0), Later(10.0), Later(10.0)),
    (433, CAP, CAP, CAP, CAP),
    (451, RefusedCall(F.FILE_UNREACHABLE), Ended(F.FILE_UNREACHABLE), WRONG, WRONG),
    (455, Later(120.0), Later(120.0), Later(120.0), Later(120.0)),
    (500, Unknown(), Later(), Later(), Later()),
    (501, RefusedCall(F.GENERATION_FAILED), Ended(F.GENERATION_FAILED), Later(), Later()),
    (505, RefusedCall(F.MODEL_UNAVAILABLE), Later(), Later(), Later()),
    (531, RefusedCall(F.GENERATION_FAILED), Ended(F.GENERATION_FAILED), Later(), Later()),
    (550, Later(30.0), Later(30.0), Later(30.0), Later(30.0)),
    (418, WRONG, Later(), WRONG, WRONG),
    (599, Unknown(), Later(), Later(), Later()),
    (0, Unknown(), Later(), Later(), Later()),
]


def test_a_character_is_made_by_either_code_of_success_and_repeated_after_a_server_fault() -> None:
    assert meaning(CallKind.CHARACTER, 0, "success") == Accepted()
    assert meaning(CallKind.CHARACTER, 500, "Internal error") == Later()
    assert isinstance(meaning(CallKind.CHARACTER, 422, "descriptions is required"), RefusedCall)


@pytest.mark.parametrize(("code", "create", "read", "upload", "account"), ROWS)
def test_a_code_means_what_its_row_says(
    code: int, create: Meaning, read: Meaning, upload: Meaning, account: Meaning
) -> None:
    assert [meaning(call, code, "") for call in FOUR] == [create, read, upload, account]


@pytest.mark.parametrize(
    ("code", "message", "expected"),
    [
        (500, "This field is required", WRONG),
        (500, "File type not supported", WRONG),
        (500, "aspect_ratio is not within the range of allowed options: invalid", WRONG),
        (500, "Your prompt was flagged by content policy", RefusedCall(F.CONTENT_REFUSED)),
        (500, "Server exception, please try again later", Unknown()),
        (500, "Internal error: invalid response from upstream", Unknown()),
        (500, "Something went wrong", Unknown()),
        (500, "", Unknown()),
        (400, "The prompt contains sensitive words", RefusedCall(F.CONTENT_REFUSED)),
        (422, "Content rejected: NSFW", RefusedCall(F.CONTENT_REFUSED)),
        (422, "The page does not exist or is not published", RefusedCall(F.MODEL_UNAVAILABLE)),
        (422, "Failed to fetch the image", RefusedCall(F.FILE_UNREACHABLE)),
        (400, "Unable to download image from URL", RefusedCall(F.FILE_UNREACHABLE)),
        (422, "duration must be one of 5, 10", WRONG),
        (422, "The uploaded file is too large", WRONG),
    ],
)
def test_the_words_of_a_refused_creation_say_what_is_wrong(code: int, message: str, expected: Meaning) -> None:
    assert meaning(CallKind.CREATE, code, message) == expected


@pytest.mark.parametrize(
    ("status", "create", "read"),
    [
        (301, Later(), Later()),
        (302, Unknown(), Later()),
        (307, Later(), Later()),
        (400, WRONG, Later()),
        (401, NO_KEY, NO_KEY),
        (403, NO_KEY, NO_KEY),
        (404, Later(), Later()),
        (408, Unknown(), Later()),
        (413, WRONG, Later()),
        (429, Later(10.0), Later(10.0)),
        (500, Unknown(), Later()),
        (502, Unknown(), Later()),
        (503, Unknown(), Later()),
        (524, Unknown(), Later()),
        (200, Unknown(), Later()),
    ],
)
def test_a_status_without_kies_envelope_proves_little(status: int, create: Meaning, read: Meaning) -> None:
    assert status_meaning(CallKind.CREATE, status) == create
    assert status_meaning(CallKind.READ, status) == read


@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        ("400", "", F.INPUT_REJECTED),
        ("402", "", F.OUT_OF_CREDITS),
        ("408", "", F.PROVIDER_TIMED_OUT),
        ("422", "", F.INPUT_REJECTED),
        ("429", "", F.PROVIDER_UNAVAILABLE),
        ("433", "", F.USAGE_CAP),
        ("451", "", F.FILE_UNREACHABLE),
        ("455", "", F.PROVIDER_UNAVAILABLE),
        ("500", "", F.GENERATION_FAILED),
        ("501", "", F.GENERATION_FAILED),
        ("505", "", F.MODEL_UNAVAILABLE),
        ("531", "", F.GENERATION_FAILED),
        ("550", "", F.PROVIDER_UNAVAILABLE),
        ("", "", F.GENERATION_FAILED),
        ("SENSITIVE_WORD_ERROR", "", F.CONTENT_REFUSED),
        ("500", "Your request was rejected by our safety system", F.CONTENT_REFUSED),
        ("422", "Prompt violates the usage policy", F.CONTENT_REFUSED),
        ("501", "Generation timed out", F.PROVIDER_TIMED_OUT),
    ],
)
def test_a_failed_task_is_distinguished_by_its_code_and_words(code: str, message: str, kind: F) -> None:
    assert failure_kind(code, message) is kind


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (NoAnswer(cause=Cause.NOT_SENT, reason="refused"), ProviderUnavailable),
        (NoAnswer(cause=Cause.LOST, reason="dropped"), ProviderOutcomeUnknown),
        (NoAnswer(cause=Cause.TOO_LARGE, reason="too large"), ProviderOutcomeUnknown),
        (NoAnswer(cause=Cause.STATUS, reason="html", status=502), ProviderOutcomeUnknown),
        (NoAnswer(cause=Cause.STATUS, reason="html", status=429), ProviderUnavailable),
        (Answer(code=401), ProviderRejected),
    ],
)
def test_only_a_creation_that_certainly_started_nothing_may_be_tried_again(
    outcome: Answer | NoAnswer, expected: type[Exception]
) -> None:
    found = verdict(CallKind.CREATE, outcome)
    assert isinstance(found, RefusedCall | Later | Unknown)
    assert type(error(found, outcome)) is expected


@pytest.mark.parametrize(("status", "meaning"), [(200, Ended(F.UNREADABLE_RESULT)), (502, Later()), (403, Later())])
def test_a_page_without_end_ends_a_task_only_where_it_stands_for_the_answer(
    status: int, meaning: Ended | Later
) -> None:
    outcome = NoAnswer(cause=Cause.TOO_LARGE, reason="too large", status=status)
    assert verdict(CallKind.READ, outcome) == meaning


def test_a_time_the_server_names_goes_before_our_own() -> None:
    outcome = Answer(code=429, retry_after_s=3.0)
    raised = error(Later(10.0), outcome)
    assert isinstance(raised, ProviderUnavailable)
    assert raised.retry_after_s == 3.0
