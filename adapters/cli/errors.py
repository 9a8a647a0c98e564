"""What this front end raises to itself; nothing of it leaves the package."""

from typing import Final

FAILED: Final = 1
WRONG_USE: Final = 2
"""Exit statuses besides 0."""


class WrongUse(Exception):
    """The command can't be carried out as it was typed. ``key`` names the text, ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
