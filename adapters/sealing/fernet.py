"""``SecretBox`` on Fernet (https://cryptography.io/en/latest/fernet/): AES-128 in CBC mode with HMAC-SHA-256."""

from collections.abc import Sequence
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from application.errors import SecretsUnreadable

ADVICE: Final = (
    "SECRETS_KEY does not open what is sealed in the database. Set the key that sealed it; several keys with commas between"
    " them, the newest first, are all tried."
)
MISSING: Final = "SECRETS_KEY is not set, and the database holds sealed secrets of bots. Set it."


class FernetBox:
    """Seals with the first key and opens with any."""

    def __init__(self, keys: Sequence[str]) -> None:
        """``keys``: newest first, each 32 bytes in URL-safe base64. Raises ``ValueError`` for anything else."""
        self._fernet = MultiFernet([Fernet(key) for key in keys]) if keys else None

    def seal(self, secret: str, /) -> str:
        return self._box().encrypt(secret.encode()).decode()

    def open(self, sealed: str, /) -> str:
        try:
            return self._box().decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SecretsUnreadable(ADVICE) from None

    def _box(self) -> MultiFernet:
        if self._fernet is None:
            raise SecretsUnreadable(MISSING)
        return self._fernet


def new_key() -> str:
    """Return a new random key."""
    return Fernet.generate_key().decode()
