"""Random ids from the operating system's generator."""

import secrets
import string

from domain.generation import GenerationId

_ALPHABET = string.ascii_lowercase + "234567"
_SECRET_BYTES = 24


class SystemIds:
    """``Ids`` no one can guess: 80 bits in a generation's id, 50 in a short one, 192 in a secret."""

    def generation_id(self) -> GenerationId:
        return GenerationId(_random_text(16))

    def short_id(self) -> str:
        return _random_text(10)

    def secret(self) -> str:
        return secrets.token_urlsafe(_SECRET_BYTES)


def _random_text(length: int) -> str:
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in secrets.token_bytes(length))
