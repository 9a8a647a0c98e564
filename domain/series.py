"""Several generations of one wish, side by side: what their request keys say of each other."""

import re
from typing import Final

from attrs import frozen

MOST: Final = 4
"""As many as one wish is made of: what fits on a screen beside each other."""

_KEY: Final = re.compile(r"series:(?P<name>.+):(?P<number>[1-9])/(?P<count>[2-9])")


@frozen(kw_only=True)
class SeriesPlace:
    """``number`` counts from 1 to ``count``. The series' ``name`` is the front end's for the press that asked for it."""

    name: str
    number: int
    count: int

    @property
    def key(self) -> str:
        """The request key of the generation at this place."""
        return f"series:{self.name}:{self.number}/{self.count}"

    @property
    def keys(self) -> tuple[str, ...]:
        """Those of all of the series."""
        return tuple(f"series:{self.name}:{number}/{self.count}" for number in range(1, self.count + 1))


def place_in_series(request_key: str) -> SeriesPlace | None:
    """Return the place that a request key names; None for a generation that stands alone."""
    found = _KEY.fullmatch(request_key)
    if found is None:
        return None
    return SeriesPlace(name=found["name"], number=int(found["number"]), count=int(found["count"]))
