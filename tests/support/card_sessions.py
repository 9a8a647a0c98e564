"""Cards without a chat: sessions with a draft, and what a move makes of them."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from adapters.telegram.bot.card.card_session import CardSession
from adapters.telegram.bot.card.moves import Move
from application.drafts.edits import edited
from application.ports.chat_session_store import SessionId
from domain.draft import Draft, DraftId
from domain.generation import Destination, UserId
from domain.model import Model
from tests.support.generations import NOON


def a_session(of: Model, values: Mapping[str, object] | None = None, **changes: Any) -> CardSession:
    """The card of a new draft."""
    draft = Draft(
        id=DraftId("abcdefghij"),
        user=UserId("telegram:1"),
        destination=Destination(chat="1"),
        model_id=of.id,
        values=values or {},
        updated_at=NOON,
    )
    session = CardSession(
        id=SessionId(draft.id), user=draft.user, destination=draft.destination, draft=draft, updated_at=NOON
    )
    return evolve(session, **changes)


def moved(move: Move | None, of: Model) -> CardSession:
    """The session after the move, its draft changed as ``EditDraft`` would."""
    assert move
    draft = move.session.draft
    if move.edit is None or draft is None:
        return move.session
    values = edited(of, draft.values, move.edit, item=move.item)
    return evolve(move.session, draft=evolve(draft, values=values))
