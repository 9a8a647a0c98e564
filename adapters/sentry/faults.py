"""What Sentry learns of a fault: where it was and which ids it was about. No one's words, and no secret.

A fault is put together from this file's own list of fields. What the SDK adds to it is dropped again before it leaves.
"""

import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final

import sentry_sdk
from sentry_sdk.transport import Transport

TAGS: Final = ("bot", "generation_id", "error_id", "duty", "update_id", "model", "epoch")
"""Fields of a log line that are ids."""
KEPT: Final = frozenset({"event_id", "timestamp", "platform", "level", "message", "tags", "exception", "release"})
"""Keys of an event that leave this process; https://develop.sentry.dev/sdk/data-model/event-payloads/, read 2026-11."""


class FaultReporter:
    """Takes lines of the log with an exception."""

    def __call__(self, name: str, error: BaseException, fields: Mapping[str, object]) -> None:
        """Report the fault of the log event ``name``. Sent by a thread of the SDK; never raises."""
        sentry_sdk.capture_event(
            {
                "level": "error",
                "message": name,
                "tags": {key: str(fields[key]) for key in TAGS if key in fields},
                "exception": {"values": _chain(error)},
            }
        )


def _chain(error: BaseException) -> list[dict[str, Any]]:
    """The exception and its causes, the first cause first. Their messages may quote anything, and stay here."""
    chain: list[dict[str, Any]] = []
    current: BaseException | None = error
    while current is not None and len(chain) < 10:
        kind = type(current)
        stated = {
            "type": kind.__name__,
            "module": kind.__module__,
            "stacktrace": {"frames": _frames(current.__traceback__)},
        }
        chain.insert(0, stated)
        current = current.__cause__ or current.__context__
    return chain


def _frames(trace: TracebackType | None) -> list[dict[str, Any]]:
    frames = traceback.extract_tb(trace)
    return [{"filename": one.filename, "function": one.name, "lineno": one.lineno} for one in frames]


def scrubbed(event: Any, _hint: Any) -> Any:
    """The event with nothing but what this module put into it."""
    return {key: value for key, value in event.items() if key in KEPT}


def open_sentry(dsn: str, release: str, transport: Transport | None = None) -> FaultReporter:
    """Begin. Nothing is collected by itself: no logs, requests, breadcrumbs, local variables or lines of code.

    Raises:
        ValueError: the DSN can't be read.
    """
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        transport=transport,
        default_integrations=False,
        auto_enabling_integrations=False,
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        server_name="",
        before_send=scrubbed,
    )
    return FaultReporter()
