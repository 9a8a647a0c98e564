"""Port: the generations, durable."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Final, Protocol

from application.limits import GroupLimits, UserLimits
from domain.generation import Generation, GenerationId, TaskId, UserId
from domain.model import ModelId
from domain.provider_account import AccountName

LOOKED_THROUGH: Final = 5_000
"""So many of one user's generations a search reads at most: it is asked for with every letter of an inline query."""


class GenerationStore(Protocol):
    """The generations of one bot. Every call is one transaction, and what it promised is durable when it returns.

    Several bots may share a database: an adapter is built for one bot's id and sees no one else's rows; the epoch it
    compares with is that bot's.

    Raises ``StoreUnavailable`` from any call when the store does not answer; the connection comes back by itself.
    """

    async def add(
        self,
        generation: Generation,
        /,
        *,
        limits: UserLimits | None = None,
        group_limits: GroupLimits | None = None,
    ) -> Generation:
        """Write a new one and announce it. Idempotent by ``request_key``: the second call gives the first one's row.

        ``limits`` are those for everyone; what a user may spend a day by a ``PersonalLimit`` of their own counts in its place.
        ``group_limits`` are those of the chat it goes to, whichever of its people asks.

        The generation's ``reservation`` is held back in the ledger in the same transaction.

        Raises:
            ModelPaused: the operator has switched the model off, and the generation is not ``forced``; nothing was written.
            LimitReached: the user's or the group's limits refuse it; nothing was written. Two at the same time can't
                both slip through.
            InsufficientCredits: the user's balance is below the reservation; nothing was written. Two at the same time
                can't both spend the last credit.
        """
        ...

    async def get(self, generation_id: GenerationId, /) -> Generation | None:
        """The row as it is now, or None."""
        ...

    async def add_together(
        self,
        generations: Sequence[Generation],
        /,
        *,
        limits: UserLimits | None = None,
        group_limits: GroupLimits | None = None,
    ) -> Sequence[Generation]:
        """Write several of one user, all or none, each as ``add`` does. Raises the same."""
        ...

    async def by_request_keys(self, keys: Sequence[str], /) -> Sequence[Generation]:
        """Those that were requested under these keys, by key; what is not there is left out."""
        ...

    async def by_task(self, task_id: TaskId, /) -> Generation | None:
        """The generation of this task at the provider, or None. Slow: it is for an operator's question alone."""
        ...

    async def save(self, generation: Generation, /, *, epoch: int | None = None) -> Generation:
        """Replace the row if its version is still ``generation.version``; gives it back with the next version.

        ``reported_task_id``, ``progress_message`` and ``quiet`` are not written (they have their own methods) but come
        back fresh. Of what was asked for only the input is written, and only where it changed (``input_changed``).
        A state that ends the generation settles its reservation in the same transaction, as ``settlement_of`` has it.
        ``epoch`` is the leadership the writer acts under; None for writes any instance may make (cancelling, a late receipt).

        Raises:
            StaleGeneration: the row has another version (or does not exist).
            NotLeader: a later leadership has begun.
        """
        ...

    async def report_task(self, generation_id: GenerationId, task_id: TaskId, /) -> bool:
        """Note what a callback said and announce it; any instance may. The first report stays; version is untouched.

        False: no such generation. Repeating is harmless.
        """
        ...

    async def note_progress_message(self, generation_id: GenerationId, message: str, /) -> None:
        """Remember the message that shows the progress. Any time, any instance; version is untouched, nothing announced."""
        ...

    async def mark_quiet(self, generation_id: GenerationId, /) -> bool:
        """Note that its user stopped waiting, and announce it; any instance may. Version is untouched.

        False: no such generation. Repeating is harmless.
        """
        ...

    async def unfinished(self) -> Sequence[Generation]:
        """All that are not terminal, oldest first."""
        ...

    async def last_of(self, user: UserId, model_id: ModelId, /) -> Generation | None:
        """The newest generation of this user for this model, or None."""
        ...

    async def history(
        self,
        user: UserId,
        /,
        *,
        limit: int,
        before: datetime | None = None,
        after: datetime | None = None,
        text: str = "",
        delivered: bool = False,
    ) -> Sequence[Generation]:
        """A user's generations, newest first: the newest of those older than ``before``, or the oldest of those newer
        than ``after`` (at most one of the two is given).

        Every word of ``text`` must occur in the prompt, case ignored. ``delivered``: only successes that reached the chat.
        With either, no more than ``LOOKED_THROUGH`` on that side of the moment are looked at.
        """
        ...

    async def with_ids(self, user: UserId, ids: Sequence[str], /) -> Sequence[Generation]:
        """The user's generations that these ids name, newest first: their own, their task's, a result's, or one that a result's
        text says. ``ids`` are letters, digits, ``-`` and ``_``. What was erased is not found."""
        ...

    async def erase(self, generation_id: GenerationId, user: UserId, /) -> bool:
        """Forget for good what was asked and what came of it: input, results, receipts, the provider's words.

        ``get``, ``last_of`` and ``history`` do not find it any more. What it cost goes on counting in the limits, its
        time in the creation window and the durations, and its request key stays taken.

        False: there is none of this user's, or it is not at its end yet.
        """
        ...

    async def submitted_since(self, since: datetime, /) -> Sequence[tuple[AccountName, datetime]]:
        """On which account and when create requests left since then, oldest first: what the creation windows must still count.
        Those of generations that were erased meanwhile are not among them."""
        ...

    async def durations(self, model_id: ModelId, /, *, limit: int = 200) -> Sequence[float]:
        """Seconds from submission to the end of this model's newest successes: what waiting learns from."""
        ...

    async def forget_secrets(self, closed_before: datetime, /, *, limit: int) -> int:
        """Blank the secrets of generations closed before then, ``limit`` of them at most. Gives how many.

        No callback is believed for them any more; the version is untouched.
        """
        ...

    async def erase_closed(self, before: datetime, /, *, limit: int) -> int:
        """``erase`` generations closed before then, ``limit`` of them at most, whosever they are. Gives how many."""
        ...

    def changes(self) -> AbstractAsyncContextManager[AsyncIterator[GenerationId]]:
        """Ids of rows that any instance added, cancelled or reported on, from entering the context on.

        After a break in the connection the iterator yields again once it listens again, with the ids of everything
        unfinished, so that nothing announced in the gap is missed. An id may come more than once.
        """
        ...
