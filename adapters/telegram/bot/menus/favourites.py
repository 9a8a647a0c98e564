"""Models that a person wants at hand."""

from attrs import evolve, frozen

from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.person import Person
from application.ports.preference_store import PreferenceStore
from domain.model import Model


@frozen
class Favourites:
    """The star, wherever there is one."""

    _preferences: PreferenceStore

    async def toggle(self, model: Model, person: Person) -> tuple[Person, Toast]:
        """Put the model among the favourites, or take it away from them; gives the person as they are now."""
        changed = person.preferences.starred(model.id)
        await self._preferences.save(changed)
        key = "tg-starred" if model.id in changed.favourites else "tg-unstarred"
        return evolve(person, preferences=changed), Toast(person.words.plain(key, model=model.title))
