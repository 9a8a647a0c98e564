"""Port: the books of one bot."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.generation import UserId
from domain.ledger import Balance, Entry, EntryKind, PostedEntry, Totals, Unevenness


class Ledger(Protocol):
    """Entries that are only ever added, and the balances they make. Every call is one transaction.

    No entry can be changed or taken away by anyone. The balance of an account is kept in the transaction that adds the
    entry, and it never falls below zero.

    Reservations are written by ``GenerationStore.add`` with the row of the generation; what follows from its end is
    written by ``GenerationStore.save``.

    Raises ``StoreUnavailable`` from any call when the store does not answer.
    """

    async def add(self, entry: Entry, /) -> bool:
        """Write an entry. False: its key is there already, and nothing was changed.

        Raises:
            InsufficientCredits: the balance would fall below zero; nothing was written.
        """
        ...

    async def post(self, user: UserId, decide: Callable[[Balance], Sequence[Entry]], /) -> bool:
        """Write the entries that ``decide`` gives for the balance of ``user``, which no one else changes meanwhile.

        All of them or none; they are entries of this one account. False: one of them is there already, or there are none.

        Raises:
            InsufficientCredits: the balance would fall below zero.
        """
        ...

    async def balance(self, user: UserId, /) -> Balance:
        """What a person has; zero for one without an account."""
        ...

    async def history(self, user: UserId, /, *, limit: int, before: int | None = None) -> Sequence[PostedEntry]:
        """A person's entries, newest first, from below the number ``before``."""
        ...

    async def find(self, keys: Collection[str], /) -> Mapping[str, PostedEntry]:
        """The entries with these keys, by key; what is not there is left out."""
        ...

    async def about(self, reference: str, /) -> Sequence[PostedEntry]:
        """All entries about one thing (a generation, a payment), oldest first."""
        ...

    async def between(
        self, since: datetime, until: datetime, /, *, kinds: Collection[EntryKind], limit: int, after: int = 0
    ) -> Sequence[PostedEntry]:
        """Entries of these kinds from ``since`` until before ``until``, in the order of their numbers, above ``after``."""
        ...

    async def has_paid(self, user: UserId, /) -> bool:
        """Whether the person has ever paid."""
        ...

    async def totals(self) -> Totals:
        """The sums of all entries and of all balances."""
        ...

    async def uneven(self) -> Sequence[Unevenness]:
        """Accounts whose kept balance is not the sum of their entries. There should be none."""
        ...

    async def forget(self, user: UserId, /) -> None:
        """Take the person's name off their account. The entries stay; nothing leads from them to the person.

        Should they come back, they begin with a new account, and what is given once per person is not given again.
        """
        ...
