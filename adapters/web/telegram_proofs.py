"""What Telegram signs about a person: the Mini App's ``initData`` and the answer of the login button.

https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app and
https://core.telegram.org/widgets/login-legacy#checking-authorization, as of 2026-11.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

from attrs import frozen

from application.errors import NotSignedIn
from domain.generation import UserId

GOOD_FOR: Final = timedelta(minutes=15)
"""How old a proof may be, and how far ahead a clock of theirs may run. Our choice; Telegram states no rule."""
LONGEST: Final = 8_192


@frozen(kw_only=True)
class ProvenPerson:
    """``proof`` is the signature: it may be used once. ``language`` is Telegram's code, None where it does not say."""

    user: UserId
    name: str
    proof: str
    language: str | None = None
    start: str | None = None


@frozen
class TelegramProofs:
    """Checks signatures made with one bot's token."""

    _token: str

    def mini_app(self, init_data: str, *, now: datetime) -> ProvenPerson:
        """The person of an ``initData``. Raises NotSignedIn."""
        if len(init_data) > LONGEST:
            raise NotSignedIn("too long")
        fields = dict(parse_qsl(init_data, keep_blank_values=True))
        key = hmac.new(b"WebAppData", self._token.encode(), hashlib.sha256).digest()
        proof = _check(fields, key, now)
        try:
            user = json.loads(fields["user"])
            return ProvenPerson(
                user=UserId(f"telegram:{int(user['id'])}"),
                name=_name(user),
                proof=proof,
                language=user.get("language_code"),
                start=fields.get("start_param"),
            )
        except (KeyError, ValueError, TypeError) as error:
            raise NotSignedIn("no user in it") from error

    def login_button(self, fields: Mapping[str, str], *, now: datetime) -> ProvenPerson:
        """The person of a login button's answer. Raises NotSignedIn."""
        key = hashlib.sha256(self._token.encode()).digest()
        proof = _check(dict(fields), key, now)
        try:
            return ProvenPerson(user=UserId(f"telegram:{int(fields['id'])}"), name=_name(fields), proof=proof)
        except (KeyError, ValueError) as error:
            raise NotSignedIn("no user in it") from error


def _check(fields: dict[str, str], key: bytes, now: datetime) -> str:
    """The signature, where it holds and is not too old."""
    said = fields.pop("hash", "")
    signed = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    right = hmac.new(key, signed.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(right.encode(), said.encode("utf-8", "replace")):
        raise NotSignedIn("another signature")
    at = fields.get("auth_date", "")
    if not at.isdecimal() or abs(now.timestamp() - int(at)) > GOOD_FOR.total_seconds():
        raise NotSignedIn("too old")
    return said


def _name(user: Mapping[str, object]) -> str:
    return " ".join(str(user[part]) for part in ("first_name", "last_name") if user.get(part))[:100]
