"""Editing one picture step by step: each step is an ordinary generation that works on the result of an earlier one."""

import re
from enum import StrEnum
from typing import Final

from attrs import evolve

from domain.generation import Generation
from domain.media import Attachment, MediaKind, files_of

RESULT_NAME: Final = "result"
"""Begins the name of a file that is an earlier result."""
RESULT_FILE: Final = re.compile(rf"{RESULT_NAME}\d*\.\w+")


class StepOrder(StrEnum):
    """What a person says to a chain of edits: go back one step, or show the step before beside this one."""

    UNDO = "undo"
    COMPARE = "compare"


def is_result(file: Attachment) -> bool:
    """Return whether the file is named as an earlier result."""
    return RESULT_FILE.fullmatch(file.name) is not None


def as_result(file: Attachment) -> Attachment:
    """Return the file, named as an earlier result."""
    is_named = file.name.startswith(RESULT_NAME)
    return file if is_named else evolve(file, name=f"{RESULT_NAME}.{file.mime.partition('/')[2] or 'bin'}")


def is_step(generation: Generation) -> bool:
    """Whether it made a picture of an earlier result."""
    makes_picture = any(result.kind is MediaKind.IMAGE for result in generation.results)
    return makes_picture and any(
        file.kind is MediaKind.IMAGE and file.name.startswith(RESULT_NAME) for file in files_of(generation.input)
    )
