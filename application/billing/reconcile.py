"""Whether the books of a bot agree: with themselves and with the payment gateway."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from attrs import frozen

from application.errors import GatewayUnavailable
from application.ports.book_reports import BookReports
from application.ports.clock import Clock
from application.ports.ledger import Ledger
from application.ports.payment_gateway import PaymentGateway
from application.ports.purchase_store import PurchaseStore
from domain.ledger import Entry, EntryKind, PostedEntry, after_all_key, payment_key, refund_key, returned_key
from domain.payment import Transaction
from domain.reservation import credits_of

BEGINNING: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""Before the first payment in Stars."""
CHARGES_WITHIN: Final = timedelta(days=30)
PAGE: Final = 500


class DifferenceKind(StrEnum):
    """What does not agree. The provider's and the gateway's side are named as such."""

    BALANCE = "balance"
    TOTALS = "totals"
    UNSETTLED = "unsettled"
    CHARGE = "charge"
    PAYMENT_MISSING = "payment_missing"
    """The gateway has it, the books do not."""
    PAYMENT_UNKNOWN = "payment_unknown"
    """The books have it, the gateway does not."""
    PAYMENT_STARS = "payment_stars"
    REFUND_MISSING = "refund_missing"
    REFUND_UNKNOWN = "refund_unknown"
    PROVIDER_CREDITS = "provider_credits"
    NOT_ASKED = "not_asked"
    """A side that gave no answer: nothing is known about it."""


@frozen(kw_only=True)
class Difference:
    """``about`` is the entry: an account, a generation, a payment. ``books`` and ``other`` are what each side says."""

    kind: DifferenceKind
    about: str
    books: str = ""
    other: str = ""

    def __str__(self) -> str:
        sides = [f"books {self.books}" if self.books else "", f"other side {self.other}" if self.other else ""]
        return " ".join([self.kind, self.about, *(side for side in sides if side)])


@frozen(kw_only=True)
class Reconcile:
    """Compare, and say every difference; nothing is put right."""

    _ledger: Ledger
    _purchases: PurchaseStore
    _reports: BookReports
    _gateway: PaymentGateway
    _clock: Clock

    async def __call__(self, *, grace: timedelta = timedelta()) -> Sequence[Difference]:
        """All differences; none when everything agrees.

        Args:
            grace: payments younger than this may still be on their way into the books.

        Raises:
            StoreUnavailable: the books can't be read.
        """
        until = self._clock.now() - grace
        return [
            *await self._within_the_books(),
            *await self._with_the_gateway(until),
        ]

    async def _within_the_books(self) -> Sequence[Difference]:
        found = [
            Difference(
                kind=DifferenceKind.BALANCE,
                about=uneven.user or f"account {uneven.account}",
                books=f"{credits_of(uneven.kept.units)} + {credits_of(uneven.kept.reserved)} held",
                other=f"{credits_of(uneven.counted.units)} + {credits_of(uneven.counted.reserved)} held",
            )
            for uneven in await self._ledger.uneven()
        ]
        if not (await self._ledger.totals()).is_even:
            found.append(Difference(kind=DifferenceKind.TOTALS, about="all accounts"))
        found += [
            Difference(kind=DifferenceKind.UNSETTLED, about=generation_id)
            for generation_id in await self._reports.unsettled()
        ]
        found += [
            Difference(
                kind=DifferenceKind.CHARGE,
                about=wrong.generation_id,
                books="nothing" if wrong.paid_units is None else str(credits_of(wrong.paid_units)),
                other=str(credits_of(wrong.due_units)),
            )
            for wrong in await self._reports.wrong_charges(since=self._clock.now() - CHARGES_WITHIN)
        ]
        return found

    async def _with_the_gateway(self, until: datetime) -> Sequence[Difference]:
        try:
            lines = [line async for line in self._gateway.transactions(since=BEGINNING)]
        except GatewayUnavailable as error:
            return [Difference(kind=DifferenceKind.NOT_ASKED, about="payments", other=str(error))]
        found: list[Difference] = []
        due = [line for line in lines if line.at <= until]
        for start in range(0, len(due), PAGE):
            found += await self._missing(due[start : start + PAGE])
        paid = {line.charge_id for line in lines if line.stars >= 0}
        returned = {line.charge_id for line in lines if line.stars < 0}
        entries = [posted.entry async for posted in self._entries(until)]
        for entry in entries:
            found += self._unknown(entry, paid, returned, await self._refused(entry))
        return [*found, *await self._taken_back_twice(entries, {line.charge_id for line in due if line.stars < 0})]

    async def _missing(self, lines: Sequence[Transaction]) -> Sequence[Difference]:
        """What the gateway has and the books have not, or have otherwise."""
        keys = [_key(line) for line in lines]
        known = await self._ledger.find(keys)
        found = []
        for line, key in zip(lines, keys, strict=True):
            is_payment = line.stars >= 0
            entry = known[key].entry if key in known else None
            if entry is None:
                kind = DifferenceKind.PAYMENT_MISSING if is_payment else DifferenceKind.REFUND_MISSING
                found.append(Difference(kind=kind, about=line.charge_id, other=f"{line.stars} Stars"))
            elif entry.stars != line.stars:
                found.append(
                    Difference(
                        kind=DifferenceKind.PAYMENT_STARS,
                        about=line.charge_id,
                        books=f"{entry.stars} Stars",
                        other=f"{line.stars} Stars",
                    )
                )
        return found

    async def _taken_back_twice(self, entries: Sequence[Entry], returned: set[str]) -> Sequence[Difference]:
        """Refunds that were refused, so that the person has their credits again, and that the gateway has made after all."""
        made = [each.reference for each in entries if each.kind is EntryKind.REFUND and each.reference in returned]
        keys = [key(reference) for reference in made for key in (returned_key, after_all_key)]
        known = await self._ledger.find(keys) if keys else {}
        return [
            Difference(kind=DifferenceKind.REFUND_MISSING, about=each, books="refused", other="given back")
            for each in made
            if returned_key(each) in known and after_all_key(each) not in known
        ]

    async def _refused(self, entry: Entry) -> bool:
        """Whether it is a refund that the gateway refused, or was not asked for yet."""
        if entry.kind is not EntryKind.REFUND:
            return False
        return await self._purchases.refund_ended(entry.reference) is not True

    def _unknown(self, entry: Entry, paid: set[str], returned: set[str], refused: bool) -> Sequence[Difference]:
        """What the books have and the gateway has not."""
        if entry.kind is EntryKind.PAYMENT and entry.reference not in paid:
            kind = DifferenceKind.PAYMENT_UNKNOWN
        elif entry.kind is EntryKind.REFUND and entry.reference not in returned and not refused:
            kind = DifferenceKind.REFUND_UNKNOWN
        else:
            return []
        return [Difference(kind=kind, about=entry.reference, books=f"{entry.stars} Stars")]

    async def _entries(self, until: datetime) -> AsyncIterator[PostedEntry]:
        kinds, after = {EntryKind.PAYMENT, EntryKind.REFUND}, 0
        while True:
            page = await self._ledger.between(BEGINNING, until, kinds=kinds, limit=PAGE, after=after)
            for posted in page:
                yield posted
            if len(page) < PAGE:
                return
            after = page[-1].number


def _key(line: Transaction) -> str:
    return payment_key(line.charge_id) if line.stars >= 0 else refund_key(line.charge_id)
