"""How long to wait before asking the same again."""

from collections.abc import Iterator


def backoff(first_s: float = 0.2, factor: float = 2.0, longest_s: float = 5.0) -> Iterator[float]:
    """Growing waits in seconds, for ever."""
    wait = first_s
    while True:
        yield wait
        wait = min(wait * factor, longest_s)
