"""The results of a generation that Telegram keeps, and how it can show them again."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from adapters.telegram.api.forms import Form
from domain.generation import Generation
from domain.media import MediaKind

_LIKELY: Final[Mapping[MediaKind, tuple[Form, ...]]] = {
    MediaKind.IMAGE: (Form.PHOTO, Form.ANIMATION, Form.DOCUMENT),
    MediaKind.VIDEO: (Form.VIDEO, Form.ANIMATION, Form.DOCUMENT),
    MediaKind.AUDIO: (Form.AUDIO, Form.VOICE, Form.DOCUMENT),
    MediaKind.TEXT: (Form.DOCUMENT,),
    MediaKind.FILE: (Form.DOCUMENT,),
}


@frozen(kw_only=True)
class Kept:
    """``index`` is the result's. ``forms``: a file id can only be sent as what it was; where no one wrote that down, what
    it may have been, likeliest first."""

    index: int
    file_id: str
    forms: tuple[Form, ...]

    @property
    def form(self) -> Form | None:
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
            known = (Form(form),) if form in set(Form) else _LIKELY[generation.results[index].kind]
            found[index] = Kept(index=index, file_id=file_id, forms=known)
    return found


def compressed(generation: Generation) -> list[int]:
    """Indexes of the results of which there is more than Telegram keeps: it makes photos smaller, and nothing else."""
    return [
        index
        for index, kept in kept_results(generation).items()
        if Form.PHOTO in kept.forms and generation.results[index].url
    ]
