"""Advisory locks of one database that must never meet: that of instances, held for as long as they run, and those of requests."""

import asyncpg
import pytest

from adapters.postgres_lock.statements import JOIN
from adapters.postgres_store.generation_sql import TAKE_TURNS, TURNS_NAMESPACE

pytestmark = pytest.mark.postgres
HASH = "hashtext($2)"


async def test_no_users_request_waits_for_the_lock_that_instances_hold(database: str) -> None:
    assert HASH in TAKE_TURNS
    instance, request = await asyncpg.connect(database), await asyncpg.connect(database)
    try:
        await instance.execute(JOIN)
        async with request.transaction():
            await request.execute("SET LOCAL lock_timeout = '2s'")
            await request.execute(
                TAKE_TURNS.replace(HASH, "1"), TURNS_NAMESPACE
            )  # a user whose hash is the second half of JOIN
    finally:
        await instance.close()
        await request.close()
