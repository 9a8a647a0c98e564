"""Use case: what can be done with a person's words and files: the models that run as they stand, then the others, with prices."""

from collections.abc import Sequence

from attrs import frozen

from application.ports.model_catalog import ModelCatalog
from application.pricing.quote_price import PersonPrice
from application.wishes.offer_models import ChooseReady, Offer, OfferModels, ReadyModel
from domain.media import Attachment
from domain.model import Model
from domain.preferences import Preferences
from domain.price import PriceQuote
from domain.use import Use


@frozen(kw_only=True)
class OtherModel:
    """A model that needs something first, or stands behind the best. ``price`` goes by what is said and given so far."""

    model: Model
    price: PriceQuote


@frozen(kw_only=True)
class OfferList:
    """``ready`` first, then ``others``, both in the order of the offer."""

    offer: Offer
    ready: Sequence[ReadyModel]
    others: Sequence[OtherModel]


@frozen(kw_only=True)
class ListOffer:
    """The same list for every door that shows more than a chat does."""

    _offer: OfferModels
    _ready: ChooseReady
    _catalog: ModelCatalog
    _price: PersonPrice

    async def __call__(
        self, text: str, files: Sequence[Attachment], preferences: Preferences, *, use: Use | None = None
    ) -> OfferList:
        """Return the list; nothing in it where no model fits, or where the words are talk. Raises StoreUnavailable."""
        offer = await self._offer(text, files, use=use)
        ready = await self._ready(offer, preferences)
        taken = {one.model.id for one in ready}
        others = [model for name in offer.models if name not in taken and (model := self._catalog.entry(name))]
        return OfferList(
            offer=offer,
            ready=ready,
            others=[OtherModel(model=model, price=offer.price(model, self._price)) for model in others],
        )
