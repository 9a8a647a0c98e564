"""The errors the Bot API answers with, in its own words.

Wording: tdlib/telegram-bot-api ``Client.cpp`` (10.0), which lower-cases the first letter of a text unless it is an
UPPER_CASE code, and core.telegram.org/bots/api (2026-11).
"""

from collections.abc import Mapping

HTML_413 = (
    "<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n"
    "<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n"
    "</body>\r\n</html>\r\n"
)

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
WRONG_FILE = "wrong file identifier/HTTP URL specified"
LOST_FILE = "wrong file_id or the file is temporarily unavailable"


class ApiError(Exception):
    """A refusal: becomes ``{"ok": false, "error_code", "description", "parameters"}`` with the same HTTP status."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})

    def wire(self) -> dict[str, object]:
        """The JSON body of this refusal."""
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


class EntityTooLarge(Exception):
    """The body is over what the proxy in front of the Bot API takes; it answers in HTML, not in JSON."""


def bad_request(text: str) -> ApiError:
    """400, for what the caller got wrong."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """403, for chats the bot may not write to."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """409, for a second poller or a webhook in the way."""
    return ApiError(409, f"Conflict: {text}")


def too_many_requests(retry_after_s: int) -> ApiError:
    """429 with ``retry_after`` in seconds."""
    text = f"Too Many Requests: retry after {retry_after_s}"
    return ApiError(429, text, {"retry_after": retry_after_s})


def migrated(chat_id: int) -> ApiError:
    """400 that names the supergroup a group has become."""
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, text, {"migrate_to_chat_id": chat_id})
