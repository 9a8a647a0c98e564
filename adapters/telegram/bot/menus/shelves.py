"""The models in order: by task, by maker, one's own favourites, the last used, the newest."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Final

from aiogram.types import InlineKeyboardButton
from attrs import frozen

from adapters.telegram.api.keyboards import Rows, button
from adapters.telegram.api.markup import escape
from adapters.telegram.api.screens import Screen
from adapters.telegram.bot.buttons import BrowseButton, ModelButton, model_key
from adapters.telegram.bot.menus.model_label import model_label
from adapters.telegram.bot.paging import ROWS, screenful
from adapters.telegram.bot.person import Person
from application.catalog.model_notices import ModelNotices
from application.ports.model_catalog import ModelCatalog
from application.results.list_generations import ListGenerations
from domain.model import Model, ModelType

HOME: Final = ""
FAVOURITES: Final = "f"
RECENT: Final = "r"
NEW: Final = "n"
VENDORS: Final = "v"
VENDOR: Final = "v-"
"""Begins the shelf of one maker; 8 characters that stand for its name follow."""

LOOKED_AT: Final = 60
"""Of the newest generations, for the models used last."""
NEWEST: Final = 3 * ROWS


@frozen(kw_only=True)
class Shelves:
    """A screen a shelf, eight rows each. A shelf is a type's value or one of the keys above."""

    _catalog: ModelCatalog
    _list_generations: ListGenerations
    _notices: ModelNotices

    async def screen(self, shelf: str, page: int, person: Person) -> Screen:
        """A shelf that is not known (any more) is the home of all."""
        words = person.words
        if shelf == VENDORS:
            return self._vendors(page, person)
        if shelf.startswith(VENDOR):
            return self._of_vendor(shelf, page, person)
        if shelf == FAVOURITES:
            starred = [model for name in person.preferences.favourites if (model := self._catalog.find(name))]
            return self._models(shelf, page, person, words("tg-shelf-favourites"), starred)
        if shelf == RECENT:
            return self._models(shelf, page, person, words("tg-shelf-recent"), await self._recent(person))
        if shelf == NEW:
            return self._models(shelf, page, person, words("tg-shelf-new"), self._newest())
        if shelf in set(ModelType):
            title = f"<b>{escape(words.named('tg-type', shelf))}</b>"
            return self._models(shelf, page, person, title, [one for one in self._offered() if one.type == shelf])
        return self._home(page, person)

    def _home(self, page: int, person: Person) -> Screen:
        words, counts = person.words, Counter(model.type for model in self._offered())
        shown, pager = screenful([type_ for type_ in ModelType if counts[type_]], page)
        rows: Rows = [
            [
                _to(words.plain("tg-shelf-button-favourites"), FAVOURITES),
                _to(words.plain("tg-shelf-button-recent"), RECENT),
            ],
            [_to(words.plain("tg-shelf-button-new"), NEW), _to(words.plain("tg-shelf-button-vendors"), VENDORS)],
        ]
        rows += [[_to(f"{words.named('tg-type', type_)} ({counts[type_]})", type_)] for type_ in shown]
        rows.append(pager.buttons(lambda number: BrowseButton(shelf=HOME, page=number)))
        return Screen(words("tg-models", count=counts.total()), rows)

    def _vendors(self, page: int, person: Person) -> Screen:
        counts = Counter(model.vendor for model in self._offered())
        shown, pager = screenful(sorted(counts, key=str.casefold), page)
        rows: Rows = [[_to(f"{vendor} ({counts[vendor]})", _vendor_shelf(vendor))] for vendor in shown]
        rows.append(pager.buttons(lambda number: BrowseButton(shelf=VENDORS, page=number)))
        return Screen(person.words("tg-shelf-vendors"), [*rows, _back(HOME, person)])

    def _of_vendor(self, shelf: str, page: int, person: Person) -> Screen:
        models = [model for model in self._offered() if _vendor_shelf(model.vendor) == shelf]
        if not models:
            return self._vendors(0, person)
        title = f"<b>{escape(models[0].vendor)}</b>"
        return self._models(shelf, page, person, title, models, back=VENDORS)

    def _models(
        self, shelf: str, page: int, person: Person, title: str, models: Sequence[Model], *, back: str = HOME
    ) -> Screen:
        shown, pager = screenful(models, page)
        mixed = person.words if len({model.type for model in models}) > 1 else None
        rows: Rows = [
            [button(model_label(model, self._notices, mixed), ModelButton(key=model_key(model.id)))] for model in shown
        ]
        rows.append(pager.buttons(lambda number: BrowseButton(shelf=shelf, page=number)))
        text = title if models else f"{title}\n{person.words('tg-shelf-empty')}"
        return Screen(text, [*rows, _back(back, person)])

    def _offered(self) -> list[Model]:
        return [model for model in self._catalog.models() if model.is_offered]

    def _newest(self) -> list[Model]:
        """By when the provider's documents first had them, as far as our copies of these tell."""
        seen = [model for model in self._offered() if model.docs_seen]
        return sorted(seen, key=lambda model: min(model.docs_seen), reverse=True)[:NEWEST]

    async def _recent(self, person: Person) -> list[Model]:
        generations = await self._list_generations(person.user, limit=LOOKED_AT)
        names = dict.fromkeys(generation.model_id for generation in generations)
        return [model for name in names if (model := self._catalog.find(name)) and model.is_offered]


def _vendor_shelf(vendor: str) -> str:
    return VENDOR + hashlib.sha256(vendor.encode()).hexdigest()[:8]


def _to(label: str, shelf: str) -> InlineKeyboardButton:
    return button(label, BrowseButton(shelf=shelf))


def _back(shelf: str, person: Person) -> list[InlineKeyboardButton]:
    return [_to(person.words.plain("tg-back"), shelf)]
