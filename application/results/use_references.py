"""Use cases: a person's library of characters and styles."""

from collections.abc import Sequence
from typing import Final

import structlog
from attrs import frozen

from application.errors import CharacterRefused, MediaGone, ProviderRejected, ReferenceNotFound, UploadRefused
from application.limits import Limit
from application.ports.character_maker import CharacterMaker
from application.ports.clock import Clock
from application.ports.ids import Ids
from application.ports.media_provider import MediaProvider
from application.ports.media_store import MediaStore
from application.ports.reference_store import ReferenceStore
from application.results.keep_result import open_kept
from application.results.open_media import OpenMedia
from domain.generation import UserId
from domain.kept_media import KeptMedia, MediaId
from domain.media import MediaKind
from domain.reference_set import FILES_AT_MOST, NAME_LIMIT, CharacterId, ReferenceKind, ReferenceSet, ReferenceSetId

AT_MOST: Final = Limit("references", 100)
SHOWN_AT_MOST: Final = 2
"""A portrait and the whole figure: no more than two pictures were seen to be taken (2026-09-28)."""

log = structlog.get_logger()


@frozen(kw_only=True)
class KeptReference:
    """A set with those of its files that are still kept."""

    reference: ReferenceSet
    files: Sequence[KeptMedia]


@frozen(kw_only=True)
class UseReferences:
    """Every call is about the person's own sets; another person's are as good as none.

    ``account`` is the provider account that ``provider`` and ``characters`` are.
    """

    _store: ReferenceStore
    _open: OpenMedia
    _media: MediaStore
    _provider: MediaProvider
    _characters: CharacterMaker
    _account: str
    _ids: Ids
    _clock: Clock

    async def of(self, user: UserId) -> Sequence[KeptReference]:
        """Everything that is kept, newest first. Raises StoreUnavailable."""
        return [await self._kept(one) for one in await self.sets_of(user)]

    async def sets_of(self, user: UserId) -> Sequence[ReferenceSet]:
        """The same without a look at the files. Raises StoreUnavailable."""
        return await self._store.of_owner(user)

    async def one(self, user: UserId, reference_id: ReferenceSetId) -> KeptReference:
        """One of the sets. Raises ReferenceNotFound, StoreUnavailable."""
        found = next((one for one in await self._store.of_owner(user) if one.id == reference_id), None)
        if found is None:
            raise ReferenceNotFound(reference_id)
        return await self._kept(found)

    async def save(self, user: UserId, name: str, kind: ReferenceKind, media: Sequence[MediaId]) -> ReferenceSet:
        """Keep pictures under a name.

        Raises:
            UploadRefused: ``no_picture``: there is none.
            MediaGone: a file is not the person's, or gone, or no picture.
            LimitReached: ``references``. StoreUnavailable.
        """
        files = [await self._open(one, user) for one in media[:FILES_AT_MOST]]
        if not files:
            raise UploadRefused("no_picture")
        if any(one.kind is not MediaKind.IMAGE for one in files):
            raise MediaGone("pictures alone")
        reference = ReferenceSet(
            id=ReferenceSetId(self._ids.short_id()),
            owner=user,
            name=" ".join(name.split())[:NAME_LIMIT] or kind,
            kind=kind,
            media=tuple(one.id for one in files),
            created_at=self._clock.now(),
        )
        await self._store.add(reference, limit=AT_MOST)
        log.info("reference.saved", kind=kind, files=len(files))
        return reference

    async def character(self, user: UserId, reference_id: ReferenceSetId) -> CharacterId:
        """What the provider calls the character, which it is shown when it is first asked for, and again where the account
        is another one by now.

        Raises:
            ReferenceNotFound: also where it is a style.
            MediaGone, MediaUnavailable: its pictures can't be read.
            CharacterRefused, ProviderUnavailable: the provider does not take it, or not now. StoreUnavailable.
        """
        kept = await self.one(user, reference_id)
        if kept.reference.character and kept.reference.character_account == self._account:
            return kept.reference.character
        if kept.reference.kind is not ReferenceKind.CHARACTER:
            raise ReferenceNotFound(reference_id)
        if not kept.files:
            raise MediaGone("no picture is left")
        pictures = [await self._uploaded(media) for media in kept.files[:SHOWN_AT_MOST]]
        try:
            character = await self._characters.make_character(kept.reference.name, pictures)
        except ProviderRejected as error:
            raise CharacterRefused(reference_id) from error
        await self._store.name_character(reference_id, user, character, account=self._account)
        log.info("reference.character_made", pictures=len(pictures))
        return character

    async def _uploaded(self, media: KeptMedia) -> str:
        async with open_kept(self._media, media) as file:
            return await self._provider.upload(file)

    async def delete(self, user: UserId, reference_id: ReferenceSetId) -> None:
        """Forget a set; its files stay. Raises ReferenceNotFound, StoreUnavailable."""
        if not await self._store.remove(reference_id, user):
            raise ReferenceNotFound(reference_id)

    async def _kept(self, reference: ReferenceSet) -> KeptReference:
        files = []
        for one in reference.media:
            try:
                files.append(await self._open(one, reference.owner))
            except MediaGone:
                continue
        return KeptReference(reference=reference, files=files)
