"""Take a wish on: from here on it is either answered or still on its way."""

from collections.abc import Sequence
from typing import Final

import structlog
from attrs import evolve, field, frozen

from application.billing.reserve_credits import ReserveCredits
from application.catalog.require_filter import with_filter
from application.catalog.unsafe_requests import UnsafeRequests
from application.catalog.validate_input import ValidateInput
from application.errors import CostsMore, LimitReached
from application.generating.carried_here import HandedOver
from application.generating.earlier_ids import EarlierIds
from application.leading.repeat import until_store_answers
from application.limits import GroupLimits, UserLimits
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from application.ports.metrics import Metrics
from application.ports.tracer import Tracer
from application.pricing.quote_price import QuotePrice
from domain.generation import Destination, Generation, UserId
from domain.reservation import Reservation, credits_of, units_of

log = structlog.get_logger()

PATIENCE_S: Final = 10.0
"""For so long a wish is offered to a store that stumbles; a restart of PostgreSQL takes a second or two."""


@frozen(kw_only=True)
class GenerationRequest:
    """What a front end was asked for.

    ``model`` is an id or an alias; ``input`` is raw, as ``ValidateInput`` takes it. ``request_key`` names the request
    at the front end (bot and update id): the same key twice is one generation. ``forced`` asks for a model that is
    not offered any more, or switched off. ``in_group``: several people share the chat it goes to, and its limits.
    ``key_credits_per_day`` is the limit of the API key that it is asked for with, None where there is none.
    ``most_credits``: nothing dearer is accepted, in the user's credits; None: the limits alone decide.
    """

    user: UserId
    destination: Destination
    language: str
    model: str
    input: object = field(repr=False)
    request_key: str
    forced: bool = False
    in_group: bool = False
    key_credits_per_day: float | None = None
    most_credits: float | None = None


@frozen(kw_only=True)
class RequestGeneration:
    """Find the model, validate the input, reserve the user's share and write the row. Then it may be acknowledged."""

    _validate: ValidateInput
    _quote: QuotePrice
    _store: GenerationStore
    _ids: Ids
    _clock: Clock
    _metrics: Metrics
    _limits: UserLimits
    _group_limits: GroupLimits
    _tracer: Tracer
    _handed_over: HandedOver
    _filter_always: bool = False
    _reserve: ReserveCredits | None = None
    _unsafe: UnsafeRequests | None = None
    _earlier: EarlierIds | None = None
    """None at a terminal: its person owns the provider's account, and any id there may be theirs."""

    async def __call__(self, wish: GenerationRequest) -> Generation:
        """The accepted generation; the earlier one when this request was taken on before.

        Raises:
            InvalidInput: nothing was written; the violations say what to change.
            ModelPaused: the operator has switched the model off; nothing was written.
            CostsMore: it can cost more than ``most_credits``; nothing was written.
            RequestDeclined: the operator's list speaks of it; nothing was written.
            LimitReached: nothing was written.
            InsufficientCredits, PriceUnknown: the person is to pay for it and can't; nothing was written.
            StoreUnavailable: it may have been written; asking again with the same key is safe, and was tried.
        """
        return await until_store_answers(lambda: self._accept(wish), clock=self._clock, for_s=PATIENCE_S)

    async def together(self, wishes: Sequence[GenerationRequest]) -> Sequence[Generation]:
        """Take several wishes of one user into one chat on, all or none. Raises the same; it is not tried again."""
        made = [await self._made(wish) for wish in wishes]
        group_limits = self._group_limits if wishes[0].in_group else None
        try:
            accepted = await self._store.add_together(made, limits=self._limits, group_limits=group_limits)
        except LimitReached as refused:  # when there is room for all of them, the limit of one does not say
            raise LimitReached(refused.limit, refused.allowed, fits=refused.fits) from None
        for one in accepted:
            self._note(one)
        return accepted

    async def _accept(self, wish: GenerationRequest) -> Generation:
        with self._tracer.span("request"):
            generation = await self._made(wish)
            group_limits = self._group_limits if wish.in_group else None
            if wish.key_credits_per_day is not None:
                group_limits = GroupLimits(credits_per_day=wish.key_credits_per_day, name="key")
            self._handed_over.give(generation)  # first: the leader may hear its announcement before we hear the answer
            accepted = await self._store.add(generation, limits=self._limits, group_limits=group_limits)
        self._note(accepted)
        return accepted

    def _note(self, accepted: Generation) -> None:
        log.info("generation.accepted", generation_id=accepted.id, model=accepted.model_id, user=accepted.user)
        self._metrics.count("generation_accepted")

    async def _made(self, wish: GenerationRequest) -> Generation:
        """The generation that a wish asks for, not written yet."""
        valid = self._validate(wish.model, wish.input, forced=wish.forced)
        if self._earlier and valid.has_earlier_ids:
            valid = evolve(valid, input=await self._earlier.checked(wish.user, valid.model, valid.input))
        if self._filter_always:
            valid = evolve(valid, input=with_filter(valid.model, valid.input))
        if self._unsafe:
            await self._unsafe.check(valid.input)
        quote = self._quote(valid.model, valid.input)
        reservation = await self._reserve(wish.user, valid.model.id, quote) if self._reserve else None
        _agree(wish, quote.high, reservation)
        return Generation(
            id=self._ids.generation_id(),
            user=wish.user,
            destination=wish.destination,
            language=wish.language,
            model_id=valid.model.id,
            input=valid.input,
            created_at=self._clock.now(),
            request_key=wish.request_key,
            secret=self._ids.secret(),
            forced=wish.forced,
            reserved_credits=quote.high,
            reservation=reservation,
            trace=self._tracer.place(),
        )


def _agree(wish: GenerationRequest, most: float, reservation: Reservation | None) -> None:
    """Raise ``CostsMore`` where its user may pay more than was agreed; ``most`` in the provider's credits."""
    if wish.most_credits is None:
        return
    if reservation and reservation.units > units_of(wish.most_credits):
        raise CostsMore(float(credits_of(reservation.units)), wish.most_credits)
    if not reservation and most > wish.most_credits:
        raise CostsMore(most, wish.most_credits)
