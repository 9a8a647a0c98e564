"""The values that a new draft begins with."""

from collections.abc import Sequence
from typing import Final

from attrs import field, frozen

from application.drafts.fill_draft import Values, new_values, with_all
from application.drafts.generation_history import GenerationHistoryReader
from domain.continuation import continuation
from domain.media import Attachment
from domain.model import Model, ModelType
from domain.parameter_roles import song_parameter, task_parameter
from domain.preferences import Preferences
from domain.stated_values import fill_stated

OF_WORDS: Final = frozenset({ModelType.TEXT_TO_IMAGE, ModelType.TEXT_TO_VIDEO})


@frozen(kw_only=True)
class DraftContent:
    """What a person gave for a draft: words, files, and values that are known already."""

    text: str = field(default="", repr=False)
    files: Sequence[Attachment] = ()
    values: Values = field(factory=dict, repr=False)


@frozen(kw_only=True)
class PrepareValues:
    """Switches, content filters as the person wants them, their words and files, and the newest result to continue."""

    _history: GenerationHistoryReader

    async def __call__(self, model: Model, preferences: Preferences, content: DraftContent) -> Values:
        """Return the values for this model. Raises ``StoreUnavailable``."""
        values = with_all(model, dict(content.values), content.text, content.files)
        values = {**new_values(model, safe=preferences.safe), **_of_taste(model, preferences), **values}
        sources = [one for one in (task_parameter(model), song_parameter(model)) if one and one.required]
        if sources and not any(one.name in values for one in sources):
            tasks = await self._history.tasks(preferences.user, model)
            values |= (continuation(model, str(tasks[0].task_id), tasks[0].results) or {}) if tasks else {}
        return values


def _of_taste(model: Model, preferences: Preferences) -> Values:
    """The person's own shape for what is made of words; what is made of a file has that of the file."""
    if preferences.aspect_ratio is None or model.type not in OF_WORDS:
        return {}
    return fill_stated(model, {"aspect_ratio": preferences.aspect_ratio}).values
