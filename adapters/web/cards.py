"""What a generation is on a page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from attrs import frozen

from adapters.web.words import PageWords
from application.generating.watch_generations import WatchedGeneration
from application.ports.messenger import OutcomeUnknown, Progress, Queued, Running, Uploading
from application.ports.model_catalog import ModelCatalog
from application.results.use_gallery import GalleryItem
from domain.generation import Generation, GenerationState, Result
from domain.kept_media import KeptMedia
from domain.media import MediaKind

SIGNS: Final = {MediaKind.VIDEO: "play", MediaKind.AUDIO: "note", MediaKind.TEXT: "text"}


@frozen(kw_only=True)
class Piece:
    """One result. Addresses are paths of our own; None where there is nothing (any more)."""

    kind: str
    url: str | None = None
    preview: str | None = None
    download: str | None = None
    text: str | None = None
    width: int | None = None
    height: int | None = None
    length: str | None = None


@frozen(kw_only=True)
class GenerationCard:
    """``state``: ``going``, ``done``, ``failed``, ``cancelled``. ``elapsed_s`` and ``usual_s`` let a page count on."""

    id: str
    state: str
    title: str
    prompt: str
    day: str
    moment: datetime
    kind: str
    sign: str
    status: str = ""
    price: str = ""
    provider_message: str = ""
    elapsed_s: float | None = None
    usual_s: float | None = None
    media: Sequence[Piece] = ()
    is_favourite: bool = False
    can_cancel: bool = False
    is_over: bool = False


@frozen
class Cards:
    """Draws generations in one person's words, for the pages of one prefix."""

    _catalog: ModelCatalog
    _words: PageWords
    _prefix: str

    def card(self, item: GalleryItem, progress: Progress | None = None) -> GenerationCard:
        """The card of a generation."""
        generation, words = item.generation, self._words
        model = self._catalog.entry(generation.model_id)
        kind = generation.results[0].kind if generation.results else model.output if model else MediaKind.FILE
        running = progress if isinstance(progress, Running) else None
        return GenerationCard(
            id=generation.id,
            state=_state(generation),
            title=model.title if model else generation.model_id,
            prompt=generation.prompt,
            day=words.moment(generation.created_at),
            moment=generation.created_at,
            kind=kind,
            sign=SIGNS.get(kind, "spark"),
            status=self._status(generation, progress),
            price=words.cost(generation.paid_credits) if generation.paid_credits is not None else "",
            provider_message=(generation.failure and generation.failure.provider_message) or "",
            elapsed_s=running.elapsed_s if running else None,
            usual_s=running.usual_s if running else None,
            media=[self._piece(item, index, result) for index, result in enumerate(generation.results)],
            is_favourite=item.is_favourite,
            can_cancel=generation.state is GenerationState.QUEUED,
            is_over=generation.is_terminal,
        )

    def watched(self, watched: WatchedGeneration, item: GalleryItem) -> GenerationCard:
        """The card of a generation as it is watched."""
        return self.card(item, watched.progress)

    def _piece(self, item: GalleryItem, index: int, result: Result) -> Piece:
        if result.text is not None:
            return Piece(kind=MediaKind.TEXT, text=result.text)
        if media := item.media_of(index):
            return piece_of(media, self._prefix)
        path = f"{self._prefix}/results/{item.generation.id}/{index}"
        return Piece(
            kind=result.kind,
            url=path,
            preview=path if result.kind is MediaKind.IMAGE else None,
            download=f"{path}?download=1",
        )

    def _status(self, generation: Generation, progress: Progress | None) -> str:
        words = self._words
        if generation.failure:
            return words.failure(generation.failure)
        if generation.state is GenerationState.CANCELLED:
            return words("state-cancelled")
        match progress:
            case Queued(place=place):
                return words("state-place", place=place)
            case Uploading(fitted=fitted):
                return " · ".join([words("state-uploading"), *map(words.fitted, fitted)])
            case OutcomeUnknown():
                return words("state-unknown")
            case Running():
                return words("state-running")
        return words("state-delivering" if generation.results else "state-queued")


def piece_of(media: KeptMedia, prefix: str) -> Piece:
    """A kept file as a page shows it."""
    path = f"{prefix}/media/{media.id}"
    preview = media.preview
    return Piece(
        kind=media.kind,
        url=path,
        preview=f"{path}/preview" if preview.key else path if media.kind is MediaKind.IMAGE else None,
        download=f"{path}?download=1",
        width=preview.width,
        height=preview.height,
        length=_length(preview.duration_s),
    )


def _state(generation: Generation) -> str:
    if generation.failure:
        return "failed"
    if generation.state is GenerationState.CANCELLED:
        return "cancelled"
    is_going = not generation.results or (generation.state is GenerationState.DELIVERING and generation.undelivered)
    return "going" if is_going else "done"


def _length(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    whole = max(1, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"
