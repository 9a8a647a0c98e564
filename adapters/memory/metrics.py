"""Metrics a test can read."""

from collections import Counter, defaultdict

Series = tuple[str, frozenset[tuple[str, str]]]
"""A name with its labels."""


class CountingMetrics:
    """``Metrics`` kept as plain numbers."""

    def __init__(self) -> None:
        self._counts: Counter[Series] = Counter()
        self._observed: defaultdict[Series, list[float]] = defaultdict(list)
        self._gauges: dict[Series, float] = {}

    def count(self, event: str, /, **labels: str) -> None:
        self._counts[_series(event, labels)] += 1

    def observe(self, quantity: str, value: float, /, **labels: str) -> None:
        self._observed[_series(quantity, labels)].append(value)

    def gauge(self, quantity: str, value: float, /, **labels: str) -> None:
        self._gauges[_series(quantity, labels)] = value

    def counted(self, event: str, /, **labels: str) -> int:
        """How often ``event`` came with these labels at least."""
        wanted = labels.items()
        return sum(n for (name, has), n in self._counts.items() if name == event and wanted <= dict(has).items())

    def observed(self, quantity: str, /, **labels: str) -> list[float]:
        """Every value of exactly this series, in order."""
        return list(self._observed.get(_series(quantity, labels), ()))

    def gauged(self, quantity: str, /, **labels: str) -> float | None:
        """The last value of exactly this series."""
        return self._gauges.get(_series(quantity, labels))


def _series(name: str, labels: dict[str, str]) -> Series:
    return name, frozenset(labels.items())
