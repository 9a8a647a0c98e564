"""Ids that a test can foretell."""

from itertools import count

from domain.generation import GenerationId


class SequentialIds:
    """``Ids`` that count from 1. The secrets are no secret."""

    def __init__(self) -> None:
        self._generations = count(1)
        self._shorts = count(1)
        self._secrets = count(1)

    def generation_id(self) -> GenerationId:
        return GenerationId(f"g{next(self._generations):015}")

    def short_id(self) -> str:
        return f"s{next(self._shorts):09}"

    def secret(self) -> str:
        return f"secret{next(self._secrets):026}"
