"""What a command ends with, and what it says where it fails."""

import errno
import os
import sys
from collections.abc import Callable
from typing import Final

from cyclopts import CycloptsError

from config.settings import SettingsError

OK: Final = 0
FAILED: Final = 1
WRONG_USE: Final = 2
INTERRUPTED: Final = 130

MENDABLE: Final = frozenset(
    {
        "EmbeddedPostgresError",
        "RegistryError",
        "BackupError",
        "SecretsUnreadable",
        "StoreUnavailable",
        "StoreUnusable",
        "TextsError",
        "WrongUse",
    }
)
"""Errors whose message is for the person who typed the command; by name, so that no command imports another's adapters."""

FULL_OR_BROKEN: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENFILE})
"""Faults of the machine and not of a path that was given."""


def status_of(command: Callable[[], object]) -> int:
    """Run a command. A fault that its user can fix is a sentence on standard error, never a traceback."""
    try:
        status = command()
        sys.stdout.flush()
    except CycloptsError:
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has had enough, as `head` does
        _forget_output()
        return FAILED
    except SettingsError as error:
        return _wrong(*error.faults)
    except Exception as error:
        if not (sentence := _sentence(error)):
            raise
        _wrong(sentence)
        if isinstance(error, OSError) and error.errno in FULL_OR_BROKEN:
            _forget_output()
            return FAILED
        return WRONG_USE
    return status if isinstance(status, int) else OK


def _forget_output() -> None:
    """What could not be written stays unwritten, or the interpreter's last flush fails again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _sentence(error: Exception) -> str | None:
    """The fault in a sentence, where it is the user's or the operator's to fix."""
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return "the port is in use; set PORT to another one"
    if isinstance(error, OSError) and (error.filename is not None or error.errno in FULL_OR_BROKEN):
        return f"{error.filename or 'the output'} can't be used: {error.strerror}"
    if type(error).__name__ in MENDABLE:
        return str(error)
    return None


def _wrong(*sentences: str) -> int:
    for sentence in sentences:
        sys.stderr.write(f"mediabot: {sentence}\n")
    return WRONG_USE
