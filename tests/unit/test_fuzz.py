"""Thousands of almost right inputs from outside. A long run: ``FUZZ_ROUNDS=200 FUZZ_SEED=7 make fuzz``."""

import asyncio
import json
import os
import random
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.kie_http.dialects import MARKET
from adapters.kie_http.results import UnreadableResult, results_of
from config.database_url import database_url
from domain.media import MediaKind
from tests.unit.test_ops_http import PATH
from tests.unit.test_ops_http_strangers import is_healthy, listening

ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "2"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
REQUEST = f"POST {PATH} HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
ODD: tuple[Any, ...] = (
    None,
    "",
    " ",
    "x" * 5000,
    0,
    -1,
    10**40,
    1e308,
    float("nan"),
    True,
    [],
    {},
    [[[]]],
    "\x00",
    "{",
    '"a"',
)


def mangled(chance: random.Random, data: bytes) -> bytes:
    """The same with a few bytes changed, doubled, left out or added."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(out) or 1)
        match chance.randrange(4):
            case 0:
                out[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                out[place:place] = out[place : place + chance.randrange(40)]
            case 2:
                del out[place : place + chance.randrange(40)]
            case _:
                out[place:place] = chance.randbytes(chance.randrange(30))
    return bytes(out)


async def test_the_port_answers_health_and_logs_no_error_whatever_is_sent() -> None:
    chance = random.Random(SEED)
    with capture_logs() as lines:
        async with listening(most=64) as server:
            for _ in range(100 * ROUNDS):
                _, writer = await asyncio.open_connection("127.0.0.1", server.port)
                writer.write(mangled(chance, REQUEST.encode() + b'{"taskId":"t1"}'))
                await asyncio.sleep(0)
                writer.close()
            assert await is_healthy(server)
    assert not [line for line in lines if line["log_level"] == "error"]


@pytest.mark.parametrize("output", [MediaKind.IMAGE, MediaKind.TEXT])
def test_every_field_of_an_answer_may_be_absent_null_of_another_type_or_huge(output: MediaKind) -> None:
    chance = random.Random(SEED)
    whole = {
        "taskId": "t1", "state": "success", "resultJson": json.dumps({"resultUrls": ["https://a.example/1.png"]}),
        "failCode": "", "failMsg": "", "createTime": 1, "completeTime": 5, "costTime": 4, "creditsConsumed": 4.0,
        "response": {"resultUrls": ["https://a.example/1.png"], "resultObject": {"text": "words"}},
    }  # fmt: skip
    for _ in range(2000 * ROUNDS):
        answer: dict[str, Any] = dict(whole)
        for name in chance.sample(sorted(whole), chance.randint(1, 4)):
            answer[name] = chance.choice(ODD)
            if chance.random() < 0.3:
                del answer[name]
        record = MARKET.record(answer)
        assert record.credits is None or record.credits >= 0
        try:
            assert len(results_of(record.payloads, output)) <= 100
        except UnreadableResult:
            continue


def test_an_address_of_a_database_is_taken_or_refused_with_a_sentence() -> None:
    chance = random.Random(SEED)
    whole = b"postgresql://user:secret@db.example.com:5432/bot?sslmode=require&connect_timeout=5"
    for _ in range(2000 * ROUNDS):
        try:
            assert database_url(mangled(chance, whole).decode(errors="replace")).startswith("postgresql://")
        except ValueError as error:
            assert "secret" not in str(error)  # noqa: PT017 - most inputs raise nothing
