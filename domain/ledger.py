"""The money of the people: entries that are only ever added, in whole thousandths of a credit.

An account is what one person has with one bot. Its balance is the sum of its entries, and what is reserved is the part of
it that open reservations hold back. So at any time
``payments - refunds + grants + corrections = balances + charges + open reservations``.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from domain.errors import DomainError
from domain.generation import Generation, GenerationState, UserId

SERVICE: Final = "service"
"""Who wrote an entry that no person asked for."""

SELF: Final = "self"
"""The account's own person. Entries stay when a person is forgotten, so they do not name the person."""


class InvalidEntry(DomainError, ValueError):
    """An entry whose sign does not fit its kind."""

    code = "invalid_entry"


class EntryKind(StrEnum):
    """Why a balance changed."""

    PAYMENT = "payment"
    GRANT = "grant"
    RESERVATION = "reservation"
    CHARGE = "charge"
    RELEASE = "release"
    REFUND = "refund"
    CORRECTION = "correction"


GAINS: Final = frozenset({EntryKind.PAYMENT, EntryKind.GRANT, EntryKind.RELEASE})
ENDS: Final = frozenset({GenerationState.DELIVERING, GenerationState.CANCELLED})
"""States in which it is decided what a generation costs its user."""

LOSSES: Final = frozenset({EntryKind.RESERVATION, EntryKind.CHARGE, EntryKind.REFUND})


@frozen(kw_only=True)
class Entry:
    """One change of one account. ``units`` is signed: what comes in is positive.

    ``key`` is the business key, unique for the bot: an entry with a key that is there already changes nothing.
    ``reference`` names what it is about (a generation, a payment, a promo code); ``by`` is who caused it; ``stars`` is the
    amount in Telegram Stars where money changed hands.
    """

    user: UserId
    kind: EntryKind
    units: int
    key: str
    at: datetime
    reference: str = ""
    by: str = SERVICE
    stars: int | None = None

    def __attrs_post_init__(self) -> None:
        if (self.kind in GAINS and self.units < 0) or (self.kind in LOSSES and self.units > 0):
            raise InvalidEntry(f"{self.kind} of {self.units} units")


@frozen(kw_only=True)
class PostedEntry:
    """An entry in the books. ``number`` rises with time; the page before it begins below it.

    ``entry.user`` is empty text where the person was forgotten.
    """

    number: int
    entry: Entry


@frozen(kw_only=True)
class Balance:
    """What a person can spend, and what open reservations hold back beside it. In units."""

    units: int = 0
    reserved: int = 0


@frozen(kw_only=True)
class Unevenness:
    """An account whose kept balance is not the sum of its entries. ``user`` is empty text for a forgotten person."""

    account: int
    user: UserId
    kept: Balance
    counted: Balance


@frozen(kw_only=True)
class Totals:
    """Sums over all accounts of a bot, in units, each kind with the sign of its entries."""

    by_kind: Mapping[EntryKind, int] = field(factory=dict)
    balances: int = 0
    reserved: int = 0

    @property
    def is_even(self) -> bool:
        """Whether what came in is what is there, what was spent and what is held back."""
        came_in = self._sum(EntryKind.PAYMENT, EntryKind.GRANT, EntryKind.REFUND, EntryKind.CORRECTION)
        spent = -self._sum(EntryKind.CHARGE)
        held = -self._sum(EntryKind.RESERVATION, EntryKind.RELEASE)
        return came_in == self.balances + spent + held and held == self.reserved

    def _sum(self, *kinds: EntryKind) -> int:
        return sum(self.by_kind.get(kind, 0) for kind in kinds)


def reservation_key(generation_id: str) -> str:
    """The business key of what is held back for a generation."""
    return f"generation:{generation_id}:{EntryKind.RESERVATION}"


def release_key(generation_id: str) -> str:
    """The business key of releasing it."""
    return f"generation:{generation_id}:{EntryKind.RELEASE}"


def reservation_of(generation: Generation) -> Entry | None:
    """What to hold back when this generation is accepted; None where no one pays for it."""
    if generation.reservation is None:
        return None
    return _entry_about(generation, EntryKind.RESERVATION, -generation.reservation.units, at=generation.created_at)


def settlement_of(generation: Generation) -> Sequence[Entry]:
    """What to write when this generation comes to its end: all that was held back is released, a success is charged.

    Nothing in any other state. A failed task is free for its user, whatever the provider took for it.
    """
    if generation.reservation is None or generation.state not in ENDS or generation.receipts:
        return ()
    at = generation.ended_at or generation.closed_at or generation.created_at
    release = _entry_about(generation, EntryKind.RELEASE, generation.reservation.units, at=at)
    if not generation.results:
        return (release,)
    paid = generation.reservation.charge(generation.charged_credits)
    return release, _entry_about(generation, EntryKind.CHARGE, -paid, at=at)


def _entry_about(generation: Generation, kind: EntryKind, units: int, *, at: datetime) -> Entry:
    return Entry(
        user=generation.user,
        kind=kind,
        units=units,
        key=f"generation:{generation.id}:{kind}",
        reference=generation.id,
        at=at,
    )


def payment_key(charge_id: str) -> str:
    """The business key of a payment, by the id that the gateway gave it."""
    return f"payment:{charge_id}"


def refund_key(charge_id: str) -> str:
    """The business key of giving that payment back."""
    return f"refund:{charge_id}"


def returned_key(charge_id: str) -> str:
    """The business key of the credits that went back to the person because the gateway refused to give the payment back."""
    return f"refund-refused:{charge_id}"


def after_all_key(charge_id: str) -> str:
    """The business key of taking those away again, because the gateway has given the payment back after all."""
    return f"refund-after-all:{charge_id}"


def person_mark(user: UserId) -> str:
    """Stands for a person in keys that must stay unique after the person is forgotten. It does not name them."""
    return hashlib.sha256(f"mediabot {user}".encode()).hexdigest()[:24]


def referral_key(invited: UserId) -> str:
    """The business key of the bonus for bringing this person in. What the person paid first is who wrote it (``by``)."""
    return f"referral:{person_mark(invited)}"


def referral_return_key(invited: UserId) -> str:
    """The business key of taking that bonus back, with the payment that it was given for."""
    return f"referral-returned:{person_mark(invited)}"


def balance_of(entries: Iterable[Entry]) -> Balance:
    """The balance that such a history adds up to."""
    units = reserved = 0
    for entry in entries:
        units += entry.units
        if entry.kind in {EntryKind.RESERVATION, EntryKind.RELEASE}:
            reserved -= entry.units
    return Balance(units=units, reserved=reserved)
