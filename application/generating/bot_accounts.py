"""The accounts at the provider that pay for one bot's generations."""

import asyncio
from collections.abc import Collection, Mapping, Sequence

from attrs import define, field

from application.errors import ProviderError, ProviderUnavailable
from application.ports.media_provider import MediaProvider
from domain.provider_account import MAIN_ACCOUNT, AccountName


@define(eq=False)
class BotAccounts:
    """The bot's own account and those that the operator added. Each is a ``MediaProvider``; a task belongs to the one that
    created it. They may change at any time."""

    _main: MediaProvider
    _others: Mapping[AccountName, MediaProvider] = field(factory=dict, init=False)
    _paused: Collection[AccountName] = field(default=(), init=False)

    def names(self) -> Sequence[AccountName]:
        """All of them, the bot's own first."""
        return (MAIN_ACCOUNT, *self._others)

    def taking(self) -> Sequence[AccountName]:
        """Those on which tasks are created: all that the operator has not paused."""
        return [name for name in self.names() if name not in self._paused]

    def use(self, others: Mapping[AccountName, MediaProvider], *, paused: Collection[AccountName] = ()) -> None:
        """Have these from now on, beside the bot's own."""
        self._others, self._paused = dict(others), frozenset(paused) - {MAIN_ACCOUNT}

    def of(self, name: AccountName, /) -> MediaProvider:
        """Return an account.

        Raises:
            ProviderUnavailable: it is not there any more. Its tasks can't be read until it is added again.
        """
        if name == MAIN_ACCOUNT:
            return self._main
        if name not in self._others:
            raise ProviderUnavailable(f"the provider account {name} is not there any more")
        return self._others[name]

    async def credits_of_each(self) -> Mapping[AccountName, float | None]:
        """Return what is left on each; None for one that does not say."""
        found = await asyncio.gather(*(self._credits(name) for name in self.names()))
        return dict(zip(self.names(), found, strict=True))

    async def credits(self) -> float:
        """Return what is left on all of them together. Raises ProviderUnavailable where one does not say."""
        found = await self.credits_of_each()
        if silent := [name for name, left in found.items() if left is None]:
            raise ProviderUnavailable(f"no answer about {', '.join(silent)}")
        return sum(left for left in found.values() if left is not None)

    async def _credits(self, name: AccountName) -> float | None:
        try:
            return await self.of(name).credits()
        except ProviderError:
            return None
