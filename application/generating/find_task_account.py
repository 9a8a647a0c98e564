"""Where a generation must be created that takes an earlier task of the provider's further."""

from typing import Final

from attrs import frozen

from application.generating.bot_accounts import BotAccounts
from application.ports.generation_store import GenerationStore
from domain.generation import Generation
from domain.model import Model
from domain.parameter_roles import song_parameter, task_parameter
from domain.provider_account import AccountName

LOOKED_BACK: Final = 200
"""Generations of the person. An older one is taken to be of any account, and the provider says if it does not know it."""


@frozen
class FindTaskAccount:
    """A task can be extended only on the account that has made it."""

    _accounts: BotAccounts
    _store: GenerationStore

    async def __call__(self, generation: Generation, model: Model, /) -> AccountName | None:
        """Return the account of the earlier task, or of the song, that the input names; None: any will do.

        Raises StoreUnavailable.
        """
        if len(self._accounts.names()) == 1:
            return None
        parameters = [one for one in (task_parameter(model), song_parameter(model)) if one is not None]
        values = [generation.input.get(one.name) for one in parameters]
        named = {value for value in values if isinstance(value, str)}
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
