"""Step of a draft: what its price depends on that its values do not say."""

from collections.abc import Mapping

from attrs import frozen

from application.drafts.generation_history import GenerationHistoryReader
from application.drafts.measure_files import MeasureFiles
from domain.generation import UserId
from domain.model import Model


@frozen(kw_only=True)
class AddPriceFacts:
    """Sides and length of files, and what an earlier task of the person's own made. The values that are sent stay the same."""

    _measure: MeasureFiles
    _history: GenerationHistoryReader

    async def __call__(self, user: UserId, model: Model, values: Mapping[str, object]) -> Mapping[str, object]:
        """Return the values with what is known. Raises ``StoreUnavailable``."""
        known = await self._history.with_facts_of_task(user, model, values)
        return await self._measure(user, model, known)
