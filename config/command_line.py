"""What the commands of the terminal have in common: settings, options and a quiet log."""

import asyncio
import errno
import os
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from config.logs import configure_logging
from config.loop_faults import log_loop_faults
from config.settings import Settings, SettingsError
from domain.access import telegram_subject
from domain.generation import UserId
from domain.validation.text import is_blank, is_text

WhichBot = Annotated[
    str, Parameter(help="the id of a bot; if left out, that of the environment, else the only one of the directory")
]


def settings_of_environment(*required: str, **defaults: str) -> Settings:
    return Settings.from_env(
        {**defaults, **{name: text for name, text in os.environ.items() if text}}, required=required
    )


def usable(arguments: Sequence[str]) -> Sequence[str]:
    """Return the arguments, if each can be stored and printed and says something.

    A script whose variable is not set gives an empty one: taken for left out, it would mean another bot or person than was meant.

    Raises:
        SettingsError: with the places and not the words, since one may be a secret.
    """
    if faults := [
        f"argument {place} {fault}" for place, one in enumerate(arguments, start=1) if (fault := _fault_of(one))
    ]:
        raise SettingsError(faults)
    return arguments


def _fault_of(argument: str) -> str:
    if not is_text(argument):
        return "holds bytes that are no UTF-8 text"
    option, is_set, value = argument.partition("=")
    said = value if is_set and option.startswith("-") else argument
    return "is empty; leave it out or give it a value" if is_blank(said) else ""


def person_named(text: str) -> UserId:
    """A person's id as it is stored: digits are a Telegram id. Raises SettingsError for half an id."""
    if ":" in text and not all(part.strip() for part in text.split(":", 1)):
        raise SettingsError([f"{text!r} names no person; write a Telegram id, or a front end and an id, as telegram:5"])
    return UserId(telegram_subject(text) or (text if ":" in text else f"cli:{text}"))


def new_file(path: Path) -> Path:
    """The path, if a file can be made there; asked before any work. Raises OSError."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not path.absolute().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return path


def checked(options: Mapping[str, tuple[str, Callable[[str], Any]]]) -> dict[str, Any]:
    """Parse options by the rules of the variables of the same kind. Raises SettingsError with every fault."""
    parsed, faults = {}, []
    for name, (text, parse) in options.items():
        try:
            parsed[name] = parse(text)
        except ValueError as error:
            faults.append(f"{name} {error}")
    if faults:
        raise SettingsError(faults)
    return parsed


def interruptible(work: Coroutine[Any, Any, int]) -> int:
    """Run a command of the terminal: its log is quiet, and Ctrl-C lets it say its last word."""
    configure_logging(form="console", level="error", secrets=[os.environ.get("KIE_API_KEY")])
    return asyncio.run(_quietly(work))


async def _quietly(work: Coroutine[Any, Any, int]) -> int:
    log_loop_faults()
    return await work
