"""What answers at the database's address need be no PostgreSQL: a sentence says so, and no traceback stands beside it."""

import asyncio
import gc
import struct
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final

import pytest

from adapters.postgres_lock.session import SESSION_TROUBLE, open_session
from adapters.postgres_store import migrate, open_database
from application.errors import LeadershipUnusable, StoreUnavailable, StoreUnusable
from config.loop_faults import log_loop_faults
from domain.leadership import NORMAL_TIMING


def _frame(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


def _setting(name: bytes, value: bytes) -> bytes:
    return _frame(b"S", name + b"\0" + value + b"\0")


SIGNED_IN: Final = _frame(b"R", struct.pack("!i", 0))
READY: Final = _frame(b"Z", b"I")
GREETED: Final = SIGNED_IN + _setting(b"server_version", b"15.1") + _setting(b"client_encoding", b"UTF8") + READY

ANSWERS: Final = {
    "a page": (b"HTTP/1.1 400 Bad Request\r\n\r\n",),
    "a length below zero": (b"R\xff\xff\xff\xff",),
    "a length without end": (b"R\x7f\xff\xff\xff" + b"x" * 100,),
    "ready before signing in": (READY,),
    "an error without words": (_frame(b"E", b"\0"),),
    "an error in no letters": (_frame(b"E", b"SFATAL\0C\xff\xfe\0Mx\0\0"),),
    "no version": (SIGNED_IN + READY,),
    "a version in words": (SIGNED_IN + _setting(b"server_version", b"banana") + READY,),
    "an encoding of its own": (
        SIGNED_IN + _setting(b"server_version", b"15.1") + _setting(b"client_encoding", b"KLINGON") + READY,
    ),
    "a greeting, then noise": (GREETED, b"\x00\x01garbage"),
    "a greeting, then rows of nothing": (GREETED, _frame(b"T", b"\0\5") + _frame(b"D", b"\0\1") + READY),
}


@asynccontextmanager
async def no_postgres(answers: Sequence[bytes]) -> AsyncIterator[str]:
    """The DSN of what gives one of these answers to each thing it is sent, and then hangs up."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, TimeoutError, asyncio.CancelledError):
            if (await reader.read(4096))[4:8] == struct.pack("!i", 80877103):
                writer.write(b"N")
                await reader.read(4096)
            for answer in answers:
                writer.write(answer)
                async with asyncio.timeout(1.0):
                    await reader.read(4096)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"postgresql://user:secret@127.0.0.1:{server.sockets[0].getsockname()[1]}/bot"


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS)
async def test_each_way_of_not_being_postgresql_is_a_sentence_and_no_traceback(
    answers: Sequence[bytes], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    log_loop_faults()
    async with no_postgres(answers) as dsn:
        with pytest.raises((StoreUnavailable, StoreUnusable)) as refused:
            await migrate(dsn)
        assert "secret" not in str(refused.value)
        async with open_database(dsn) as database:
            with pytest.raises(StoreUnavailable):
                async with database.connection() as connection:
                    await connection.fetchval("SELECT 1")
        with pytest.raises((*SESSION_TROUBLE, LeadershipUnusable)):
            await open_session(dsn, NORMAL_TIMING, holder="test")
    gc.collect()
    assert "Traceback" not in capfd.readouterr().err
