"""People who press, write and send anything at all, alone with the bot and together in groups, and never learn."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any, Final

from attrs import define, field, frozen

from application.ports.media_provider import TaskFailed
from domain.failure import Charged, Failure, FailureKind
from simulators.telegram import Chat, Message, PersonClient, SentFile
from simulators.telegram import FileKind as Shown
from simulators.telegram.events import Query
from tests.support.callbacks import naming
from tests.support.telegram_journey import Journey
from tests.support.telegram_simulator import picture

WORDS: Final = (
    *("a red fox", "оживи фото", "убери фон", "z-image", "suno", "-1", "on", "16:9", "0", "1e309", "null", "[]", "{"),
    *(" ", "\u2063", ".", "<b>&", "&amp;lt;", "🦊" * 1500, "я" * 4096, "x " * 2000, "\n" * 50 + "a", "a\u0000b"),
    *("\u202eгазон", "مرحبا بالعالم", "👨‍👩‍👧‍👦" * 100, "https://x.example/fox.png", "http://127.0.0.1/a.png"),
)
COMMANDS: Final = """
/start|/start nonsense|/start m-z|/start p-nothing|/start i-forged|/start@nobody|/help|/|/nothing|/cancel|/settings
/models|/models видео|/history|/history fox|/presets|/save x|/generate|/generate z-image|/generate unknown a fox
/generate z-image a fox|/generate z-image a fox seed=x y=1|/generate ai-music-api/generate a song
/admin|/admin pause z-image no|/admin broadcast spam|/block 1|/broadcast hello|/invite|/pause z-image
"""
"""Those of the operator are for no one here."""
TEXTS: Final = (*WORDS, *COMMANDS.strip().replace("\n", "|").split("|"))
FILES: Final = (
    SentFile(data=picture(64, 48), name="fox.jpg", mime="image/jpeg"),
    SentFile(data=picture(64, 48, kind="PNG"), name="лиса & <b>.png", mime="image/png", kind=Shown.DOCUMENT),
    SentFile(data=b"GIF89a", name="fox.gif", mime="image/gif"),
    SentFile(data=b"OggS", name="voice.ogg", mime="audio/ogg"),
    SentFile(data=b"ID3", name="song.mp3", mime="audio/mpeg"),
    SentFile(data=b"ftyp", name="film.mp4", mime="video/mp4"),
    SentFile(data=b"%PDF", name="paper.pdf", mime="application/pdf"),
    SentFile(data=b"", name="", mime=""),
    SentFile(data=b"MZ", name="x" * 200 + ".exe", mime="application/x-msdownload"),
)
OTHER: Final[Sequence[Mapping[str, Any]]] = (
    {"dice": {"emoji": "🎲", "value": 3}},
    {"location": {"latitude": 1.0, "longitude": 1.0}},
    {"contact": {"phone_number": "1", "first_name": "A"}},
)
DATA: Final = ("", "d:", "d:gone:r:", "g:gone:again", "m:unknown", "h:x", "s:language:tlh", "b:nonsense:7", "x" * 64)
RECENT: Final = 40
ACTS: Final = {
    "press": 40,
    "run": 14,
    "press_nonsense": 3,
    "say": 14,
    "answer": 8,
    "file": 8,
    "album": 2,
    "forward": 3,
    "edit": 2,
    "other": 2,
    "inline": 4,
    "delete": 2,
}
"""How often each is done; buttons most, as people do."""


@frozen(kw_only=True)
class Deed:
    """What someone did. ``query``: a press or an inline query; ``message``: something said; ``owner`` of what was pressed."""

    who: PersonClient = field(repr=lambda who: str(who.person.first_name))
    what: str
    query: Query | None = field(default=None, repr=False)
    message: Message | None = field(default=None, repr=lambda said: str(said and said.chat.key))
    owner: str | None = None

    @property
    def is_foreign(self) -> bool:
        """Whether someone else's button was pressed."""
        return self.owner is not None and self.owner != f"telegram:{self.who.id}"


