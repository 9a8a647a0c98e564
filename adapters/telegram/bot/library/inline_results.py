"""A person's results as Telegram lists them over the field in which they type the bot's name."""

from collections.abc import Iterator
from typing import Final

from aiogram import Bot
from aiogram.types import (
    InlineQueryResultArticle,
    InlineQueryResultCachedAudio,
    InlineQueryResultCachedDocument,
    InlineQueryResultCachedMpeg4Gif,
    InlineQueryResultCachedPhoto,
    InlineQueryResultCachedVideo,
    InlineQueryResultCachedVoice,
    InlineQueryResultUnion,
    InputTextMessageContent,
)

from adapters.telegram.api.forms import MessageForm
from adapters.telegram.api.markup import MESSAGE_LIMIT, cut
from adapters.telegram.bot.results.kept import kept_results
from domain.generation import Generation

TITLE_LIMIT: Final = 60
DESCRIPTION_LIMIT: Final = 120


async def is_inline(bot: Bot) -> bool:
    """Whether the bot can be asked in any chat: @BotFather's ``/setinline``. Telegram is asked once, then it is known."""
    return bool((await bot.me()).supports_inline_queries)


def inline_results(generation: Generation, model_title: str) -> Iterator[InlineQueryResultUnion]:
    """One for each result that can be sent on: files that Telegram keeps, and texts. Without a word of how they were made.

    A file whose form no one wrote down is left out: a wrong form would cost the whole answer.
    """
    kept = kept_results(generation)
    title = cut(generation.prompt or model_title, TITLE_LIMIT)
    for index, result in enumerate(generation.results):
        name = result_name(generation, index)
        file = kept.get(index)
        if file and file.form:
            yield _file(name, file.file_id, file.form, title, model_title)
        elif result.text:
            yield InlineQueryResultArticle(
                id=name,
                title=title,
                description=cut(result.text, DESCRIPTION_LIMIT),
                input_message_content=InputTextMessageContent(
                    message_text=cut(result.text, MESSAGE_LIMIT), parse_mode=None
                ),
            )


def result_name(generation: Generation, index: int) -> str:
    """Return what a result is called in an answer."""
    return f"{generation.id}.{index}"


def _file(name: str, file_id: str, form: MessageForm, title: str, about: str) -> InlineQueryResultUnion:
    match form:
        case MessageForm.PHOTO:
            return InlineQueryResultCachedPhoto(id=name, photo_file_id=file_id, title=title, description=about)
        case MessageForm.ANIMATION:
            return InlineQueryResultCachedMpeg4Gif(id=name, mpeg4_file_id=file_id, title=title)
        case MessageForm.VIDEO:
            return InlineQueryResultCachedVideo(id=name, video_file_id=file_id, title=title, description=about)
        case MessageForm.AUDIO:
            return InlineQueryResultCachedAudio(id=name, audio_file_id=file_id)
        case MessageForm.VOICE:
            return InlineQueryResultCachedVoice(id=name, voice_file_id=file_id, title=title)
        case _:
            return InlineQueryResultCachedDocument(id=name, document_file_id=file_id, title=title, description=about)
