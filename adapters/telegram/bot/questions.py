"""Questions that a person answers by writing: whom their next message goes to, by the page of the draft they are at."""

from collections.abc import Awaitable, Callable, Mapping

from adapters.telegram.bot.card.place import Page
from adapters.telegram.bot.person import Person
from domain.draft import Draft

Answer = Callable[[Draft, Person, str], Awaitable[None]]
Questions = Mapping[Page, Answer]