@define(kw_only=True)
class Crowd:
    """``people`` act in their own chats and in ``groups``. All chance comes from ``random``."""

    trip: Journey
    random: Random
    people: Sequence[PersonClient]
    groups: Sequence[Chat]
    deeds: list[Deed] = field(factory=list)

    def act(self) -> Deed:
        """One person does one thing."""
        who = self.random.choice(self.people)
        chat = self.random.choice([who.chat(), who.chat(), *self.groups])
        (name,) = self.random.choices(list(ACTS), list(ACTS.values()))
        act: Callable[[PersonClient, Chat], Deed | None] = getattr(self, f"_{name}")
        deed = act(who, chat) or self._say(who, chat)
        self.deeds.append(deed)
        return deed

    async def settle(self) -> None:
        """Until every update is handled and confirmed."""
        (bot,) = self.trip.telegram.bots.values()
        async with asyncio.timeout(30):
            while len(bot.updates) or self.trip.inbox.received:
                await asyncio.sleep(0.002)

    async def let_tasks_end(self) -> None:
        """The provider reports some of the running tasks; one in three of the next will fail."""
        self.trip.provider.outcomes.clear()
        if self.random.random() < 0.3:
            kind, charged = self.random.choice(list(FailureKind)), self.random.choice(list(Charged))
            failure = Failure(kind=kind, charged=charged, provider_code="501", provider_message="<words & more>" * 40)
            self.trip.provider.outcomes.append(TaskFailed(failure=failure))
        for row in self.trip.rows:
            if row.task_id and not row.is_terminal and self.random.random() < 0.3:
                await self.trip.handle_callback(row.id, row.secret, naming(row.task_id))

    def _said(self, chat: Chat) -> list[Message]:
        """What the bot has said there, lately or (every fifth time) ever."""
        of_bot = [each for each in chat.messages.values() if each.sender not in [one.person for one in self.people]]
        return of_bot if self.random.random() < 0.2 else of_bot[-RECENT:]

    def _press(self, who: PersonClient, chat: Chat) -> Deed | None:
        return self._press_one_of(who, chat, "")

    def _run(self, who: PersonClient, chat: Chat) -> Deed | None:
        return self._press_one_of(who, chat, "▶️")

    def _press_one_of(self, who: PersonClient, chat: Chat, label: str) -> Deed | None:
        buttons = [(said, button) for said in self._said(chat) for row in said.buttons for button in row]
        asking = [(said, each) for said, each in buttons if "callback_data" in each and label in str(each["text"])]
        fitting = [(said, str(each["callback_data"])) for said, each in asking]
        if not fitting:
            return None
        message, data = self.random.choice(fitting)
        return self._pressed(who, message, data)

    def _press_nonsense(self, who: PersonClient, chat: Chat) -> Deed | None:
        said = [each for each in self._said(chat) if each.text]
        return self._pressed(who, self.random.choice(said), self.random.choice(DATA)) if said else None

    def _pressed(self, who: PersonClient, message: Message, data: str) -> Deed:
        return Deed(who=who, what=f"press {data}", query=who.press_data(message, data), owner=self._owner_of(data))

    def _owner_of(self, data: str) -> str | None:
        """Whose card, generation, history, presets or settings a button is about."""
        kind, *parts = data.split(":")
        people = {str(person.id) for person in self.people}
        match kind:
            case "d":
                return next((one.user for key, one in self.trip.sessions.sessions.items() if key == parts[0]), None)
            case "g":
                return next((row.user for row in self.trip.rows if row.id == parts[0]), None)
            case "h" | "pl" | "s":
                return next((f"telegram:{part}" for part in parts if part in people), None)
            case _:
                return None

    def _say(self, who: PersonClient, chat: Chat) -> Deed:
        text, thread = self.random.choice(TEXTS), self.random.choice([None, *sorted(chat.threads)])
        if chat.bot is None and self.random.random() < 0.5:
            bot = next(iter(self.trip.telegram.bots.values()))
            text = f"@{bot.username} {text}"[:4096]
        return Deed(who=who, what=f"say {text[:40]!r}", message=who.say(text, chat, thread_id=thread))

    def _answer(self, who: PersonClient, chat: Chat) -> Deed | None:
        if not chat.messages:
            return None
        text, to = self.random.choice(TEXTS), self.random.choice(list(chat.messages.values())[-RECENT:])
        return Deed(who=who, what=f"answer {text[:30]!r}", message=who.say(text, chat, reply_to=to))

    def _file(self, who: PersonClient, chat: Chat) -> Deed:
        file, caption = self.random.choice(FILES), self.random.choice(["", "make it winter", "/generate z-image"])
        return Deed(who=who, what=f"file {file.name[:20]}", message=who.send_file(file, chat, caption=caption))

    def _album(self, who: PersonClient, chat: Chat) -> Deed:
        files = [self.random.choice(FILES[:2])] * self.random.randint(2, 10)
        return Deed(who=who, what=f"album of {len(files)}", message=who.send_files(files, chat, caption="all")[-1])

    def _forward(self, who: PersonClient, chat: Chat) -> Deed | None:
        anything = [each for each in chat.messages.values() if each.text or each.media]
        if not anything:
            return None
        message = who.forward(self.random.choice(anything), who.chat())
        return Deed(who=who, what=f"forward {message.words[:30]!r}", message=message)

    def _edit(self, who: PersonClient, chat: Chat) -> Deed:
        message = who.say("a hare", chat)
        who.edit(message, "a fox")
        return Deed(who=who, what="edit", message=message)

    def _other(self, who: PersonClient, chat: Chat) -> Deed:
        return Deed(who=who, what="other", message=who.send_other(dict(self.random.choice(OTHER)), chat))

    def _inline(self, who: PersonClient, _: Chat) -> Deed:
        return Deed(who=who, what="inline", query=who.ask_inline(self.random.choice(["", "fox", "я" * 256])))

    def _delete(self, who: PersonClient, chat: Chat) -> Deed | None:
        """Someone deletes what the bot has said, and goes on as if nothing had happened."""
        said = self._said(chat)
        if not said or chat.bot is None:
            return None
        self.trip.telegram.delete(self.random.choice(said))
        return None
