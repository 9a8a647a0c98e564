"""What people see happen, and what they ask of bots."""

from attrs import define, field

from simulators.telegram.entities import FormattedText
from simulators.telegram.media import MessageMedia
from simulators.telegram.state import Chat, Message, SimulatedBot, SimulatedPerson
from simulators.telegram.wire import Json


@define(kw_only=True)
class InlineResult:
    """One result of an inline query: what is sent when the person chooses it."""

    id: str
    title: str = ""
    description: str = ""
    text: FormattedText | None = None
    media: MessageMedia | None = None
    caption: FormattedText | None = None
    markup: Json | None = None


@define(kw_only=True)
class Query:
    """A press of a button, or an inline query, waiting for the bot's answer (the parameters it answered with).

    ``switch`` is the button over the ``offers``, ``next_offset`` what to ask with for those that follow.
    """

    id: str
    bot: SimulatedBot
    person: SimulatedPerson
    asked_at: float
    lifetime_s: float
    text: str = ""
    message: Message | None = None
    answer: Json | None = None
    offers: dict[str, InlineResult] = field(factory=dict)
    next_offset: str = ""
    switch: Json | None = None


@define(kw_only=True)
class Event:
    """Something people can see: ``kind`` is message, edit, delete, action, answer, chat, bot or end."""

    kind: str
    chat: Chat | None = None
    message: Message | None = None
    query: Query | None = None
