"""What an admin did."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import frozen

from domain.generation import UserId

COMMAND_LINE: Final = UserId("cli:operator")
"""Who acts in a terminal: anyone who may read the environment of the service."""


class AuditedAction(StrEnum):
    """What is written into the audit log."""

    BLOCK = "block"
    UNBLOCK = "unblock"
    LIMIT = "limit"
    INVITE = "invite"
    PAUSE = "pause"
    RESUME = "resume"
    UNSAFE_ADD = "unsafe-add"
    UNSAFE_REMOVE = "unsafe-remove"
    BROADCAST_PREPARE = "broadcast-prepare"
    BROADCAST_START = "broadcast-start"
    BROADCAST_STOP = "broadcast-stop"
    GRANT = "grant"
    CORRECT = "correct"
    REFUND = "refund"
    PROMO = "promo"
    EXPORT = "export"
    FORGET = "forget"
    KEY_CREATE = "key-create"
    KEY_REVOKE = "key-revoke"
    BOT_PUT = "bot-put"
    BOT_REMOVE = "bot-remove"
    BOTS_RESEAL = "bots-reseal"
    ACCOUNT_PUT = "account-put"
    ACCOUNT_PAUSE = "account-pause"
    ACCOUNT_RESUME = "account-resume"
    ACCOUNT_REMOVE = "account-remove"
    PRICE_SET = "price-set"
    PRICE_REMOVE = "price-remove"


@frozen(kw_only=True)
class AuditEntry:
    """``about`` is the person, group, model or thing that it was done to; ``details`` what else was said, in few words.

    Both are empty, and so is ``by``, where they named a person who was forgotten. No entry holds what a person wrote.
    """

    at: datetime
    by: UserId
    action: AuditedAction
    about: str = ""
    details: str = ""
