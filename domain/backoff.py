"""How long to wait before the same is asked again."""

from collections.abc import Iterator

from attrs import frozen


@frozen(kw_only=True)
class Backoff:
    """Waits that double from ``first_s`` up to ``most_s`` seconds."""

    first_s: float = 0.2
    most_s: float = 5.0

    def __iter__(self) -> Iterator[float]:
        """Yield each wait in full, for ever."""
        wait_s = self.first_s
        while True:
            yield wait_s
            wait_s = min(wait_s * 2.0, self.most_s)

    def delay_s(self, failures: int, *, chance: float) -> float:
        """Return the wait after so many failures in a row (1 or more), spread by ``chance`` from 0 to 1 over its upper half."""
        full = min(self.most_s, self.first_s * 2.0 ** min(failures - 1, 32))
        return full * (0.5 + 0.5 * chance)
