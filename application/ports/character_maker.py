"""Port: remembers a character by its pictures."""

from collections.abc import Sequence
from typing import Protocol

from domain.reference_set import CharacterId


class CharacterMaker(Protocol):
    """The provider's characters, which models take by their id."""

    async def make_character(self, name: str, pictures: Sequence[str], /) -> CharacterId:
        """Show a character to the provider; ``pictures`` are the URLs of uploads, a portrait first.

        Free (measured 2026-09-28), so it is repeated inside for passing faults, and a lost answer leaves a character that
        no one uses.

        Raises:
            ProviderRejected: the pictures or the name are refused.
            ProviderUnavailable: try again later.
        """
        ...
