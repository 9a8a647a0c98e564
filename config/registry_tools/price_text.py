"""KIE's prices, which come as prose (kie/API.md §9)."""

import re
from typing import Final

from config.registry_tools.live_model import LivePrice

_NUMBER: Final = r"(\d+(?:\.\d+)?)"
_FIGURE: Final = re.compile(rf"(?<![\d.]){_NUMBER} *credits?\b", re.IGNORECASE)
_TIER: Final = re.compile(rf"{_NUMBER} credits? per ([^();]+?)(?: \((.+)\))?", re.IGNORECASE)


def read_price(text: str) -> LivePrice:
    """The figures of a price, and the whole of it where it is ``4 credits per image (1K); 8 credits per image (2K)``."""
    figures = frozenset(float(figure) for figure in _FIGURE.findall(text))
    tiers = [_TIER.fullmatch(part.strip()) for part in text.split(";")]
    found = [(tier[3] or "any", tier[2], float(tier[1])) for tier in tiers if tier is not None]
    units = {unit for _, unit, _ in found}
    credits_ = {tier: _whole(figure) for tier, _, figure in found if figure > 0}
    if len(units) != 1 or not len(tiers) == len(found) == len(credits_):
        return LivePrice(text=text, figures=figures)
    return LivePrice(text=text, figures=figures, unit=units.pop(), credits=credits_)


def _whole(figure: float) -> float:
    return int(figure) if figure.is_integer() else figure
