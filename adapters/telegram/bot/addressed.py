"""Whether a message is said to the bot."""

from aiogram import Bot
from aiogram.types import Message

from adapters.telegram.api.incoming import without_name, words_of


async def for_the_bot(message: Message, bot: Bot) -> bool | dict[str, object]:
    """Whether a message is said to the bot and not to the group it is in; gives handlers its ``words``.

    In a group that is an answer to the bot, or what names it; the name is no part of the wish.
    """
    text = words_of(message)
    if message.chat.type == "private":
        return {"words": text}
    words = without_name(text, (await bot.me()).username or "")
    answered = message.reply_to_message
    is_answer = answered is not None and answered.from_user is not None and answered.from_user.id == bot.id
    return {"words": words} if is_answer or words != text else False
