"""Why a bot hears nothing from Telegram, where someone must do something about it."""

from enum import StrEnum


class BotFault(StrEnum):
    """Faults that do not pass by themselves."""

    TOKEN_REFUSED = "token_refused"  # noqa: S105  # a fault's name
    """Telegram does not know the token."""
    OTHER_POLLER = "other_poller"
    """Another program asks for the bot's updates."""
    HOOKED_ELSEWHERE = "hooked_elsewhere"
    """Another deployment gets the bot's updates by webhook."""
