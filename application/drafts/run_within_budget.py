"""Use case: run a draft for a program, which agrees to a largest cost instead of pressing a button."""

from attrs import frozen

from application.drafts.quote_draft import Quote, QuoteInput
from application.drafts.run_draft import RunDraft, RunOrder
from application.drafts.same_request import is_same_request
from application.errors import CostsMore, RequestKeyReused
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from domain.draft import Draft
from domain.generation import Generation


@frozen(kw_only=True)
class RunWithinBudget:
    """Nothing runs that can cost more than was agreed to, and nothing without an agreement."""

    _catalog: ModelCatalog
    _generations: GenerationStore
    _quote: QuoteInput
    _run: RunDraft

    async def __call__(
        self,
        draft: Draft,
        *,
        max_credits: float,
        language: str,
        request_key: str,
        key_credits_per_day: float | None = None,
    ) -> Generation:
        """Return the accepted generation; the earlier one when ``request_key`` was accepted before, whatever holds by now.

        Raises:
            RequestKeyReused: the earlier one is of another draft; nothing was written.
            CostsMore: it can cost more than ``max_credits``; nothing was written.
            ModelGone: the registry has no such model.
            InvalidInput, ModelPaused, LimitReached, InsufficientCredits, StoreUnavailable: as ``RequestGeneration`` does.
        """
        for earlier in await self._generations.by_request_keys([request_key]):
            return await self._of(draft, earlier)
        order = RunOrder(
            language=language,
            agreed_credits=max_credits,
            request_key=request_key,
            key_credits_per_day=key_credits_per_day,
        )
        outcome = await self._run(draft, order)
        if outcome.generation is None:
            raise CostsMore(outcome.quote.credits, max_credits)
        return await self._of(draft, outcome.generation, outcome.quote)

    async def _of(self, draft: Draft, generation: Generation, quote: Quote | None = None) -> Generation:
        """The generation, where it is this draft's. Raises RequestKeyReused."""
        model = self._catalog.find(draft.model_id)
        if model is None:
            raise RequestKeyReused(generation.id)
        quote = quote or await self._quote(draft.user, model, draft.values)
        if not is_same_request(generation, model, quote):
            raise RequestKeyReused(generation.id)
        return generation
