"""Models that take an earlier task of the provider's further, by its id: extend it, upscale it, edit it."""

import re
from collections.abc import Collection, Mapping, Sequence

from domain.generation import Result
from domain.media import MediaKind
from domain.model import WORKS_ON, Model
from domain.parameter_roles import song_parameter, task_parameter


def can_continue(model: Model, earlier: Model, made: Collection[MediaKind]) -> bool:
    """Whether ``model`` takes further a task of ``earlier`` that made such media.

    The registry names no predecessors, so only near relations count: the same vendor and the same product, whatever its
    version (a Grok Imagine video for ``grok-imagine/extend``, a ``veo3_fast`` one for ``veo/extend``).
    """
    return (
        (task_parameter(model) is not None or song_parameter(model) is not None)
        and model.vendor == earlier.vendor
        and _product(model) == _product(earlier)
        and not WORKS_ON[model.type].isdisjoint(made)
    )


def continuation(model: Model, task_id: str, results: Sequence[Result]) -> Mapping[str, object] | None:
    """Return what a model is given to take this task further: the task, and the first song in it where it needs one.

    None where it needs a song and none is known.
    """
    task, song = task_parameter(model), song_parameter(model)
    song_id = next((result.id for result in results if result.id is not None), None)
    if song is not None and song_id is None and (song.required or task is None):
        return None
    given = {task.name: task_id} if task is not None else {}
    return given | ({song.name: song_id} if song is not None and song_id is not None else {})


def _product(model: Model) -> str:
    """The words an id begins with, up to its version or variant: ``veo`` of ``veo3_fast``, ``pixverse-v`` of its v6."""
    return re.split(r"[\d/_.]", model.id, maxsplit=1)[0].strip("-")
