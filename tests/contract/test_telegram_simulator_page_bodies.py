"""What the chat page's endpoints say to a body they cannot read."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.support.telegram_simulator import Simulated, simulated


@pytest.fixture
async def sim() -> AsyncIterator[Simulated]:
    """A simulator with one person."""
    async with simulated() as sim:
        yield sim


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("messages", {"data": {"person": "1", "text": "a fox"}}, 415),
        ("messages", {"json": {"text": "a fox"}}, 415),
        ("press", {"data": b"{"}, 400),
        ("press", {"json": {}}, 400),
        ("press", {"json": ["a list"]}, 400),
        ("ask", {"json": {"person": 1}}, 400),
        ("edit", {"json": {"person": "nobody", "message": 1, "text": "x"}}, 400),
    ],
)
async def test_a_body_that_is_not_what_is_read_is_refused_in_words(
    sim: Simulated, path: str, body: dict[str, object], status: int
) -> None:
    url = f"{sim.url}/page/chats/{sim.anna.chat().key}/{path}"
    async with aiohttp.ClientSession() as session, session.post(url, **body) as response:  # type: ignore[arg-type]  # one of several keyword arguments of aiohttp
        assert response.status == status
        assert await response.text()
