"""Port: speaking to a person in their own chat, about one generation."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from attrs import frozen

from application.errors import ApplicationError
from domain.generation import Destination, Generation, Receipt, Result
from domain.media import MediaFile


@frozen(kw_only=True)
class Queued:
    """Waiting for its turn. ``place`` counts from 1."""

    place: int


@frozen(kw_only=True)
class FittedFile:
    """What was changed about a file so that the model takes it; ``size`` is width and height, None: as it was."""

    name: str
    before: str
    after: str
    size: tuple[int, int] | None = None

    def values_of_text(self) -> dict[str, str]:
        """What fills the text ``file-fitted``: the kind of change, the name, both types and the size as people write them."""
        before, after = (mime.partition("/")[2].upper() for mime in (self.before, self.after))
        size = "–" if self.size is None else f"{self.size[0]}×{self.size[1]}"
        changes = {(True, True): "both", (True, False): "size", (False, True): "type", (False, False): "weight"}
        change = changes[self.size is not None, before != after]
        return {"change": change, "name": self.name, "before": before, "after": after, "size": size}


@frozen(kw_only=True)
class Uploading:
    """The person's files are on their way to the provider. ``fitted``: those that were changed for the model."""

    fitted: tuple[FittedFile, ...] = ()


@frozen(kw_only=True)
class Running:
    """The provider works on it. Seconds; ``usual_s`` is what this model usually takes, None when no one knows yet."""

    elapsed_s: float
    usual_s: float | None = None


@frozen(kw_only=True)
class OutcomeUnknown:
    """It may have started; we wait for a sign of it."""


class DeliveryTrouble(StrEnum):
    """What the results wait for between the end of the task and the chat."""

    FILE = "file"
    """The host of the file does not give it."""
    CHAT = "chat"
    """The front end's own service is busy, or does not answer."""


@frozen(kw_only=True)
class Delivering:
    """The task has ended and is paid for; its results are tried again in ``retry_s`` seconds."""

    trouble: DeliveryTrouble
    retry_s: float


Progress = Queued | Uploading | Running | OutcomeUnknown | Delivering


class LinkReason(StrEnum):
    """Why a result goes as a link and not as a file."""

    TOO_LARGE = "too_large"
    NOT_READ = "not_read"
    """Its host did not give the file, however often it was asked."""
    GONE = "gone"
    """Its host says that there is nothing, and the provider makes no other link: the link is dead."""
    NOT_SENT = "not_sent"
    """It was sent, and nothing said whether it arrived."""


@frozen(kw_only=True)
class Deliverable:
    """One result ready to be sent: ``index`` in the generation's results; ``file`` holds its bytes, None when only the link
    can go. ``why_link`` says why, where that is known. ``cover`` is the small picture of a song, where it has one."""

    index: int
    result: Result
    file: MediaFile | None = None
    cover: MediaFile | None = None
    why_link: LinkReason | None = None


@frozen(kw_only=True)
class AlbumPart:
    """One generation's share of an album."""

    generation: Generation
    items: tuple[Deliverable, ...]


class AlbumMessenger(Protocol):
    """Sends the results of several generations of one person as one album."""

    async def deliver_together(self, parts: Sequence[AlbumPart], /) -> Sequence[Receipt | ApplicationError]:
        """Send them in this order; gives for each part its receipt, or the error that kept this part alone back.

        Raises what ``Messenger`` raises, and then no part arrived.
        """
        ...

    async def conclude_together(self, generations: Sequence[Generation], /) -> None:
        """Say where they were begun how all of them ended. Idempotent: it edits what is there. Raises what ``Messenger`` raises."""
        ...


class Messenger(Protocol):
    """Shows progress, delivers results, tells bad news. Each call ends within a bounded time and blocks no other chat.

    Any call may raise:
        DestinationGone: the chat can't be reached any more.
        MessengerUnavailable: certainly not sent; later.
        DeliveryOutcomeUnknown: perhaps sent.
    """

    def upload_limit_bytes(self, destination: Destination, /) -> int:
        """The largest file it can send there; larger results go as links. 0: it wants links only."""
        ...

    async def show_progress(self, generation: Generation, progress: Progress, /) -> str | None:
        """Say how it stands, editing ``generation.progress_message`` where there is one.

        Gives the id of the message that now shows it, None if it chose not to show anything (too soon after the last).
        """
        ...

    async def deliver(self, generation: Generation, items: Sequence[Deliverable], /) -> Receipt:
        """Send these results as one message (or one album). The caller sends what belongs together, in order.

        The receipt names what reached the chat, at least one of them: where they had to go one by one and trouble came
        in between, the rest is for the next call, so that nothing that arrived is sent again.
        A kind the front end refuses goes in the next plainer form (photo → document → link), inside this call.
        """
        ...

    def batches(self, generation: Generation, /) -> Sequence[Sequence[int]]:
        """How the undelivered results are grouped into ``deliver`` calls: indexes, in order."""
        ...

    async def conclude(self, generation: Generation, /) -> None:
        """The last word: after a delivery tidy the progress message up; for a failure or a cancellation say it and why.

        Idempotent as far as the front end allows: it edits the progress message where there is one.
        """
        ...
