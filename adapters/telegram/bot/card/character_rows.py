"""A person's characters on the page of a card, to be put in and taken out."""

from collections.abc import Sequence

from adapters.telegram.api.screens import Rows, button
from adapters.telegram.bot.buttons import CardAction, DraftButton
from adapters.telegram.bot.card.card_session import CardSession
from adapters.telegram.bot.paging import screenful
from application.drafts.fill_draft import as_list
from domain.reference_set import CHARACTER_IDS, ReferenceSet


def character_rows(session: CardSession, characters: Sequence[ReferenceSet]) -> Rows:
    """One button each, a screen at a time; ✅ stands before those that the card has."""
    chosen = as_list(session.values.get(CHARACTER_IDS))
    place = session.page
    shown, pager = screenful(characters, place.number)
    rows: Rows = [
        [
            button(
                f"{'✅' if one.character in chosen else '🧍'} {one.name}",
                DraftButton(draft=session.id, action=CardAction.CHARACTER, index=one.id),
            )
        ]
        for one in shown
    ]

    def turned(number: int) -> DraftButton:
        return DraftButton(draft=session.id, action=CardAction.PARAMETER, index=f"{place.parameter}.{number}")

    return [*rows, pager.buttons(turned)]
