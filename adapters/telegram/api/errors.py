"""What Telegram's errors mean. The one place that reads their texts."""

from enum import StrEnum
from typing import Final

from aiogram import exceptions as aiogram_errors
from aiohttp import ClientConnectorError

from application.errors import ApplicationError, DeliveryOutcomeUnknown, DestinationGone, MessengerUnavailable

TELEGRAM_FAULTS: Final = (aiogram_errors.TelegramAPIError, aiogram_errors.ClientDecodeError)
"""All that a call of the Bot API raises."""

LONGEST_WAIT_S: Final = 900.0


class TelegramTrouble(StrEnum):
    """What may happen next decides the kind, not the HTTP status."""

    GONE = "gone"
    MIGRATED = "migrated"
    NOT_MODIFIED = "not_modified"
    MESSAGE_LOST = "message_lost"
    THREAD_LOST = "thread_lost"
    OLD_QUERY = "old_query"
    BAD_ENTITIES = "bad_entities"
    FILE_TOO_LARGE = "file_too_large"
    FILE_LOST = "file_lost"
    FORM_REFUSED = "form_refused"
    WEBHOOK_ACTIVE = "webhook_active"
    HOOKED_ELSEWHERE = "hooked_elsewhere"
    OTHER_POLLER = "other_poller"
    MISCONFIGURED = "misconfigured"
    FLOOD = "flood"
    NOT_SENT = "not_sent"
    UNCERTAIN = "uncertain"


_BY_TEXT: Final = (
    # From the open-source server and from the field (facts read 2026-10); Telegram writes the first letter small or large.
    ("message is not modified", TelegramTrouble.NOT_MODIFIED),
    ("message to edit not found", TelegramTrouble.MESSAGE_LOST),
    ("message can't be edited", TelegramTrouble.MESSAGE_LOST),
    ("message to delete not found", TelegramTrouble.MESSAGE_LOST),
    ("message can't be deleted", TelegramTrouble.MESSAGE_LOST),
    ("message_id_invalid", TelegramTrouble.MESSAGE_LOST),
    ("message thread not found", TelegramTrouble.THREAD_LOST),
    ("topic_deleted", TelegramTrouble.THREAD_LOST),
    ("topic_closed", TelegramTrouble.GONE),
    ("query is too old", TelegramTrouble.OLD_QUERY),
    ("query id is invalid", TelegramTrouble.OLD_QUERY),
    ("can't parse entities", TelegramTrouble.BAD_ENTITIES),
    ("file is too big", TelegramTrouble.FILE_TOO_LARGE),
    ("request entity too large", TelegramTrouble.FILE_TOO_LARGE),
    ("wrong file identifier", TelegramTrouble.FILE_LOST),
    ("wrong remote file identifier", TelegramTrouble.FILE_LOST),
    ("wrong file_id", TelegramTrouble.FILE_LOST),
    ("invalid file_id", TelegramTrouble.FILE_LOST),
    ("file reference", TelegramTrouble.FILE_LOST),
    ("file_reference_", TelegramTrouble.FILE_LOST),
    ("chat not found", TelegramTrouble.GONE),
    ("have no access to the user", TelegramTrouble.GONE),
    ("user is deactivated", TelegramTrouble.GONE),
    ("chat_write_forbidden", TelegramTrouble.GONE),
    ("not enough rights to send text", TelegramTrouble.GONE),
)


def trouble_of(error: Exception) -> TelegramTrouble:
    """The kind of an error of ``TELEGRAM_FAULTS``. A 400 whose text no one knows is ``FORM_REFUSED``: say it more plainly."""
    match error:
        case aiogram_errors.TelegramRetryAfter():
            return TelegramTrouble.FLOOD
        case aiogram_errors.TelegramMigrateToChat():
            return TelegramTrouble.MIGRATED
        case aiogram_errors.TelegramForbiddenError():
            return TelegramTrouble.GONE
        case aiogram_errors.TelegramUnauthorizedError() | aiogram_errors.TelegramNotFound():
            return TelegramTrouble.MISCONFIGURED
        case aiogram_errors.TelegramConflictError():
            # "terminated by setWebhook request" and "while webhook is active" both name the webhook.
            return (
                TelegramTrouble.WEBHOOK_ACTIVE if "webhook" in error.message.lower() else TelegramTrouble.OTHER_POLLER
            )
        case aiogram_errors.TelegramEntityTooLarge():  # a TelegramNetworkError in aiogram's tree
            return TelegramTrouble.FILE_TOO_LARGE
        case aiogram_errors.TelegramNetworkError():
            return (
                TelegramTrouble.NOT_SENT
                if isinstance(error.__cause__, ClientConnectorError)
                else TelegramTrouble.UNCERTAIN
            )
        case aiogram_errors.RestartingTelegram():
            return TelegramTrouble.NOT_SENT
        case aiogram_errors.TelegramBadRequest():
            return _by_text(error.message, otherwise=TelegramTrouble.FORM_REFUSED)
        case aiogram_errors.ClientDecodeError():
            # A proxy's page instead of JSON; it says 413 in words where the body was too large.
            return _by_text(str(error.data), otherwise=TelegramTrouble.UNCERTAIN)
        case _:
            return TelegramTrouble.UNCERTAIN


def wait_asked_s(error: Exception) -> float | None:
    """How many seconds Telegram asked us to wait, within reason; None where it did not say.

    A flood wait may take minutes. After ``LONGEST_WAIT_S`` we ask again, whatever the number was; a number below one
    would make us ask without a pause.
    """
    asked = getattr(error, "retry_after", None)
    return min(max(float(asked), 1.0), LONGEST_WAIT_S) if isinstance(asked, int | float) else None


def as_port_error(error: Exception, trouble: TelegramTrouble) -> ApplicationError:
    """What the ports raise for it. The text names the kind alone: Telegram's words may quote a message."""
    match trouble:
        case TelegramTrouble.FLOOD:
            return MessengerUnavailable(trouble, retry_after_s=wait_asked_s(error))
        case (
            TelegramTrouble.NOT_SENT
            | TelegramTrouble.MISCONFIGURED
            | TelegramTrouble.OTHER_POLLER
            | TelegramTrouble.WEBHOOK_ACTIVE
        ):
            return MessengerUnavailable(trouble)
        case TelegramTrouble.UNCERTAIN:
            return DeliveryOutcomeUnknown(trouble)
        case _:
            return DestinationGone(trouble)


def _by_text(text: str, *, otherwise: TelegramTrouble) -> TelegramTrouble:
    lower = text.lower()
    return next((trouble for part, trouble in _BY_TEXT if part in lower), otherwise)
