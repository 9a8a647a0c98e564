"""Offers: models for a wish in words."""

from collections.abc import Sequence

from aiohttp import web
from attrs import asdict

from adapters.api_http.call import ApiCall, answer
from adapters.api_http.caller import Caller
from adapters.api_http.presenters import model_out, plain_input
from adapters.api_http.problems import notices_out
from adapters.api_http.schemas import AbsentModelOut, NewWish, OfferedModelOut, OfferOut
from domain.kept_media import MediaId
from domain.media import Attachment
from domain.use import Use


async def offer(call: ApiCall) -> web.Response:
    """Which models do what the words ask for: those that run as they stand first, with their input and price."""
    wish = await call.body(NewWish)
    files = [(await call.services.open_media(MediaId(one.upload), call.user)).attachment for one in wish.files]
    return answer(await offered(call.caller, wish.text, files, wish.use))


async def offered(caller: Caller, text: str, files: Sequence[Attachment] = (), use: Use | None = None) -> OfferOut:
    """Return the offer for these words and files."""
    preferences = await caller.services.read_preferences(caller.user)
    found = await caller.services.list_offer(text, files, preferences, use=use)
    ready = [
        OfferedModelOut(
            **model_out(one.model, one.quote.price).model_dump(),
            ready=True,
            mark=one.mark,
            input=plain_input(one.values),
            notices=notices_out(one.quote.notices, caller.services.texts, caller.language),
        )
        for one in found.ready
        if one.quote.price
    ]
    others = [OfferedModelOut(**model_out(one.model, one.price).model_dump(), ready=False) for one in found.others]
    return OfferOut(
        uses=[str(one) for one in found.offer.uses],
        lacks=found.offer.lacks,
        missing=found.offer.missing,
        absent=AbsentModelOut(**asdict(absent)) if (absent := found.offer.absent) else None,
        models=[*ready, *others],
    )
