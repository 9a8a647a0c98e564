"""Draws an offer: at most six rows, the ones that run at once first."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from aiogram.types import InlineKeyboardButton
from attrs import evolve, frozen

from adapters.telegram.api.markup import cut, escape, units
from adapters.telegram.api.screens import RUNS, Rows, Screen, button
from adapters.telegram.bot.buttons import PRICE, BrowseButton, CardAction, DraftButton
from adapters.telegram.bot.card.card_session import CardSession
from adapters.telegram.bot.card.values import ICONS, show
from adapters.telegram.bot.menus.model_label import MARKS, ROW_LIMIT, mark_of, priced_row, row_label
from adapters.telegram.bot.paging import Pager
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.words import Words
from application.catalog.model_notices import ModelNotices
from application.ports.model_catalog import ModelCatalog
from application.pricing.quote_price import PersonPrice
from application.wishes.offer_models import Offer, ReadyModel
from domain.model import Model, model_key
from domain.price import PriceQuote
from domain.use import Use

QUOTE_LIMIT: Final = 300
ROWS: Final = 6
"""Of an offer: what a phone shows under its text without scrolling."""
NO_HELP: Final[Mapping[str, PriceQuote]] = {}
LISTED: Final = ROWS - 1
"""Models on a screen that has nothing else: one row turns the pages."""


@frozen(kw_only=True)
class OfferView:
    """Pure: an offer and what of it runs at once, as a screen."""

    _catalog: ModelCatalog
    _notices: ModelNotices
    _prices: PersonPrice

    def screen(
        self,
        session: CardSession,
        ready: Sequence[ReadyModel],
        person: Person,
        *,
        in_group: bool,
        improving: PriceQuote | None = None,
        helps: Mapping[str, PriceQuote] = NO_HELP,
    ) -> Screen:
        """Return the screen; the page is the session's. ``improving`` is what better words cost at most, ``helps`` what else
        a chat model could do, by name."""
        offer, words = session.offer, person.words
        models = [model for name in offer.models if (model := self._catalog.entry(name))]
        uses = offer.uses if len(offer.uses) > 1 else ()
        room = _room(len(ready), len(uses) + len(helps), improving is not None)
        shown, pager = _page(models, ready, session.page.number, room=room)
        is_first = pager.number == 0
        rows: Rows = [[self._run_button(session, one, person)] for one in ready if is_first]
        rows += [[self._help_button(session, name, price, words)] for name, price in helps.items() if is_first]
        rows += [[self._use_button(session, use, words)] for use in uses if is_first]
        rows += self._tools(session, ready, improving, person) if is_first else []
        is_mixed = len({model.type for model in shown}) > 1
        rows += [[self._model_button(session, model, person, with_task=is_mixed)] for model in shown]
        rows.append(self._pager(session, pager, words))
        if offer.query:
            rows.append([button(words.plain("tg-back"), BrowseButton())])
        if offer.missing:
            rows.append([button(words.plain("tg-button-models"), BrowseButton())])
        hints = [said] if (said := absence(offer, self._catalog, words)) else []
        hints += [words("tg-offer-at-once")] if ready and is_first else []
        hints += [words("tg-hint-reply")] if in_group and offer.lacks else []
        hints += _unsaid(offer, [one.model for one in ready] or models, words)
        hints += [_dropped(one, words) for one in ready if is_first and one.quote.notices]
        return Screen("\n".join([self._question(offer, models, helps, words), *hints]), rows)

    def _question(self, offer: Offer, models: Sequence[Model], helps: Collection[str], words: Words) -> str:
        if offer.query:
            key = "tg-search-wish" if offer.prompt else "tg-search-nothing" if offer.text else "tg-search"
            return words(key, text=cut(offer.query, QUOTE_LIMIT))
        shown = show(list(offer.files) if len(offer.files) > 1 else offer.files[0], words) if offer.files else ""
        quoted = [cut(shown, QUOTE_LIMIT)] if shown else []
        quoted += [cut(offer.text, QUOTE_LIMIT)] if offer.text else []
        head = "\n".join(f"<blockquote>{escape(line)}</blockquote>" for line in quoted)
        if offer.missing and (help_ := next(iter(helps), None)):  # no model, and yet it can be done
            return f"{head}\n{words(f'tg-offer-help-{help_}')}"
        if offer.missing:
            return f"{head}\n{words('tg-offer-missing', task=words.named('tg-type', offer.missing))}"
        if not models:
            return f"{head}\n{words('tg-offer-nothing')}"
        if len(offer.uses) > 1:
            return f"{head}\n{words('tg-offer-which')}"
        if offer.lacks:
            return f"{head}\n{words('tg-offer-lacks', kind=offer.lacks)}"
        return f"{head}\n{words('tg-offer')}"

    def _tools(
        self, session: CardSession, ready: Sequence[ReadyModel], improving: PriceQuote | None, person: Person
    ) -> Rows:
        """What else can be done with the wish before it runs."""
        rows: Rows = []
        if improving:
            label = person.words.plain("tg-improve", price=person.words.row_price(improving))
            rows.append([button(label, DraftButton(draft=session.id, action=CardAction.IMPROVE))])
        if ready:
            label = person.words.plain("tg-several")
            rows.append([button(label, DraftButton(draft=session.id, action=CardAction.SEVERAL))])
        return rows

    def _pager(self, session: CardSession, pager: Pager, words: Words) -> list[InlineKeyboardButton]:
        """On the first screen one button that says what it leads to."""

        def to(number: int) -> DraftButton:
            return DraftButton(draft=session.id, action=CardAction.TURN, index=str(number))

        if pager.number == 0 and pager.count > 1:
            return [button(words.plain("tg-offer-more"), to(1))]
        return pager.buttons(to)

    def _help_button(self, session: CardSession, name: str, price: PriceQuote, words: Words) -> InlineKeyboardButton:
        label = words.plain(f"tg-help-{name}", price=words.row_price(price))
        return button(label, DraftButton(draft=session.id, action=CardAction.HELP, index=name))

    def _use_button(self, session: CardSession, use: Use, words: Words) -> InlineKeyboardButton:
        """The task, with the price of its first model, without the money where there is no room for both."""
        label, model = words.plain(f"tg-use-{use}"), self._catalog.entry(session.offer.first_of.get(use, ""))
        if model:
            price = session.offer.price(model, self._prices)
            said = (f" · {each.row_price(price)}" for each in (words, evolve(words, money=False)))
            label += next((one for one in said if units(label + one) <= ROW_LIMIT), "")
        return button(label, DraftButton(draft=session.id, action=CardAction.USE, index=use))

    def _model_button(
        self, session: CardSession, model: Model, person: Person, *, with_task: bool
    ) -> InlineKeyboardButton:
        label = row_label(
            model, self._notices, person.words, session.offer.price(model, self._prices), with_task=with_task
        )
        return button(label, DraftButton(draft=session.id, action=CardAction.PICK_MODEL, index=model_key(model.id)))

    def _run_button(self, session: CardSession, ready: ReadyModel, person: Person) -> InlineKeyboardButton:
        mark = f"{MARKS[ready.mark]} " if ready.mark else ""
        sign = mark or f"{mark_of(ready.model.id, self._notices)}{ICONS[ready.model.output]} "
        label = priced_row(f"▶️ {sign}", ready.model.short_title, ready.quote.price, person.words)
        index = f"{model_key(ready.model.id)}{PRICE}{ready.quote.credits}"
        return button(label, DraftButton(draft=session.id, action=CardAction.RUN_OFFERED, index=index), style=RUNS)


def absence(offer: Offer, catalog: ModelCatalog, words: Words) -> str:
    """What the words name and is not there, and what comes nearest; empty where all is there."""
    absent = offer.absent
    if absent is None:
        return ""
    nearest = catalog.title_of(absent.nearest) if absent.nearest else ""
    why = "paused" if absent.is_paused else "gone"
    return words("offer-absent", model=absent.name, why=why, nearest=nearest, found="yes" if nearest else "no")


def _unsaid(offer: Offer, models: Sequence[Model], words: Words) -> Sequence[str]:
    """What the person stated and the first model has no way to take."""
    unsaid = offer.unsaid(models[0]) if models and len(offer.uses) <= 1 else {}
    return [unsaid_text(models[0], unsaid, words)] if unsaid else []


def _dropped(ready: ReadyModel, words: Words) -> str:
    """What the provider will drop of what runs with one tap."""
    said = " ".join(words.notice(one) for one in ready.quote.notices)
    return f"ℹ️ {escape(cut(f'{ready.model.short_title}: {said}', QUOTE_LIMIT))}"


def unsaid_text(model: Model, unsaid: Mapping[str, object], words: Words) -> str:
    """Say which stated values the model has no setting for."""
    what = [words.plain(f"stated-{name}", value=str(value)) for name, value in unsaid.items()]
    return words("offer-unsaid", model=model.title, what=", ".join(what))


def _room(ready: int, uses: int, is_improvable: bool) -> int:
    """How many models the first screen lists: what is left of its rows, one of which leads to more."""
    return max(LISTED - ready - uses - is_improvable - bool(ready), 0)


def _page(
    models: Sequence[Model], ready: Sequence[ReadyModel], number: int, *, room: int
) -> tuple[Sequence[Model], Pager]:
    """The models of one screen, as cards. The first one does not say again what runs at once; the later ones have all."""
    at_once = {one.model.id for one in ready}
    first = [model for model in models if model.id not in at_once][:room]
    rest = models if ready else models[room:]
    count = 1 + -(-len(rest) // LISTED)
    number = min(max(number, 0), count - 1)
    later = rest[(number - 1) * LISTED : number * LISTED]
    return later if number else first, Pager(number, count)
