"""Which errors of PostgreSQL are the server's: the service waits for its end, and a traceback would say nothing."""

import asyncpg
import pytest

from adapters.postgres_store.unavailability import unavailability
from application.errors import StoreUnavailable


@pytest.mark.parametrize(
    "code",
    [
        "08006", "08P01", "25006", "25P03", "25P04", "28P01", "28000", "3D000", "40001", "40P01", "42501", "42P01", "53000",
        "53100", "53200", "53300", "55000", "55006", "55P03", "57014", "57P01", "57P02", "57P03", "57P04", "57P05", "58000",
        "58030", "XX000", "XX001", "XX002",
    ],
)  # fmt: skip
async def test_what_the_server_says_of_itself_is_that_it_is_away(code: str) -> None:
    with pytest.raises(StoreUnavailable), unavailability():
        raise asyncpg.PostgresError.new({"C": code, "M": "words", "S": "ERROR"})


@pytest.mark.parametrize("code", ["23505", "42601", "42703", "22P02"])
async def test_what_is_wrong_with_a_statement_is_a_fault_of_our_own(code: str) -> None:
    error = asyncpg.PostgresError.new({"C": code, "M": "words", "S": "ERROR"})
    with pytest.raises(type(error)), unavailability():
        raise error
