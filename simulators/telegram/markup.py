"""Keyboards under messages, checked as Telegram checks them."""

from urllib.parse import urlsplit

from attrs import frozen

from simulators.telegram.errors import bad_request
from simulators.telegram.wire import Json

_MAX_BUTTONS = 100
_MAX_CALLBACK_BYTES = 64
#: Bot API 9.4.
_STYLES = (None, "danger", "success", "primary")
#: What else a button may do; each has its own parameters, which are passed on unread.
_OTHER_ACTIONS = (
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)


@frozen
class Markup:
    """``inline`` stays with the message; ``keyboard`` replaces the person's keyboard (also to remove it)."""

    inline: Json | None = None
    keyboard: Json | None = None


def read_markup(value: object) -> Markup:
    """Check a ``reply_markup``. Raises ApiError 400 in Telegram's words."""
    if value is None or value == {}:
        return Markup()
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in value:
        return Markup(keyboard=value)
    rows = value["inline_keyboard"]
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    buttons = [button for row in rows for button in row]
    for button in buttons:
        _check_button(button)
    if len(buttons) > _MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return Markup(inline={"inline_keyboard": [row for row in rows if row]} if buttons else None)


def _check_button(button: object) -> None:
    if not isinstance(button, dict):
        raise bad_request("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: can't find field \"text\"")
    if button.get("style") not in _STYLES:
        raise bad_request("can't parse inline keyboard button: unknown button style")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if url := button.get("url"):
        _check_url(str(url))
    elif data := button.get("callback_data"):
        if len(str(data).encode()) > _MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif not any(action in button for action in _OTHER_ACTIONS):
        raise bad_request("text buttons are unallowed in the inline keyboard")


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in {"http", "https", "tg", "ton"}:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if parts.scheme.startswith("http") and "." not in (parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
