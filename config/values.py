"""Parsers of single variables: each takes the text and gives the value, or raises ``ValueError`` with the rest of a
sentence that begins with the variable's name."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from importlib.resources import files
from typing import Final
from urllib.parse import SplitResult, urlsplit

from adapters.yaml_catalog.text_models import load_text_models
from application.generating.creation_rate_limiter import CreationWindow
from domain.access import telegram_user
from domain.generation import UserId

TOKEN_FORM: Final = re.compile(r"(\d{3,20}):[A-Za-z0-9_-]{20,100}")
"""``123456789:AA…``: the bot's id, a colon, 35 characters today (core.telegram.org/bots/api#authorizing-your-bot)."""


LONGEST_NAME: Final = 64
"""https://core.telegram.org/bots/api#setmyname, read 2026-11."""
LONGEST_MESSAGE: Final = 4_000
"""Telegram takes 4,096."""


def token(text: str) -> str:
    if not TOKEN_FORM.fullmatch(text):
        raise ValueError("does not look like a bot's token (digits, a colon, about 35 letters); ask @BotFather for it")
    return text


def secret(text: str) -> str:
    if not text.isascii() or any(character.isspace() or not character.isprintable() for character in text):
        raise ValueError("holds blanks or characters that no key has; copy it again")
    return text


def kie_key(text: str) -> str:
    if not text:
        raise ValueError("is empty; kie.ai/api-key shows the key")
    return secret(text)


def bot_name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise ValueError(f"must have {LONGEST_NAME} characters at most")
    return text


def message(text: str) -> str:
    if len(text) > LONGEST_MESSAGE:
        raise ValueError(f"must have {LONGEST_MESSAGE} characters at most, which fit into one message")
    return text


def several_secrets(text: str) -> tuple[str, ...]:
    return tuple(secret(part.strip()) for part in text.split(",") if part.strip())


def secrets_keys(text: str) -> tuple[str, ...]:
    keys = tuple(part.strip() for part in text.split(","))
    for key in keys:
        try:
            is_key = len(urlsafe_b64decode(key)) == 32
        except ValueError:
            is_key = False
        if not is_key:
            raise ValueError(
                "must be 32 random bytes in URL-safe base64, several with commas, the newest first; make one with:"
                " openssl rand -base64 32 | tr +/ -_"
            )
    return keys


def url(text: str) -> str:
    parts = _split(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("is not a plain http(s) URL such as https://bot.example.com")
    return text.rstrip("/")


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError("is not a URL") from None
    return parts


def port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise ValueError(f"must be a port number up to 65535, not {text!r}")
    return int(text)


def window(text: str) -> CreationWindow:
    match = re.fullmatch(r"(\d{1,6})/(\d{1,6}(?:\.\d+)?)", text)
    if not match or int(match[1]) < 1 or float(match[2]) <= 0:
        raise ValueError(f"must be creations per seconds, as 20/10, not {text!r}")
    return CreationWindow(int(match[1]), float(match[2]))


def flag(text: str) -> bool:
    match text.lower():
        case "1" | "true" | "yes":
            return True
        case "0" | "false" | "no":
            return False
    raise ValueError(f"must be 1 or 0, not {text!r}")


def users(text: str) -> frozenset[UserId]:
    ids = [part.strip() for part in text.split(",") if part.strip()]
    found = [user for part in ids if (user := telegram_user(part))]
    if len(found) < len(ids) or not ids:
        raise ValueError(f"must be Telegram user ids separated by commas, not {text!r}")
    return frozenset(found)


def count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"must be a whole number from 1, not {text!r}")
    return int(text)


def amount(text: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = -1.0
    if not 0 < amount < float("inf"):
        raise ValueError(f"must be a number above 0, not {text!r}")
    return amount


def amount_or_none(text: str) -> float | None:
    """A number above 0, or the word ``none`` for no limit."""
    return None if text.lower() == "none" else amount(text)


def text_models(text: str) -> tuple[str, ...]:
    """Names of chat models with commas, in order of preference; the word ``off`` for none."""
    names = () if text.lower() == "off" else tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    known = load_text_models(files("config") / "text_models.yaml")
    if unknown := [name for name in names if name not in known]:
        raise ValueError(f"names {', '.join(unknown)}; known are {', '.join(known)}, or off")
    return names


def megabytes(text: str) -> int:
    return count(text) << 20


def media_place(text: str) -> str:
    if text.startswith("s3://") and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]+(/[^?#]*)?(\?[^#]*)?", text):
        raise ValueError("is neither a folder nor s3://bucket/prefix?endpoint=https://host&region=name")
    return text


def some_of(*words: str) -> Callable[[str], frozenset[str]]:
    """Several of these words, with commas."""

    def parse(text: str) -> frozenset[str]:
        given = frozenset(part.strip().lower() for part in text.split(","))
        if not given <= set(words):
            raise ValueError(f"must name some of {', '.join(sorted(words))}, with commas, not {text!r}")
        return given

    return parse


def one_of(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(f"must be {' or '.join(allowed)}, not {text!r}")
        return text.lower()

    return parse
