"""Who and what there is in the simulated Telegram: people, bots, chats, messages."""

from collections import OrderedDict, deque
from enum import StrEnum

from attrs import define, field

from simulators.telegram.entities import Entity, FormattedText
from simulators.telegram.media import MessageMedia
from simulators.telegram.polling import UpdateQueue
from simulators.telegram.wire import Json

MESSAGES_KEPT = 500
_EDITS_KEPT = 100
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


class Membership(StrEnum):
    """How someone stands in a chat; the words are those of ChatMember.status."""

    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


def membership_wire(status: Membership, user: Json) -> Json:
    """As a ``ChatMember``."""
    body: Json = {"status": status, "user": user}
    if status is Membership.ADMINISTRATOR:
        return {**body, **_ADMINISTRATOR_RIGHTS}
    return {**body, "until_date": 0} if status is Membership.KICKED else body


_ADMINISTRATOR_RIGHTS: Json = dict.fromkeys(
    (
        "can_be_edited",
        "is_anonymous",
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ),
    True,
)


class ChatKind(StrEnum):
    """The words of Chat.type."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@define(kw_only=True, eq=False)
class SimulatedPerson:
    """Someone with a Telegram account."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str = "en"
    deactivated: bool = False

    def wire(self) -> Json:
        """As a ``User``."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        return {**user, "language_code": self.language_code}


@define(kw_only=True, eq=False)
class SetWebhook:
    """Where a bot wants its updates sent."""

    url: str
    secret_token: str = field(default="", repr=False)
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


@define(kw_only=True, eq=False)
class SimulatedBot:
    """A bot, known by its token. ``privacy``: in groups it sees commands, mentions and replies alone."""

    id: int
    token: str = field(repr=False)
    username: str
    first_name: str
    updates: UpdateQueue = field(repr=False)
    privacy: bool = True
    inline: bool = True
    allowed_updates: frozenset[str] = frozenset()
    webhook: SetWebhook | None = None
    commands: dict[tuple[str, str], list[Json]] = field(factory=dict)
    about: dict[str, str] = field(factory=dict)

    def wants(self, kind: str) -> bool:
        """Whether updates of this kind are queued for it."""
        return kind in self.allowed_updates if self.allowed_updates else kind not in _NOT_BY_DEFAULT

    def wire(self) -> Json:
        """As a ``User``."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}


@define(kw_only=True, eq=False)
class Message:
    """A message as it stands now; ``history`` holds what it was before each edit, oldest first."""

    id: int
    chat: "Chat"
    sender: "SimulatedPerson | SimulatedBot"
    date: int
    text: FormattedText | None = None
    media: MessageMedia | None = None
    caption: FormattedText | None = None
    caption_above: bool = False
    spoiler: bool = False
    markup: Json | None = None
    reply_to: "Message | None" = None
    thread_id: int | None = None
    group_id: str | None = None
    forwarded_from: "SimulatedPerson | SimulatedBot | None" = None
    forwarded_at: int | None = None
    via_bot: SimulatedBot | None = None
    edited_at: int | None = None
    deleted: bool = False
    extra: Json = field(factory=dict)
    history: deque[Json] = field(factory=lambda: deque(maxlen=_EDITS_KEPT))

    @property
    def words(self) -> str:
        """The text or the caption, without its formatting."""
        formatted = self.text or self.caption
        return formatted.text if formatted else ""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What is special about parts of the text or the caption."""
        formatted = self.text or self.caption
        return formatted.entities if formatted else ()

    @property
    def buttons(self) -> list[list[Json]]:
        """The inline keyboard, row by row."""
        rows = self.markup.get("inline_keyboard") if self.markup else None
        return rows if isinstance(rows, list) else []

    def remember(self) -> None:
        """Keep what it is now, before an edit changes it."""
        self.history.append({"date": self.edited_at or self.date, "words": self.words, "markup": self.markup})

    def wire(self, bot_id: int, *, nested: bool = False) -> Json:
        """As a ``Message`` sent to that bot; a ``nested`` one does not repeat what it answers."""
        body: Json = {"message_id": self.id, "from": self.sender.wire(), "chat": self.chat.wire(), "date": self.date}
        if self.thread_id is not None:
            body |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.edited_at is not None:
            body["edit_date"] = self.edited_at
        if self.forwarded_from is not None:
            origin = {"type": "user", "sender_user": self.forwarded_from.wire(), "date": self.forwarded_at}
            body["forward_origin"] = origin
        if self.reply_to is not None and not nested:
            body["reply_to_message"] = self.reply_to.wire(bot_id, nested=True)
        if self.group_id is not None:
            body["media_group_id"] = self.group_id
        if self.via_bot is not None:
            body["via_bot"] = self.via_bot.wire()
        body |= self._content(bot_id)
        if self.buttons:
            body["reply_markup"] = self.markup
        return body | self.extra

    def _content(self, bot_id: int) -> Json:
        body: Json = {}
        if self.text is not None:
            body["text"] = self.text.text
            if self.text.entities:
                body["entities"] = list(self.text.entities)
        if self.media is not None:
            body |= self.media.wire(bot_id)
        if self.caption is not None and self.caption.text:
            body["caption"] = self.caption.text
            if self.caption.entities:
                body["caption_entities"] = list(self.caption.entities)
            if self.caption_above:
                body["show_caption_above_media"] = True
        if self.spoiler:
            body["has_media_spoiler"] = True
        return body


@define(kw_only=True, eq=False)
class Chat:
    """A chat. A private one belongs to one person and one bot; ``key`` is unique over all of them."""

    id: int
    kind: ChatKind
    title: str = ""
    username: str | None = None
    person: SimulatedPerson | None = None
    bot: SimulatedBot | None = None
    is_forum: bool = False
    threads: set[int] = field(factory=set)
    people: dict[int, Membership] = field(factory=dict)
    bots: dict[int, Membership] = field(factory=dict)
    blocked: bool = False
    migrated_to: int | None = None
    keyboard: Json | None = None
    action: tuple[str, float] | None = None
    pinned: list[int] = field(factory=list)
    messages: "OrderedDict[int, Message]" = field(factory=OrderedDict, repr=False)
    next_message_id: int = 1

    @property
    def key(self) -> str:
        """Names the chat on the page: a person's chats with two bots have the same Telegram id."""
        return f"{self.id}-{self.bot.id}" if self.bot else str(self.id)

    def wire(self) -> Json:
        """As a ``Chat``."""
        body: Json = {"id": self.id, "type": self.kind.value}
        if self.person is not None:
            body["first_name"] = self.person.first_name
            if self.person.username:
                body["username"] = self.person.username
            return body
        body["title"] = self.title
        if self.username:
            body["username"] = self.username
        return {**body, "is_forum": True} if self.is_forum else body

    def keep(self, message: Message) -> None:
        """Append a message; the oldest goes when there are too many."""
        self.messages[message.id] = message
        if len(self.messages) > MESSAGES_KEPT:
            self.messages.popitem(last=False)
