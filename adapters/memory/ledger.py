"""The ledger in lists and dicts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from attrs import define, evolve, field

from adapters.memory.trouble import Script
from application.errors import InsufficientCredits
from application.limits import check_balance
from application.ports.clock import Clock
from domain.generation import Generation, UserId
from domain.ledger import (
    Balance,
    Entry,
    EntryKind,
    PostedEntry,
    Totals,
    Unevenness,
    balance_of,
    reservation_key,
    settlement_of,
)


@define(eq=False)
class _Account:
    owner: UserId
    balance: Balance = field(factory=Balance)
    entries: list[PostedEntry] = field(factory=list)


class InMemoryLedger:
    """``Ledger`` for tests and the demo without a database. ``on_call`` is the script of trouble.

    An ``InMemoryGenerationStore`` over it reserves and settles in it, as the one in PostgreSQL does.
    """

    def __init__(self, clock: Clock) -> None:
        self.on_call = Script(clock)
        self._accounts: list[_Account] = []
        self._entries: dict[str, tuple[_Account, PostedEntry]] = {}

    async def add(self, entry: Entry, /) -> bool:
        async with self.on_call.around():
            return self.write(entry)

    async def post(self, user: UserId, decide: Callable[[Balance], Sequence[Entry]], /) -> bool:
        async with self.on_call.around():
            left = self.balance_now(user).units
            entries = decide(self.balance_now(user))
            if any(entry.key in self._entries for entry in entries):
                return False
            for entry in entries:
                left += entry.units
                if left < 0:
                    raise InsufficientCredits(self.balance_now(user).units, -entry.units)
            for entry in entries:
                self.write(entry)
            return bool(entries)

    async def balance(self, user: UserId, /) -> Balance:
        async with self.on_call.around():
            return self.balance_now(user)

    async def history(self, user: UserId, /, *, limit: int, before: int | None = None) -> Sequence[PostedEntry]:
        async with self.on_call.around():
            account = self._account_of(user)
            own = reversed(account.entries) if account else ()
            return [each for each in own if before is None or each.number < before][:limit]

    async def find(self, keys: Collection[str], /) -> Mapping[str, PostedEntry]:
        async with self.on_call.around():
            return {key: _shown(*self._entries[key]) for key in keys if key in self._entries}

    async def about(self, reference: str, /) -> Sequence[PostedEntry]:
        async with self.on_call.around():
            return [_shown(*found) for found in self._entries.values() if found[1].entry.reference == reference]

    async def between(
        self, since: datetime, until: datetime, /, *, kinds: Collection[EntryKind], limit: int, after: int = 0
    ) -> Sequence[PostedEntry]:
        async with self.on_call.around():
            return [
                _shown(account, each)
                for account, each in self._entries.values()
                if each.entry.kind in kinds and since <= each.entry.at < until and each.number > after
            ][:limit]

    async def has_paid(self, user: UserId, /) -> bool:
        async with self.on_call.around():
            account = self._account_of(user)
            return any(each.entry.kind is EntryKind.PAYMENT for each in (account.entries if account else ()))

    async def totals(self) -> Totals:
        async with self.on_call.around():
            sums: dict[EntryKind, int] = {}
            for _, each in self._entries.values():
                sums[each.entry.kind] = sums.get(each.entry.kind, 0) + each.entry.units
            return Totals(
                by_kind=sums,
                balances=sum(account.balance.units for account in self._accounts),
                reserved=sum(account.balance.reserved for account in self._accounts),
            )

    async def uneven(self) -> Sequence[Unevenness]:
        async with self.on_call.around():
            counted = [balance_of(each.entry for each in account.entries) for account in self._accounts]
            return [
                Unevenness(account=number, user=account.owner, kept=account.balance, counted=sum_)
                for number, (account, sum_) in enumerate(zip(self._accounts, counted, strict=True), start=1)
                if account.balance != sum_
            ]

    async def forget(self, user: UserId, /) -> None:
        async with self.on_call.around():
            if account := self._account_of(user):
                account.owner = UserId("")

    def lose(self, *keys: str) -> None:
        """Entries vanish, and the balances stay as they were: what no real ledger may do."""
        for key in keys:
            account, posted = self._entries.pop(key)
            account.entries.remove(posted)

    def keys(self) -> Collection[str]:
        """The business keys of all entries."""
        return self._entries.keys()

    def of_kind(self, kind: EntryKind) -> Sequence[PostedEntry]:
        """All entries of a kind, oldest first."""
        return [_shown(account, each) for account, each in self._entries.values() if each.entry.kind is kind]

    def balance_now(self, user: UserId) -> Balance:
        """The same as ``balance``, without any trouble."""
        account = self._account_of(user)
        return account.balance if account else Balance()

    def write(self, entry: Entry) -> bool:
        """The same as ``add``, without any trouble."""
        return self._post(self._account_of(entry.user) or _Account(entry.user), entry)

    def write_all(self, entries: Sequence[Entry]) -> None:
        """All of them or none. They are of one account and take from it."""
        if entries:
            check_balance(self.balance_now(entries[0].user).units, *entries)
        for entry in entries:
            self.write(entry)

    def settle(self, generation: Generation) -> None:
        """Release what was held back for a generation that has ended, and charge what it costs."""
        self.post_beside(settlement_of(generation), reservation_key(generation.id))

    def post_beside(self, entries: Iterable[Entry], beside: str) -> None:
        """Into the account of the entry ``beside``, which may be a forgotten person's by now."""
        for entry in entries:
            if beside in self._entries:
                self._post(self._entries[beside][0], entry)

    def _post(self, account: _Account, entry: Entry) -> bool:
        if entry.key in self._entries:
            return False
        before = account.balance
        check_balance(before.units, entry)
        held = entry.units if entry.kind in {EntryKind.RESERVATION, EntryKind.RELEASE} else 0
        account.balance = Balance(units=before.units + entry.units, reserved=before.reserved - held)
        if account not in self._accounts:
            self._accounts.append(account)
        posted = PostedEntry(number=len(self._entries) + 1, entry=entry)
        account.entries.append(posted)
        self._entries[entry.key] = account, posted
        return True

    def _account_of(self, user: UserId) -> _Account | None:
        return next((account for account in self._accounts if user and account.owner == user), None)


def _shown(account: _Account, posted: PostedEntry) -> PostedEntry:
    return evolve(posted, entry=evolve(posted.entry, user=account.owner))
