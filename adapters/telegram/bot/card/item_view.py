"""Draws the small card of one item of a list, or the whole card where no item is open."""

from aiogram.types import InlineKeyboardButton
from attrs import evolve, frozen

from adapters.telegram.api.keyboards import Rows, button
from adapters.telegram.api.screens import Screen
from adapters.telegram.bot.buttons import DraftButton
from adapters.telegram.bot.card.form import essential, optional
from adapters.telegram.bot.card.items import enter
from adapters.telegram.bot.card.place import Place, StaleButton, parameter_at
from adapters.telegram.bot.card.view import Card


def open_page(card: Card) -> Screen:
    """What the draft says is open."""
    scope = Place.read(card.draft.view).scope
    if not scope:
        return card.screen()
    try:
        draft, model = enter(card.draft, card.model, scope)
    except StaleButton:
        return evolve(card, draft=evolve(card.draft, view="")).screen()
    index, _, number = scope.partition(".")
    path = f"{parameter_at(card.model, int(index)).name}[{number}]."
    inner = [evolve(one, path=one.path.removeprefix(path)) for one in card.violations if one.path.startswith(path)]
    return ItemCard(draft=draft, model=model, person=card.person, violations=inner, scope=scope).screen()


@frozen(kw_only=True)
class ItemCard(Card):
    """The fields of one item. Its buttons name the scope, so that they are pressed within it."""

    scope: str

    def _main(self) -> Screen:
        index, _, number = self.scope.partition(".")
        fields = list(self.model.parameters.values())
        title = self.words("tg-item", number=int(number) + 1)
        rows: Rows = [[self._parameter_button(parameter)] for parameter in essential(self.model)]
        if rest := optional(self.model):
            rows.append([self._button(self._plain("tg-card-more", count=len(rest)), "o")])
        rows.append(
            [self._outer("tg-back", "p", index), self._outer("tg-item-remove", "w", self.scope)],
        )
        lines = [self._heading(), "", f"<b>{title}</b>", *self._lines(fields), "", self.words("tg-ask-item")]
        return Screen("\n".join(lines), rows)

    def _run_row(self) -> list[InlineKeyboardButton]:
        return []

    def _outer(self, key: str, action: str, index: str) -> InlineKeyboardButton:
        """A button of the card that this one is within."""
        return button(self._plain(key), DraftButton(draft=self.draft.id, action=action, index=index))

    def _data(self, action: str, *index: int) -> DraftButton:
        numbers = ".".join(str(number) for number in index)
        return DraftButton(draft=self.draft.id, action=action, index=f"{self.scope}/{numbers}")
