"""The life of a generation, as a value: every change is a named method that returns a new one.

``queued → submitting → running → delivering → delivered | undeliverable``, with ``cancelled`` from queued only, and
``unknown`` where the provider may or may not have started (a lost answer, a crash after the request left). A success and a
failure are both delivered. An event that does not fit raises ``InvalidTransition``.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from attrs import evolve, field, frozen

from domain.errors import InvalidTransition
from domain.failure import Failure
from domain.media import MediaKind
from domain.model import ModelId
from domain.provider_account import MAIN_ACCOUNT, AccountName
from domain.reservation import Reservation, credits_of

GenerationId = NewType("GenerationId", str)
"""Our own: 16 characters of ``a-z0-9``, short enough for a button's 64 bytes."""

TaskId = NewType("TaskId", str)
"""The provider's."""

UserId = NewType("UserId", str)
"""``telegram:123456``, ``cli:name``: a person, together with the front end that knows them."""


class GenerationState(StrEnum):
    """Where a generation stands. The row is written in ``queued`` before anything leaves the process."""

    QUEUED = "queued"
    SUBMITTING = "submitting"
    UNKNOWN = "unknown"
    RUNNING = "running"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    CANCELLED = "cancelled"


S = GenerationState
TERMINAL: Final = frozenset({S.DELIVERED, S.UNDELIVERABLE, S.CANCELLED})
UNFINISHED: Final = frozenset(S) - TERMINAL

TRANSITIONS: Final[Mapping[GenerationState, frozenset[GenerationState]]] = {
    S.QUEUED: frozenset({S.SUBMITTING, S.DELIVERING, S.CANCELLED}),
    S.SUBMITTING: frozenset({S.RUNNING, S.QUEUED, S.UNKNOWN, S.DELIVERING}),
    S.UNKNOWN: frozenset({S.RUNNING, S.DELIVERING}),
    S.RUNNING: frozenset({S.DELIVERING}),
    S.DELIVERING: frozenset({S.DELIVERED, S.UNDELIVERABLE}),
    S.DELIVERED: frozenset(),
    S.UNDELIVERABLE: frozenset(),
    S.CANCELLED: frozenset(),
}


@frozen(kw_only=True)
class Destination:
    """Where a person is answered. Ids are the front end's own, as text; ``reply_to`` is the message that asked."""

    chat: str
    thread: str | None = None
    reply_to: str | None = None

    @property
    def front_end(self) -> str:
        """Which front end answers there: what stands before a colon in ``chat``, else ``telegram``, whose chats are numbers."""
        name, colon, _ = self.chat.partition(":")
        return name if colon else "telegram"


@frozen(kw_only=True)
class Result:
    """One thing that came out: media behind ``url``, or ``text``; exactly one of them.

    The provider deletes its files (14 days, ``kie/API.md`` §6), so a URL is not kept for ever. ``id`` is the provider's own
    for this one thing (a song), which later models name. ``title``, ``seconds`` and ``cover_url`` where it says them.
    """

    kind: MediaKind
    url: str | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)
    id: str | None = None
    title: str | None = None
    seconds: float | None = None
    cover_url: str | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        if (self.url is None) == (self.text is None):
            raise ValueError("a result is a URL or a text")

    def is_named_by(self, one: str) -> bool:
        """Whether an id is the provider's for it, or one that its text says."""
        return one == self.id or (self.text is not None and one in self.text)


@frozen(kw_only=True)
class Receipt:
    """Proof that part of a result reached the chat: which results, in which message, kept under which file ids.

    ``file_ids`` has one for each index, empty text for what the front end does not keep; or none at all. ``forms`` are its
    own words for how each file went (``photo``, ``document``), one a file id; none where no one wrote them down.
    Of several receipts for one result the last one counts.
    """

    indexes: tuple[int, ...]
    message: str
    file_ids: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


