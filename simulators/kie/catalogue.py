"""HTTP: the live catalogue: models, schemas as OpenAPI 3.1, prices, success rates. All from the facts."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from aiohttp import web
from attrs import define, field

from .account import KieAccount, Window
from .answers import KieRefusal, envelope
from .dialects import MARKET_CREATE
from .known_facts import KieFacts
from .price_list import pricing_text
from .schema import openapi_of

# The catalogue offers what can be bought today under its own name.
_LISTED_STATUS: Final = "current"
_POINT: Final = timedelta(minutes=10)
_POINTS: Final = 144


@define(kw_only=True)
class CatalogueRoutes:
    """The four calls, which share one limit a second."""

    account: KieAccount
    facts: KieFacts
    _calls: Window = field(factory=Window, init=False)

    def routes(self) -> list[web.RouteDef]:
        """Return what the application serves; a model id keeps its slash."""
        return [
            web.get("/api/v1/models", self.models),
            web.get("/api/v1/models/{model:.+}/schema", self.schema),
            web.get("/api/v1/models/{model:.+}/price", self.price),
            web.get("/api/v1/models/{model:.+}/success-rate", self.success_rate),
        ]

    async def models(self, request: web.Request) -> web.Response:
        """Answer the entries that fit the filters taskType, provider and q."""
        self._admit()
        entries = [
            _entry(model_id, model, pricing_text(model_id, self.facts))
            for model_id, model in self.facts.models.items()
            if _is_listed(model)
        ]
        task_type, provider = request.query.get("taskType"), request.query.get("provider")
        words = request.query.get("q", "").lower()
        found = [
            entry
            for entry in entries
            if (task_type is None or task_type in entry["taskType"])
            and (provider is None or provider == entry["provider"])
            and words in f"{entry['model']} {entry['title']}".lower()
        ]
        return envelope({"total": len(found), "models": found})

    async def schema(self, request: web.Request) -> web.Response:
        """Answer one OpenAPI 3.1 object that names the path to call and the fields."""
        self._admit()
        model_id, model = self._listed(request)
        return envelope({"model": model_id, "openapi": openapi_of(model_id, model, MARKET_CREATE)})

    async def price(self, request: web.Request) -> web.Response:
        """Answer the price as prose."""
        self._admit()
        model_id, _ = self._listed(request)
        return envelope({"model": model_id, "pricingDesc": pricing_text(model_id, self.facts)})

    async def success_rate(self, request: web.Request) -> web.Response:
        """Answer a day in steps of ten minutes."""
        self._admit()
        self._listed(request)
        end = datetime.fromtimestamp(self.account.clock(), UTC).replace(second=0, microsecond=0)
        return envelope([_point(end - i * _POINT) for i in range(_POINTS, 0, -1)])

    def _admit(self) -> None:
        if not self._calls.let_in(self.account.clock(), self.account.options.catalogue_limit, 1.0):
            raise KieRefusal(429, "Your call frequency is too high. Please try again later.")

    def _listed(self, request: web.Request) -> tuple[str, Mapping[str, Any]]:
        model_id = request.match_info["model"]
        model = self.facts.models.get(model_id)
        if model is None or not _is_listed(model):
            raise KieRefusal(404, "Model not found")
        return model_id, model


def _is_listed(model: Mapping[str, Any]) -> bool:
    return bool(model["status"] == _LISTED_STATUS)


def _entry(model_id: str, model: Mapping[str, Any], pricing: str) -> dict[str, Any]:
    return {
        "model": model_id,
        "slug": model_id.replace("/", "-"),
        "title": model["title"],
        "provider": model["vendor"],
        "taskType": [model["model_type"].replace("_", " ").title().replace(" To ", " to ")],
        "description": None,
        "pricingDesc": pricing,
    }


def _point(start: datetime) -> dict[str, Any]:
    return {
        "start": start.isoformat(),
        "end": (start + _POINT).isoformat(),
        "successRate": 0.99,
        "errorRate": 0.01,
        "isNormal": True,
    }
