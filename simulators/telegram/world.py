"""The simulated Telegram as a whole: everything in it, what happens to it, and who is informed."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import TypeVar

from simulators.telegram.errors import bad_request, forbidden, migrated
from simulators.telegram.events import Event, Query
from simulators.telegram.faults import FaultScript
from simulators.telegram.files import FileStore
from simulators.telegram.flood import FloodLimits
from simulators.telegram.payments import Payments
from simulators.telegram.person import PersonClient
from simulators.telegram.polling import UpdateQueue
from simulators.telegram.record import CallLog
from simulators.telegram.state import (
    Chat,
    ChatKind,
    Membership,
    Message,
    SimulatedBot,
    SimulatedPerson,
    membership_wire,
)
from simulators.telegram.visibility import sees
from simulators.telegram.wire import Json

T = TypeVar("T")

_QUERIES_KEPT = 10_000
_FIRST_BOT_ID = 7_000_000_001
_FIRST_PERSON_ID = 100_001
_FIRST_GROUP_ID = 4_000_001
_FIRST_SUPERGROUP_ID = 1_000_000_000_001


class TelegramWorld:
    """Everything in the simulated Telegram. Used from one event loop.

    ``tokens``: the bots there are; None takes any token of the right form for a bot of its own. ``clock`` gives
    seconds since 1970 and may be moved by tests; waiting is always in real time. ``query_lifetime_s`` is how long a
    button's press may be answered. ``repeat_rules`` slow a poller that repeats an offset within 3 s, as Telegram does.
    ``ids_from`` is where the ids of messages, updates and files begin: a bot that remembers them from an earlier
    simulator needs others, for instance the time.
    """

    def __init__(
        self,
        *,
        tokens: Iterable[str] | None = None,
        clock: Callable[[], float] = time.time,
        query_lifetime_s: float = 150,
        repeat_rules: bool = True,
        flood_limits: bool = False,
        seed: int = 0,
        ids_from: int = 1,
    ) -> None:
        self.clock = clock
        self.query_lifetime_s = query_lifetime_s
        self.open_to_any_token = tokens is None
        self.files = FileStore(first_number=ids_from)
        self.faults = FaultScript(seed=seed)
        self.log = CallLog()
        self.payments = Payments(self)
        self.flood = FloodLimits(clock=clock) if flood_limits else None
        self.bots: dict[str, SimulatedBot] = {}
        self.people: dict[int, SimulatedPerson] = {}
        self.chats: dict[str, Chat] = {}
        self.queries: OrderedDict[str, Query] = OrderedDict()
        self.listeners: set[Callable[[Event], None]] = set()
        self._repeat_rules = repeat_rules
        self._changed = asyncio.Event()
        self._ids_from = ids_from
        self._next_query = ids_from
        for token in tokens or ():
            self.add_bot(token)

    # Who there is

    def add_bot(self, token: str, *, username: str = "", first_name: str = "Simulated bot") -> SimulatedBot:
        """Make a bot known. The number before the colon of its token is its id."""
        number = token.partition(":")[0]
        bot_id = int(number) if number.isdigit() else _FIRST_BOT_ID + len(self.bots)
        bot = SimulatedBot(
            id=bot_id,
            token=token,
            username=username or f"simulated_{bot_id}_bot",
            first_name=first_name,
            updates=UpdateQueue(clock=self.clock, first_id=self._ids_from, repeat_rules=self._repeat_rules),
        )
        self.bots[token] = bot
        self.publish(Event(kind="bot"))
        return bot

    def add_person(self, first_name: str, *, language: str = "en", username: str | None = None) -> PersonClient:
        """Someone new; what comes back acts for them."""
        person_id = _FIRST_PERSON_ID + len(self.people)
        person = SimulatedPerson(id=person_id, first_name=first_name, username=username, language_code=language)
        self.people[person_id] = person
        self.publish(Event(kind="chat"))
        return PersonClient(self, person)

    def as_person(self, person_id: int) -> PersonClient:
        """Act for someone who is already there. Raises KeyError."""
        return PersonClient(self, self.people[person_id])

    def private_chat(self, person: SimulatedPerson, bot: SimulatedBot) -> Chat:
        """The chat of a person with a bot, begun if need be."""
        key = f"{person.id}-{bot.id}"
        if key not in self.chats:
            chat = Chat(id=person.id, kind=ChatKind.PRIVATE, person=person, bot=bot, next_message_id=self._ids_from)
            self.chats[key] = chat
            self.publish(Event(kind="chat", chat=chat))
        return self.chats[key]

    def add_group(
        self,
        title: str,
        people: Iterable[PersonClient],
        bots: Iterable[SimulatedBot] | None = None,
        *,
        kind: ChatKind = ChatKind.SUPERGROUP,
        is_forum: bool = False,
        username: str | None = None,
    ) -> Chat:
        """A group of these people and bots (None: every bot there is)."""
        count = len(self.chats)
        chat_id = -(_FIRST_GROUP_ID + count) if kind is ChatKind.GROUP else -(_FIRST_SUPERGROUP_ID + count)
        chat = Chat(
            id=chat_id,
            kind=kind,
            title=title,
            is_forum=is_forum,
            username=username,
            next_message_id=self._ids_from,
        )
        chat.people = {person.id: Membership.MEMBER for person in people}
        chat.bots = {bot.id: Membership.MEMBER for bot in (self.bots.values() if bots is None else bots)}
        self.chats[chat.key] = chat
        self.publish(Event(kind="chat", chat=chat))
        return chat

    def upgrade(self, group: Chat) -> Chat:
        """Turn a group into a supergroup with a new id, as happens when it grows."""
        members = [self.as_person(person_id) for person_id in group.people]
        bots = [bot for bot in self.bots.values() if bot.id in group.bots]
        supergroup = self.add_group(group.title, members, bots)
        group.migrated_to = supergroup.id
        for chat, name, other in (
            (group, "migrate_to_chat_id", supergroup),
            (supergroup, "migrate_from_chat_id", group),
        ):
            for bot in bots:
                notice: Json = {"message_id": self.new_id(chat), "date": int(self.clock()), "chat": chat.wire()}
                self.send_update(bot, "message", {**notice, name: other.id}, conversation=chat.id)
        return supergroup

    def remove_bot(self, bot: SimulatedBot, chat: Chat, *, how: Membership = Membership.KICKED) -> None:
        """Put a bot out of a group; it is informed."""
        was = chat.bots[bot.id]
        chat.bots[bot.id] = how
        someone = self.people[next(iter(chat.people))]
        self.membership_changed(bot, chat, someone, was=was, now=how)

    # What bots ask for

    def bot_with(self, token: str) -> SimulatedBot | None:
        """The bot of a token."""
        bot = self.bots.get(token)
        return self.add_bot(token) if bot is None and self.open_to_any_token else bot

    def chat_of(self, bot: SimulatedBot, chat_id: str) -> Chat:
        """The chat a bot means. Raises ApiError 400."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        if chat_id.startswith("@"):
            named = [chat for chat in self.chats.values() if chat.username == chat_id[1:] and chat.bot is None]
            if not named:
                raise bad_request("chat not found")
            return named[0]
        chat = self.chats.get(f"{chat_id}-{bot.id}") or self.chats.get(chat_id)
        if chat is None or (chat.bot is None and bot.id not in chat.bots):
            if chat_id.isdigit() and int(chat_id) in self.people:
                raise forbidden("bot can't initiate conversation with a user")
            raise bad_request("chat not found")
        return chat

    def writable_chat(self, bot: SimulatedBot, chat_id: str) -> Chat:
        """The chat a bot wants to write to. Raises ApiError 400 or 403 where it may not."""
        chat = self.chat_of(bot, chat_id)
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        if chat.person is not None and chat.person.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        match chat.bots.get(bot.id):
            case Membership.KICKED:
                raise forbidden(f"bot was kicked from the {chat.kind} chat")
            case Membership.LEFT:
                raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat

    # What happens

    def post(self, message: Message) -> Message:
        """Put a new message into its chat; the bots that may see it get an update."""
        chat = message.chat
        chat.keep(message)
        if isinstance(message.sender, SimulatedBot):
            chat.action = None
        if isinstance(message.sender, SimulatedPerson):
            self.notify(message, "channel_post" if chat.kind is ChatKind.CHANNEL else "message")
        self.publish(Event(kind="message", chat=chat, message=message))
        return message

    def new_id(self, chat: Chat) -> int:
        """The next message id of a chat."""
        message_id = chat.next_message_id
        chat.next_message_id += 1
        return message_id

    def edited(self, message: Message) -> None:
        """Tell of an edit that has been made."""
        message.edited_at = int(self.clock())
        if isinstance(message.sender, SimulatedPerson):
            self.notify(message, "edited_message")
        self.publish(Event(kind="edit", chat=message.chat, message=message))

    def delete(self, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        message.chat.messages.pop(message.id, None)
        self.publish(Event(kind="delete", chat=message.chat, message=message))

    def notify(self, message: Message, kind: str) -> None:
        """Queue an update about a message for every bot that may see it."""
        for bot in self.bots.values():
            if sees(bot, message):
                self.send_update(bot, kind, message.wire(bot.id), conversation=message.chat.id)

    def send_update(self, bot: SimulatedBot, kind: str, payload: Json, *, conversation: int = 0) -> int | None:
        """Queue any update for a bot: its id, or None where the bot does not want the kind."""
        if not bot.wants(kind):
            return None
        return bot.updates.add(kind, payload, conversation=conversation)

    def membership_changed(
        self, bot: SimulatedBot, chat: Chat, by: SimulatedPerson, *, was: Membership, now: Membership
    ) -> None:
        """Tell a bot how it stands in a chat from now on."""
        payload: Json = {
            "chat": chat.wire(),
            "from": by.wire(),
            "date": int(self.clock()),
            "old_chat_member": membership_wire(was, bot.wire()),
            "new_chat_member": membership_wire(now, bot.wire()),
        }
        self.send_update(bot, "my_chat_member", payload, conversation=chat.id)

    def ask(
        self,
        bot: SimulatedBot,
        person: SimulatedPerson,
        *,
        text: str = "",
        message: Message | None = None,
        lifetime_s: float,
    ) -> Query:
        """Open a query that the bot should answer."""
        query = Query(
            id=str(6_000_000_000_000 + self._next_query),
            bot=bot,
            person=person,
            asked_at=self.clock(),
            lifetime_s=lifetime_s,
            text=text,
            message=message,
        )
        self._next_query += 1
        self.queries[query.id] = query
        if len(self.queries) > _QUERIES_KEPT:
            self.queries.popitem(last=False)
        return query

    # Who is informed

    def publish(self, event: Event) -> None:
        """Tell the page and all who wait in ``until``."""
        for listener in list(self.listeners):
            listener(event)
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, found: Callable[[], T | None], *, timeout_s: float = 30) -> T:
        """Wait until ``found`` gives something true. Raises TimeoutError."""
        async with asyncio.timeout(timeout_s):
            while True:
                changed = self._changed
                if value := found():
                    return value
                await changed.wait()

    async def next_message(self, chat: Chat, *, after: int = 0, timeout_s: float = 30) -> Message:
        """The first message of a bot in ``chat`` with an id above ``after``. Raises TimeoutError."""

        def found() -> Message | None:
            bots = (m for m in chat.messages.values() if m.id > after and isinstance(m.sender, SimulatedBot))
            return next(bots, None)

        return await self.until(found, timeout_s=timeout_s)

    def release(self) -> None:
        """Let waiting polls and the page go: the simulator is about to end."""
        for bot in self.bots.values():
            bot.updates.interrupt(None)
        self.publish(Event(kind="end"))

    def close(self) -> None:
        """Delete the files."""
        self.files.close()
