"""Questions that a person answers by writing: what their next message goes to, by the page of the session."""

from collections.abc import Awaitable, Callable, Mapping

from adapters.telegram.bot.card.card_session import CardPageKind, CardSession
from adapters.telegram.bot.library.characters import Characters
from adapters.telegram.bot.library.history import History
from adapters.telegram.bot.library.presets import Presets
from adapters.telegram.bot.person import Person

Answer = Callable[[CardSession, Person, str], Awaitable[None]]
Questions = Mapping[CardPageKind, Answer]


def questions_of(presets: Presets, history: History, characters: Characters) -> Questions:
    """Return whom the next words of a person go to, by the page their draft is at."""
    return {
        CardPageKind.KEEP: presets.keep,
        CardPageKind.RENAME: presets.rename,
        CardPageKind.SEARCH: history.search,
        CardPageKind.CHARACTER: characters.keep,
    }
