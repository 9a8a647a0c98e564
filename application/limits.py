"""What a person, a group, an API key or a bot may have, and which limit refuses one thing more.

A store counts what is there in the transaction that writes, and calls ``check`` between the two: two writes at the same time
can't both slip through. What counts is said here, so that no store decides it.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, Self

from attrs import evolve, frozen

from application.errors import InsufficientCredits, LimitReached
from domain.ledger import Entry
from domain.text_call import TextCall

DAY: Final = timedelta(days=1)
"""A day is the last 24 hours, whatever the calendar says."""

STEP: Final = timedelta(minutes=15)
"""As exactly people are informed when there is room again: a day has 96 of them, found by seven looks."""


@frozen
class Limit:
    """At most ``allowed`` of something. ``name`` is the one that ``LimitReached`` carries."""

    name: str
    allowed: float

    def check(self, used: float, adding: float = 1) -> None:
        """Return where ``adding`` to what is there keeps the limit. Raises ``LimitReached``."""
        _check(self.name, self.allowed, used, adding)


@frozen(kw_only=True)
class UsedToday:
    """What counts against limits before one more generation: unfinished ones, and those of a day with their credits."""

    in_flight: int = 0
    per_day: int
    credits: float


@frozen(kw_only=True)
class UserLimits:
    """What one user may have. None: no limit.

    Counted from the rows themselves, so a reservation can't leak: an unfinished generation counts its
    ``reserved_credits``, a finished one what it was charged, a failed or cancelled one nothing.
    """

    in_flight: int | None = None
    per_day: int | None = None
    credits_per_day: float | None = None

    def __bool__(self) -> bool:
        """Whether there is any limit to keep."""
        return self != UserLimits()

    def with_own(self, credits_per_day: float | None) -> Self:
        """Return the limits of a person for whom an admin has set another one; the rest stay those of everyone."""
        return evolve(self, credits_per_day=credits_per_day)

    def check(self, used: UsedToday, credits_: float) -> None:
        """Return where one more generation of so many credits keeps every limit. Raises ``LimitReached``."""
        _check("in_flight", self.in_flight, used.in_flight, 1)
        _check_day(self, used, credits_)


@frozen(kw_only=True)
class GroupLimits:
    """What may be asked for in one destination's ``chat`` together, counted like ``UserLimits``: by the people of a group, or
    with an API key. ``name`` begins the name of the limit that refuses: ``group`` or ``key``."""

    per_day: int | None = None
    credits_per_day: float | None = None
    name: str = "group"

    def __bool__(self) -> bool:
        """Whether there is any limit to keep."""
        return self.per_day is not None or self.credits_per_day is not None

    def check(self, used: UsedToday, credits_: float) -> None:
        """As ``UserLimits.check`` does."""
        _check_day(self, used, credits_, f"{self.name}_")


@frozen(kw_only=True)
class TextLimits:
    """Credits a day of questions to chat models: ``all_per_day`` for the whole bot, ``user_per_day`` for what its user spends
    on everything. None: no limit."""

    all_per_day: float | None = None
    user_per_day: float | None = None

    def check_all(self, spent: float, call: TextCall) -> None:
        """Return where the bot has room for the most that a call can cost. Raises ``LimitReached``."""
        _check("text_credits_per_day", self.all_per_day, spent, call.most_credits)

    def check_user(self, spent: float, call: TextCall) -> None:
        """Return where its user has room for what counts of a call. Raises ``LimitReached``."""
        _check("credits_per_day", self.user_per_day, spent, call.counted_credits)


async def checked(check: Callable[[timedelta], Awaitable[None]]) -> None:
    """Run a check of what is asked for now; where it refuses, say after which time it would not.

    ``check`` looks at what counts so much later, when nothing else is asked for meanwhile: what is older than a day by then
    counts no more, and what is under way has ended.

    Raises:
        LimitReached: as the check does, with ``room_in`` and ``fits`` for a limit of a day.
    """
    try:
        await check(timedelta(0))
    except LimitReached as refused:
        raise await _with_room(refused, check) from None


async def _with_room(refused: LimitReached, check: Callable[[timedelta], Awaitable[None]]) -> LimitReached:
    if not refused.limit.endswith("per_day"):
        return refused
    if await _refuses(check, DAY):
        return LimitReached(refused.limit, refused.allowed, fits=False)
    early, late = 0, DAY // STEP
    while late - early > 1:
        middle = (early + late) // 2
        if await _refuses(check, middle * STEP):
            early = middle
        else:
            late = middle
    return LimitReached(refused.limit, refused.allowed, room_in=late * STEP)


async def _refuses(check: Callable[[timedelta], Awaitable[None]], later: timedelta) -> bool:
    try:
        await check(later)
    except LimitReached:
        return True
    return False


def check_balance(balance_units: int, *entries: Entry) -> None:
    """Return where a balance covers what these entries take from it. Raises ``InsufficientCredits``."""
    change = sum(entry.units for entry in entries)
    if balance_units + change < 0:
        raise InsufficientCredits(balance_units, -change)


def _check_day(limits: UserLimits | GroupLimits, used: UsedToday, credits_: float, prefix: str = "") -> None:
    _check(f"{prefix}per_day", limits.per_day, used.per_day, 1)
    _check(f"{prefix}credits_per_day", limits.credits_per_day, used.credits, credits_)


def _check(name: str, allowed: float | None, used: float, adding: float) -> None:
    if allowed is not None and used + adding > allowed:
        raise LimitReached(name, allowed)
