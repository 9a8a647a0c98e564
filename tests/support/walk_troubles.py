"""What a random walk puts in the way of the next calls."""

from typing import Final

from adapters.memory.trouble import Trouble
from application.errors import (
    DeliveryOutcomeUnknown,
    DestinationGone,
    MessengerUnavailable,
    ProviderOutcomeUnknown,
    ProviderRejected,
    ProviderUnavailable,
    ResultUnavailable,
    StoreUnavailable,
)
from domain.failure import Failure, FailureKind

FAILURE: Final = Failure(kind=FailureKind.GENERATION_FAILED)

CREATION_TROUBLES: Final = (
    Trouble(error=ProviderUnavailable("maintenance", retry_after_s=5.0)),
    Trouble(error=ProviderRejected(FAILURE)),
    Trouble(error=ProviderOutcomeUnknown("lost"), takes_effect=True),
    Trouble(error=ProviderOutcomeUnknown("lost")),
    Trouble(delay_s=4.0),
)
READ_TROUBLES: Final = (
    Trouble(error=ProviderUnavailable("away")),
    Trouble(error=ProviderRejected(FAILURE)),
    Trouble(delay_s=3.0),
)
SEND_TROUBLES: Final = (
    Trouble(error=MessengerUnavailable("flood", retry_after_s=7.0)),
    Trouble(error=DeliveryOutcomeUnknown("lost")),
    Trouble(error=DeliveryOutcomeUnknown("lost"), takes_effect=True),
    Trouble(delay_s=4.0),
)
FETCH_TROUBLES: Final = (Trouble(error=ResultUnavailable("away")), Trouble(delay_s=4.0))
GONE: Final = Trouble(error=DestinationGone("blocked"))
STORE_TROUBLES: Final = (
    Trouble(error=StoreUnavailable("away")),
    Trouble(error=StoreUnavailable("lost"), takes_effect=True),
    Trouble(delay_s=2.0),
)
