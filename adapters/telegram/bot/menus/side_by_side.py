"""🔀 Several at once: models of an offer chosen to run side by side, for one price."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from attrs import evolve, frozen

from adapters.telegram.api.incoming import is_group
from adapters.telegram.api.screens import RUNS, Rows, Screen, Screens, button
from adapters.telegram.bot.buttons import CardAction, DraftButton
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.card.card_session import CardPageKind, CardSession, StaleButton
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.menus.model_label import priced_row
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.results.together import counted, quoted
from adapters.telegram.bot.words import Words
from application.drafts.fill_draft import DraftContent
from application.drafts.run_several import LEAST, RunSeveral, Several, SeveralOrder
from application.errors import EditRefused
from application.ports.model_catalog import ModelCatalog
from application.wishes.offer_models import ChooseReady, ReadyModel
from domain.model import Model, model_key
from domain.series import MOST

TAKE: Final = "+"
RUN: Final = "run"
AGREE: Final = "yes"
BEGINS_WITH: Final = 3


@frozen(kw_only=True)
class SideBySidePage:
    """The chosen models stand in the session by their keys; one that stands there twice makes two takes."""

    _cards: CardService
    _offers: Offers
    _screens: Screens
    _catalog: ModelCatalog
    _choose: ChooseReady
    _run: RunSeveral

    async def press(self, session: CardSession, index: str, person: Person) -> Toast | None:
        """Do what a button says. Raises StaleButton."""
        ready = await self._choose(session.offer, person.preferences, at_most=MOST)
        if not ready:
            raise StaleButton
        chosen = self._chosen(session)
        if not index or session.page.page is not CardPageKind.SEVERAL:
            chosen = [one.model for one in ready[:BEGINS_WITH]]
            chosen *= LEAST if len(chosen) == 1 else 1
        elif (verb := index.partition(".")[0]) in {RUN, AGREE}:
            return await self._start(session, chosen, index, person, is_agreed=verb == AGREE)
        elif index == TAKE:
            chosen = [chosen[0] if chosen else ready[0].model] * MOST
        else:
            chosen = _toggled(chosen, self._offers.by_key(index))
        await self._show(session, chosen, ready, person)
        return None

    async def _start(
        self, session: CardSession, chosen: Sequence[Model], index: str, person: Person, *, is_agreed: bool
    ) -> Toast | None:
        price = _price(index)
        order = SeveralOrder(
            destination=session.destination,
            language=person.words.language,
            key=session.id,
            shown_credits=price,
            agreed_credits=price if is_agreed else None,
            in_group=is_group(session.destination.chat),
        )
        try:
            outcome = await self._run(person.user, self._wanted(session, chosen), order)
        except EditRefused:
            return Toast(person.words.plain("tg-several-count", least=LEAST, most=MOST), alert=True)
        if not outcome.generations:
            await self._cards.keep(session, self._confirm(session, outcome.several, person, seen=price))
            return None
        await self._cards.let_go(session)
        begun = person.words("tg-several-begun", count=len(chosen))
        lines = [begun, *quoted(session.offer.text), counted([model.title for model in chosen])]
        await self._screens.show(session.destination, Screen("\n".join(lines), []), message=session.message)
        return Toast(person.words.plain("tg-accepted"))

    async def _show(
        self, session: CardSession, chosen: Sequence[Model], ready: Sequence[ReadyModel], person: Person
    ) -> None:
        kept = evolve(session.at(CardPageKind.SEVERAL), subject=",".join(model_key(model.id) for model in chosen))
        several = await self._run.quote(person.user, self._wanted(session, chosen))
        await self._cards.keep(kept, self._screen(kept, chosen, ready, several, person))

    def _screen(
        self,
        session: CardSession,
        chosen: Sequence[Model],
        ready: Sequence[ReadyModel],
        several: Several,
        person: Person,
    ) -> Screen:
        words = person.words
        rows: Rows = []
        for one in ready:
            count = list(chosen).count(one.model)
            mark = "" if not count else "✅ " if count == 1 else f"✅ {count} × "
            label = priced_row(mark, one.model.short_title, one.quote.price, words)
            rows.append([button(label, self._data(session, model_key(one.model.id)))])
        rows.append([button(_takes_label(chosen, ready, words), self._data(session, TAKE))])
        back = DraftButton(draft=session.id, action=CardAction.TURN, index="0")
        if several.is_ready and several.price:
            label = words.plain("tg-several-run", count=len(chosen), price=words.row_price(several.price))
            rows.append([button(label, self._data(session, f"{RUN}.{several.price.high}"), style=RUNS)])
        rows.append([button(words.plain("tg-back"), back)])
        lines = [*quoted(session.offer.text), words("tg-several-page", least=LEAST, most=MOST)]
        return Screen("\n".join(lines), rows)

    def _confirm(self, session: CardSession, several: Several, person: Person, *, seen: float) -> Screen:
        """The button holds the price that is agreed to with it; ``seen`` is the one on the button that was pressed."""
        price = several.price
        if price is None:
            raise StaleButton
        words = person.words
        agree = self._data(session, f"{AGREE}.{price.high}")
        back = DraftButton(draft=session.id, action=CardAction.TURN, index="0")
        rows = [
            [button(words.plain("tg-run-price", price=words.price(price)), agree)],
            [button(words.plain("tg-back"), back)],
        ]
        lines = [
            *quoted(session.offer.text),
            counted([model.title for model in several.models]),
            "",
            words.question(price, seen),
        ]
        return Screen("\n".join(lines), rows)

    def _chosen(self, session: CardSession) -> list[Model]:
        keys = [key for key in session.subject.split(",") if key]
        return [model for key in keys if (model := self._catalog.by_key(key))]

    def _wanted(self, session: CardSession, chosen: Sequence[Model]) -> list[tuple[Model, DraftContent]]:
        return [(model, session.offer.content(model)) for model in chosen]

    def _data(self, session: CardSession, index: str) -> DraftButton:
        return DraftButton(draft=session.id, action=CardAction.SEVERAL, index=index)


def _takes_label(chosen: Sequence[Model], ready: Sequence[ReadyModel], words: Words) -> str:
    """What as many takes as there is room for cost together, behind the name of the model that makes them."""
    first = next((one for one in ready if one.model in chosen[:1]), ready[0])
    price = first.quote.price.times(Decimal(MOST)) if first.quote.price else None
    sign = words.plain("tg-several-takes", count=MOST, model="")
    return priced_row(sign, first.model.short_title, price, words)


def _price(index: str) -> float:
    """The price that the button showed. Raises StaleButton where it shows none."""
    try:
        return float(index.partition(".")[2])
    except ValueError:
        raise StaleButton from None


def _toggled(chosen: Sequence[Model], model: Model) -> list[Model]:
    """Without the model where it is among them; else with it, as far as there is room."""
    if model in chosen:
        return [one for one in chosen if one is not model]
    return [*chosen, model][:MOST]
