"""Models that take an earlier task of the provider's further, by its id: extend it, upscale it, edit it."""

import re
from collections.abc import Collection
from typing import Final

from domain.media import MediaKind
from domain.model import WORKS_ON, Model, Parameter

TASK_ID_NAMES: Final = frozenset({"task_id", "taskid"})
"""Parameters that name an earlier task of the same provider (``kie/README.md``, 2026-11-24), letter case aside."""


def task_parameter(model: Model) -> Parameter | None:
    """Where the model takes an earlier task's id; None where it takes none."""
    return next((one for one in model.parameters.values() if one.name.lower() in TASK_ID_NAMES), None)


def can_continue(model: Model, earlier: Model, made: Collection[MediaKind]) -> bool:
    """Whether ``model`` takes further a task of ``earlier`` that made such media.

    The registry names no predecessors, so only near relations count: the same vendor and the same product, whatever its
    version (a Grok Imagine video for ``grok-imagine/extend``, a ``veo3_fast`` one for ``veo/extend``).
    """
    return (
        task_parameter(model) is not None
        and model.vendor == earlier.vendor
        and _product(model) == _product(earlier)
        and not WORKS_ON[model.type].isdisjoint(made)
    )


def _product(model: Model) -> str:
    """The words an id begins with, up to its version or variant: ``veo`` of ``veo3_fast``, ``pixverse-v`` of its v6."""
    return re.split(r"[\d/_.]", model.id, maxsplit=1)[0].strip("-")
