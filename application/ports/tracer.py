"""Port: how long the parts of one request took, over processes."""

from contextlib import AbstractContextManager
from typing import Protocol


class Tracer(Protocol):
    """Spans of traces. Names and attributes come from small fixed sets or are ids: nothing that a person wrote. Never raises."""

    def span(
        self, name: str, /, *, parent: str | None = None, **attributes: str
    ) -> AbstractContextManager[object, bool | None]:
        """Return a span that lasts as long as the block, within the one that is open, else within ``parent``.

        An exception that leaves the block is written down as the name of its class.
        """
        ...

    def place(self) -> str | None:
        """Return the open span for a later ``parent``, also in another process: a W3C ``traceparent``. None: nothing is traced."""
        ...
