"""Use case: what a message belongs to: the open draft, the offer before it, the last result, or nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import evolve, field, frozen

from application.drafts.fill_draft import words_in
from application.ports.clock import Clock
from application.ports.current_result_store import CurrentResultStore
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from application.ports.wish_reader import WishReader
from application.wishes.offer_models import TALK_LIMIT, Offer
from application.wishes.rank_models import SURE
from domain.draft import Draft
from domain.generation import Generation, UserId
from domain.media import Attachment, MediaKind
from domain.model import ModelId
from domain.reading import Reading, Wish
from domain.use import FACTS, Use, fits_files, task_types

TOGETHER: Final = timedelta(minutes=10)
"""How long words wait for their picture, and a picture for its words."""
SPOKEN_OF: Final = timedelta(minutes=15)
"""How long a result is what "it" means."""
SURELY_TALK: Final = 0.95
"""Confidence from which on words are talk although a draft could take them."""
SURELY_APART: Final = 0.95
"""Confidence from which on a file with words of its own has nothing to do with the file before it."""
ABOUT: Final = 0.5
"""Confidence from which on words are taken to be about the last result, when they need something to work on."""
RATHER_ABOUT: Final = 0.75
"""The same where the words could do without it."""


@frozen(kw_only=True)
class WishParts:
    """The words and files of one message, or of several that are one wish."""

    text: str = field(default="", repr=False)
    files: Sequence[Attachment] = ()


@frozen(kw_only=True)
class JoinWish:
    """Words after a picture belong to it, and so does a picture after the words, or a second file; one that has words of its
    own where it is of another kind: a face, and then a recording with "let it say this"."""

    def __call__(self, parts: WishParts, offer: Offer | None, made_at: datetime, now: datetime) -> WishParts:
        """Return the wish that a new message makes together with the offer that is open; the message alone where they are two.

        ``made_at`` is when that offer was shown last, ``now`` when the message came.
        """
        if offer is None or offer.query or now - made_at > TOGETHER:
            return parts
        if parts.text and not parts.files and offer.files and not offer.text:
            return evolve(parts, files=offer.files)
        if parts.files and parts.text and offer.files and not offer.text and set(_kinds(parts)) != set(_kinds(offer)):
            return evolve(parts, files=(*offer.files, *parts.files))
        if parts.files and not parts.text:
            return WishParts(text=offer.text, files=(*offer.files, *parts.files))
        return parts


@frozen(kw_only=True)
class FindLastResult:
    """The newest result of a person in a chat, or the one that they went back to, while it is new enough to be spoken of."""

    _generations: GenerationStore
    _clock: Clock
    _current: CurrentResultStore

    async def __call__(self, user: UserId, chat: str) -> Generation | None:
        """Return the generation; None where there is none. Raises ``StoreUnavailable``."""
        newest = await self._generations.history(user, limit=1, delivered=True)
        here = [one for one in newest if one.destination.chat == chat and one.closed_at is not None]
        current = await self._current.get(user, chat)
        if (
            current
            and self._is_fresh(current.at)
            and not any(one.closed_at > current.at for one in here if one.closed_at)
        ):
            return await self._generations.get(current.generation)
        return next((one for one in here if one.closed_at and self._is_fresh(one.closed_at)), None)

    def _is_fresh(self, moment: datetime) -> bool:
        return self._clock.now() - moment <= SPOKEN_OF


@frozen(kw_only=True)
class ChatContext:
    """What stands in a chat when a message comes.

    ``offer`` was shown last at ``offered_at``. ``draft`` is open; ``is_asked``: one of its values is asked for. ``last_files``
    are those of the newest result, where it is new enough to be spoken of.
    """

    offer: Offer | None = None
    offered_at: datetime | None = None
    draft: Draft | None = None
    is_asked: bool = False
    last_files: Sequence[Attachment] = ()
    last_model: ModelId | None = None


@frozen(kw_only=True)
class PlacedMessage:
    """``is_for_draft``: it changes the open draft. Otherwise ``parts`` are the whole wish, with what came before.

    ``joined``: the offer before is part of it, and so is ``use``, what the person had chosen there. ``prefer``: the model of the
    result that the words are about.
    """

    parts: WishParts
    is_for_draft: bool = False
    joined: bool = False
    use: Use | None = None
    prefer: ModelId | None = None


@frozen(kw_only=True)
class PlaceMessage:
    """An open draft does not swallow another wish; words after a result may be about it."""

    _reader: WishReader
    _join: JoinWish
    _catalog: ModelCatalog
    _clock: Clock

    async def __call__(self, parts: WishParts, context: ChatContext) -> PlacedMessage:
        """Return what the message belongs to."""
        reading = await self._reader.read(Wish(text=parts.text, attachments=_kinds(parts)))
        if context.draft and (context.is_asked or not self._is_another(parts.text, reading, context.draft)):
            return PlacedMessage(parts=parts, is_for_draft=True)
        now = self._clock.now()
        joined = self._join(parts, context.offer, context.offered_at or now, now)
        if joined != parts and not _does_without(reading, parts, joined):
            return PlacedMessage(parts=joined, joined=True, use=_chosen(context.offer, joined))
        if parts.text and not parts.files and await self._is_about(parts.text, reading, context.last_files):
            return PlacedMessage(parts=evolve(parts, files=tuple(context.last_files[:1])), prefer=context.last_model)
        return PlacedMessage(parts=parts)

    def _is_another(self, text: str, reading: Reading, draft: Draft) -> bool:
        """Whether the words are surely no words for this draft: they name another model, another task, or are talk."""
        model = self._catalog.entry(draft.model_id)
        if model is None:
            return True
        if not words_in(model, draft.values) or reading.confidence < SURE:
            return False
        named = {one.id for one in reading.models}
        works_on_nothing = bool(reading.uses) and not FACTS[reading.uses[0].use].works_on
        is_elsewhere = works_on_nothing and bool(reading.tasks) and reading.tasks[0].type not in task_types(model)
        is_talk = reading.topic is not None and reading.confidence >= SURELY_TALK and len(text) <= TALK_LIMIT
        return is_talk or is_elsewhere or bool(named and model.id not in named)

    async def _is_about(self, text: str, reading: Reading, files: Sequence[Attachment]) -> bool:
        """Whether the words work on the last result rather than on nothing."""
        if not files or reading.topic is not None or reading.links:  # a link is a file of its own
            return False
        about = await self._reader.read(Wish(text=text, reply_to=files[0].kind))
        if about.topic is not None or not about.uses or files[0].kind not in FACTS[about.uses[0].use].works_on:
            return False
        needs_file = bool(reading.uses) and bool(FACTS[reading.uses[0].use].works_on)
        is_sure_without = reading.confidence >= SURE and not needs_file
        return not is_sure_without and about.confidence >= (ABOUT if needs_file else RATHER_ABOUT)


def _does_without(reading: Reading, parts: WishParts, joined: WishParts) -> bool:
    """Whether a file with words of its own is surely for what the file before it has no place in."""
    is_clear = reading.topic is None and bool(reading.uses) and reading.uses[0].confidence >= SURELY_APART
    return bool(parts.text and parts.files) and is_clear and not fits_files(reading.uses[0].use, _kinds(joined))


def _chosen(offer: Offer | None, joined: WishParts) -> Use | None:
    """What the person had chosen, where it is for such files."""
    use = offer.chosen if offer else None
    return use if use and fits_files(use, _kinds(joined)) else None


def _kinds(wish: WishParts | Offer) -> tuple[MediaKind, ...]:
    return tuple(file.kind for file in wish.files)
