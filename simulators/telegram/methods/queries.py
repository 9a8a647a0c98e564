"""Answers to presses of buttons."""

from simulators.telegram.entities import utf16_length
from simulators.telegram.errors import QUERY_TOO_OLD, bad_request
from simulators.telegram.events import Event, Query
from simulators.telegram.methods.call import MethodCall
from simulators.telegram.wire import Json

_MAX_ANSWER = 200
_CALLBACK_FIELDS = ("text", "url")


async def answer_callback_query(call: MethodCall) -> bool:
    """End the progress bar on a button, with a toast or an alert if there is text."""
    query = open_query(call, "callback_query_id")
    text = call.parameters.text("text")
    if utf16_length(text) > _MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    given: Json = {name: call.parameters.text(name) for name in _CALLBACK_FIELDS if call.parameters.text(name)}
    answer(call, query, {**given, "show_alert": call.parameters.boolean("show_alert")})
    return True


def open_query(call: MethodCall, name: str) -> Query:
    """The query a bot wants to answer. Raises ApiError 400 for one that is answered, too old or not its own."""
    query = call.world.queries.get(call.parameters.text(name))
    if query is None or query.bot is not call.bot:
        raise bad_request(QUERY_TOO_OLD)
    if query.answer is not None or call.world.clock() - query.asked_at > query.lifetime_s:
        raise bad_request(QUERY_TOO_OLD)
    return query


def answer(call: MethodCall, query: Query, given: Json) -> None:
    """Give the answer to the person."""
    query.answer = given
    call.world.publish(Event(kind="answer", chat=query.message.chat if query.message else None, query=query))
