"""Use case: put a question to a chat model, within what it may cost."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

import structlog
from attrs import field, frozen

from application.assisting.further_text_models import FurtherTextModels
from application.billing.reserve_credits import ReserveCredits
from application.errors import (
    ApplicationError,
    AssistanceUnavailable,
    ProviderError,
    ProviderOutcomeUnknown,
    ProviderRejected,
)
from application.limits import TextLimits
from application.ports.clock import Clock
from application.ports.ids import Ids
from application.ports.limit_store import LimitStore
from application.ports.metrics import Metrics
from application.ports.text_call_store import TextCallStore
from application.ports.text_model import TextAnswer, TextModel
from domain.failure import FailureKind
from domain.generation import UserId
from domain.media import MediaKind
from domain.model import ModelId
from domain.package import PriceList
from domain.price import PriceBasis, PriceQuote
from domain.provider_account import MAIN_ACCOUNT, AccountName
from domain.text_call import TextCall, TextCallId, TextPurpose, TextQuestion

TRIES: Final = 2
REST_S: Final = 60.0
"""For so long an account that refused us is asked after the others."""
HOLDS_FOR_ALL: Final = frozenset({FailureKind.UNAUTHORISED, FailureKind.OUT_OF_CREDITS, FailureKind.USAGE_CAP})
"""Refusals of the account: another model would say the same (kie/CHAT.md §3)."""

log = structlog.get_logger()


@frozen(kw_only=True)
class AskTextModel:
    """The first model of the list that takes the files; after a fault one more, of another vendor where there is one. An account that
    refuses us leaves the question to the bot's next, and rests.

    Every call is written down with the most it can cost before it is sent, and counts in the operator's limit and its
    user's, who reserves and pays it like a generation where people pay.
    """

    _models: Sequence[TextModel]
    _calls: TextCallStore
    _clock: Clock
    _ids: Ids
    _metrics: Metrics
    _limits: TextLimits
    _personal_limits: LimitStore | None = None
    _reserve: ReserveCredits | None = None
    _prices: PriceList | None = None
    _further: FurtherTextModels = field(factory=FurtherTextModels)
    _refused_at: dict[AccountName, float] = field(factory=dict, init=False)

    def can(self, kind: MediaKind | None = None) -> bool:
        """Return whether there is a model, for words alone or with such a file."""
        return any(True for _ in _able(frozenset({kind} if kind else ()), self._models))

    def price(self, question: TextQuestion) -> PriceQuote:
        """Return the most that an answer costs its user, whichever model gives it."""
        most = max(
            (
                _rounded(question.most_credits(one.prices)) * self._factor(one)
                for one in self._order(question.kinds, self._models)
            ),
            default=0.0,
        )
        return PriceQuote(credits=None, low=0.0, high=_rounded(most), ceiling=_rounded(most), basis=PriceBasis.CEILING)

    async def __call__(
        self, user: UserId, purpose: TextPurpose, question: TextQuestion, *, timeout_s: float, is_paid: bool = True
    ) -> TextAnswer:
        """Return the answer, within ``TRIES`` times ``timeout_s`` seconds of an account that takes the question. ``is_paid`` False: it
        costs its user nothing.

        Raises:
            AssistanceUnavailable: no model answered. Its user pays nothing.
            LimitReached: the operator's limit or the user's leaves no room; nothing was sent.
            InsufficientCredits, StoreUnavailable: nothing was sent.
        """
        for account, models in self._accounts():
            is_refused = False
            for model in self._order(question.kinds, models):
                call = await self._begun(user, purpose, model, question, account, is_paid=is_paid)
                try:
                    answer = await model.ask(question, timeout_s=timeout_s)
                except ProviderError as error:
                    is_refused = await self._failed(call, error)
                    if is_refused:
                        self._refused_at[account] = self._clock.monotonic()
                        break
                else:
                    self._metrics.count("text_call_answered")
                    await self._end(call, is_answered=True, cost=answer.credits)
                    return answer
            if not is_refused:
                break
        raise AssistanceUnavailable(purpose)

    async def _failed(self, call: TextCall, error: ProviderError) -> bool:
        """Write down that there is no answer. Return whether the account would refuse another model as well."""
        log.info(
            "text_call.failed",
            purpose=call.purpose,
            model=call.model,
            account=call.account,
            error=f"{error.code}: {error}",
        )
        self._metrics.count("text_call_failed")
        is_free = not isinstance(error, ProviderOutcomeUnknown)
        await self._end(call, is_answered=False, cost=0.0 if is_free else None)
        return isinstance(error, ProviderRejected) and error.failure.kind in HOLDS_FOR_ALL

    async def spent_today(self) -> float:
        """Return the credits of the last 24 hours, for the operator. Raises ``StoreUnavailable``."""
        return await self._calls.spent(self._clock.now() - timedelta(days=1))

    @property
    def limit(self) -> float | None:
        """Credits that all calls of 24 hours may cost; None: no limit."""
        return self._limits.all_per_day

    def _accounts(self) -> Sequence[tuple[AccountName, Sequence[TextModel]]]:
        """The bot's own first; what has just refused goes last."""
        rested_from = self._clock.monotonic() - REST_S
        all_of_them = [(MAIN_ACCOUNT, self._models), *self._further.each()]
        return sorted(all_of_them, key=lambda one: self._refused_at.get(one[0], float("-inf")) > rested_from)

    def _factor(self, model: TextModel) -> float:
        return float(self._prices.factor_of(ModelId(model.id))) if self._prices else 1.0

    async def _begun(
        self,
        user: UserId,
        purpose: TextPurpose,
        model: TextModel,
        question: TextQuestion,
        account: AccountName,
        *,
        is_paid: bool,
    ) -> TextCall:
        most = _rounded(question.most_credits(model.prices))
        quote = PriceQuote(credits=None, low=0.0, high=most, ceiling=most, basis=PriceBasis.CEILING)
        pays = self._reserve is not None and is_paid
        call = TextCall(
            id=TextCallId(self._ids.generation_id()),
            user=user,
            purpose=purpose,
            model=model.id,
            begun_at=self._clock.now(),
            most_credits=most,
            account=account,
            reservation=await self._reserve(user, ModelId(model.id), quote) if self._reserve and pays else None,
        )
        own = await self._personal_limits.get(user) if self._personal_limits else None
        user_limit = own.credits_per_day if own else self._limits.user_per_day
        limits = TextLimits(all_per_day=self._limits.all_per_day, user_per_day=user_limit if is_paid else None)
        await self._calls.begin(call, limits)
        return call

    async def _end(self, call: TextCall, *, is_answered: bool, cost: float | None) -> None:
        """An answer is not lost because its price can't be written down: the sweep ends the call, in its user's favour."""
        try:
            await self._calls.end(call.ended(at=self._clock.now(), is_answered=is_answered, credits=cost))
        except ApplicationError as error:
            log.warning("text_call.not_settled", call=call.id, error=error.code)

    def _order(self, kinds: frozenset[MediaKind], models: Sequence[TextModel]) -> Sequence[TextModel]:
        able = list(_able(kinds, models))
        if not able:
            return ()
        first, *rest = able
        others = sorted(rest, key=lambda model: model.vendor == first.vendor)
        return [first, *others][:TRIES]


def _able(kinds: frozenset[MediaKind], models: Sequence[TextModel]) -> Iterator[TextModel]:
    return (model for model in models if kinds <= model.takes)


def _rounded(credits_: float) -> float:
    """Up to a hundredth, as people are shown it."""
    return -(-round(credits_ * 1e6) // 10_000) / 100
