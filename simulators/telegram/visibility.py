"""What a bot is shown of a chat."""

from simulators.telegram.entities import part
from simulators.telegram.state import ChatKind, Membership, Message, SimulatedBot


def sees(bot: SimulatedBot, message: Message) -> bool:
    """Whether a person's message reaches the bot.

    In groups privacy mode shows it commands, mentions of it and replies to it
    (core.telegram.org/bots/features#privacy-mode); administrators see everything.
    """
    chat = message.chat
    if chat.bot is not None:
        return chat.bot is bot and not chat.blocked
    membership = chat.bots.get(bot.id)
    if membership not in {Membership.MEMBER, Membership.ADMINISTRATOR}:
        return False
    if chat.kind is ChatKind.CHANNEL or membership is Membership.ADMINISTRATOR or not bot.privacy:
        return True
    return _is_addressed(bot, message)


def _is_addressed(bot: SimulatedBot, message: Message) -> bool:
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    if message.via_bot is bot:
        return True
    name = f"@{bot.username}".lower()
    for entity in message.entities:
        words = part(message.words, entity).lower()
        if entity["type"] == "bot_command" and ("@" not in words or words.endswith(name)):
            return True
        if entity["type"] == "mention" and words == name:
            return True
    return False
