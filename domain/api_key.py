"""Keys by which programs use the service for a person, and the webhook that a key has."""

import hashlib
import hmac
import re
from datetime import datetime
from typing import Final, NewType

from attrs import field, frozen

from domain.generation import UserId

ApiKeyId = NewType("ApiKeyId", str)
"""10 characters of ``a-z0-9``. It is no secret."""

PREFIX: Final = "mb"
_FORM: Final = re.compile(rf"{PREFIX}_([a-z0-9]{{10}})_([A-Za-z0-9_-]{{22,64}})")


@frozen(kw_only=True)
class Webhook:
    """Where a key's events go. ``secret`` signs them (``whsec_`` and base64, as Standard Webhooks has it)."""

    url: str
    secret: str = field(repr=False)


@frozen(kw_only=True)
class ApiKey:
    """What is known of a key. The key itself is shown once and never stored: ``digest`` is the SHA-256 of its secret part.

    ``credits_per_day`` is the most that may be spent with it in 24 hours, beside its person's own limits; None: no limit.
    """

    id: ApiKeyId
    name: str
    user: UserId
    digest: str = field(repr=False)
    created_at: datetime
    revoked_at: datetime | None = None
    webhook: Webhook | None = None
    credits_per_day: float | None = None

    @property
    def is_valid(self) -> bool:
        """Whether the key still opens the door."""
        return self.revoked_at is None

    def opens(self, secret: str) -> bool:
        """Return whether this is the key's secret. The comparison takes the same time for any text."""
        return self.is_valid and hmac.compare_digest(self.digest, digest_of(secret))


def digest_of(secret: str) -> str:
    """Return what is stored of a secret. It is random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def key_text(key_id: ApiKeyId, secret: str) -> str:
    """Return the key as a person copies it."""
    return f"{PREFIX}_{key_id}_{secret}"


def parts_of(text: str) -> tuple[ApiKeyId, str] | None:
    """Return the id and the secret of a key's text, None where it is no key."""
    match = _FORM.fullmatch(text)
    return (ApiKeyId(match[1]), match[2]) if match else None
