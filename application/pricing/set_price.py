"""Use case: the operator says what a model costs."""

from attrs import frozen

from application.audit import Audit
from application.errors import ModelGone
from application.ports.clock import Clock
from application.ports.model_catalog import ModelCatalog
from application.ports.price_book import BookPrice, PriceBook
from domain.audit import AuditedAction
from domain.errors import InvalidPrice
from domain.generation import UserId
from domain.model import Model, ModelId
from domain.price_feed import OPERATOR, FeedPrice
from domain.price_rule import MOST_CREDITS


@frozen(kw_only=True)
class SetPrice:
    """A price of the operator's own counts before the feed's and what charges taught, for every bot of the deployment.

    ``place`` is the rule's place in the model's list, from 0. Instances that run quote by it within five minutes.
    """

    _book: PriceBook
    _catalog: ModelCatalog
    _audit: Audit
    _clock: Clock

    async def __call__(self, model_id: ModelId, place: int, credits_: float, *, by: UserId) -> None:
        """Put ``credits_`` into the rule; 0 is free.

        Raises:
            ModelGone: no such model.
            InvalidPrice: no such rule, or a price that is negative, no number or beyond what anything costs.
            StoreUnavailable: nothing has changed.
        """
        model = self._rule_of(model_id, place)
        if not 0 <= credits_ <= MOST_CREDITS:
            raise InvalidPrice(f"{credits_} is no price")
        await self._audit(AuditedAction.PRICE_SET, by=by, about=model.id, details=f"rule {place + 1}: {credits_:g}")
        price = FeedPrice(model=model.id, place=place, credits=credits_, row=OPERATOR)
        await self._book.write([BookPrice(price=price, read_at=self._clock.now())])

    async def take_back(self, model_id: ModelId, place: int, *, by: UserId) -> bool:
        """Whether there was a price of the operator's own. The registry's counts until the feed is read again.

        Raises:
            ModelGone, InvalidPrice, StoreUnavailable: as above.
        """
        model = self._rule_of(model_id, place)
        own = [one for one in await self._book.prices() if one.price.row == OPERATOR]
        if not any((one.price.model, one.price.place) == (model.id, place) for one in own):
            return False
        await self._audit(AuditedAction.PRICE_REMOVE, by=by, about=model.id, details=f"rule {place + 1}")
        await self._book.remove(model.id, place)
        return True

    def _rule_of(self, model_id: ModelId, place: int) -> Model:
        model = self._catalog.entry(model_id)
        if model is None:
            raise ModelGone(model_id)
        if not 0 <= place < len(model.prices):
            raise InvalidPrice(f"{model.id} has {len(model.prices)} price rules, and none is number {place + 1}")
        return model
