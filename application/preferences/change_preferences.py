"""Use case: change one of a person's settings."""

from enum import StrEnum

from attrs import evolve, frozen

from application.errors import EditRefused
from application.ports.preference_store import PreferenceStore
from application.ports.texts import Texts
from domain.generation import UserId
from domain.model import ModelId
from domain.preferences import Preferences


class Option(StrEnum):
    """The settings that are on or off, by the names of the fields of ``Preferences``."""

    ORIGINALS = "originals"
    CAPTIONS = "captions"
    SAFE = "safe"


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


PreferenceChange = ChooseLanguage | SwitchOption | ToggleFavourite


@frozen(kw_only=True)
class ChangePreferences:
    """Change one setting and keep it."""

    _preferences: PreferenceStore
    _texts: Texts

    async def __call__(self, user: UserId, change: PreferenceChange) -> Preferences:
        """Return the settings as they are kept now.

        Raises:
            EditRefused: there is no catalogue of texts for the language.
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
            case ToggleFavourite(model_id=model_id):
                return preferences.starred(model_id)
