"""From the command line to a model's raw input. Nothing is checked here but its form: validation says the rest."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from adapters.cli.errors import WrongUse
from adapters.cli.local_files import Measure, attach
from domain.media import Attachment


def read_input(
    assignments: Sequence[str], input_file: str | None, stdin: TextIO, measure: Measure | None = None
) -> dict[str, object]:
    """The JSON object of ``input_file`` (``-``: stdin), overlaid by the ``name=value`` assignments.

    ``name=@file`` attaches a local file as ``measure`` finds it, ``name=@@text`` is the text ``@text``; a name given more than once makes a list.

    Raises:
        WrongUse: an assignment without ``=``, a file that can't be read, or one that is not a JSON object.
    """
    values: dict[str, object] = _read_object(input_file, stdin) if input_file is not None else {}
    assigned: dict[str, list[object]] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not (name and equals):
            raise WrongUse("cli-not-an-assignment", given=assignment)
        assigned.setdefault(name, []).append(_value(text, measure))
    return values | {name: given[0] if len(given) == 1 else given for name, given in assigned.items()}


def _value(text: str, measure: Measure | None) -> str | Attachment:
    if text.startswith("@@"):
        return text[1:]
    if not text.startswith("@"):
        return text
    try:
        return attach(Path(text[1:]).expanduser(), measure)
    except (OSError, ValueError) as error:
        raise WrongUse("cli-unreadable-file", file=text[1:], reason=_reason(error)) from error


def _read_object(input_file: str, stdin: TextIO) -> dict[str, object]:
    try:
        text = stdin.read() if input_file == "-" else Path(input_file).read_text(encoding="utf-8-sig")
        values = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise WrongUse("cli-unreadable-file", file=input_file, reason=_reason(error)) from error
    if not isinstance(values, dict):
        raise WrongUse("cli-not-an-object", file=input_file)
    return values


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
