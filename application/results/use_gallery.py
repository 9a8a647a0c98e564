"""Use cases: look through one's results, mark and share them."""

from collections.abc import Sequence

from attrs import frozen

from application.errors import GenerationNotFound
from application.ports.clock import Clock
from application.ports.gallery import Gallery, GalleryFilter, ResultLink
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from application.ports.media_index import MediaIndex
from domain.generation import Generation, GenerationId, UserId
from domain.kept_media import KeptMedia
from domain.model import ModelId


@frozen(kw_only=True)
class GalleryItem:
    """One generation with what is kept of it. ``media`` holds one file a result at most, in their order."""

    generation: Generation
    media: Sequence[KeptMedia] = ()
    is_favourite: bool = False
    link: ResultLink | None = None

    def media_of(self, index: int) -> KeptMedia | None:
        """The kept file of a result, None where it is not kept (any more)."""
        return next((media for media in self.media if media.index == index), None)


@frozen(kw_only=True)
class UseGallery:
    """Every call is about the person's own generations; another person's are as good as none."""

    _gallery: Gallery
    _generations: GenerationStore
    _media: MediaIndex
    _ids: Ids
    _clock: Clock

    async def find(self, user: UserId, wanted: GalleryFilter, *, limit: int) -> Sequence[GalleryItem]:
        """What fits, newest first. Raises StoreUnavailable."""
        return await self.items(user, await self._gallery.find(user, wanted, limit=limit))

    async def items(self, user: UserId, generations: Sequence[Generation]) -> Sequence[GalleryItem]:
        """These generations with what is kept of them, in their order. Raises StoreUnavailable."""
        ids = [generation.id for generation in generations]
        if not ids:
            return []
        media, links = await self._media.of_generations(ids), await self._gallery.links(ids)
        marked = await self._gallery.favourites(user, ids)
        return [
            GalleryItem(
                generation=generation,
                media=[one for one in media if one.generation == generation.id],
                is_favourite=generation.id in marked,
                link=links.get(generation.id),
            )
            for generation in generations
        ]

    async def open(self, user: UserId, generation_id: GenerationId) -> GalleryItem:
        """One of the person's own. Raises GenerationNotFound, StoreUnavailable."""
        return (await self.items(user, [await self._own(user, generation_id)]))[0]

    async def models_of(self, user: UserId) -> Sequence[ModelId]:
        """Models that the person has used. Raises StoreUnavailable."""
        return await self._gallery.models_of(user)

    async def mark(self, user: UserId, generation_id: GenerationId, *, is_favourite: bool) -> None:
        """Mark it, or take the mark away. Raises GenerationNotFound, StoreUnavailable."""
        await self._own(user, generation_id)
        await self._gallery.mark(user, generation_id, is_favourite=is_favourite)

    async def share(self, user: UserId, generation_id: GenerationId) -> ResultLink:
        """Share what came of it by a link. Raises GenerationNotFound (also while there is no result), StoreUnavailable."""
        if not (await self._own(user, generation_id)).results:
            raise GenerationNotFound(generation_id)
        link = ResultLink(self._ids.secret())
        return await self._gallery.share(generation_id, user, link, at=self._clock.now())

    async def unshare(self, user: UserId, generation_id: GenerationId) -> None:
        """Take the link back. Raises GenerationNotFound, StoreUnavailable."""
        await self._own(user, generation_id)
        await self._gallery.unshare(generation_id, user)

    async def open_shared(self, link: ResultLink) -> GalleryItem:
        """What a link shows to anyone. Raises GenerationNotFound, StoreUnavailable."""
        generation_id = await self._gallery.shared(link)
        generation = await self._generations.get(generation_id) if generation_id else None
        if generation is None:
            raise GenerationNotFound(link)
        media = await self._media.of_generations([generation.id])
        return GalleryItem(generation=generation, media=media, link=link)

    async def _own(self, user: UserId, generation_id: GenerationId) -> Generation:
        generation = await self._generations.get(generation_id)
        if generation is None or generation.user != user:
            raise GenerationNotFound(generation_id)
        return generation
