"""Use case: run a model with what one message says."""

from attrs import evolve, frozen

from application.drafts.fill_draft import DraftContent
from application.drafts.quote_draft import QuoteInput
from application.drafts.run_draft import RunDraft, RunOrder, RunOutcome
from application.drafts.start_draft import StartDraft
from domain.generation import Destination, UserId
from domain.model import Model
from domain.parameter_roles import PROMPT, prompt_parameter


@frozen(kw_only=True)
class RunAtOnce:
    """Start a draft and run it, without keeping the draft."""

    _start: StartDraft
    _quote: QuoteInput
    _run: RunDraft

    async def __call__(
        self, user: UserId, destination: Destination, model: Model, content: DraftContent, order: RunOrder
    ) -> RunOutcome:
        """Return what became of it; without a generation the person is to be asked first: it is dear, or
        the provider will drop a value of it, which no one has said yet.

        Words for a model that takes none are a violation here: they were typed for this model.

        Raises:
            InvalidInput, ModelPaused, LimitReached, StoreUnavailable: as ``RunDraft`` does.
        """
        if content.text and prompt_parameter(model) is None:
            content = evolve(content, values={**content.values, PROMPT: content.text})
        draft = await self._start(user, destination, model, content, keep=False)
        quote = await self._quote(user, model, draft.values)
        if quote.notices and quote.is_allowed:
            return RunOutcome(quote=quote)
        return await self._run.quoted(draft, model, quote, order)
