"""The person for whom a program acts, and what both doors for programs do for them."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from adapters.api_http.messenger import destination_of
from adapters.api_http.presenters import generation_out
from adapters.api_http.schemas import GenerationOut
from adapters.api_http.services import ApiServices
from application.drafts.fill_draft import Values
from application.errors import GenerationNotFound
from domain.api_key import ApiKeyId
from domain.draft import Draft, DraftId
from domain.generation import Generation, GenerationId, UserId
from domain.kept_media import MediaId
from domain.model import ModelId


@frozen(kw_only=True)
class Caller:
    """``key`` names the destination of what the program begins; ``key_credits_per_day`` is its limit."""

    services: ApiServices
    user: UserId
    key: ApiKeyId
    language: str
    key_credits_per_day: float | None = None

    async def draft(self, model: str, values: Mapping[str, object]) -> Draft:
        """Return a draft with the uploads in their places. It is not kept. Raises MediaGone, StoreUnavailable."""
        found = self.services.catalog.find(model)
        given: Values = {name: await self._with_uploads(value) for name, value in values.items()}
        if found:
            given = await self.services.measure_files(self.user, found, given)
        return Draft(
            id=DraftId(self.services.ids.short_id()),
            user=self.user,
            destination=destination_of(self.key),
            model_id=found.id if found else ModelId(model),
            values=given,
            updated_at=self.services.clock.now(),
        )

    async def run(self, draft: Draft, *, max_credits: float, request_key: str) -> Generation:
        """Return the generation of a draft, as ``RunWithinBudget`` does."""
        return await self.services.run(
            draft,
            max_credits=max_credits,
            language=self.language,
            request_key=request_key,
            key_credits_per_day=self.key_credits_per_day,
        )

    async def own(self, generation_id: str) -> Generation:
        """Return the person's generation. Raises GenerationNotFound, also for another person's."""
        generation = await self.services.generations.get(GenerationId(generation_id))
        if generation is None or generation.user != self.user:
            raise GenerationNotFound(generation_id)
        return generation

    async def show(self, rows: Sequence[Generation]) -> list[GenerationOut]:
        """Return generations with their progress and their kept files."""
        services = self.services
        watched = await services.watch.now(rows)
        kept = await services.media_index.of_generations([row.id for row in rows]) if rows else []
        return [
            generation_out(seen, row, kept, services.texts, self.language)
            for seen, row in zip(watched, rows, strict=True)
        ]

    async def _with_uploads(self, value: object) -> object:
        match value:
            case {"upload": str(media_id), **rest} if not rest:
                media = await self.services.open_media(MediaId(media_id), self.user)
                return media.attachment
            case list():
                return [await self._with_uploads(inner) for inner in value]
            case dict():
                return {name: await self._with_uploads(inner) for name, inner in value.items()}
        return value
