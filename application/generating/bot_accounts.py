"""The accounts at the provider that pay for one bot's generations, and which of them a generation needs."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from attrs import define, field, frozen

from application.errors import ProviderError, ProviderUnavailable
from application.ports.generation_store import GenerationStore
from application.ports.media_provider import MediaProvider
from domain.generation import Generation
from domain.model import Model
from domain.parameter_roles import earlier_parameters
from domain.provider_account import MAIN_ACCOUNT, AccountName
from domain.reference_set import CHARACTER_IDS

LOOKED_BACK: Final = 200
"""Generations of the person. An older one is taken to be of any account, and the provider says if it does not know it."""


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


@frozen
class FindTaskAccount:
    """A task can be extended only on the account that has made it, and a character is known to no other account."""

    _accounts: BotAccounts
    _store: GenerationStore

    async def __call__(self, generation: Generation, model: Model, /) -> AccountName | None:
        """Return the account of the characters, the earlier task or its results that the input names; None: any will do.

        Characters are made with the bot's own account alone (``UseReferences``). Raises StoreUnavailable.
        """
        if len(self._accounts.names()) == 1:
            return None
        if generation.input.get(CHARACTER_IDS):
            return MAIN_ACCOUNT
        named = {one for parameter in earlier_parameters(model) for one in _ids(generation.input.get(parameter.name))}
        if not named:
            return None
        earlier = await self._store.history(generation.user, limit=LOOKED_BACK)
        return next(
            (
                one.account
                for one in earlier
                if one.task_id in named or any(result.id in named for result in one.results if result.id)
            ),
            None,
        )


def _ids(value: object) -> Sequence[str]:
    values = value if isinstance(value, list | tuple) else [value]
    return [one for one in values if isinstance(one, str)]
