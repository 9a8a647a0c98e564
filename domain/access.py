"""Who uses the bot, and who may."""

import re
from datetime import datetime
from typing import Final, NewType

from attrs import field, frozen

from domain.generation import UserId

Subject = NewType("Subject", str)
"""A person's ``UserId``, or a chat in the same form: ``telegram:-1001234``."""

_TELEGRAM_ID: Final = re.compile(r"-?[1-9][0-9]{0,15}")
"""At most 52 bits (core.telegram.org/bots/api#user, read 2026-11), written as Telegram writes it: one text for each id."""


def telegram_subject(text: str) -> Subject | None:
    """Return the person or chat of a Telegram id; None where it is none."""
    return Subject(f"telegram:{text}") if _TELEGRAM_ID.fullmatch(text) else None


def is_invitable(user: UserId) -> bool:
    """Whether lists and invites are of such people; any other id the operator wrote in person."""
    return user.startswith("telegram:")


def telegram_user(text: str) -> UserId | None:
    """Return the person of a Telegram id; None where it is none, or a chat's."""
    subject = telegram_subject(text)
    return None if subject is None or text.startswith("-") else UserId(subject)


@frozen(kw_only=True)
class KnownUser:
    """Someone whom the bot has served.

    ``chat`` is their private chat, None while they only spoke in groups. ``is_gone``: the last message to them could
    not be delivered for good; they come back by writing.
    """

    user: UserId
    name: str = field(repr=False)
    language: str
    chat: str | None
    seen_at: datetime
    is_gone: bool = False


@frozen(kw_only=True)
class Block:
    """A person or a chat that gets no answer. ``reason`` is the operator's, in their words; empty without one."""

    subject: Subject
    reason: str = ""
    at: datetime


@frozen(kw_only=True)
class Invite:
    """Lets so many people in until it expires, whether or not they are served otherwise. ``token`` can't be guessed."""

    token: str = field(repr=False)
    uses: int
    expires_at: datetime


@frozen(kw_only=True)
class AccessStatus:
    """What the store knows about someone who writes."""

    block: Block | None = None
    is_admitted: bool = False
