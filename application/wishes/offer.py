"""Models for a wish, before one of them is chosen."""

from attrs import field, frozen

from domain.media import Attachment
from domain.model import ModelId, ModelType


@frozen(kw_only=True)
class Offer:
    """``models``, best first, for these words and files.

    ``missing`` is the task that the words name and no model does today. ``query`` is what was searched for in the lists:
    where it named models, it is no prompt.
    """

    text: str = field(default="", repr=False)
    query: str = ""
    files: tuple[Attachment, ...] = ()
    models: tuple[ModelId, ...] = ()
    missing: ModelType | None = None
