"""What an error is in HTTP, and which words say it."""

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from application.errors import (
    CharacterRefused,
    DeliveryOutcomeUnknown,
    DestinationGone,
    DraftNotFound,
    EditRefused,
    ForgetRefused,
    GenerationNotFound,
    InsufficientCredits,
    InvalidInput,
    KeyNotFound,
    LimitReached,
    MediaGone,
    MediaUnavailable,
    MessengerUnavailable,
    ModelGone,
    ModelPaused,
    NotCancellable,
    PersonNotFound,
    PresetNameTaken,
    PresetNotFound,
    PriceUnknown,
    ProviderUnavailable,
    ReferenceNotFound,
    StillRunning,
    StoreUnavailable,
    UploadRefused,
)
from domain.errors import InvalidPresetName


class Forbidden(Exception):
    """The person may not do this. ``reason`` names a text: ``stranger``, ``blocked``, ``not_admin``, ``cross_site``,
    ``admin_stays``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadAmount(Exception):
    """What should be a number of credits is none."""


class UnreadableBody(Exception):
    """The body of the request is not what its header says it is."""


class NoSuchPage(Exception):
    """Nothing stands at this path."""


class SlowDown(Exception):
    """Too many requests."""


_TROUBLES: Final[Mapping[type[Exception], tuple[int, str]]] = {
    GenerationNotFound: (404, "not_found"),
    MediaGone: (404, "not_found"),
    DraftNotFound: (404, "not_found"),
    PresetNotFound: (404, "not_found"),
    KeyNotFound: (404, "not_found"),
    PersonNotFound: (404, "not_found"),
    ReferenceNotFound: (404, "not_found"),
    ModelGone: (404, "model_gone"),
    NoSuchPage: (404, "not_found"),
    SlowDown: (429, "slow_down"),
    BadAmount: (422, "bad_amount"),
    UnreadableBody: (422, "unreadable"),
    web.HTTPRequestEntityTooLarge: (413, "too_long"),
    StoreUnavailable: (503, "explained"),
    MediaUnavailable: (503, "later"),
    InsufficientCredits: (402, "explained"),
    PriceUnknown: (409, "explained"),
    LimitReached: (409, "explained"),
    ModelPaused: (409, "explained"),
    NotCancellable: (409, "explained"),
    CharacterRefused: (409, "character_refused"),
    ProviderUnavailable: (503, "provider_later"),
    DestinationGone: (409, "chat_gone"),
    MessengerUnavailable: (503, "chat_later"),
    DeliveryOutcomeUnknown: (503, "chat_later"),
    StillRunning: (409, "still_running"),
    PresetNameTaken: (409, "preset_name_taken"),
    InvalidPresetName: (422, "preset_name"),
    InvalidInput: (422, "invalid_input"),
    EditRefused: (422, "edit_refused"),
}


def trouble_of(error: Exception) -> tuple[int, str]:
    """The status, and the end of the text's key; ``explained``: the error has a text of its own for every front end."""
    match error:
        case Forbidden(reason=reason):
            return 403, reason
        case LimitReached(limit="references"):
            return 409, "references_full"
        case LimitReached(limit="media_bytes"):
            return 409, "no_room"
        case ForgetRefused(reason=reason):
            return 409, f"forget_{reason}"
        case UploadRefused(reason="too_large"):
            return 413, "upload_too_large"
        case UploadRefused(reason=reason):
            return 415, f"upload_{reason}"
    return next((found for kind, found in _TROUBLES.items() if isinstance(error, kind)), (500, "fault"))
