"""One call of a method, and what its parameters mean in the world."""

from attrs import frozen

from simulators.telegram.entities import FormattedText, parse, utf16_length
from simulators.telegram.errors import bad_request
from simulators.telegram.markup import Markup, read_markup
from simulators.telegram.parameters import Parameters
from simulators.telegram.pushers import Pushers
from simulators.telegram.state import Chat, Message, SimulatedBot
from simulators.telegram.web_content import WebContent
from simulators.telegram.world import TelegramWorld

MAX_TEXT = 4096
MAX_CAPTION = 1024


@frozen(kw_only=True)
class MethodCall:
    """Who asks for what. The methods below read parameters and raise ApiError for wrong ones."""

    world: TelegramWorld
    bot: SimulatedBot
    parameters: Parameters
    web: WebContent
    pushers: Pushers

    def chat(self) -> Chat:
        """The chat of ``chat_id``, writable by the bot."""
        return self.world.writable_chat(self.bot, self.parameters.text("chat_id"))

    def message(self, purpose: str, *, chat: Chat | None = None, name: str = "message_id") -> Message:
        """The message of ``message_id``; ``purpose`` ("edit", "delete" …) goes into the error."""
        message_id = self.parameters.integer(name)
        if not message_id:
            raise bad_request("message identifier is not specified")
        found = (chat or self.chat()).messages.get(message_id)
        if found is None:
            raise bad_request(f"message to {purpose} not found")
        return found

    def text(self) -> FormattedText:
        """The text to send."""
        source = self.parameters.text("text")
        if not source:
            raise bad_request("message text is empty")
        text = self._formatted(source, "entities")
        if not text.text:
            raise bad_request("text must be non-empty")
        if utf16_length(text.text) > MAX_TEXT:
            raise bad_request("message is too long")
        return text

    def caption(self) -> FormattedText | None:
        """The caption to send; None where there is none."""
        source = self.parameters.text("caption")
        return checked_caption(self._formatted(source, "caption_entities")) if source else None

    def markup(self) -> Markup:
        """The keyboard to show."""
        return read_markup(self.parameters.json("reply_markup", "reply keyboard markup"))

    def _formatted(self, source: str, entities: str) -> FormattedText:
        given = self.parameters.json(entities, "message entities")
        return parse(source, self.parameters.text("parse_mode"), given)


def checked_caption(caption: FormattedText) -> FormattedText | None:
    """A caption that is not too long, or None for an empty one."""
    if utf16_length(caption.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return caption if caption.text else None
