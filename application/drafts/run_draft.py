"""Use case: run a draft."""

from enum import StrEnum
from typing import Final

from attrs import evolve, frozen

from application.drafts.quote_draft import Quote, QuoteInput
from application.drafts.same_request import is_same_request
from application.errors import CostsMore, InvalidInput, ModelGone
from application.generating.request_generation import GenerationRequest, RequestGeneration
from application.ports.model_catalog import ModelCatalog
from domain.draft import Draft, DraftId
from domain.generation import Generation
from domain.model import Model
from domain.price import PriceQuote

_OF_DRAFT: Final = "draft:"
"""Begins the request key of a generation that was a draft; the draft's id follows. Earlier versions wrote a prefix before it."""


@frozen(kw_only=True)
class RunOrder:
    """How a draft is to be run.

    ``shown_credits`` is the price on the button that was pressed; None: nothing was shown, as with a typed command.
    ``agreed_credits`` is the price that the person was asked about and agreed to; None: they were not asked yet. ``forced`` runs a
    model that is not offered any more, or switched off, at any price. ``in_group``: several people share the chat it goes to, and its
    limits. ``request_key`` names the request where the front end has a name for it; the draft's id is one in any case.
    ``key_credits_per_day``: the limit of the API key it is run with. ``may_have_run``: the draft stays open after it was run, as a
    form that the back button leads to; changed since, it is another request.
    """

    language: str
    shown_credits: float | None = None
    agreed_credits: float | None = None
    forced: bool = False
    in_group: bool = False
    request_key: str | None = None
    key_credits_per_day: float | None = None
    may_have_run: bool = False


@frozen(kw_only=True)
class RunOutcome:
    """``generation`` is None where the person is to be asked first: its price is in the quote."""

    quote: Quote
    generation: Generation | None = None


@frozen(kw_only=True)
class RunDraft:
    """The one way from a draft to a generation, for every front end. A draft, as it stands, buys at most one generation."""

    _catalog: ModelCatalog
    _quote: QuoteInput
    _request: RequestGeneration

    async def __call__(self, draft: Draft, order: RunOrder) -> RunOutcome:
        """Request the generation, or ask for confirmation where it costs more than was shown or agreed to.

        Raises:
            ModelGone: the registry has no such model any more.
            InvalidInput, ModelPaused, LimitReached, StoreUnavailable: as ``RequestGeneration`` does.
        """
        model = self._catalog.entry(draft.model_id)
        if model is None:
            raise ModelGone(draft.model_id)
        return await self.quoted(draft, model, await self._quote(draft.user, model, draft.values), order)

    async def quoted(self, draft: Draft, model: Model, quote: Quote, order: RunOrder) -> RunOutcome:
        """As the call, of a draft of ``model`` whose quote was made for this press. Raises the same but ModelGone."""
        if quote.violations and (quote.is_offered or order.forced):
            raise InvalidInput(quote.violations)  # the provider would take one that says nothing
        quote = evolve(quote, needs_confirmation=_asks(quote, order))
        if quote.needs_confirmation:
            return RunOutcome(quote=quote)
        try:
            request = _request(draft, order, quote.credits)
            generation = await self._request(request)
            if order.may_have_run and not is_same_request(generation, model, quote):
                changed = f"{draft.updated_at.timestamp()}:{request.request_key}"
                generation = await self._request(evolve(request, request_key=changed))
        except CostsMore:  # the price moved since the quote
            quote = await self._quote(draft.user, model, draft.values)
            return RunOutcome(quote=evolve(quote, needs_confirmation=True))
        return RunOutcome(quote=quote, generation=generation)


def _asks(quote: Quote, order: RunOrder) -> bool:
    """Whether the person is to be asked first. Nothing is asked about what is refused anyway."""
    if order.forced or not quote.is_offered or quote.violations or quote.credits is None:
        return False
    return asks_first(
        quote.credits, is_dear=quote.needs_confirmation, shown=order.shown_credits, agreed=order.agreed_credits
    )


class AskReason(StrEnum):
    """Why a person is asked first, the most surprising first."""

    RISEN = "risen"
    """It costs more than they saw when they pressed."""
    UNSURE = "unsure"
    """What it costs is known afterwards."""
    DEAR = "dear"


def why_asked(price: PriceQuote, seen: float | None) -> AskReason:
    """Return what a question for a price is about; ``seen``: the price that the person saw last, None or 0: none."""
    if seen and price.high > seen:
        return AskReason.RISEN
    return AskReason.UNSURE if price.credits is None else AskReason.DEAR


def asks_first(credits_: float, *, is_dear: bool, shown: float | None, agreed: float | None) -> bool:
    """Whether a person is asked before they pay so much: it is dear, or more than they saw, and they did not agree to it."""
    if agreed is not None and credits_ <= agreed:
        return False
    seen = [price for price in (shown, agreed) if price is not None]
    return is_dear or (bool(seen) and not credits_ <= max(seen))  # what is no number was not agreed to


def draft_of(request_key: str) -> DraftId | None:
    """Return the draft that a generation was; None where it was none."""
    _, prefix, draft_id = request_key.rpartition(_OF_DRAFT)
    return DraftId(draft_id) if prefix else None


def _request(draft: Draft, order: RunOrder, most_credits: float | None) -> GenerationRequest:
    return GenerationRequest(
        user=draft.user,
        destination=draft.destination,
        language=order.language,
        model=draft.model_id,
        input=draft.values,
        request_key=order.request_key or f"{_OF_DRAFT}{draft.id}",
        forced=order.forced,
        in_group=order.in_group,
        key_credits_per_day=order.key_credits_per_day,
        most_credits=most_credits,
    )
