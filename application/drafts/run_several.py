"""Use case: run one wish by several models side by side, or several times by one."""

from collections.abc import Sequence
from typing import Final

from attrs import evolve, field, frozen

from application.drafts.fill_draft import DraftContent, PrepareValues, Values
from application.drafts.quote_draft import Quote, QuoteInput
from application.drafts.run_draft import asks_first
from application.errors import CostsMore, EditRefused
from application.generating.request_generation import GenerationRequest, RequestGeneration
from application.ports.preference_store import PreferenceStore
from domain.generation import Destination, Generation, UserId
from domain.model import Model
from domain.parameter_roles import seed_parameter
from domain.price import PriceBasis, PriceQuote
from domain.series import MOST, SeriesPlace

LEAST: Final = 2


@frozen(kw_only=True)
class Several:
    """One wish for each of ``models``, in this order; a model may come more than once. ``price`` is that of all together."""

    models: tuple[Model, ...]
    values: tuple[Values, ...] = field(repr=False)
    quotes: tuple[Quote, ...]
    price: PriceQuote | None
    needs_confirmation: bool

    @property
    def is_ready(self) -> bool:
        """Whether all of them run as they stand."""
        return LEAST <= len(self.models) <= MOST and self.price is not None


@frozen(kw_only=True)
class SeveralOrder:
    """``key`` names the press: the same twice is one series. ``shown_credits`` is the price of all on the button that was
    pressed, ``agreed_credits`` the one that the person was asked about and agreed to; None: as ``RunOrder`` has it."""

    destination: Destination
    language: str
    key: str
    shown_credits: float | None = None
    agreed_credits: float | None = None
    in_group: bool = False


@frozen(kw_only=True)
class SeveralOutcome:
    """``generations`` are empty where the person is to be asked first: the price of all is in ``several``."""

    several: Several
    generations: Sequence[Generation] = ()


@frozen(kw_only=True)
class RunSeveral:
    """One price, one reservation each, all taken on or none. They arrive together where the front end has albums."""

    _preferences: PreferenceStore
    _prepare: PrepareValues
    _quote: QuoteInput
    _request: RequestGeneration
    _confirm_credits: float

    async def quote(self, user: UserId, wanted: Sequence[tuple[Model, DraftContent]]) -> Several:
        """Return what all of them would say and cost. Raises ``StoreUnavailable``."""
        preferences = await self._preferences.get(user)
        models = tuple(model for model, _ in wanted)
        prepared = [await self._prepare(model, preferences, content) for model, content in wanted]
        values = tuple(
            _of_take(model, prepared[place], models[:place].count(model)) for place, model in enumerate(models)
        )
        quotes = tuple([await self._quote(user, model, given) for model, given in zip(models, values, strict=True)])
        price = _sum(quotes)
        return Several(
            models=models,
            values=values,
            quotes=quotes,
            price=price,
            needs_confirmation=price is None or price.asks_first(self._confirm_credits),
        )

    async def __call__(
        self, user: UserId, wanted: Sequence[tuple[Model, DraftContent]], order: SeveralOrder
    ) -> SeveralOutcome:
        """Request all of them, or ask for confirmation where together they cost more than was agreed to.

        Raises:
            EditRefused: fewer than two or more than four, or one of them can't run as it stands.
            ModelPaused, LimitReached, InsufficientCredits, StoreUnavailable: nothing was taken on.
        """
        several = await self.quote(user, wanted)
        if not several.is_ready or several.price is None:
            raise EditRefused("several")
        if asks_first(
            several.price.high,
            is_dear=several.needs_confirmation,
            shown=order.shown_credits,
            agreed=order.agreed_credits,
        ):
            return SeveralOutcome(several=evolve(several, needs_confirmation=True))
        requests = [
            GenerationRequest(
                user=user,
                destination=order.destination,
                language=order.language,
                model=model.id,
                input=values,
                request_key=SeriesPlace(name=order.key, number=number, count=len(several.models)).key,
                in_group=order.in_group,
                most_credits=several.quotes[number - 1].credits,
            )
            for number, (model, values) in enumerate(zip(several.models, several.values, strict=True), start=1)
        ]
        try:
            generations = await self._request.together(requests)
        except CostsMore:  # a price moved since the quote
            return SeveralOutcome(several=evolve(await self.quote(user, wanted), needs_confirmation=True))
        return SeveralOutcome(several=evolve(several, needs_confirmation=False), generations=generations)


def _of_take(model: Model, values: Values, earlier: int) -> Values:
    """The values of another take: where the model has a seed that was stated, the next one."""
    seed = seed_parameter(model)
    stated = values.get(seed.name) if seed else None
    if seed is None or not earlier or not isinstance(stated, int):
        return values
    return {**values, seed.name: stated + earlier}


def _sum(quotes: Sequence[Quote]) -> PriceQuote | None:
    """None where one of them can't run, or its price is not known."""
    prices = [quote.price for quote in quotes if quote.price and quote.is_allowed and not quote.violations]
    if not prices or len(prices) < len(quotes):
        return None
    credits_ = None if any(one.credits is None for one in prices) else sum(one.credits or 0 for one in prices)
    return PriceQuote(
        credits=credits_,
        low=sum(one.low for one in prices),
        high=sum(one.high for one in prices),
        ceiling=sum(one.ceiling for one in prices),
        basis=PriceBasis.EXACT if all(one.is_exact for one in prices) else PriceBasis.RANGE,
        as_of=min(one.as_of for one in prices),
        source=prices[0].source,
    )
