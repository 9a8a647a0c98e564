"""Faults that no caller waits for: a line in the log each, instead of a traceback on standard error."""

import asyncio
import logging
import sys
from typing import Any

import structlog

log = structlog.get_logger()


def log_loop_faults() -> None:
    """Log them from now on: those of the running loop's callbacks and connections, and those of objects that are removed."""
    asyncio.get_running_loop().set_exception_handler(_log_loop_fault)
    sys.unraisablehook = _log_unraisable


def _log_loop_fault(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Such as a connection that broke while it was being closed. A server that speaks no PostgreSQL makes the driver stumble
    in its protocol; the one who waits for the connection is given a sentence."""
    error = context.get("exception")
    of_driver = type(context.get("protocol")).__module__.startswith("asyncpg.")
    passing = of_driver or isinstance(error, ConnectionError | TimeoutError)
    log.log(
        logging.WARNING if passing else logging.ERROR,
        "loop.fault",
        reason=context.get("message"),
        error=type(error).__name__ if error else None,
        exc_info=None if passing else error,
    )


def _log_unraisable(unraisable: "sys.UnraisableHookArgs") -> None:
    """Such as the driver's connection that was removed before it was set up."""
    where = getattr(unraisable.object, "__qualname__", type(unraisable.object).__name__)
    log.warning("object.fault", error=unraisable.exc_type.__name__, where=where)
