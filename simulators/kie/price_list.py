"""KIE's price list: the prose of each model, and the public feed of rows, both made from the price facts."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web
from attrs import define, field

from .answers import envelope
from .known_facts import KieFacts
from .requests import json_object

Row = dict[str, Any]

_USD_PER_CREDIT: Final = 0.005
_PAGE_SIZE: Final = 100
_INTERFACES: Final[Mapping[str, str]] = {"image": "image", "video": "video", "audio": "music", "text": "chat"}
_UNITS: Final[Mapping[str, str]] = {
    "image": "per image",
    "video": "per video",
    "request": "per request",
    "output_second": "per second",
    "input_second": "per second",
    "1000_characters": "per 1000 characters",
}


@define(kw_only=True)
class PriceFeedRoutes:
    """The two public calls of the feed; no key is needed.

    Attributes:
        changes: rows as they shall be answered, by their description: a spoilt number, another price; None leaves
            the row out.
    """

    facts: KieFacts
    changes: dict[str, Row | None] = field(factory=dict)

    def routes(self) -> list[web.RouteDef]:
        """Return what the application serves."""
        return [
            web.get("/client/v1/model-pricing/count", self.count),
            web.post("/client/v1/model-pricing/page", self.page),
        ]

    async def count(self, _request: web.Request) -> web.Response:
        """Answer how many rows there are, in all and by interface."""
        rows = list(self.rows())
        kinds = {kind: sum(row["interfaceType"] == kind for row in rows) for kind in _INTERFACES.values()}
        return envelope({"all": len(rows), **kinds})

    async def page(self, request: web.Request) -> web.Response:
        """Answer one page of rows."""
        asked = await json_object(request)
        part, kind = str(asked.get("modelDescription") or "").lower(), asked.get("interfaceType")
        rows = [
            row
            for row in self.rows()
            if part in row["modelDescription"].lower() and (not kind or kind == row["interfaceType"])
        ]
        number, size = int(asked.get("pageNum") or 1), min(int(asked.get("pageSize") or 10), _PAGE_SIZE)
        pages = {"total": len(rows), "size": size, "current": number, "pages": math.ceil(len(rows) / size)}
        return envelope(pages | {"records": rows[(number - 1) * size : number * size]})

    def rows(self) -> Iterator[Row]:
        """Every row of the feed: all figures are text, as on KIE."""
        for model_id, model in self.facts.models.items():
            for rule in self.facts.prices.get(model_id, {}).get("rules", ()):
                row = _row(model_id, model, rule)
                changed = self.changes.get(row["modelDescription"], row)
                if changed is not None:
                    yield row | changed


def pricing_text(model_id: str, facts: KieFacts) -> str:
    """Return the price of a model as prose; nothing for a model without a price."""
    rules = facts.prices.get(model_id, {}).get("rules", ())
    return "; ".join(f"{rule['credits']} credits {_unit(rule)}{_tier(rule, ' (', ')')}" for rule in rules)


def _row(model_id: str, model: Mapping[str, Any], rule: Mapping[str, Any]) -> Row:
    usd = round(rule["credits"] * _USD_PER_CREDIT, 5)
    return {
        "modelDescription": f"{model['title'].lower()}{_tier(rule, ', ')}",
        "interfaceType": _INTERFACES[model["output"]],
        "provider": model["vendor"],
        "creditPrice": str(float(rule["credits"])),
        "creditUnit": _unit(rule),
        "usdPrice": str(usd),
        "falPrice": "",
        "discountRate": 0,
        "anchor": f"https://kie.ai/{quote(model_id.replace('/', '-'))}?model={quote(model_id, safe='')}",
        "discountPrice": False,
    }


def _unit(rule: Mapping[str, Any]) -> str:
    return _UNITS.get(rule["unit"], f"per {rule['unit'].replace('_', ' ')}")


def _tier(rule: Mapping[str, Any], before: str, after: str = "") -> str:
    conditions = (f"{name} {_words(wanted)}".strip() for name, wanted in rule.get("when", {}).items())
    text = ", ".join(conditions)
    return f"{before}{text}{after}" if text else ""


def _words(wanted: object) -> str:
    match wanted:
        case {"given": given}:
            return "given" if given else "not given"
        case {"min": low, "max": high}:
            return f"{low} to {high}"
        case {"min": low}:
            return f"from {low}"
        case {"max": high}:
            return f"up to {high}"
        case list():
            return "/".join(str(one) for one in wanted)
        case _:
            return str(wanted).lower()
