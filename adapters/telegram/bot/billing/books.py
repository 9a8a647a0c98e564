"""The operator's page about money."""

from collections.abc import Iterator
from typing import Final

from adapters.telegram.api.markup import escape
from adapters.telegram.api.screens import Screen, button
from adapters.telegram.bot.buttons import AdminButton
from adapters.telegram.bot.words import Words
from application.billing.read_books import Books, margin
from application.ports.model_catalog import ModelCatalog
from domain.reservation import credits_of

MODELS_SHOWN: Final = 10


def books_screen(books: Books, words: Words, catalog: ModelCatalog) -> Screen:
    """Income, cost and margin by day and by model, and what people have."""
    return Screen(
        "\n".join(_lines(books, words, catalog)), [[button(words.plain("tg-back"), AdminButton(page="home"))]]
    )


def _lines(books: Books, words: Words, catalog: ModelCatalog) -> Iterator[str]:
    totals = books.totals
    yield words("tg-books", balances=credits_of(totals.balances), held=credits_of(totals.reserved))
    yield words("tg-books-days")
    for day in books.days:
        yield words(
            "tg-books-day",
            day=day.day.strftime("%d.%m"),
            stars=day.stars_in - day.stars_back,
            sold=credits_of(day.sold_units),
            given=credits_of(day.given_units),
            spent=credits_of(day.spent_units),
            cost=round(day.cost_credits, 2),
            margin=margin(day.spent_units, day.cost_credits),
        )
    yield words("tg-books-models")
    for model in books.models[:MODELS_SHOWN]:
        yield words(
            "tg-books-model",
            model=escape(catalog.title_of(model.model_id)),
            count=model.generations,
            spent=credits_of(model.spent_units),
            cost=round(model.cost_credits, 2),
            margin=margin(model.spent_units, model.cost_credits),
        )
    yield words("tg-books-usage")
