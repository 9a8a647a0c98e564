"""Use case: which models of an offer could be run with one tap."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from application.catalog.find_models import FindModels
from application.drafts.fill_draft import Values, files_in
from application.drafts.prepare_values import DraftContent, PrepareValues
from application.drafts.quote_draft import Quote, QuoteDraft
from application.ports.model_catalog import ModelCatalog
from application.wishes.offer import Offer
from application.wishes.offer_models import OFFERED
from domain.model import Model, ModelType
from domain.preferences import Preferences

AT_MOST: Final = 3
FROM_WORDS: Final = frozenset(one for one in ModelType if one.startswith("text_to_"))
"""What is begun with words alone; beside a file something else is meant."""


@frozen(kw_only=True)
class ReadyModel:
    """A model that runs with these values as they stand, and what it would cost."""

    model: Model
    values: Values
    quote: Quote


@frozen(kw_only=True)
class ChooseReady:
    """The best model of each task that runs as it stands, and that nobody would be asked about again.

    It takes all the files and, unless they name its task, the words. One whose price is known goes before a better one; one
    that is switched off or failing is left to the list. Every candidate is validated and priced once.
    """

    _catalog: ModelCatalog
    _find_models: FindModels
    _prepare: PrepareValues
    _quote: QuoteDraft

    async def __call__(self, offer: Offer, preferences: Preferences) -> Sequence[ReadyModel]:
        """Return ``AT_MOST`` models, in the order of the offer. Raises ``StoreUnavailable``."""
        models = [model for name in offer.models if (model := self._catalog.entry(name))]
        named = self._named(offer)
        meant = [model for model in models if model in named] or models
        are_words_used = bool(offer.text) and not any(model in named for model in models)
        found: dict[ModelType, ReadyModel] = {}
        for model in meant:
            if not self._is_wanted(model, offer, found):
                continue
            ready = await self._candidate(model, offer, preferences)
            is_complete = ready.quote.is_ready and len(files_in(ready.values)) == len(offer.files)
            is_heard = not are_words_used or offer.text in ready.values.values()
            if is_complete and is_heard and (ready.quote.price or model.type not in found):
                found[model.type] = ready
        return list(found.values())

    def _named(self, offer: Offer) -> list[Model]:
        """Models of the task that the words name; where they name none they have to go into the model."""
        kind = offer.files[0].kind if offer.files else None
        return self._find_models(offer.text, takes=kind, limit=OFFERED) if offer.text else []

    def _is_wanted(self, model: Model, offer: Offer, found: dict[ModelType, ReadyModel]) -> bool:
        before = found.get(model.type)
        is_settled = before.quote.price is not None if before else len(found) == AT_MOST
        return not is_settled and (model.type in FROM_WORDS) is not bool(offer.files)

    async def _candidate(self, model: Model, offer: Offer, preferences: Preferences) -> ReadyModel:
        content = DraftContent(text=offer.text, files=offer.files)
        values = await self._prepare(model, preferences, content)
        return ReadyModel(model=model, values=values, quote=self._quote(model, values))
