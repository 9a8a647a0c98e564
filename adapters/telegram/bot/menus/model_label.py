"""How a model is called on a button, in every menu alike."""

from typing import Final

from adapters.telegram.api.keyboards import LABEL_LIMIT
from adapters.telegram.api.markup import cut, units
from adapters.telegram.bot.card.values import ICONS
from adapters.telegram.bot.menus.marks import mark_of
from adapters.telegram.bot.words import Words
from application.catalog.model_notices import ModelNotices
from domain.model import Model
from domain.price import PriceQuote
from domain.reading import Preference

MARKS: Final = {Preference.BEST: "⭐", Preference.FAST: "⚡", Preference.CHEAP: "💰"}


def model_label(model: Model, notices: ModelNotices, words: Words | None = None) -> str:
    """``🎬 Veo 3.1``, with what it does where the menu mixes tasks (``words``), and a mark where something is wrong."""
    task = f" · {words.named('tg-type', model.type)}" if words else ""
    return f"{mark_of(model.id, notices)}{ICONS[model.output]} {model.title}{task}"


def row_label(
    model: Model,
    notices: ModelNotices,
    words: Words,
    quote: PriceQuote,
    *,
    with_task: bool = True,
    mark: Preference | None = None,
) -> str:
    """The same with the usual price at its end, which stays whole however long the name is; ``mark`` stands before it."""
    price = f" · {words.row_price(quote)}"
    sign = f"{MARKS[mark]} " if mark else ""
    name = model_label(model, notices, words if with_task else None)
    return cut(f"{sign}{name}", LABEL_LIMIT - units(price)) + price
