"""The results of a generation that Telegram keeps, and how it can show them again."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from adapters.telegram.api.forms import MessageForm
from domain.generation import Generation
from domain.media import MediaKind

_LIKELY: Final[Mapping[MediaKind, tuple[MessageForm, ...]]] = {
    MediaKind.IMAGE: (MessageForm.PHOTO, MessageForm.ANIMATION, MessageForm.DOCUMENT),
    MediaKind.VIDEO: (MessageForm.VIDEO, MessageForm.ANIMATION, MessageForm.DOCUMENT),
    MediaKind.AUDIO: (MessageForm.AUDIO, MessageForm.VOICE, MessageForm.DOCUMENT),
    MediaKind.TEXT: (MessageForm.DOCUMENT,),
    MediaKind.FILE: (MessageForm.DOCUMENT,),
}


@frozen(kw_only=True)
class Kept:
    """``index`` is the result's. ``forms``: a file id can only be sent as what it was; where no one wrote that down, what
    it may have been, likeliest first."""

    index: int
    file_id: str
    forms: tuple[MessageForm, ...]

    @property
    def form(self) -> MessageForm | None:
        """The form, where it is known for certain."""
        return self.forms[0] if len(self.forms) == 1 else None


def kept_results(generation: Generation) -> Mapping[int, Kept]:
    """By index of the result, without those that went as links and those whose files are dead."""
    found: dict[int, Kept] = {}
    for receipt in generation.receipts:
        for index in receipt.indexes:
            found.pop(index, None)  # the last receipt counts
        if len(receipt.file_ids) != len(receipt.indexes):
            continue
        forms = receipt.forms if len(receipt.forms) == len(receipt.indexes) else ("",) * len(receipt.indexes)
        for index, file_id, form in zip(receipt.indexes, receipt.file_ids, forms, strict=True):
            if not file_id:
                continue
            known = (MessageForm(form),) if form in set(MessageForm) else _LIKELY[generation.results[index].kind]
            found[index] = Kept(index=index, file_id=file_id, forms=known)
    return found


def compressed(generation: Generation) -> list[int]:
    """Indexes of the results of which there is more than Telegram keeps: it makes photos smaller, and nothing else."""
    return [
        index
        for index, kept in kept_results(generation).items()
        if MessageForm.PHOTO in kept.forms and generation.results[index].url
    ]
