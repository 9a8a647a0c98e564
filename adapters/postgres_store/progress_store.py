# ruff: noqa: S608  # put together from this file's constants alone
"""Progress for pages that watch, in PostgreSQL."""

import json
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Final

from attrs import asdict, frozen

from adapters.postgres_store.database import Database
from adapters.postgres_store.generation_sql import EACH
from adapters.postgres_store.watch_hub import WatchHub
from application.ports.messenger import (
    Delivering,
    DeliveryTrouble,
    FittedFile,
    OutcomeUnknown,
    Progress,
    Queued,
    Running,
    Uploading,
)
from domain.generation import GenerationId, UserId

_NOTE: Final = "UPDATE generations SET progress = $3 WHERE bot = $1 AND id = $2"
_OF: Final = f"""
SELECT one.id, one.progress FROM unnest($2::text[]) AS asked (id) CROSS JOIN LATERAL (
    SELECT id, progress FROM generations WHERE bot = $1 AND id = asked.id AND progress IS NOT NULL {EACH}) AS one
"""


@frozen
class PostgresProgressStore:
    """``ProgressStore`` on PostgreSQL, for one bot. The hub hears for all pages of this process."""

    _database: Database
    _bot: str
    _hub: WatchHub

    async def note(self, generation_id: GenerationId, progress: Progress, /) -> None:
        async with self._database.connection() as connection:
            await connection.execute(_NOTE, self._bot, generation_id, json.dumps(_plain(progress)))

    async def of(self, generations: Collection[GenerationId], /) -> Mapping[GenerationId, Progress]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_OF, self._bot, list(generations))
        return {GenerationId(row["id"]): _progress(json.loads(row["progress"])) for row in rows}

    def watch(self, user: UserId, /) -> AbstractAsyncContextManager[AsyncIterator[Collection[GenerationId]]]:
        return self._hub.watch(self._bot, user)


def _plain(progress: Progress) -> Mapping[str, object]:
    match progress:
        case Queued(place=place):
            return {"kind": "queued", "place": place}
        case Uploading(fitted=fitted):
            return {"kind": "uploading", "fitted": [asdict(one) for one in fitted]}
        case Running(elapsed_s=elapsed_s, usual_s=usual_s):
            return {"kind": "running", "elapsed_s": elapsed_s, "usual_s": usual_s}
        case OutcomeUnknown():
            return {"kind": "unknown"}
        case Delivering(trouble=trouble, retry_s=retry_s):
            return {"kind": "delivering", "trouble": trouble, "retry_s": retry_s}


def _progress(plain: Mapping[str, object]) -> Progress:
    match plain:
        case {"kind": "queued", "place": int(place)}:
            return Queued(place=place)
        case {
            "kind": "running",
            "elapsed_s": int() | float() as elapsed_s,
            "usual_s": int() | float() | None as usual_s,
        }:
            return Running(elapsed_s=elapsed_s, usual_s=usual_s)
        case {"kind": "unknown"}:
            return OutcomeUnknown()
        case {"kind": "delivering", "trouble": "file" | "chat" as trouble, "retry_s": int() | float() as retry_s}:
            return Delivering(trouble=DeliveryTrouble(trouble), retry_s=retry_s)
        case {"kind": "uploading", "fitted": list(fitted)}:
            return Uploading(fitted=tuple(_fitted(**one) for one in fitted))
        case _:
            return Uploading()


def _fitted(*, size: list[int] | None, **said: str) -> FittedFile:
    return FittedFile(size=None if size is None else (size[0], size[1]), **said)
