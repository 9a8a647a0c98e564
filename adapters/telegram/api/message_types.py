"""When messages are built: before whatever holds them, so that it takes them over. See ADR 38."""

from functools import cache
from typing import Any, Final, get_args

from aiogram.types import Message, Update

_HOLDERS: Final = (Message, Update)


@cache
def build_messages() -> None:
    """Have pydantic build ``Message`` and the hundreds of types in it; without effect from the second time on.

    Whatever holds messages (an update, each kind of answer) would otherwise build all of them for itself, in a quarter
    of a second each.
    """
    Message.model_rebuild()


@cache
def holds_messages(returned: Any) -> bool:
    """Whether what a method returns (``list[Update]``, ``Message | bool``) has messages in it."""
    return returned in _HOLDERS or any(holds_messages(one) for one in get_args(returned))
