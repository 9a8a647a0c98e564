"""The shortest way from a wish to its result: models that need nothing but what is there."""

from collections.abc import Sequence
from typing import Final

from aiogram.types import InlineKeyboardButton
from attrs import evolve, frozen

from adapters.telegram.api.keyboards import LABEL_LIMIT, Rows, button
from adapters.telegram.api.markup import cut, units
from adapters.telegram.bot.buttons import DraftButton, model_key
from adapters.telegram.bot.card.cards import Cards
from adapters.telegram.bot.card.form import files_in
from adapters.telegram.bot.card.place import Place
from adapters.telegram.bot.menus.marks import mark_of
from adapters.telegram.bot.menus.model_label import model_label
from adapters.telegram.bot.menus.offered import Offered, fill
from adapters.telegram.bot.person import Person
from application.catalog.model_notices import ModelNotices
from domain.draft import Draft
from domain.model import Model, ModelType
from domain.pricing import Estimate

AT_MOST: Final = 3
FROM_WORDS: Final = frozenset(one for one in ModelType if one.startswith("text_to_"))
"""What is begun with words alone; beside a file something else is meant."""


@frozen(kw_only=True)
class AtOnce:
    """Buttons that run a model right from an offer, and the card they run."""

    _cards: Cards
    _notices: ModelNotices

    async def card(self, draft: Draft, model: Model, person: Person) -> Draft:
        """The offer as a card of this model, with the words and files in it."""
        offered = Offered.read(draft.values)
        card = evolve(draft, model_id=model.id, values={}, view=Place().write(), expecting=None)
        return await self._cards.begun(fill(card, model, offered.text, offered.files), model, person)

    async def rows(self, draft: Draft, models: Sequence[Model], person: Person, *, are_words_used: bool) -> Rows:
        """The best model of each task that could be run as it stands, and that nobody would be asked about again.

        It takes all the files and, with ``are_words_used``, the words. One whose price is known goes before a better one;
        one with something the matter is left to the list.
        """
        offered = Offered.read(draft.values)
        files = offered.files
        found: dict[ModelType, tuple[Estimate | None, InlineKeyboardButton]] = {}
        for model in models:
            is_settled = found[model.type][0] is not None if model.type in found else len(found) == AT_MOST
            is_meant = (model.type in FROM_WORDS) is not bool(files) and not mark_of(model.id, self._notices)
            if is_settled or not is_meant:
                continue
            card = await self.card(draft, model, person)
            price = self._cards.price_of(card, model)
            is_complete = len(files_in(card.values)) == len(files) and self._cards.runs_at_once(card, model)
            is_heard = not are_words_used or offered.text in card.values.values()
            if is_complete and is_heard and (price or model.type not in found):
                found[model.type] = (price, self._button(card, model, price, person))
        return [[each] for _, each in found.values()]

    def _button(self, card: Draft, model: Model, price: Estimate | None, person: Person) -> InlineKeyboardButton:
        """The price stays whole, however long the model's name is."""

        def label(name: str) -> str:
            if price is None:
                return person.words.plain("tg-offer-run-unpriced", model=name)
            return person.words.plain("tg-offer-run", model=name, credits=price.credits)

        name = cut(model_label(model, self._notices), LABEL_LIMIT - units(label("")))
        return button(label(name), DraftButton(draft=card.id, action="g", index=model_key(model.id)))
