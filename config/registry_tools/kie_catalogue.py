"""KIE's live catalogue over HTTP: one call a second in all, whatever is asked."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

import aiohttp
from attrs import frozen
from yarl import URL

from adapters.kie_http.codes import Accepted, CallKind, Later, RefusedCall, Unknown
from adapters.kie_http.verdicts import error, verdict
from adapters.kie_http.wire import Answer, Wire
from application.errors import ProviderError, ProviderRejected, ProviderUnavailable
from application.ports.clock import Clock
from config.registry_tools.live_model import ListedModel, LiveForm, LivePrice
from config.registry_tools.openapi import read_form, read_own_path
from config.registry_tools.price_text import read_price
from config.registry_tools.provider_catalogue import NoForm, NoFormReason
from config.registry_tools.schema_tree import Unreadable
from domain.failure import FailureKind
from domain.model import ModelId, ModelType

MODELS_PATH: Final = "/api/v1/models"

INTERVAL_S: Final = 1.05
"""One call a second for the whole catalogue (kie/API.md §9), with a little left for clocks that differ."""


@frozen(kw_only=True)
class CatalogueLimits:
    """Seconds, bytes and tries of one call; a passing fault is waited out, ``retry_s`` longer each time."""

    interval_s: float = INTERVAL_S
    connect_s: float = 5.0
    read_s: float = 30.0
    attempts: int = 4
    retry_s: float = 2.0
    answer_bytes: int = 8_000_000


class KieHttpCatalogue:
    """``ProviderCatalogue`` on the KIE API. Calls take turns, by themselves, at the pace KIE allows.

    ``session`` is shared and stays open. ``api_base`` is the API's host, with scheme.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        api_key: str,
        api_base: str,
        clock: Clock,
        limits: CatalogueLimits = CatalogueLimits(),  # frozen
    ) -> None:
        self._wire = Wire(
            session=session,
            base=URL(api_base),
            api_key=api_key,
            connect_timeout_s=limits.connect_s,
            max_answer_bytes=limits.answer_bytes,
        )
        self._clock = clock
        self._limits = limits
        self._next_at = clock.monotonic()

    async def listing(self) -> Sequence[ListedModel]:
        match await self._ask(MODELS_PATH):
            case {"models": [_, *_] as entries, **rest} if rest.get("total", len(entries)) == len(entries):
                return [_listed(entry) for entry in entries]
        raise ProviderUnavailable("the list of models is empty, in part or not readable")

    async def form(self, model: ModelId, /) -> LiveForm | NoForm:
        try:
            data = await self._ask(_path(model, "schema"))
        except ProviderUnavailable as trouble:
            return NoForm(reason=NoFormReason.UNAVAILABLE, detail=str(trouble))
        except ProviderRejected as refusal:
            if refusal.failure.kind is not FailureKind.INPUT_REJECTED:
                raise
            return NoForm(reason=NoFormReason.NOT_SYNCED, detail=str(refusal))
        match data:
            case {"openapi": None}:
                return NoForm(reason=NoFormReason.NOT_SYNCED)
            case {"openapi": document}:
                return _form(document)
        return NoForm(reason=NoFormReason.UNREADABLE, detail="no document")

    async def price(self, model: ModelId, /) -> LivePrice | None:
        try:
            data = await self._ask(_path(model, "price"))
        except ProviderUnavailable:
            return None
        except ProviderRejected as refusal:
            if refusal.failure.kind is not FailureKind.INPUT_REJECTED:
                raise
            return None
        match data:
            case {"pricingDesc": str(text)}:
                return read_price(text)
        return None

    async def _ask(self, path: str) -> object:
        """The answer's data; passing faults are waited out, what remains of them is raised."""
        problem: ProviderError = ProviderUnavailable("not asked")
        for attempt in range(1, self._limits.attempts + 1):
            await self._clock.sleep(self._next_at - self._clock.monotonic())
            outcome = await self._wire.get(path, timeout_s=self._limits.read_s)
            self._next_at = self._clock.monotonic() + self._limits.interval_s
            match verdict(CallKind.ACCOUNT, outcome), outcome:
                case Accepted(), Answer(data=data):
                    return data
                case RefusedCall() as refused, _:
                    raise error(refused, outcome)
                case (Later() | Unknown()) as found, _:
                    problem = error(found, outcome)
            self._next_at += max(attempt * self._limits.retry_s, outcome.retry_after_s or 0.0)
        raise problem


def _path(model: ModelId, what: str) -> str:
    """A model's slash is not encoded (kie/API.md §9)."""
    return f"{MODELS_PATH}/{quote(model, safe='/')}/{what}"


def _form(document: object) -> LiveForm | NoForm:
    try:
        return read_form(document)
    except Unreadable as fault:
        return NoForm(reason=NoFormReason.UNREADABLE, detail=str(fault), create_path=_own_path(document))


def _own_path(document: object) -> str | None:
    try:
        return read_own_path(document)
    except Unreadable:
        return None


def _listed(entry: object) -> ListedModel:
    match entry:
        case {"model": str(model), **rest} if model:
            return ListedModel(
                id=ModelId(model),
                title=_text(rest, "title") or model,
                vendor=_text(rest, "provider"),
                types=tuple(_types(rest.get("taskType"))),
                price=read_price(text) if isinstance(text := rest.get("pricingDesc"), str) else None,
            )
    raise ProviderUnavailable("the list has an entry without a model")


def _text(entry: Mapping[object, object], key: str) -> str:
    value = entry.get(key)
    return value.strip() if isinstance(value, str) else ""


def _types(names: object) -> Sequence[ModelType]:
    """``Text to Video`` is ``text_to_video``; what has no counterpart is left out."""
    known = {kind.value: kind for kind in ModelType}
    words = names if isinstance(names, list) else [names]
    found = (known.get("_".join(name.lower().replace("-", " ").split())) for name in words if isinstance(name, str))
    return [kind for kind in found if kind is not None]
