"""Port: seals secrets at rest."""

from typing import Protocol


class SecretBox(Protocol):
    """Authenticated encryption with a key of the operator's."""

    def seal(self, secret: str, /) -> str:
        """Return the sealed secret as text, sealed with the newest key."""
        ...

    def open(self, sealed: str, /) -> str:
        """Return the secret.

        Raises:
            SecretsUnreadable: it was sealed with a key that is not there, or was changed.
        """
        ...
