"""Use case: the same generation once more, as it was or with other values."""

from datetime import timedelta
from typing import Final

from attrs import field, frozen

from application.drafts.fill_draft import DraftContent, Values
from application.drafts.generation_history import GenerationHistoryReader
from application.drafts.quote_draft import Quote, QuoteInput
from application.drafts.run_draft import RunDraft, RunOrder
from application.drafts.start_draft import StartDraft
from application.errors import ModelGone
from application.ports.clock import Clock
from application.ports.ids import Ids
from application.ports.model_catalog import ModelCatalog
from application.pricing.quote_price import shown_credits
from domain.draft import Draft, DraftId
from domain.generation import Destination, Generation, UserId
from domain.model import Model
from domain.price import PriceBasis, PriceQuote

ONE_TAP: Final = timedelta(seconds=2)
"""Two presses of a button that buys within this time are one finger."""


@frozen(kw_only=True)
class RepeatOrder:
    """``values`` are those to run with; ``request_key`` names the press, so that a repeated event buys nothing."""

    destination: Destination
    language: str
    values: Values = field(repr=False)
    request_key: str
    in_group: bool = False


@frozen(kw_only=True)
class Repeated:
    """``draft`` is None where it runs; otherwise it is to be looked at first, for what the quote says."""

    quote: Quote
    draft: Draft | None = None


@frozen(kw_only=True)
class RepeatGeneration:
    """At once where that is cheap; a draft to look at where it is dear, costs more than it says, or is not possible any more.

    The button to repeat says ``price_again``.
    """

    _catalog: ModelCatalog
    _history: GenerationHistoryReader
    _quote: QuoteInput
    _start: StartDraft
    _run: RunDraft
    _clock: Clock
    _ids: Ids

    async def __call__(self, generation: Generation, order: RepeatOrder) -> Repeated:
        """Return whether it runs.

        Raises:
            ModelGone: the registry has no such model any more.
            LimitReached, ModelPaused, StoreUnavailable: as ``RunDraft`` does.
        """
        model = self._catalog.find(generation.model_id)
        if model is None:
            raise ModelGone(generation.model_id)
        quote = await self._quote(generation.user, model, order.values)
        if quote.violations or not quote.is_offered:
            return await self._to_look_at(model, generation, order, quote)
        if await self._history.ran_again_since(generation, self._clock.now() - ONE_TAP):
            return Repeated(quote=quote)
        draft = self._draft(model, generation.user, order)
        outcome = await self._run.quoted(draft, model, quote, _run_order(order, price_again(generation) or 0.0))
        if outcome.generation is None:
            return await self._to_look_at(model, generation, order, outcome.quote)
        return Repeated(quote=outcome.quote)

    async def _to_look_at(self, model: Model, generation: Generation, order: RepeatOrder, quote: Quote) -> Repeated:
        content = DraftContent(values=order.values)
        draft = await self._start(generation.user, order.destination, model, content)
        return Repeated(quote=quote, draft=draft)

    def _draft(self, model: Model, user: UserId, order: RepeatOrder) -> Draft:
        return Draft(
            id=DraftId(self._ids.short_id()),
            user=user,
            destination=order.destination,
            model_id=model.id,
            values=order.values,
            updated_at=self._clock.now(),
        )


def price_again(generation: Generation) -> float | None:
    """Return the most that making it again at once costs, in the credits of its user: what it could cost itself, or what it
    would have cost where it was refused for that.

    None where no one knows.
    """
    failure = generation.failure
    if failure and failure.violation and failure.costs_more:
        cost = failure.violation.values.get("actual")
        return float(cost) if isinstance(cost, int | float) else None
    return generation.agreed_credits


def price_of_repeat(generation: Generation) -> PriceQuote | None:
    """Return the same as a price to show: up to the most where it cost less the first time. None where no one knows."""
    most, cost = price_again(generation), generation.paid_credits
    if most is None:
        return None
    is_bound = bool(generation.results) and cost is not None and shown_credits(cost) < shown_credits(most)
    return PriceQuote(
        credits=None if is_bound else most,
        low=0.0 if is_bound else most,
        high=most,
        ceiling=most,
        basis=PriceBasis.CEILING if is_bound else PriceBasis.EXACT,
    )


def _run_order(order: RepeatOrder, shown_credits: float) -> RunOrder:
    return RunOrder(
        language=order.language, shown_credits=shown_credits, in_group=order.in_group, request_key=order.request_key
    )
