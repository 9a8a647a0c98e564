"""Use case: change one of a person's settings."""

from enum import StrEnum
from typing import Final

from attrs import evolve, frozen

from application.errors import EditRefused
from application.ports.preference_store import PreferenceStore
from application.ports.texts import Texts
from domain.generation import UserId
from domain.model import ModelId
from domain.preferences import Preferences
from domain.reading import Preference

SHAPES: Final = ("1:1", "16:9", "9:16")
"""Shapes that most models have a value for."""


class Option(StrEnum):
    """The settings that are on or off, by the names of the fields of ``Preferences``."""

    ORIGINALS = "originals"
    CAPTIONS = "captions"
    SAFE = "safe"
    MONEY = "money"


@frozen(kw_only=True)
class ChooseLanguage:
    """Speak this language from now on; None: the one that the front end names."""

    code: str | None


@frozen(kw_only=True)
class SwitchOption:
    """Turn a setting on or off."""

    option: Option
    on: bool


@frozen(kw_only=True)
class ToggleFavourite:
    """Put a model among the favourites, the newest first, or take it away from them."""

    model_id: ModelId


@frozen(kw_only=True)
class ChooseShape:
    """Make pictures and films of this shape (one of ``SHAPES``); None: as the model has it."""

    aspect_ratio: str | None


@frozen(kw_only=True)
class ChooseQuality:
    """Offer the best, the fast or the cheap models first; None: in the usual order."""

    quality: Preference | None


PreferenceChange = ChooseLanguage | SwitchOption | ToggleFavourite | ChooseShape | ChooseQuality


@frozen(kw_only=True)
class ChangePreferences:
    """Change one setting and keep it."""

    _preferences: PreferenceStore
    _texts: Texts

    async def __call__(self, user: UserId, change: PreferenceChange) -> Preferences:
        """Return the settings as they are kept now.

        Raises:
            EditRefused: there is no catalogue of texts for the language, or no such shape.
            StoreUnavailable: the change may have been kept.
        """
        changed = self._changed(await self._preferences.get(user), change)
        await self._preferences.save(changed)
        return changed

    def _changed(self, preferences: Preferences, change: PreferenceChange) -> Preferences:
        match change:
            case ChooseLanguage(code=code):
                if code is not None and code not in self._texts.languages:
                    raise EditRefused(code)
                return evolve(preferences, language=code)
            case SwitchOption(option=option, on=on):
                return evolve(preferences, **{option.value: on})  # type: ignore[arg-type]  # names of fields that are bool
            case ChooseShape(aspect_ratio=shape):
                if shape is not None and shape not in SHAPES:
                    raise EditRefused(shape)
                return evolve(preferences, aspect_ratio=shape)
            case ChooseQuality(quality=quality):
                return evolve(preferences, quality=quality)
            case ToggleFavourite(model_id=model_id):
                return preferences.starred(model_id)
