"""What each error of Telegram means."""

import pytest
from aiogram import exceptions as aiogram_errors
from aiogram.methods import SendMessage
from aiohttp import ClientConnectorError, ClientOSError
from aiohttp.client_reqrep import ConnectionKey

from adapters.telegram.api.errors import TelegramTrouble, as_port_error, trouble_of
from application.errors import DeliveryOutcomeUnknown, DestinationGone, MessengerUnavailable

METHOD = SendMessage(chat_id=1, text="a secret prompt")
NO_KEY = ConnectionKey("localhost", 1, is_ssl=False, ssl=False, proxy=None, proxy_auth=None, proxy_headers_hash=None)


def network(cause: Exception) -> aiogram_errors.TelegramNetworkError:
    error = aiogram_errors.TelegramNetworkError(METHOD, "failed")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("Bad Request: message is not modified: specified new message content …", TelegramTrouble.NOT_MODIFIED),
        ("Bad Request: message to edit not found", TelegramTrouble.MESSAGE_LOST),
        ("Bad Request: message can't be edited", TelegramTrouble.MESSAGE_LOST),
        ("Bad Request: message to delete not found", TelegramTrouble.MESSAGE_LOST),
        ("Bad Request: message can't be deleted for everyone", TelegramTrouble.MESSAGE_LOST),
        ("Bad Request: MESSAGE_ID_INVALID", TelegramTrouble.MESSAGE_LOST),
        ("Bad Request: message thread not found", TelegramTrouble.THREAD_LOST),
        ("Bad Request: TOPIC_CLOSED", TelegramTrouble.GONE),
        ("Bad Request: not enough rights to send text messages to the chat", TelegramTrouble.GONE),
        ("Bad Request: not enough rights to send photos to the chat", TelegramTrouble.FORM_REFUSED),
        (
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
            TelegramTrouble.OLD_QUERY,
        ),
        ("Bad Request: can't parse entities: unsupported start tag", TelegramTrouble.BAD_ENTITIES),
        ("Bad Request: file is too big", TelegramTrouble.FILE_TOO_LARGE),
        ("Bad Request: chat not found", TelegramTrouble.GONE),
        ("Bad Request: have no access to the user", TelegramTrouble.GONE),
        ("Bad Request: PHOTO_INVALID_DIMENSIONS", TelegramTrouble.FORM_REFUSED),
        ("Bad Request: IMAGE_PROCESS_FAILED", TelegramTrouble.FORM_REFUSED),
        ("Bad Request: VOICE_MESSAGES_FORBIDDEN", TelegramTrouble.FORM_REFUSED),
        ("Bad Request: something nobody has seen yet", TelegramTrouble.FORM_REFUSED),
    ],
)
def test_a_400_is_recognised_by_its_text(text: str, trouble: TelegramTrouble) -> None:
    assert trouble_of(aiogram_errors.TelegramBadRequest(METHOD, text)) is trouble


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (aiogram_errors.TelegramForbiddenError(METHOD, "Forbidden: bot was blocked by the user"), TelegramTrouble.GONE),
        (aiogram_errors.TelegramRetryAfter(METHOD, "Too Many Requests", 7), TelegramTrouble.FLOOD),
        (aiogram_errors.TelegramMigrateToChat(METHOD, "upgraded", -100), TelegramTrouble.MIGRATED),
        (aiogram_errors.TelegramUnauthorizedError(METHOD, "Unauthorized"), TelegramTrouble.MISCONFIGURED),
        (aiogram_errors.TelegramNotFound(METHOD, "Not Found"), TelegramTrouble.MISCONFIGURED),
        (
            aiogram_errors.TelegramConflictError(METHOD, "Conflict: terminated by other getUpdates request; make …"),
            TelegramTrouble.OTHER_POLLER,
        ),
        (
            aiogram_errors.TelegramConflictError(METHOD, "Conflict: can't use getUpdates method while webhook is …"),
            TelegramTrouble.WEBHOOK_ACTIVE,
        ),
        (
            aiogram_errors.TelegramConflictError(METHOD, "Conflict: terminated by setWebhook request"),
            TelegramTrouble.WEBHOOK_ACTIVE,
        ),
        (aiogram_errors.TelegramEntityTooLarge(METHOD, "Request Entity Too Large"), TelegramTrouble.FILE_TOO_LARGE),
        (
            aiogram_errors.ClientDecodeError("no JSON", ValueError(), "<h1>413 Request Entity Too Large</h1>"),
            TelegramTrouble.FILE_TOO_LARGE,
        ),
        (aiogram_errors.ClientDecodeError("no JSON", ValueError(), "<h1>502</h1>"), TelegramTrouble.UNCERTAIN),
        (aiogram_errors.RestartingTelegram(METHOD, "Internal Server Error: restart"), TelegramTrouble.NOT_SENT),
        (aiogram_errors.TelegramServerError(METHOD, "Internal Server Error"), TelegramTrouble.UNCERTAIN),
        (network(TimeoutError()), TelegramTrouble.UNCERTAIN),
        (network(ClientOSError()), TelegramTrouble.UNCERTAIN),
        (network(ClientConnectorError(NO_KEY, OSError())), TelegramTrouble.NOT_SENT),
    ],
    ids=lambda value: str(value)[:40],
)
def test_the_other_errors_are_recognised_by_their_kind(error: Exception, trouble: TelegramTrouble) -> None:
    assert trouble_of(error) is trouble


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (TelegramTrouble.FLOOD, MessengerUnavailable),
        (TelegramTrouble.NOT_SENT, MessengerUnavailable),
        (TelegramTrouble.MISCONFIGURED, MessengerUnavailable),
        (TelegramTrouble.UNCERTAIN, DeliveryOutcomeUnknown),
        (TelegramTrouble.GONE, DestinationGone),
    ],
)
def test_only_what_was_certainly_not_sent_is_called_so_and_no_error_quotes_a_message(
    trouble: TelegramTrouble, kind: type[Exception]
) -> None:
    error = as_port_error(aiogram_errors.TelegramBadRequest(METHOD, "can't send: a secret prompt"), trouble)
    assert isinstance(error, kind)
    assert "secret" not in str(error)
