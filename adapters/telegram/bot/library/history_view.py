"""What a person sees of their history."""

from datetime import timedelta
from typing import Final

from aiogram.types import InlineKeyboardButton
from attrs import frozen

from adapters.telegram.api.markup import CAPTION_LIMIT, cut, escape, units
from adapters.telegram.api.screens import Rows, Screen, button, in_pairs
from adapters.telegram.bot.buttons import GenerationButton, HistoryButton
from adapters.telegram.bot.card.values import ICONS
from adapters.telegram.bot.menus.model_label import ROW_LIMIT
from adapters.telegram.bot.paging import cursor
from adapters.telegram.bot.results.kept import kept_results
from adapters.telegram.bot.results.previews import ShownPreview
from adapters.telegram.bot.results.under_result import caption, link
from adapters.telegram.bot.words import Words
from application.ports.model_catalog import ModelCatalog
from application.results.page_history import HistoryPage, Neighbours
from application.results.repeat_generation import price_of_repeat
from domain.generation import Generation, GenerationState
from domain.parameter_roles import is_unchecked

TEXT_SHOWN: Final = 1500
FAILURE_LIMIT: Final = 500
INSTANT: Final = timedelta(microseconds=1)
"""The page older than a generation by this much begins with it."""

_ICONS: Final = {
    GenerationState.DELIVERED: "✅",
    GenerationState.UNDELIVERABLE: "📭",
    GenerationState.CANCELLED: "✖️",
}


@frozen(kw_only=True)
class HistoryView:
    """Draws the history of ``owner`` (a Telegram id): all of it, or what has the words of ``text``, which are kept in the
    draft with the id ``search``. ``elsewhere``: whether the bot finds it in other chats, too. Pure."""

    owner: str
    text: str = ""
    search: str = ""
    elsewhere: bool = False
    words: Words
    catalog: ModelCatalog

    def index(self, page: HistoryPage) -> Screen:
        """A page of it, and the ways to the others."""
        everything = button(self.words.plain("tg-history-all"), HistoryButton(owner=self.owner, action="list"))
        if not page.items and self.text:
            return Screen(self.words("tg-history-not-found", text=self.text), [[everything]])
        if not page.items:
            return Screen(self.words("tg-history-empty"), [])
        rows: Rows = [[button(self._label(one), self._data("see", one.id))] for one in page.items]
        turns = [button("◀", self._data("newer", cursor(page.items[0].created_at)))] if page.newer else []
        turns += [button("▶", self._data("older", cursor(page.items[-1].created_at)))] if page.older else []
        search = button(self.words.plain("tg-history-search"), self._data("search"))
        rows += [turns, [search, everything] if self.text else [search]]
        if self.elsewhere:
            label = self.words.plain("tg-history-elsewhere")
            rows.append([InlineKeyboardButton(text=label, switch_inline_query=self.text)])
        heading = self.words("tg-history-found", text=self.text) if self.text else self.words("tg-history")
        return Screen(heading, rows)

    def question(self) -> Screen:
        """Asks for words to look for."""
        return Screen(self.words("tg-history-search-ask"), [[button(self.words.plain("tg-back"), self._data("list"))]])

    def item(self, generation: Generation, index: int, neighbours: Neighbours) -> ShownPreview:
        """Its result of this index, how it stands, and what can be done with it."""
        delete = button(self.words.plain("tg-history-delete"), self._data("delete", generation.id, index))
        around = cursor(generation.created_at + INSTANT)
        back = button(self.words.plain("tg-history-list"), self._data("older", around))
        rows: Rows = [
            self._turns(generation, index, neighbours),
            *in_pairs(self._actions(generation)),
            [delete, back] if generation.is_terminal else [back],
        ]
        return self._preview(generation, index, rows)

    def deletion(self, generation: Generation, index: int) -> ShownPreview:
        """The same, asked about once before it is gone."""
        rows: Rows = [
            [button(self.words.plain("tg-history-delete-yes"), self._data("gone", generation.id))],
            [button(self.words.plain("tg-back"), self._data("see", generation.id, index))],
        ]
        return self._preview(generation, index, rows, question=self.words("tg-history-delete-sure"))

    def _preview(self, generation: Generation, index: int, rows: Rows, *, question: str = "") -> ShownPreview:
        file = kept_results(generation).get(index)
        above = self._state(generation)
        room = CAPTION_LIMIT - units(above) - units(question) - 2
        lines = [above, caption(generation, self.catalog.title_of(generation.model_id), self.words, limit=room)]
        lines += [] if file else self._without_file(generation, index)
        lines += [question] if question else []
        return ShownPreview(screen=Screen("\n".join(lines), rows), file=file, hidden=is_unchecked(generation.input))

    def _state(self, generation: Generation) -> str:
        """``✅ Done · 24.11.2026``, or what went wrong. HTML."""
        date = generation.created_at.strftime("%d.%m.%Y")
        if generation.failure:
            return f"⚠️ {date}\n{escape(cut(self.words.failure(generation.failure), FAILURE_LIMIT))}"
        state = generation.state if generation.is_terminal else "running"
        return self.words("tg-history-state", icon=_icon(generation), state=state, date=date)

    def _without_file(self, generation: Generation, index: int) -> list[str]:
        """The result in words, or its link. HTML."""
        if index >= len(generation.results):
            return []
        result = generation.results[index]
        if result.text is None:
            return [link(generation, result, self.words)]
        return [f"<blockquote expandable>{escape(cut(result.text, TEXT_SHOWN))}</blockquote>"]

    def _turns(self, generation: Generation, index: int, neighbours: Neighbours) -> list[InlineKeyboardButton]:
        count = len(generation.results)
        back = [button("◀", self._data("see", neighbours.newer.id))] if neighbours.newer else []
        forth = [button("▶", self._data("see", neighbours.older.id))] if neighbours.older else []
        following = self._data("see", generation.id, (index + 1) % max(count, 1))
        return [*back, *([button(f"🖼 {index + 1} / {count}", following)] if count > 1 else []), *forth]

    def _actions(self, generation: Generation) -> list[InlineKeyboardButton]:
        send = button(self.words.plain("tg-history-send"), GenerationButton(generation=generation.id, action="show"))
        price = price_of_repeat(generation)
        again = "" if price is None else f" · {self.words.row_price(price)}"
        label = self.words.plain("tg-button-options") + again
        card = button(label, GenerationButton(generation=generation.id, action="options"))
        return [send, card] if generation.results else [card]

    def _label(self, generation: Generation) -> str:
        """``✅🖼 a red fox · 4 cr``: what it is, and what it cost."""
        model = self.catalog.entry(generation.model_id)
        kind = ICONS[model.output] if model else ""
        sign, name = f"{_icon(generation)}{kind} ", generation.prompt or self.catalog.title_of(generation.model_id)
        paid = generation.paid_credits if generation.results else None
        cost = "" if paid is None else f" · {self.words.row_credits(paid)}"
        return f"{sign}{cut(name, ROW_LIMIT - units(sign + cost))}{cost}"

    def _data(self, action: str, at: str = "", index: int = 0) -> HistoryButton:
        return HistoryButton(owner=self.owner, action=action, at=at, index=index, search=self.search)


def _icon(generation: Generation) -> str:
    return "⚠️" if generation.failure else _ICONS.get(generation.state, "⏳")
