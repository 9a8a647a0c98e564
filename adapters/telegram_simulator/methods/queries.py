"""Answers to presses of buttons and to inline queries."""

from adapters.telegram_simulator.entities import utf16_length
from adapters.telegram_simulator.errors import QUERY_TOO_OLD, bad_request
from adapters.telegram_simulator.methods.call import Call
from adapters.telegram_simulator.state import Json
from adapters.telegram_simulator.world import Event, Query

_MAX_ANSWER = 200
_MAX_RESULTS = 50
_CALLBACK_FIELDS = ("text", "url")


async def answer_callback_query(call: Call) -> bool:
    """End the progress bar on a button, with a toast or an alert if there is text."""
    query = _open_query(call, "callback_query_id")
    text = call.parameters.text("text")
    if utf16_length(text) > _MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    answer: Json = {name: call.parameters.text(name) for name in _CALLBACK_FIELDS if call.parameters.text(name)}
    _answer(call, query, {**answer, "show_alert": call.parameters.boolean("show_alert")})
    return True


async def answer_inline_query(call: Call) -> bool:
    """Offer results for what a person types after the bot's name."""
    query = _open_query(call, "inline_query_id")
    results = call.parameters.json("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > _MAX_RESULTS:
        raise bad_request("too many inline query results specified")
    if not all(isinstance(result, dict) for result in results):
        raise bad_request("inline query result must be an object")
    if len({result.get("id") for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    _answer(call, query, {"results": results, "next_offset": call.parameters.text("next_offset")})
    return True


def _open_query(call: Call, name: str) -> Query:
    query = call.world.queries.get(call.parameters.text(name))
    if query is None or query.bot is not call.bot:
        raise bad_request(QUERY_TOO_OLD)
    if query.answer is not None or call.world.clock() - query.asked_at > query.lifetime_s:
        raise bad_request(QUERY_TOO_OLD)
    return query


def _answer(call: Call, query: Query, answer: Json) -> None:
    query.answer = answer
    call.world.publish(Event(kind="answer", chat=query.message.chat if query.message else None, query=query))
