"""Use case: which models to offer for a person's words and files."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from application.catalog.find_models import FindModels, media_of
from application.wishes.offer import Offer
from domain.media import Attachment
from domain.model import Model, ModelType

OFFERED: Final = 40
NEIGHBOURS: Final = 4
FOR_ANY_WORDS: Final = (
    (ModelType.TEXT_TO_IMAGE, 4),
    (ModelType.TEXT_TO_VIDEO, 2),
    (ModelType.TEXT_TO_SPEECH, 1),
    (ModelType.TEXT_TO_AUDIO, 1),
)
"""What most people want of words that name no task: how many models of which type, in this order."""


@frozen(kw_only=True)
class OfferModels:
    """Words that name a task or a model choose it; other words are most likely a prompt."""

    _find_models: FindModels

    def __call__(self, text: str, files: Sequence[Attachment] = ()) -> Offer:
        """Return what fits these words and files; no models where nothing does."""
        missing = self._find_models.unavailable(text) if text else None
        models = self._fitting(text, files, missing)
        return Offer(text=text, files=tuple(files), models=tuple(model.id for model in models), missing=missing)

    def search(self, query: str) -> Offer:
        """Return the models that the query names. A query that names none is most likely a wish."""
        found = self._find_models(query, limit=OFFERED)
        models = tuple(model.id for model in found or self._for_any_words())
        return Offer(query=query, text="" if found else query, models=models)

    def of(self, models: Sequence[Model], text: str, files: Sequence[Attachment]) -> Offer:
        """Return these models as the offer for these words and files."""
        return Offer(text=text, files=tuple(files), models=tuple(model.id for model in models[:OFFERED]))

    def _fitting(self, text: str, files: Sequence[Attachment], missing: ModelType | None) -> list[Model]:
        """A task that no model is made for today (``missing``) may be one of these words, and may be meant."""
        kind = files[0].kind if files else None
        named = self._find_models(text, takes=kind, limit=OFFERED) if text else []
        if kind is None:
            near = self._find_models.neighbours(missing, limit=NEIGHBOURS) if missing else []
            return named or [*near, *self._for_any_words()]
        takers = self._find_models.for_media(kind)
        found = [*named, *(model for model in takers if model not in named)]
        kinds = {file.kind for file in files}
        if len(kinds) > 1:  # those that take all of them go first
            found.sort(key=lambda model: not kinds <= media_of(model))
        return found[:OFFERED]

    def _for_any_words(self) -> list[Model]:
        return [model for type_, count in FOR_ANY_WORDS for model in self._find_models(type=type_, limit=count)]
