"""``@bot words`` in any chat: the person's own results, to be sent there."""

import asyncio
from collections.abc import Sequence
from itertools import islice
from typing import Final

from aiogram import Router
from aiogram.types import InlineQuery, InlineQueryResultsButton, InlineQueryResultUnion

from adapters.telegram.api.errors import TELEGRAM_FAULTS, TelegramTrouble, trouble_of
from adapters.telegram.bot.deep_links import PLAIN
from adapters.telegram.bot.library.inline_results import inline_results, result_name
from adapters.telegram.bot.paging import cursor, moment
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.results.resending import Resending
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from domain.generation import Generation

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


async def _found(
    query: InlineQuery, *, person: Person, catalog: ModelCatalog, generations: GenerationStore, resending: Resending
) -> None:
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
    try:
        await query.answer(results, cache_time=KEPT_FOR_S, is_personal=True, next_offset=rest, button=nothing)
    except TELEGRAM_FAULTS as error:
        if trouble_of(error) is not TelegramTrouble.FILE_LOST:
            raise
        results = await _without_lost(results, found, resending)
        await query.answer(results, cache_time=KEPT_FOR_S, is_personal=True, next_offset=rest)


async def _without_lost(
    results: Sequence[InlineQueryResultUnion], found: Sequence[Generation], resending: Resending
) -> list[InlineQueryResultUnion]:
    """One file that Telegram does not know any more costs the whole answer."""
    lost = await asyncio.gather(*(resending.lost_results(generation) for generation in found))
    names = {result_name(generation, index) for generation, each in zip(found, lost, strict=True) for index in each}
    return [result for result in results if result.id not in names]
