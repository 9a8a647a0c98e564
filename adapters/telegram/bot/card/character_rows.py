"""A person's characters on the pages of a card, to be put in and taken out, and to be deleted."""

from collections.abc import Sequence

from adapters.telegram.api.screens import Rows, button
from adapters.telegram.bot.buttons import CardAction, DraftButton
from adapters.telegram.bot.card.card_session import CardPageKind, CardSession, index_of
from adapters.telegram.bot.paging import screenful
from adapters.telegram.bot.words import Words
from application.drafts.fill_draft import as_list
from domain.model import Model
from domain.reference_set import CHARACTER_IDS, ReferenceSet

PAGE = "."
"""Begins the index of a button that turns to another screen of the list; no id of a character does so."""
SURE = ".yes"
"""Ends the index of a button that deletes."""


def character_rows(session: CardSession, characters: Sequence[ReferenceSet], words: Words) -> Rows:
    """One button each, a screen at a time; ✅ stands before those that the card has."""
    chosen = as_list(session.values.get(CHARACTER_IDS))
    place = session.page
    shown, pager = screenful(characters, place.number)
    rows: Rows = [
        [
            button(
                f"{'✅' if any(map(one.is_called, chosen)) else '🧍'} {one.name}",
                DraftButton(draft=session.id, action=CardAction.CHARACTER, index=one.id),
            )
        ]
        for one in shown
    ]

    def turned(number: int) -> DraftButton:
        return DraftButton(draft=session.id, action=CardAction.PARAMETER, index=f"{place.parameter}.{number}")

    delete = button(words.plain("tg-character-delete"), _to_delete(session, ""))
    return [*rows, pager.buttons(turned), [delete] if characters else []]


def deletion(session: CardSession, characters: Sequence[ReferenceSet], words: Words) -> tuple[str, Rows]:
    """Which is to go, one button each; where one is asked about, the question and the button that deletes it."""
    place = session.page
    asked = next((one for one in characters if one.id == place.search), None)
    if asked:
        sure = button(words.plain("tg-character-delete-yes"), _to_delete(session, f"{asked.id}{SURE}"))
        return words("tg-character-delete-sure", name=asked.name), [[sure]]
    shown, pager = screenful(characters, place.number)
    rows: Rows = [[button(f"🗑 {one.name}", _to_delete(session, one.id))] for one in shown]
    return words("tg-character-delete-ask"), [
        *rows,
        pager.buttons(lambda screen: _to_delete(session, f"{PAGE}{screen}")),
    ]


def deleting(session: CardSession, model: Model, index: str) -> CardSession:
    """Return the session on the page that a button leads to: the list (no index, or a point and the screen), or the question
    about the character whose id it is."""
    number = index.removeprefix(PAGE)
    is_list = not number or (index.startswith(PAGE) and number.isdecimal())
    place: dict[str, int | str] = {"number": int(number or 0)} if is_list else {"search": index}
    return session.at(CardPageKind.DELETING, parameter=index_of(model, model.parameters[CHARACTER_IDS]), **place)


def _to_delete(session: CardSession, index: str) -> DraftButton:
    return DraftButton(draft=session.id, action=CardAction.DELETE_CHARACTER, index=index)
