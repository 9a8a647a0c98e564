"""What a person told us once and for all."""

from attrs import frozen

from domain.generation import UserId
from domain.model import ModelId


@frozen(kw_only=True)
class Preferences:
    """``language`` None: as the front end says. ``originals``: send files as documents, not as previews."""

    user: UserId
    language: str | None = None
    originals: bool = False
    captions: bool = True
    favourites: tuple[ModelId, ...] = ()
