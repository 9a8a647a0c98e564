"""What a person reported to us once and for all."""

from attrs import evolve, frozen

from domain.generation import UserId
from domain.model import ModelId
from domain.reading import Preference


@frozen(kw_only=True)
class Preferences:
    """``language`` None: as the front end says. ``originals``: send files as documents, not as previews.

    ``safe``: new wishes turn on the content filters of models that have one. ``safe_is_fixed``: the operator decided
    so for everyone, and it is not the person's to change; never stored. ``money``: prices in dollars stand beside credits.

    ``favourites`` go first among the models offered. ``aspect_ratio`` (as ``16:9``) is the shape of what is made of words, and
    ``quality`` what matters most about a model, where the person does not say. None: as the model has it.
    """

    user: UserId
    language: str | None = None
    originals: bool = False
    captions: bool = True
    safe: bool = True
    safe_is_fixed: bool = False
    money: bool = False
    favourites: tuple[ModelId, ...] = ()
    aspect_ratio: str | None = None
    quality: Preference | None = None

    def starred(self, model_id: ModelId) -> "Preferences":
        """With the model among the favourites, the newest first; without it, where it was there."""
        others = tuple(one for one in self.favourites if one != model_id)
        return evolve(self, favourites=others if model_id in self.favourites else (model_id, *others))