@frozen(kw_only=True)
class Generation:
    """One wish of one user for one model, from accepted to delivered.

    ``input`` is normalised (exactly what the provider wants) except that an ``Attachment`` may stand where a URL goes.
    ``request_key`` is the front end's name for the request: adding a second generation with the same key changes nothing.
    ``secret`` is the unguessable part of the callback URL. ``reported_task_id`` is what a callback said before we knew.
    ``progress_message`` is the message that is edited in place while the user waits; a ``quiet`` one's does not wait
    any more, and is to be disturbed no further.
    ``reserved_credits`` is the estimate at acceptance, None where the registry knows no price.
    ``reservation`` is what its user agreed to pay, None where users pay nothing; the ledger holds it back until the end.
    ``account`` is where the task was created at the provider, as far as it was submitted: only there it can be read.
    ``usual_s``: how long a task of its model usually took when this one began, None where no one knew.
    ``version`` belongs to the store (compare-and-set). ``trace`` is where its trace goes on (W3C traceparent), None where nothing
    is traced. ``input_changed``: the next save is to write the input again. Times are aware UTC.
    """

    id: GenerationId
    user: UserId
    destination: Destination
    language: str
    model_id: ModelId
    input: Mapping[str, object] = field(repr=False)
    created_at: datetime
    request_key: str
    secret: str = field(repr=False)
    forced: bool = False
    reserved_credits: float | None = None
    reservation: Reservation | None = None
    state: GenerationState = S.QUEUED
    version: int = 0
    account: AccountName = MAIN_ACCOUNT
    task_id: TaskId | None = None
    reported_task_id: TaskId | None = None
    results: tuple[Result, ...] = ()
    failure: Failure | None = None
    charged_credits: float | None = None
    receipts: tuple[Receipt, ...] = ()
    progress_message: str | None = None
    quiet: bool = False
    submitted_at: datetime | None = None
    ended_at: datetime | None = None
    closed_at: datetime | None = None
    usual_s: float | None = None
    trace: str | None = field(default=None, eq=False)
    input_changed: bool = field(default=False, eq=False)

    @property
    def is_terminal(self) -> bool:
        return self.state in TERMINAL

    @property
    def prompt(self) -> str:
        """The person's own words: the parameter that is called so, else the longest text that is neither an address nor a
        single word. Empty where there are none."""
        prompt = self.input.get("prompt")
        if isinstance(prompt, str):
            return prompt.strip()
        texts = [value.strip() for value in self.input.values() if isinstance(value, str) and "://" not in value]
        return max((text for text in texts if " " in text), key=len, default="")

    @property
    def agreed_credits(self) -> float | None:
        """The most its user pays, in their credits; the estimate where users pay nothing."""
        return self.reserved_credits if self.reservation is None else float(credits_of(self.reservation.units))

    @property
    def paid_credits(self) -> float | None:
        """What its user pays for the results, in their credits; what the provider took where users pay nothing.

        None where that is not known, or there is no result.
        """
        if self.reservation is None or not self.results:
            return self.charged_credits
        return float(credits_of(self.reservation.charge(self.charged_credits)))

    @property
    def counted_credits(self) -> float:
        """What counts in daily limits: what its user pays, in their credits; until that is known, the most it can be.

        Where users pay nothing, what the provider took. What has failed or was cancelled counts nothing, and is not asked.
        """
        known = self.charged_credits if self.ended_at else None
        if self.reservation is None:
            return (self.reserved_credits or 0.0) if known is None else known
        return float(credits_of(self.reservation.charge(known) if self.ended_at else self.reservation.units))

    @property
    def undelivered(self) -> tuple[int, ...]:
        """Indexes of the results that no receipt covers yet."""
        done = {index for receipt in self.receipts for index in receipt.indexes}
        return tuple(index for index in range(len(self.results)) if index not in done)

    def is_named_by(self, one: str) -> bool:
        """Whether an id is its own, its task's, a result's, or one that a result's text says (a persona, a voice)."""
        return one in (self.id, self.task_id) or any(result.is_named_by(one) for result in self.results)

    def cancelled(self, *, at: datetime) -> "Generation":
        """The user took the wish back while it was free."""
        return self._to(S.CANCELLED, closed_at=at)

    def measured(self, values: Mapping[str, object]) -> "Generation":
        """Its files were looked at: ``values`` are its input with what was found. Later quotes are of these."""
        self._must_be(S.QUEUED, "measured")
        return evolve(self, input=values, input_changed=True)

    def submitting(self, *, at: datetime, account: AccountName = MAIN_ACCOUNT) -> "Generation":
        """The create request is about to leave on this account. From here on a lost answer means: it may have started."""
        return self._to(S.SUBMITTING, submitted_at=at, account=account)

    def not_started(self) -> "Generation":
        """The provider certainly did not start; the wish goes back to the queue."""
        return self._to(S.QUEUED, submitted_at=None)

    def outcome_unknown(self) -> "Generation":
        """The answer to the create request was lost, or the process died with it."""
        return self._to(S.UNKNOWN)

    def running(self, task_id: TaskId, *, usual_s: float | None = None) -> "Generation":
        """The provider named the task, in its answer or in a callback."""
        return self._to(S.RUNNING, task_id=task_id, usual_s=usual_s)

    def succeeded(self, results: tuple[Result, ...], *, credits: float | None, at: datetime) -> "Generation":  # noqa: A002 - the field's word
        """The task ended with at least one result, which is about to be sent. ``credits``: what it cost, where the provider says."""
        if not results:
            raise InvalidTransition("a success without any result is a failure")
        self._must_be(S.RUNNING, "succeeded")
        return self._to(S.DELIVERING, results=results, charged_credits=credits, ended_at=at)

    def failed(self, failure: Failure, *, at: datetime) -> "Generation":
        """It will have no result, as its user is about to hear."""
        return self._to(S.DELIVERING, failure=failure, ended_at=at)

    def part_delivered(self, receipt: Receipt) -> "Generation":
        """A message with some of the results arrived in the chat."""
        self._must_be(S.DELIVERING, "part_delivered")
        return evolve(self, receipts=(*self.receipts, receipt))

    def sent_again(self, receipt: Receipt) -> "Generation":
        """Results that had arrived went once more; what was kept of them before counts no more, and nothing where the
        receipt names no files."""
        if self.state not in (S.DELIVERED, S.UNDELIVERABLE):
            raise InvalidTransition(f"sent_again does not fit {self.state}")
        return evolve(self, receipts=(*self.receipts, receipt))

    def delivered(self, *, at: datetime) -> "Generation":
        """Its user knows everything that there is to say."""
        return self._to(S.DELIVERED, closed_at=at)

    def undeliverable(self, *, at: datetime) -> "Generation":
        """The chat can't be reached any more (blocked, gone). The results stay in the history."""
        return self._to(S.UNDELIVERABLE, closed_at=at)

    def _to(self, state: GenerationState, **changes: object) -> "Generation":
        if state not in TRANSITIONS[self.state]:
            raise InvalidTransition(f"{self.state} can't become {state}")
        return evolve(self, state=state, **changes)  # type: ignore[arg-type]  # evolve's fields are checked by attrs

    def _must_be(self, state: GenerationState, event: str) -> None:
        if self.state is not state:
            raise InvalidTransition(f"{event} does not fit {self.state}")
