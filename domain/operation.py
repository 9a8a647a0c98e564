"""What the operator decides and is informed of."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import frozen

from domain.failure import FailureKind
from domain.model import ModelId


@frozen(kw_only=True)
class ModelPause:
    """A model the operator switched off for new wishes. ``reason`` is for people: free words, or a ``PauseReason``."""

    model_id: ModelId
    reason: str = ""
    at: datetime


class PauseReason(StrEnum):
    """Reasons that front ends can say in each person's language."""

    FAILING = "failing"
    EXPENSIVE = "expensive"
    CHECKING = "checking"


class AlarmKind(StrEnum):
    """Conditions that the operator is informed of when they begin."""

    CREDITS_LOW = "credits_low"
    MODEL_FAILING = "model_failing"
    LEADERSHIP = "leadership"
    PROVIDER_KEY = "provider_key"
    """The provider refuses our key."""
    PROVIDER_CREDITS = "provider_credits"
    """The provider refused a task for want of credits."""
    PROVIDER_CAP = "provider_cap"
    """A cap that the account's owner set at the provider is reached."""
    PROVIDER_BUSY = "provider_busy"
    """The provider has put our tasks off for a minute and more."""
    PRICE_HELD = "price_held"
    """The price feed says ten times what a model cost, or a tenth: the old price is used until someone looks."""
    BOOKS = "books"
    """The books differ from the payment gateway's or the provider's, or from themselves."""
    OVERRUN = "overrun"
    """The provider took more for a model than was agreed with people."""
    CHARGED_OTHERWISE = "charged_otherwise"
    """The provider took more or less for a model's last generations than they are quoted at. The figure is in percent."""
    BOT_STOPPED = "bot_stopped"
    """A bot of the deployment hears nothing from Telegram, and will not until someone does something."""
    CLOCK = "clock"
    """This machine's clock differs from the others' by minutes."""


OF_ACCOUNTS: Final = frozenset(
    {
        AlarmKind.CREDITS_LOW,
        AlarmKind.PROVIDER_KEY,
        AlarmKind.PROVIDER_CREDITS,
        AlarmKind.PROVIDER_CAP,
        AlarmKind.PROVIDER_BUSY,
    }
)
"""Those that are about one of several accounts at the provider, where a bot has several."""


@frozen(kw_only=True)
class Alarm:
    """A condition; ``about`` is the model, or the provider account, where the kind has one."""

    kind: AlarmKind
    about: str = ""

    @property
    def account(self) -> str:
        """The provider account that it is about; empty where there is only one, or it is about something else."""
        return self.about if self.kind in OF_ACCOUNTS else ""


PROVIDERS_FAULTS: Final = frozenset(
    {
        FailureKind.MODEL_UNAVAILABLE,
        FailureKind.PROVIDER_UNAVAILABLE,
        FailureKind.GENERATION_FAILED,
        FailureKind.PROVIDER_TIMED_OUT,
        FailureKind.NO_RESULT,
        FailureKind.UNREADABLE_RESULT,
        FailureKind.WAIT_EXPIRED,
    }
)
"""Failures that speak against the model. The others are the input's, the account's, or no one's for certain."""
