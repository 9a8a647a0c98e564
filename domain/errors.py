"""The root of every error mediabot raises itself, and the errors of the domain."""

from typing import ClassVar


class MediaBotError(Exception):
    """Root of our errors. ``code`` is stable: front ends key their texts and statuses on it."""

    code: ClassVar[str] = "internal"


class DomainError(MediaBotError):
    """A rule of the domain was broken by the caller."""


class InvalidTransition(DomainError):
    """An event that does not fit the generation's state."""

    code = "invalid_transition"


class InvalidPresetName(DomainError, ValueError):
    """Nothing, or more than the limit."""

    code = "invalid_preset_name"


class InvalidPrice(DomainError, ValueError):
    """A price that is negative or not finite, or for a rule that the model does not have. Its text says which."""

    code = "invalid_price"
