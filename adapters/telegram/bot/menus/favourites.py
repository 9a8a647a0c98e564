"""Models that a person wants at hand."""

from attrs import evolve, frozen

from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.person import Person
from application.preferences.change_preferences import ChangePreferences, ToggleFavourite
from domain.model import Model


@frozen
class Favourites:
    """The star, wherever there is one."""

    _change: ChangePreferences

    async def toggle(self, model: Model, person: Person) -> tuple[Person, Toast]:
        """Put the model among the favourites, or take it away from them; returns the person as they are now."""
        changed = await self._change(person.user, ToggleFavourite(model_id=model.id))
        key = "tg-starred" if model.id in changed.favourites else "tg-unstarred"
        return evolve(person, preferences=changed), Toast(person.words.plain(key, model=model.title))
