"""Port: names no one has used before."""

from typing import Protocol

from domain.generation import GenerationId


class Ids(Protocol):
    """Fresh ids and secrets."""

    def generation_id(self) -> GenerationId:
        """16 characters of ``a-z0-9``."""
        ...

    def short_id(self) -> str:
        """10 characters of ``a-z0-9``, for drafts and the like."""
        ...

    def secret(self) -> str:
        """At least 128 unguessable bits, safe in a URL."""
        ...
