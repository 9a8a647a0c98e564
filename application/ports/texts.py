"""Port: words for people, in their language."""

from collections.abc import Sequence
from typing import Protocol


class Texts(Protocol):
    """Every text a person reads comes from here. Keys are stable; the catalogues are complete by test."""

    @property
    def languages(self) -> Sequence[str]:
        """Two-letter codes there is a catalogue for; the first is the fallback."""
        ...

    def language(self, code: str | None, /) -> str:
        """The catalogue for what a front end said (``ru-RU``, ``en``, None …), else the fallback."""
        ...

    def text(self, key: str, language: str, /, **values: object) -> str:
        """The text of ``key`` with the values filled in; numbers and plurals as the language has them.

        Raises:
            KeyError: no catalogue has the key. A key another language lacks is taken from the fallback.
        """
        ...

    def has(self, key: str, language: str, /) -> bool:
        """Whether this very language has the key."""
        ...
