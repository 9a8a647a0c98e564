"""``@bot words`` in any chat: the person's own results, to be sent there."""

from itertools import islice
from typing import Final

from aiogram import Router
from aiogram.types import InlineQuery, InlineQueryResultsButton, InlineQueryResultUnion

from adapters.telegram.bot.deep_links import PLAIN
from adapters.telegram.bot.library.inline_results import inline_results
from adapters.telegram.bot.paging import cursor, moment
from adapters.telegram.bot.person import Person
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog

RESULTS_AT_MOST: Final = 50
"""Of one answer: https://core.telegram.org/bots/api#answerinlinequery, read 2026-11."""
LOOKED_AT: Final = 20
"""Generations an answer is made of: more than a screen shows; the rest follows when it is scrolled to."""
KEPT_FOR_S: Final = 5
"""How long Telegram may give the same answer again: someone who has just made something looks for it."""


def inline_router() -> Router:
    """What a person typed after the bot's name."""
    router = Router(name="inline")
    router.inline_query.register(_found)
    return router


async def _found(query: InlineQuery, *, person: Person, catalog: ModelCatalog, generations: GenerationStore) -> None:
    try:
        before = moment(query.offset) if query.offset else None
    except ValueError:  # an offset that we never gave
        await query.answer([])
        return
    found = await generations.history(person.user, limit=LOOKED_AT + 1, before=before, text=query.query, delivered=True)
    results: list[InlineQueryResultUnion] = []
    rest = ""
    for position, generation in enumerate(found):
        title = catalog.title_of(generation.model_id)
        more = list(islice(inline_results(generation, title), RESULTS_AT_MOST))
        if position == LOOKED_AT or len(results) + len(more) > RESULTS_AT_MOST:
            rest = cursor(found[position - 1].created_at)
            break
        results += more
    nothing = None
    if not results and not query.offset:
        key = "tg-inline-not-found" if query.query.strip() else "tg-inline-nothing"
        nothing = InlineQueryResultsButton(text=person.words.plain(key), start_parameter=PLAIN)
    await query.answer(results, cache_time=KEPT_FOR_S, is_personal=True, next_offset=rest, button=nothing)
