"""What a person does in their Telegram app."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from simulators.telegram.entities import FormattedText, plain
from simulators.telegram.errors import ApiError
from simulators.telegram.events import Query
from simulators.telegram.files import FileKind, StoredFile, photo_size
from simulators.telegram.media import MessageMedia
from simulators.telegram.payments import PaymentOutcome
from simulators.telegram.state import Chat, Membership, Message, SimulatedBot, SimulatedPerson
from simulators.telegram.wire import Json

if TYPE_CHECKING:
    from simulators.telegram.world import TelegramWorld

_INLINE_LIFETIME_S = 30
_GROUP_ANONYMOUS_BOT: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
_TELEGRAM: Json = {"id": 777000, "is_bot": False, "first_name": "Telegram"}


@frozen(kw_only=True)
class SentFile:
    """Bytes someone sends. ``kind`` None: chosen by the MIME type, as apps do. ``duration`` in whole seconds, 0: not said."""

    data: bytes
    name: str
    mime: str
    kind: FileKind | None = None
    duration: int = 0


class PersonClient:
    """Acts for one person. ``chat`` left out means the private chat with the first bot."""

    def __init__(self, world: "TelegramWorld", person: SimulatedPerson) -> None:
        self._world = world
        self.person = person

    @property
    def id(self) -> int:
        """The person's Telegram id, also that of their private chats."""
        return self.person.id

    def chat(self, bot: SimulatedBot | None = None) -> Chat:
        """The private chat with a bot; with the first there is when none is named."""
        return self._world.private_chat(self.person, bot or next(iter(self._world.bots.values())))

    def say(
        self, text: str, chat: Chat | None = None, *, reply_to: Message | None = None, thread_id: int | None = None
    ) -> Message:
        """Write a message."""
        return self._post(chat or self.chat(), text=plain(text), reply_to=reply_to, thread_id=thread_id)

    def send_file(
        self,
        upload: SentFile,
        chat: Chat | None = None,
        *,
        caption: str = "",
        reply_to: Message | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Send one file."""
        return self.send_files([upload], chat, caption=caption, reply_to=reply_to, thread_id=thread_id)[0]

    def send_files(
        self,
        uploads: Sequence[SentFile],
        chat: Chat | None = None,
        *,
        caption: str = "",
        reply_to: Message | None = None,
        thread_id: int | None = None,
        caption_under: int = 0,
    ) -> list[Message]:
        """Send files; several become one album, with the caption under the first or another."""
        stored = [(self._world.files.add(each.data, name=each.name, mime=each.mime), each.kind) for each in uploads]
        durations = [each.duration for each in uploads]
        return self.send_stored(
            stored,
            chat,
            caption=caption,
            reply_to=reply_to,
            thread_id=thread_id,
            durations=durations,
            caption_under=caption_under,
        )

    def send_stored(
        self,
        files: Sequence[tuple[StoredFile, FileKind | None]],
        chat: Chat | None = None,
        *,
        caption: str = "",
        reply_to: Message | None = None,
        thread_id: int | None = None,
        durations: Sequence[int] = (),
        caption_under: int = 0,
    ) -> list[Message]:
        """Send files the simulator already has. ``durations`` in seconds, where the app says them."""
        target = chat or self.chat()
        group_id = f"1{target.next_message_id:012d}" if len(files) > 1 else None
        return [
            self._post(
                target,
                media=_media(file, kind, durations[index] if durations else 0),
                caption=plain(caption) if caption and index == caption_under else None,
                reply_to=reply_to if index == 0 else None,
                thread_id=thread_id,
                group_id=group_id,
            )
            for index, (file, kind) in enumerate(files)
        ]

    def send_other(self, content: Json, chat: Chat | None = None) -> Message:
        """Send what has no own method, in wire form: ``{"sticker": {...}}``, ``{"contact": {...}}`` …"""
        return self._post(chat or self.chat(), extra=content)

    def answer_elsewhere(self, text: str, file: Json, chat: Chat | None = None) -> Message:
        """Answer, in this chat, a message with a file of another chat. ``file``: ``{"photo": [...]}``, ``{"document": {...}}`` …

        https://core.telegram.org/bots/api#externalreplyinfo, read 2026-11.
        """
        origin: Json = {"type": "hidden_user", "date": 1, "sender_user_name": "Someone"}
        return self._post(chat or self.chat(), text=plain(text), extra={"external_reply": {"origin": origin, **file}})

    def say_anonymously(self, text: str, chat: Chat) -> Message:
        """Write as the group, as an anonymous admin does: the sender that bots see is GroupAnonymousBot.

        https://core.telegram.org/bots/api#message, ``sender_chat``, read 2026-11.
        """
        return self._post(chat, text=plain(text), extra={"from": _GROUP_ANONYMOUS_BOT, "sender_chat": chat.wire()})

    def forward_from_channel(self, text: str, chat: Chat) -> Message:
        """A post of the linked channel, which Telegram forwards into its discussion group by itself."""
        channel: Json = {"id": -1001999999999, "type": "channel", "title": "Channel"}
        extra: Json = {"from": _TELEGRAM, "sender_chat": channel, "is_automatic_forward": True}
        return self._post(chat, text=plain(text), extra=extra)

    def share_live_location(self, chat: Chat | None = None) -> Message:
        """Begin to share where the person is."""
        return self.send_other({"location": {"latitude": 55.0, "longitude": 37.0, "live_period": 900}}, chat)

    def walk(self, message: Message) -> None:
        """Go on a few steps while the location is shared: Telegram sends an edit for each."""
        location = {"latitude": 55.0 + 0.001 * (len(message.history) + 1), "longitude": 37.0, "live_period": 900}
        message.remember()
        message.extra = {**message.extra, "location": location}
        self._world.edited(message)

    def forward(self, message: Message, chat: Chat | None = None) -> Message:
        """Forward a message."""
        return self._post(
            chat or self.chat(),
            text=message.text,
            media=message.media,
            caption=message.caption,
            spoiler=message.spoiler,
            forwarded_from=message.forwarded_from or message.sender,
            forwarded_at=message.forwarded_at or message.date,
        )

    def edit(self, message: Message, text: str) -> None:
        """Change the words of an own message."""
        message.remember()
        if message.text is not None:
            message.text = plain(text)
        else:
            message.caption = plain(text)
        self._world.edited(message)

    def press(self, message: Message, button: str) -> Query:
        """Press the inline button with this label or callback data. Raises LookupError where there is none."""
        for each in (each for row in message.buttons for each in row):
            if button in {each["text"], each.get("callback_data")}:
                return self.press_data(message, str(each["callback_data"]))
        raise LookupError(f"no button {button!r} under message {message.id}")

    def press_old(self, message: Message, data: str, shown: Json) -> Query:
        """Press a button of a message that Telegram does not show to bots any more.

        ``shown`` is what it sends instead: an inaccessible message (``out_of_reach``), ``{"inline_message_id": "…"}`` for a
        button sent by inline mode, or nothing.
        """
        return self.press_data(message, data, shown=shown)

    @staticmethod
    def out_of_reach(message: Message) -> Json:
        """The message as Bot API shows what it can't: https://core.telegram.org/bots/api#inaccessiblemessage, read 2026-11."""
        return {"message": {"message_id": message.id, "chat": message.chat.wire(), "date": 0}}

    def press_data(self, message: Message, data: str, *, shown: Json | None = None) -> Query:
        """Send callback data as if a button under ``message`` held it, also one that is no longer there."""
        bot = message.sender if isinstance(message.sender, SimulatedBot) else message.via_bot
        if bot is None:
            raise LookupError("a person's message has no buttons")
        query = self._world.ask(bot, self.person, message=message, lifetime_s=self._world.query_lifetime_s)
        if shown is None:
            shown = self.out_of_reach(message) if message.deleted else {"message": message.wire(bot.id)}
        payload: Json = {
            "id": query.id,
            "from": self.person.wire(),
            **shown,
            "chat_instance": str(abs(message.chat.id) * 7919),
            "data": data,
        }
        self._world.send_update(bot, "callback_query", payload, conversation=message.chat.id)
        return query

    async def pay(self, message: Message) -> PaymentOutcome:
        """Pay the invoice in a message. Raises LookupError where it holds none."""
        payments = self._world.payments
        return await payments.pay(payments.invoice_of(message), self.person, message.chat)

    async def pay_at(self, url: str) -> PaymentOutcome:
        """Pay the invoice at an address, as from a button. Raises LookupError where there is none."""
        payments = self._world.payments
        invoice = payments.invoice_at(url)
        return await payments.pay(invoice, self.person, self.chat(invoice.bot))

    def ask_inline(self, text: str, bot: SimulatedBot | None = None, *, offset: str = "") -> Query:
        """Type ``@bot text`` into a message field; with the ``next_offset`` of an answer, scroll down to what follows."""
        bot = bot or self.chat().bot
        assert bot is not None  # noqa: S101 - a private chat has one
        query = self._world.ask(bot, self.person, text=text, lifetime_s=_INLINE_LIFETIME_S)
        payload: Json = {
            "id": query.id,
            "from": self.person.wire(),
            "query": text,
            "offset": offset,
            "chat_type": "sender",
        }
        self._world.send_update(bot, "inline_query", payload, conversation=self.person.id)
        return query

    def choose(self, query: Query, result_id: str, chat: Chat | None = None) -> Message:
        """Send one of the results a bot offered for an inline query. Raises KeyError."""
        offer = query.offers[result_id]
        chosen: Json = {"result_id": result_id, "from": self.person.wire(), "query": query.text}
        self._world.send_update(query.bot, "chosen_inline_result", chosen, conversation=self.id)
        return self._post(
            chat or self.chat(query.bot),
            text=offer.text,
            media=offer.media,
            caption=offer.caption,
            markup=offer.markup,
            via_bot=query.bot,
        )

    def block(self, bot: SimulatedBot | None = None, *, blocked: bool = True) -> None:
        """Block the bot, or let it write again."""
        chat = self.chat(bot)
        chat.blocked = blocked
        assert chat.bot is not None  # noqa: S101 - a private chat has one
        was, now = (Membership.MEMBER, Membership.KICKED) if blocked else (Membership.KICKED, Membership.MEMBER)
        self._world.membership_changed(chat.bot, chat, self.person, was=was, now=now)

    def _post(
        self,
        chat: Chat,
        *,
        text: FormattedText | None = None,
        media: MessageMedia | None = None,
        caption: FormattedText | None = None,
        reply_to: Message | None = None,
        thread_id: int | None = None,
        group_id: str | None = None,
        spoiler: bool = False,
        forwarded_from: SimulatedPerson | SimulatedBot | None = None,
        forwarded_at: int | None = None,
        markup: Json | None = None,
        via_bot: SimulatedBot | None = None,
        extra: Json | None = None,
    ) -> Message:
        world = self._world
        message = Message(
            id=world.new_id(chat),
            chat=chat,
            sender=self.person,
            date=int(world.clock()),
            text=text,
            media=media,
            caption=caption,
            reply_to=reply_to,
            thread_id=thread_id,
            group_id=group_id,
            spoiler=spoiler,
            forwarded_from=forwarded_from,
            forwarded_at=forwarded_at,
            markup=markup,
            via_bot=via_bot,
            extra=extra or {},
        )
        return world.post(message)


def _media(file: StoredFile, kind: FileKind | None, duration: int = 0) -> MessageMedia:
    """A file as an app sends it: a picture no photo can be made of becomes a document."""
    chosen = kind or _kind_of(file.mime)
    if chosen is FileKind.PHOTO:
        try:
            width, height = photo_size(file)
        except ApiError:
            return MessageMedia(kind=FileKind.DOCUMENT, file=file)
        return MessageMedia(kind=chosen, file=file, width=width, height=height)
    return MessageMedia(kind=chosen, file=file, duration=duration)


def _kind_of(mime: str) -> FileKind:
    match mime.partition("/"):
        case ("image", _, "gif"):
            return FileKind.ANIMATION
        case ("image", _, _):
            return FileKind.PHOTO
        case ("video", _, _):
            return FileKind.VIDEO
        case ("audio", _, "ogg"):
            return FileKind.VOICE
        case ("audio", _, _):
            return FileKind.AUDIO
        case _:
            return FileKind.DOCUMENT
