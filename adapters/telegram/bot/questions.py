"""Questions that a person answers by writing: what their next message goes to, by the page of the session."""

from collections.abc import Awaitable, Callable, Mapping

from adapters.telegram.bot.card.card_page import CardPageKind
from adapters.telegram.bot.card.card_session import CardSession
from adapters.telegram.bot.person import Person

Answer = Callable[[CardSession, Person, str], Awaitable[None]]
Questions = Mapping[CardPageKind, Answer]
