"""The models in order, a screen a shelf."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from aiogram.types import InlineKeyboardButton
from attrs import frozen

from adapters.telegram.api.markup import escape
from adapters.telegram.api.screens import Rows, Screen, button
from adapters.telegram.bot.buttons import BrowseButton, ModelButton
from adapters.telegram.bot.menus.model_label import row_label
from adapters.telegram.bot.paging import screenful
from adapters.telegram.bot.person import Person
from application.catalog.browse_models import BrowseModels, Shelf, ShelfKind
from application.catalog.model_notices import ModelNotices
from application.pricing.quote_price import PersonPrice
from domain.model import Model, ModelId, ModelType, model_key
from domain.reading import Preference

NO_MARKS: Final[Mapping[ModelId, Preference]] = {}
HOME: Final = ""
FAVOURITES: Final = "f"
RECENT: Final = "r"
PERSONAL: Final = frozenset({FAVOURITES, RECENT})
"""What a group does not see of one of its members."""
NEW: Final = "n"
VENDORS: Final = "v"
VENDOR: Final = "v-"
"""Begins the key of one maker's shelf; 8 characters that stand for its name follow."""

OWN: Final = {FAVOURITES: ShelfKind.FAVOURITES, RECENT: ShelfKind.RECENT, NEW: ShelfKind.NEW}
TITLES: Final = {FAVOURITES: "tg-shelf-favourites", RECENT: "tg-shelf-recent", NEW: "tg-shelf-new"}


@frozen(kw_only=True)
class ModelLists:
    """Eight rows a screen. The key of a shelf in a button is a type's value or one of the letters above."""

    _browse: BrowseModels
    _notices: ModelNotices
    _prices: PersonPrice

    async def screen(self, key: str, page: int, person: Person) -> Screen:
        """Return the screen of a shelf; one that is not known (any more) is the home of all."""
        if key == VENDORS:
            return await self._vendors(page, person)
        if key.startswith(VENDOR):
            return await self._of_vendor(key, page, person)
        if key in OWN:
            models = await self._on(Shelf(kind=OWN[key]), person)
            return self._models(key, page, person, person.words(TITLES[key]), models)
        if key in set(ModelType):
            content = await self._browse(Shelf(kind=ShelfKind.TASK, name=key), person.preferences)
            legend = [person.words("tg-shelf-marks")] if content.marks else []
            title = "\n".join([f"<b>{escape(person.words.named('tg-type', key))}</b>", *legend])
            return self._models(key, page, person, title, content.models, marks=content.marks)
        return await self._home(page, person)

    async def _home(self, page: int, person: Person) -> Screen:
        words = person.words
        groups = (await self._browse(Shelf(kind=ShelfKind.TASKS), person.preferences)).groups
        shown, pager = screenful(groups, page)
        rows: Rows = [
            [
                _to(words.plain("tg-shelf-button-favourites"), FAVOURITES),
                _to(words.plain("tg-shelf-button-recent"), RECENT),
            ],
            [_to(words.plain("tg-shelf-button-new"), NEW), _to(words.plain("tg-shelf-button-vendors"), VENDORS)],
        ]
        rows += [[_to(f"{words.named('tg-type', shelf.name)} ({count})", shelf.name)] for shelf, count in shown]
        rows.append(pager.buttons(lambda number: BrowseButton(shelf=HOME, page=number)))
        return Screen(words("tg-models", count=sum(count for _, count in groups)), rows)

    async def _vendors(self, page: int, person: Person) -> Screen:
        groups = (await self._browse(Shelf(kind=ShelfKind.VENDORS), person.preferences)).groups
        shown, pager = screenful(groups, page)
        rows: Rows = [[_to(f"{shelf.name} ({count})", _vendor_key(shelf.name))] for shelf, count in shown]
        rows.append(pager.buttons(lambda number: BrowseButton(shelf=VENDORS, page=number)))
        return Screen(person.words("tg-shelf-vendors"), [*rows, _back(HOME, person)])

    async def _of_vendor(self, key: str, page: int, person: Person) -> Screen:
        groups = (await self._browse(Shelf(kind=ShelfKind.VENDORS), person.preferences)).groups
        meant = next((shelf for shelf, _ in groups if _vendor_key(shelf.name) == key), None)
        if meant is None:
            return await self._vendors(0, person)
        title = f"<b>{escape(meant.name)}</b>"
        return self._models(key, page, person, title, await self._on(meant, person), back=VENDORS)

    async def _on(self, shelf: Shelf, person: Person) -> Sequence[Model]:
        return (await self._browse(shelf, person.preferences)).models

    def _models(
        self,
        key: str,
        page: int,
        person: Person,
        title: str,
        models: Sequence[Model],
        *,
        back: str = HOME,
        marks: Mapping[ModelId, Preference] = NO_MARKS,
    ) -> Screen:
        shown, pager = screenful(models, page)
        is_mixed = len({model.type for model in models}) > 1
        rows: Rows = [
            [
                button(
                    row_label(
                        model,
                        self._notices,
                        person.words,
                        self._prices.usual(model),
                        with_task=is_mixed,
                        mark=marks.get(model.id),
                    ),
                    ModelButton(key=model_key(model.id)),
                )
            ]
            for model in shown
        ]
        rows.append(pager.buttons(lambda number: BrowseButton(shelf=key, page=number)))
        lines = [title, *filter(None, (self._good_at(model, person) for model in shown))]
        lines += [] if models else [person.words("tg-shelf-empty")]
        return Screen("\n".join(lines), [*rows, _back(back, person)])

    def _good_at(self, model: Model, person: Person) -> str:
        said = [person.words(f"good-at-{one.name}", value=one.value) for one in self._browse.good_at(model)]
        return f"· {escape(model.title)}: {', '.join(said)}" if said else ""


def _vendor_key(vendor: str) -> str:
    return VENDOR + hashlib.sha256(vendor.encode()).hexdigest()[:8]


def _to(label: str, shelf: str) -> InlineKeyboardButton:
    return button(label, BrowseButton(shelf=shelf))


def _back(shelf: str, person: Person) -> list[InlineKeyboardButton]:
    return [_to(person.words.plain("tg-back"), shelf)]
