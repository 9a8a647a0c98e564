"""Free-form values as JSON: what people and models put into an input, attachments among it."""

import json
from collections.abc import Mapping
from typing import Final

from attrs import Attribute, asdict

from domain.earlier_task import EarlierTask
from domain.media import Attachment, MediaKind

_ATTACHMENT: Final = "$attachment"
_TRAITS: Final = "$traits"
_SECONDS_ERROR: Final = "$seconds_error"
_MEASURED: Final = "$measured"
_TASK: Final = "$task"
_FACTS: Final = "$facts"
_TRAIT_NAMES: Final = ("width", "height", "seconds")


def encode(values: Mapping[str, object]) -> str:
    """JSON that ``decode`` turns back. Tuples come back as lists.

    An attachment is an object with the key ``$attachment``, and ``$traits`` and ``$seconds_error`` where its sides or length
    are known, ``$measured`` where they were read from its bytes. An earlier task of which something is known is an object with
    ``$task`` and ``$facts``. A name of someone else's that begins with ``$`` gets a second one, so that no one can pass an object
    off as one.
    """
    return json.dumps(_plain(values), ensure_ascii=True, allow_nan=False)


def decode(text: str) -> dict[str, object]:
    """The values as they were."""
    return {_bare(name): _rich(value) for name, value in json.loads(text).items()}


def storable(text: str) -> str:
    """The text without what PostgreSQL's ``text`` can't hold: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def is_storable(text: str) -> bool:
    """Whether ``text`` can be in the database at all: an id from outside that is not need not be looked for."""
    return storable(text) == text


def _plain(value: object) -> object:
    match value:
        case Attachment():
            return {_ATTACHMENT: asdict(value, filter=_is_old)} | _beside(value)
        case EarlierTask():
            return {_TASK: str(value), _FACTS: dict(value.facts)}
        case Mapping():
            return {f"${name}" if name.startswith("$") else name: _plain(item) for name, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def _rich(value: object) -> object:
    match value:
        case {"$attachment": fields, **rest}:
            kind, error = MediaKind(fields["kind"]), rest.get(_SECONDS_ERROR, 0.0)
            known = {"kind": kind, "seconds_error": error, "is_measured": rest.get(_MEASURED, False)}
            return Attachment(**fields | (rest.get(_TRAITS) or {}) | known)
        case {"$task": str(task_id), "$facts": dict(facts)}:
            return EarlierTask(task_id, facts)
        case dict():
            return {_bare(name): _rich(item) for name, item in value.items()}
        case list():
            return [_rich(item) for item in value]
        case _:
            return value


def _is_old(attribute: "Attribute[object]", _value: object) -> bool:
    """Whether every release reads it: the traits stand apart, where an older instance passes them over."""
    return attribute.name not in {*_TRAIT_NAMES, "seconds_error", "is_measured"}


def _beside(value: Attachment) -> dict[str, object]:
    """What is known of a file, as far as it is."""
    traits = {name: known for name in _TRAIT_NAMES if (known := getattr(value, name)) is not None}
    stated = {_TRAITS: traits, _SECONDS_ERROR: value.seconds_error, _MEASURED: value.is_measured}
    return {name: known for name, known in stated.items() if known}


def _bare(name: str) -> str:
    return name[1:] if name.startswith("$$") else name
