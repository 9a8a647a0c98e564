"""Use case: which models of an offer could be run with one tap."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from application.drafts.fill_draft import PrepareValues, Values, files_in
from application.drafts.quote_draft import Quote, QuoteDraft
from application.ports.model_catalog import ModelCatalog
from application.wishes.offer_models import Offer
from domain.model import Model
from domain.parameter_roles import prompt_parameter
from domain.preferences import Preferences
from domain.reading import Preference

AT_MOST: Final = 3


@frozen(kw_only=True)
class ReadyModel:
    """A model that runs with these values as they stand, and what it would cost. ``mark``: the best, fast or cheap one."""

    model: Model
    values: Values
    quote: Quote
    mark: Preference | None = None


@frozen(kw_only=True)
class ChooseReady:
    """The first models of a sure offer that run as they stand and that no one would be asked about again.

    They say everything that was stated, as far as the first one does; they take all the files, and the words where they take
    any. None where it is not clear what the wish is for, or where a file is to be sent first. Where the words name models,
    no other one runs unless one of those does. A model that is switched off or failing is left to the list. Every candidate
    is validated and priced once.
    """

    _catalog: ModelCatalog
    _prepare: PrepareValues
    _quote: QuoteDraft

    async def __call__(self, offer: Offer, preferences: Preferences, *, at_most: int = AT_MOST) -> Sequence[ReadyModel]:
        """Return ``at_most`` models, in the order of the offer. Raises ``StoreUnavailable``."""
        found: list[ReadyModel] = []
        if not offer.is_sure or offer.lacks or offer.missing:
            return found
        models = [model for name in offer.models if (model := self._catalog.entry(name)) is not None]
        for model in models:
            if offer.named and not found and model.id not in offer.named:
                break
            if not offer.unsaid(model).keys() <= offer.unsaid(models[0]).keys():
                continue
            ready = await self._candidate(model, offer, preferences)
            if self._runs(ready, offer):
                found.append(ready)
            if len(found) == at_most:
                break
        return found

    def _runs(self, ready: ReadyModel, offer: Offer) -> bool:
        is_well = ready.quote.is_ready and not ready.quote.is_failing
        words = offer.content(ready.model).text
        if not (words or offer.files or offer.links):  # a model's name alone says nothing of what is wanted
            return False
        is_heard = not words or prompt_parameter(ready.model) is None or words in ready.values.values()
        return is_well and is_heard and len(files_in(ready.values)) == len(offer.files)

    async def _candidate(self, model: Model, offer: Offer, preferences: Preferences) -> ReadyModel:
        values = await self._prepare(model, preferences, offer.content(model))
        quote = self._quote(model, values)
        return ReadyModel(model=model, values=values, quote=quote, mark=offer.marks.get(model.id))
