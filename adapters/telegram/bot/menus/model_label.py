"""How a model is called on a button, in every menu alike."""

from typing import Final

from attrs import evolve

from adapters.telegram.api.markup import cut, units
from adapters.telegram.bot.card.values import ICONS
from adapters.telegram.bot.words import Words
from application.catalog.model_notices import ModelNotices
from domain.model import WORKS_ON, Model, ModelId
from domain.price import PriceQuote
from domain.reading import Preference

ROW_LIMIT: Final = 34
"""Units that a phone shows of a button over the whole width: a price behind them is not seen."""
LEAST_NAME: Final = 14
"""Units that a name keeps before the money behind its price goes: with fewer, two models of a task look alike."""
SHORTEST_FIRST: Final = 5
SHORTEST_WORD: Final = 3
"""Units, dots included, that the first word of a shortened name keeps at least, which is mostly its maker's, and any other."""
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
    Where there is no room for the task, ``🖼→🎬`` says what becomes of what."""
    sign = f"{MARKS[mark]} " if mark else ""
    whole = f"{sign}{model_label(model, notices, words if with_task else None)} · {words.row_price(quote)}"
    if units(whole) <= ROW_LIMIT:
        return whole
    icons = f"{mark_of(model.id, notices)}{_from(model) if with_task else ''}{ICONS[model.output]} "
    return priced_row(sign + icons, model.short_title, quote, words)


def priced_row(sign: str, name: str, quote: PriceQuote | None, words: Words) -> str:
    """``▶️ ⚡ Nano Banana 2 · 4 cr ($0.02)``, as a phone shows it however long the name is: it is shortened, and where little of it
    would be left the money goes. ``sign`` stays whole. Without a quote there is no price."""
    said = [f" · {each.row_price(quote)}" for each in (words, evolve(words, money=False))] if quote else [""]
    enough = min(units(name), LEAST_NAME)
    price = next((one for one in said if ROW_LIMIT - units(sign + one) >= enough), said[-1])
    return sign + shortened(name, ROW_LIMIT - units(sign + price)) + price


def shortened(name: str, room: int) -> str:
    """Return the name in so many units: its longest words lose their ends first, so that every word of it is still seen.
    ``Wan 2.2 Anim… Move`` is not taken for ``Wan 2.2 Ani… Repl…``."""
    words = name.split()
    kept = [len(word) for word in words]
    while sum(kept) + len(kept) - 1 > room:
        long = [place for place, length in enumerate(kept) if length > (SHORTEST_WORD if place else SHORTEST_FIRST)]
        if not long:
            return cut(name, room)
        kept[max(long, key=lambda place: (kept[place], place))] -= 1
    return " ".join(cut(word, length) for word, length in zip(words, kept, strict=True))


def _from(model: Model) -> str:
    """What the model works on, where that is no words."""
    worked_on = sorted(WORKS_ON[model.type])
    return f"{''.join(ICONS[kind] for kind in worked_on)}→" if worked_on else ""
