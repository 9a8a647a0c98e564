"""Models that take an earlier task of the provider's further, by its id: extend it, upscale it, edit it."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from domain.condition import text_of
from domain.earlier_task import SOURCE, EarlierTask
from domain.generation import Generation, Result
from domain.media import MediaKind
from domain.model import WORKS_ON, Model
from domain.parameter_roles import song_parameter, task_parameter
from domain.price import effective_parameter, facts_of

KEPT_FOR: Final = timedelta(days=14)
"""So long the provider keeps the files of a task, which a later one works on (``kie/API.md`` §6, 2026-11-29)."""
_TIER: Final = f"{SOURCE}tier"
"""The model that made the source, as its makers call it: by a parameter, or by the model's id."""
_CHOSEN: Final[Mapping[str, str]] = {f"{SOURCE}resolution": "resolution", _TIER: "model"}
"""The parameter of the earlier model that says it (``config/registry``, 2026-11-30)."""


def can_continue(model: Model, earlier: Model, made: Collection[MediaKind]) -> bool:
    """Whether ``model`` takes further a task of ``earlier`` that made such media.

    Where the registry names no predecessors (``follows``), only near relations count: the same vendor and the same product,
    whatever its version (a Grok Imagine video for ``grok-imagine/extend``).
    """
    if task_parameter(model) is None and song_parameter(model) is None:
        return False
    if model.follows:
        return bool(made) and earlier.id in model.follows
    return (
        model.vendor == earlier.vendor
        and _product(model) == _product(earlier)
        and not WORKS_ON[model.type].isdisjoint(made)
    )


def is_kept(generation: Generation, now: datetime) -> bool:
    """Whether the provider still has what the generation made."""
    return now <= (generation.ended_at or generation.created_at) + KEPT_FOR


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


def values_to_continue(model: Model, earlier: Model | None, generation: Generation) -> Mapping[str, object] | None:
    """Return what ``model`` is given to take further what ``earlier`` made in this generation; None where it can't.

    ``earlier`` is None where the registry does not have it any more. What the model's price asks of the earlier task goes along
    with its id.
    """
    made = {result.kind for result in generation.results}
    if earlier is None or not (generation.task_id and can_continue(model, earlier, made)):
        return None
    return continuation(model, _with_facts(model, earlier, generation), generation.results)


def _with_facts(model: Model, earlier: Model, generation: Generation) -> str:
    """The task's id, with what the model's price asks of it as far as that is known."""
    task_id = str(generation.task_id)
    asked = sorted({name for rule in model.prices for name in rule.when if name.startswith(SOURCE)})
    known = {name: fact for name in asked if (fact := _fact(name, earlier, generation.input)) is not None}
    return EarlierTask(task_id, known) if known else task_id


def _fact(name: str, earlier: Model, values: Mapping[str, object]) -> str | None:
    """What was chosen for the earlier task. What its model leaves to the task before is that of the task before."""
    if (chosen := earlier.parameters.get(_CHOSEN.get(name, ""))) is not None:
        value = values.get(chosen.name, effective_parameter(chosen))
        return None if value is None else text_of(value).lower()
    if task_parameter(earlier) is not None:
        inherited = facts_of(values).get(name)
        return inherited if isinstance(inherited, str) else None
    return earlier.id if name == _TIER else None


def _product(model: Model) -> str:
    """The words an id begins with, up to its version or variant: ``veo`` of ``veo3_fast``, ``pixverse-v`` of its v6."""
    return re.split(r"[\d/_.]", model.id, maxsplit=1)[0].strip("-")
