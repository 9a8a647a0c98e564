"""Draws an offer: at most six rows, the ones that run at once first."""

from collections.abc import Sequence
from typing import Final

from aiogram.types import InlineKeyboardButton
from attrs import frozen

from adapters.telegram.api.keyboards import LABEL_LIMIT, Rows, button
from adapters.telegram.api.markup import cut, escape, units
from adapters.telegram.api.screens import Screen
from adapters.telegram.bot.buttons import BrowseButton, CardAction, DraftButton
from adapters.telegram.bot.card.card_session import CardSession
from adapters.telegram.bot.card.values import show
from adapters.telegram.bot.menus.model_label import model_label, row_label
from adapters.telegram.bot.paging import Pager
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.words import Words
from application.catalog.model_notices import ModelNotices
from application.ports.model_catalog import ModelCatalog
from application.pricing.person_price import PersonPrice
from application.wishes.choose_ready import ReadyModel
from application.wishes.offer import Offer
from domain.model import Model
from domain.model_key import model_key
from domain.reading import Preference

QUOTE_LIMIT: Final = 300
ROWS: Final = 6
"""Of an offer: what a phone shows under its text without scrolling."""
FIRST: Final = 3
"""How many models the first screen lists under what runs at once, or under what the wish may be for."""
MARKS: Final = {Preference.BEST: "⭐", Preference.FAST: "⚡", Preference.CHEAP: "💰"}


@frozen(kw_only=True)
class OfferView:
    """Pure: an offer and what of it runs at once, as a screen."""

    _catalog: ModelCatalog
    _notices: ModelNotices
    _prices: PersonPrice

    def screen(self, session: CardSession, ready: Sequence[ReadyModel], person: Person, *, in_group: bool) -> Screen:
        """Return the screen; the page is the session's."""
        offer, words = session.offer, person.words
        models = [model for name in offer.models if (model := self._catalog.entry(name))]
        uses = offer.uses if len(offer.uses) > 1 and session.page.number == 0 else ()
        head = len(ready) or len(offer.uses) * (len(offer.uses) > 1)
        shown, pager = _page(models, session.page.number, is_short=bool(head))
        rows: Rows = [[self._run_button(session, one, person)] for one in ready]
        rows += [[self._use_button(session, use, words)] for use in uses]
        rows += [[self._model_button(session, model, person)] for model in shown]
        rows.append(
            pager.buttons(lambda number: DraftButton(draft=session.id, action=CardAction.TURN, index=str(number)))
        )
        if offer.query:
            rows.append([button(words.plain("tg-back"), BrowseButton())])
        hints = [words("tg-offer-at-once")] if ready else []
        hints += [words("tg-hint-reply")] if in_group and offer.lacks else []
        return Screen("\n".join([self._question(offer, models, words), *hints]), rows)

    def _question(self, offer: Offer, models: Sequence[Model], words: Words) -> str:
        if offer.query:
            return words("tg-search-nothing" if offer.text else "tg-search", text=cut(offer.query, QUOTE_LIMIT))
        quoted = [show(list(offer.files) if len(offer.files) > 1 else offer.files[0], words)] if offer.files else []
        quoted += [cut(offer.text, QUOTE_LIMIT)] if offer.text else []
        head = "\n".join(f"<blockquote>{escape(line)}</blockquote>" for line in quoted)
        if offer.missing:
            return f"{head}\n{words('tg-offer-missing', task=words.named('tg-type', offer.missing))}"
        if not models:
            return f"{head}\n{words('tg-offer-nothing')}"
        if len(offer.uses) > 1:
            return f"{head}\n{words('tg-offer-which')}"
        if offer.lacks:
            return f"{head}\n{words('tg-offer-lacks', kind=offer.lacks)}"
        return f"{head}\n{words('tg-offer')}"

    def _use_button(self, session: CardSession, use: str, words: Words) -> InlineKeyboardButton:
        return button(words.plain(f"tg-use-{use}"), DraftButton(draft=session.id, action=CardAction.USE, index=use))

    def _model_button(self, session: CardSession, model: Model, person: Person) -> InlineKeyboardButton:
        label = row_label(model, self._notices, person.words, self._prices.usual(model))
        return button(label, DraftButton(draft=session.id, action=CardAction.PICK_MODEL, index=model_key(model.id)))

    def _run_button(self, session: CardSession, ready: ReadyModel, person: Person) -> InlineKeyboardButton:
        """The price stays whole, however long the model's name is."""
        mark = f"{MARKS[ready.mark]} " if ready.mark else ""
        said = person.words.price(ready.quote.price) if ready.quote.price else ""

        def label(name: str) -> str:
            return person.words.plain("tg-offer-run", model=name, price=said)

        name = cut(f"{mark}{model_label(ready.model, self._notices)}", LABEL_LIMIT - units(label("")))
        return button(
            label(name), DraftButton(draft=session.id, action=CardAction.RUN_OFFERED, index=model_key(ready.model.id))
        )


def _page(models: Sequence[Model], number: int, *, is_short: bool) -> tuple[Sequence[Model], Pager]:
    """The models of one screen; the first one is short where other rows stand above them."""
    first = FIRST if is_short else ROWS
    count = 1 + max(0, -(-(len(models) - first) // ROWS))
    number = min(max(number, 0), count - 1)
    start = 0 if number == 0 else first + (number - 1) * ROWS
    return models[start : start + (first if number == 0 else ROWS)], Pager(number, count)
