"""An earlier task as a value: what a model takes by its id, with what its price depends on."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SOURCE: Final = "$source_"
"""What the names of such facts begin with in price rules."""


class EarlierTask(str):
    """The id of a task of our own that a model takes further; text to all but prices.

    ``facts`` say what the task made, by the names of price rules (``$source_resolution``). Only our own records make one: a
    program or a person that writes an id gives plain text, which ``EarlierIds`` looks up among their own.
    """

    __slots__ = ("facts",)
    facts: Mapping[str, str]

    def __new__(cls, task_id: str, facts: Mapping[str, str]) -> "EarlierTask":
        task = super().__new__(cls, task_id)
        task.facts = MappingProxyType(dict(facts))
        return task
