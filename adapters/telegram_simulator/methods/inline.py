"""Answers to inline queries: what a person may choose to send.

Results are articles with text and files the bot knows by ``file_id``; results by URL are refused, since Telegram
fetches those from places that are not there in a simulation.
"""

from adapters.telegram_simulator.entities import parse, utf16_length
from adapters.telegram_simulator.errors import bad_request
from adapters.telegram_simulator.events import Offer
from adapters.telegram_simulator.files import MediaKind
from adapters.telegram_simulator.markup import read_markup
from adapters.telegram_simulator.methods.attachments import media_of
from adapters.telegram_simulator.methods.call import MAX_TEXT, Call
from adapters.telegram_simulator.methods.queries import answer, open_query
from adapters.telegram_simulator.methods.sending import item_caption
from adapters.telegram_simulator.wire import Json

_MAX_RESULTS = 50
_MAX_ID_BYTES = 64
#: The field that names the file of a result, and what it becomes.
_FILE_FIELDS = {
    "photo_file_id": MediaKind.PHOTO,
    "video_file_id": MediaKind.VIDEO,
    "audio_file_id": MediaKind.AUDIO,
    "voice_file_id": MediaKind.VOICE,
    "document_file_id": MediaKind.DOCUMENT,
    "gif_file_id": MediaKind.ANIMATION,
    "mpeg4_file_id": MediaKind.ANIMATION,
}


async def answer_inline_query(call: Call) -> bool:
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
    query.offers = offers
    answer(call, query, {"results": results, "next_offset": call.parameters.text("next_offset")})
    return True


def _offer(call: Call, result: object) -> Offer:
    if not isinstance(result, dict):
        raise bad_request("inline query result must be an object")
    result_id = str(result.get("id") or "")
    if not 1 <= len(result_id.encode()) <= _MAX_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    offer = Offer(
        id=result_id,
        title=str(result.get("title") or ""),
        description=str(result.get("description") or ""),
        markup=read_markup(result.get("reply_markup")).inline,
    )
    return _with_text(offer, result) if "input_message_content" in result else _with_file(call, offer, result)


def _with_text(offer: Offer, result: Json) -> Offer:
    content = result["input_message_content"]
    if not isinstance(content, dict) or not content.get("message_text"):
        raise bad_request("input message content is not specified")
    offer.text = parse(str(content["message_text"]), str(content.get("parse_mode") or ""), content.get("entities"))
    if utf16_length(offer.text.text) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return offer


def _with_file(call: Call, offer: Offer, result: Json) -> Offer:
    for field, kind in _FILE_FIELDS.items():
        if field in result:
            file = call.world.files.resolve(str(result[field]), bot_id=call.bot.id, kind=kind)
            offer.media = media_of(file, kind)
            offer.caption = item_caption(result)
            return offer
    raise bad_request("input message content is not specified")
