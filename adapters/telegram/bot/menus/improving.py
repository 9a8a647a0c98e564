"""✨ Better words: asked for by a press, shown beside the person's own, taken by another press."""

from typing import Final

from attrs import evolve, frozen

from adapters.telegram.api.markup import cut
from adapters.telegram.api.screens import Rows, Screen, Screens, button
from adapters.telegram.bot.buttons import CardAction, DraftButton
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.card.card_session import CardPageKind, CardSession, StaleButton
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.person import Person
from application.assisting.improve_prompt import ImprovedPrompt, ImprovePrompt
from application.drafts.fill_draft import words_in
from application.errors import ApplicationError, AssistanceUnavailable
from application.ports.model_catalog import ModelCatalog
from domain.model import Model

SHOWN: Final = 1_500
"""Characters of each of the two texts; a message has room for 4,096."""
TAKE: Final = "use"
LEAVE: Final = "no"


@frozen(kw_only=True)
class Improving:
    """For cards, and for offers, where the words are written for the first model."""

    _cards: CardService
    _offers: Offers
    _screens: Screens
    _catalog: ModelCatalog
    _improve: ImprovePrompt

    async def press(self, session: CardSession, index: str, person: Person) -> Toast | None:
        """Do what a button says. Raises StaleButton."""
        match index:
            case "":
                return await self._ask(session, person)
            case "use" if session.page.page is CardPageKind.IMPROVED and session.subject:
                await self._take(session, person)
            case "no":
                await self._back(session, person)
            case _:
                raise StaleButton
        return None

    async def _ask(self, session: CardSession, person: Person) -> Toast | None:
        model = self._model(session)
        words = words_in(model, session.values) if session.draft else session.offer.content(model).text
        await self._screens.show(
            session.destination, Screen(person.words("tg-improve-wait"), []), message=session.message
        )
        try:
            improved = await self._improve(person.user, model, words)
        except AssistanceUnavailable:
            await self._back(session, person)
            return Toast(person.words.plain("tg-improve-none"), alert=True)
        except ApplicationError:  # the guard says why; the card must not stay without buttons
            await self._back(session, person)
            raise
        shown = evolve(session.at(CardPageKind.IMPROVED), subject=improved.after)
        await self._cards.keep(shown, self._screen(shown, improved, model, person))
        return None

    async def _take(self, session: CardSession, person: Person) -> None:
        if session.draft is None:
            await self._offers.take_words(session, session.subject, person)
        else:
            await self._cards.take_words(session, self._model(session), session.subject, person)

    async def _back(self, session: CardSession, person: Person) -> None:
        session = evolve(session, subject="")
        if session.draft is None:
            await self._offers.turn(session, person, 0)
        else:
            await self._cards.show(session.at(CardPageKind.MAIN), self._model(session), person)

    def _model(self, session: CardSession) -> Model:
        names = [session.draft.model_id] if session.draft else list(session.offer.models)
        model = self._catalog.entry(names[0]) if names else None
        if model is None:
            raise StaleButton
        return model

    def _screen(self, session: CardSession, improved: ImprovedPrompt, model: Model, person: Person) -> Screen:
        words = person.words
        again = self._improve.price(model, improved.before)

        def to(index: str) -> DraftButton:
            return DraftButton(draft=session.id, action=CardAction.IMPROVE, index=index)

        rows: Rows = [[button(words.plain("tg-improve-take"), to(TAKE))]]
        if again:
            rows.append([button(words.plain("tg-improve-again", price=words.row_price(again)), to(""))])
        rows.append([button(words.plain("tg-improve-leave"), to(LEAVE))])
        text = words(
            "tg-improved",
            model=model.title,
            before=cut(improved.before, SHOWN),
            after=cut(improved.after, SHOWN),
            translated="yes" if improved.is_translated else "no",
        )
        return Screen(text, rows)
