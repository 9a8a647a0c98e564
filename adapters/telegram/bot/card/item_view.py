"""Draws the small card of one item of a list, or the whole card where no item is open."""

from aiogram.types import InlineKeyboardButton
from attrs import evolve, frozen

from adapters.telegram.api.screens import Rows, Screen, button
from adapters.telegram.bot.buttons import CardAction, DraftButton
from adapters.telegram.bot.card.card_session import CardPageKind, StaleButton, item_at
from adapters.telegram.bot.card.view import Card
from application.drafts.edits import item_model, item_values
from application.drafts.quote_draft import Quote
from application.errors import EditRefused
from domain.parameter_roles import essential_parameters, optional_parameters


def open_page(card: Card) -> Screen:
    """What the draft says is open."""
    scope = card.session.page.scope
    if not scope:
        return card.screen()
    try:
        item = item_at(card.model, scope)
        inner = item_values(card.model, card.values, item)
        model = item_model(card.model, item)
    except (StaleButton, EditRefused):
        return evolve(card, session=card.session.at(CardPageKind.MAIN)).screen()
    draft = card.session.draft and evolve(card.session.draft, values=inner)
    session = evolve(card.session, draft=draft, page=evolve(card.session.page, scope=""))
    path = f"{item.parameter}[{item.number}]."
    violations = [
        evolve(one, path=one.path.removeprefix(path)) for one in card.quote.violations if one.path.startswith(path)
    ]
    quote = Quote(violations=violations)
    return ItemCard(session=session, model=model, person=card.person, quote=quote, scope=scope).screen()


@frozen(kw_only=True)
class ItemCard(Card):
    """The fields of one item. Its buttons name the scope, so that they are pressed within it."""

    scope: str

    def _main(self) -> Screen:
        index, _, number = self.scope.partition(".")
        fields = list(self.model.parameters.values())
        title = self.words("tg-item", number=int(number) + 1)
        rows: Rows = [[self._parameter_button(parameter)] for parameter in essential_parameters(self.model)]
        if rest := optional_parameters(self.model):
            rows.append([self._button(self._plain("tg-card-more", count=len(rest)), CardAction.MORE)])
        rows.append(
            [
                self._outer("tg-back", CardAction.PARAMETER, index),
                self._outer("tg-item-remove", CardAction.REMOVE_ITEM, self.scope),
            ],
        )
        lines = [self._heading(), "", f"<b>{title}</b>", *self._lines(fields), "", self.words("tg-ask-item")]
        return Screen("\n".join(lines), rows)

    def _run_row(self) -> list[InlineKeyboardButton]:
        return []

    def _outer(self, key: str, action: str, index: str) -> InlineKeyboardButton:
        """A button of the card that this one is within."""
        return button(self._plain(key), DraftButton(draft=self.session.id, action=action, index=index))

    def _data(self, action: str, *index: int) -> DraftButton:
        numbers = ".".join(str(number) for number in index)
        return DraftButton(draft=self.session.id, action=action, index=f"{self.scope}/{numbers}")
