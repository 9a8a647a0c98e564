"""Use case: say what is wrong with a draft, what it costs, and whether it may run."""

from collections.abc import Sequence

from attrs import evolve, field, frozen

from application.catalog.model_notices import ModelNotices
from application.catalog.validate_input import ValidateInput
from application.drafts.fill_draft import Values
from application.errors import InvalidInput
from application.generating.earlier_ids import EarlierIds
from application.pricing.quote_price import PersonPrice
from domain.generation import UserId
from domain.model import Model
from domain.operation import ModelPause
from domain.parameter_roles import ids_in, missing_content
from domain.price import PriceQuote
from domain.violation import Violation, ViolationCode


@frozen(kw_only=True)
class Quote:
    """One answer for everything that depends on a draft's values.

    ``price`` and ``input``, which is what would be sent, are None while the input is not valid. ``price_so_far`` is the price of
    an input that only lacks something. ``notices`` are values the provider will drop. ``pause``: the operator switched the model off.
    ``is_failing``: its last generations failed one after another. ``is_offered``: the provider takes the model today.
    """

    violations: Sequence[Violation] = ()
    notices: Sequence[Violation] = ()
    price: PriceQuote | None = None
    price_so_far: PriceQuote | None = None
    input: Values | None = field(default=None, repr=False)
    needs_confirmation: bool = False
    is_offered: bool = True
    pause: ModelPause | None = field(default=None)
    is_failing: bool = False

    @property
    def is_allowed(self) -> bool:
        """Whether a person may run this model now, whatever its input."""
        return self.is_offered and self.pause is None

    @property
    def is_ready(self) -> bool:
        """Whether it runs as it stands and no one is asked again."""
        return self.is_allowed and not self.violations and not self.needs_confirmation

    @property
    def price_now(self) -> PriceQuote | None:
        """The price as far as it is known: also of an input that only lacks something. For lists; nothing is bought for it."""
        return self.price or self.price_so_far

    @property
    def credits(self) -> float | None:
        """The most it can cost, in credits; None while the input is not valid."""
        return self.price.high if self.price else None


@frozen(kw_only=True)
class QuoteDraft:
    """Validate and price an input once. In memory: a list of models may ask it for every row.

    An input that the provider would take and that says nothing is not valid here: no one meant to buy it.

    ``confirm_credits``: from this price on a person is asked before anything is bought.
    """

    _validate: ValidateInput
    _price: PersonPrice
    _notices: ModelNotices
    _confirm_credits: float

    def __call__(self, model: Model, values: Values) -> Quote:
        """Return what the model would say to these values, on offer or not."""
        try:
            valid = self._validate(model.id, values, forced=True)
        except InvalidInput as error:
            quote = self._quote(model, violations=error.violations)
            is_unfinished = all(one.is_missing for one in error.violations)
            return evolve(quote, price_so_far=self._price.so_far(model, values)) if is_unfinished else quote
        if missing := missing_content(valid.model, valid.input):
            violations = [Violation(path=one.name, code=ViolationCode.REQUIRED) for one in missing[:1]]
            quote = self._quote(model, violations=violations)
            return evolve(quote, price_so_far=self._price.so_far(model, valid.input))
        price = self._price(valid.model, valid.input)
        asks = price.asks_first(self._confirm_credits)
        quote = self._quote(model, price=price, notices=valid.notices, needs_confirmation=asks)
        return evolve(quote, input=valid.input)

    def _quote(
        self,
        model: Model,
        *,
        violations: Sequence[Violation] = (),
        notices: Sequence[Violation] = (),
        price: PriceQuote | None = None,
        needs_confirmation: bool = False,
    ) -> Quote:
        return Quote(
            violations=violations,
            notices=notices,
            price=price,
            needs_confirmation=needs_confirmation,
            is_offered=model.is_offered,
            pause=self._notices.pause_of(model.id),
            is_failing=self._notices.is_failing(model.id),
        )


@frozen(kw_only=True)
class QuoteInput:
    """The same for the values of one person, among which ids of the provider may be. Raises ``StoreUnavailable``.

    ``earlier`` is None at a terminal, as in ``RequestGeneration``.
    """

    _quote: QuoteDraft
    _earlier: EarlierIds | None = None

    async def __call__(self, user: UserId, model: Model, values: Values) -> Quote:
        """Return what ``QuoteDraft`` does, with what is known of the ids and what is wrong with them.

        ``input`` is what would be sent also where an id is refused by now: a request of before was for it.
        """
        if self._earlier is None or not ids_in(model, values):
            return self._quote(model, values)
        known, faults = await self._earlier.examined(user, model, values)
        quote = self._quote(model, known)
        if not faults:
            return quote
        violations = [*quote.violations, *faults]
        return evolve(quote, violations=violations, price=None, price_so_far=None, needs_confirmation=False)
