"""Answers to inline queries: what a person may choose to send.

Results are articles with text and files the bot knows by ``file_id``; results by URL are refused, since Telegram
fetches those from places that are not there in a simulation. The codes of refusals are those of
core.telegram.org/method/messages.setInlineBotResults, read 2026-11.
"""

import re

from simulators.telegram.entities import parse, utf16_length
from simulators.telegram.errors import bad_request
from simulators.telegram.events import InlineResult
from simulators.telegram.files import FileKind
from simulators.telegram.markup import read_markup
from simulators.telegram.methods.attachments import media_of
from simulators.telegram.methods.call import MAX_TEXT, MethodCall
from simulators.telegram.methods.queries import answer, open_query
from simulators.telegram.methods.sending import item_caption
from simulators.telegram.wire import Json

_MAX_RESULTS = 50
_MAX_ID_BYTES = 64
_MAX_OFFSET_BYTES = 64
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{0,64}")
#: By type of result: the field that names its file, and what it becomes.
_FILES = {
    "photo": ("photo_file_id", FileKind.PHOTO),
    "video": ("video_file_id", FileKind.VIDEO),
    "audio": ("audio_file_id", FileKind.AUDIO),
    "voice": ("voice_file_id", FileKind.VOICE),
    "document": ("document_file_id", FileKind.DOCUMENT),
    "gif": ("gif_file_id", FileKind.ANIMATION),
    "mpeg4_gif": ("mpeg4_file_id", FileKind.ANIMATION),
}
_TITLED = {"article", "video", "voice", "document"}


async def answer_inline_query(call: MethodCall) -> bool:
    """Offer results for what a person types after the bot's name."""
    query = open_query(call, "inline_query_id")
    results = call.parameters.json("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > _MAX_RESULTS:
        raise bad_request("too many inline query results specified")
    offers = {offer.id: offer for offer in (_offer(call, result) for result in results)}
    if len(offers) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = call.parameters.text("next_offset")
    if len(next_offset.encode()) > _MAX_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    query.offers, query.next_offset, query.switch = offers, next_offset, _switch(call)
    answer(call, query, {"results": results, "next_offset": next_offset})
    return True


def _switch(call: MethodCall) -> Json | None:
    """The button over the results that leads to the private chat with the bot."""
    button = call.parameters.json("button", "inline query results button")
    if button is None:
        return None
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if not _START_PARAMETER.fullmatch(str(button.get("start_parameter") or "")):
        raise bad_request("START_PARAM_INVALID")
    return button


def _offer(call: MethodCall, result: object) -> InlineResult:
    if not isinstance(result, dict):
        raise bad_request("inline query result must be an object")
    result_id = str(result.get("id") or "")
    if not 1 <= len(result_id.encode()) <= _MAX_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    kind, title = str(result.get("type") or ""), str(result.get("title") or "")
    if kind in _TITLED and not title:
        raise bad_request("RESULT_TITLE_EMPTY")
    offer = InlineResult(
        id=result_id,
        title=title,
        description=str(result.get("description") or ""),
        markup=read_markup(result.get("reply_markup")).inline,
    )
    if kind == "article":
        return _with_text(offer, result)
    if kind not in _FILES:
        raise bad_request("RESULT_TYPE_INVALID")
    field, media_kind = _FILES[kind]
    file = call.world.files.resolve(str(result.get(field) or ""), bot_id=call.bot.id, kind=media_kind)
    offer.media = media_of(file, media_kind)
    if "input_message_content" in result:
        return _with_text(offer, result)
    offer.caption = item_caption(result)
    return offer


def _with_text(offer: InlineResult, result: Json) -> InlineResult:
    content = result.get("input_message_content")
    if not isinstance(content, dict) or not content.get("message_text"):
        raise bad_request("input message content is not specified")
    offer.text = parse(str(content["message_text"]), str(content.get("parse_mode") or ""), content.get("entities"))
    if utf16_length(offer.text.text) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return offer
