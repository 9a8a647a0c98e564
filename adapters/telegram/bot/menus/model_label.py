"""How a model is called on a button, in every menu alike."""

from typing import Final

from adapters.telegram.api.markup import cut, units
from adapters.telegram.bot.card.values import ICONS
from adapters.telegram.bot.words import Words
from application.catalog.model_notices import ModelNotices
from domain.model import Model, ModelId
from domain.price import PriceQuote
from domain.reading import Preference

ROW_LIMIT: Final = 34
"""Units that a phone shows of a button over the whole width: a price behind them is not seen."""
MARKS: Final = {Preference.BEST: "⭐", Preference.FAST: "⚡", Preference.CHEAP: "💰"}


def mark_of(model_id: ModelId, notices: ModelNotices) -> str:
    """Return a mark for switched off or failing, with a blank behind it, or nothing."""
    if notices.pause_of(model_id):
        return "⏸ "
    return "⚠️ " if notices.is_failing(model_id) else ""


def model_label(model: Model, notices: ModelNotices, words: Words | None = None) -> str:
    """``🎬 Veo 3.1``, with what it does where the menu mixes tasks (``words``), and a mark where something is wrong."""
    task = f" · {words.named('tg-type', model.type)}" if words else ""
    return f"{mark_of(model.id, notices)}{ICONS[model.output]} {model.short_title}{task}"


def row_label(
    model: Model,
    notices: ModelNotices,
    words: Words,
    quote: PriceQuote,
    *,
    with_task: bool = True,
    mark: Preference | None = None,
) -> str:
    """The same with the usual price at its end, which a phone shows however long the name is; ``mark`` stands before it.
    The task goes where there is no room for it."""
    price = f" · {words.row_price(quote)}"
    sign = f"{MARKS[mark]} " if mark else ""
    room = ROW_LIMIT - units(sign) - units(price)
    name = model_label(model, notices, words if with_task else None)
    if units(name) > room:
        name = cut(model_label(model, notices), room)
    return f"{sign}{name}{price}"
