"""The same wish through four doors: the chat, the page, the API and MCP, of one person on one running service."""

import asyncio
import html
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import httpx2
import pytest
from attrs import frozen
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from adapters.postgres_store import Database, PostgresGenerationStore, open_database
from adapters.postgres_store.api_key_store import PostgresApiKeyStore
from adapters.system.machine import SystemClock, SystemIds
from application.operating.create_api_key import CreateApiKey
from domain.generation import Generation, UserId
from simulators.telegram import Message
from tests.support.audit import an_audit
from tests.support.service import TOKEN
from tests.support.studio_in_a_browser import Place, signed_in, studio_service
from tests.support.telegram_simulator import labels

pytestmark = pytest.mark.postgres

WISH = "draw a red fox in snow"
BOT = TOKEN.partition(":")[0]


@frozen(kw_only=True)
class Doors:
    """One person at all of them."""

    place: Place
    database: Database
    page: aiohttp.ClientSession
    csrf: str
    api: aiohttp.ClientSession
    mcp: ClientSession

    @property
    def user(self) -> UserId:
        return UserId(f"telegram:{self.place.user_id}")

    async def rows(self, count: int) -> Sequence[Generation]:
        """The person's generations, the oldest first, when there are so many and all have ended."""
        store = PostgresGenerationStore(self.database, bot=BOT)
        async with asyncio.timeout(60):
            while True:
                rows = await store.history(self.user, limit=10)
                if len(rows) == count and all(row.is_terminal for row in rows):
                    return list(reversed(rows))
                await asyncio.sleep(0.05)

    async def post(self, path: str, body: Mapping[str, Any], **headers: str) -> Any:
        """What the API answers."""
        async with self.api.post(f"/api/v1{path}", json=body, headers=headers) as response:
            assert response.status in {200, 201}, await response.text()
            return await response.json()

    async def on_page(self, path: str, form: Mapping[str, str]) -> Any:
        """What the studio answers its own script."""
        headers = {"X-CSRF-Token": self.csrf, "Accept": "application/json"}
        async with self.page.post(f"/studio{path}", data=form, headers=headers) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def offered_in_chat(self) -> Message:
        """The message that the bot offers models in."""
        self.place.person.say(WISH)
        async with asyncio.timeout(30):
            while True:
                for message in reversed(list(self.place.person.chat().messages.values())):
                    if any("▶️" in label for label in labels(message)):
                        return message
                await asyncio.sleep(0.05)


def figures(price: Mapping[str, Any]) -> Mapping[str, Any]:
    """A price without where it was read: the feed may be read again in between."""
    return {name: price[name] for name in ("credits", "low", "high", "basis")}


@asynccontextmanager
async def opened_doors(database: str, folder: Path) -> AsyncIterator[Doors]:
    """No fixture: the MCP client must be left by the task that entered it."""
    async with AsyncExitStack() as stack:
        place = await stack.enter_async_context(studio_service(database, folder=str(folder)))
        base = place.services[0].url
        opened = await stack.enter_async_context(open_database(database))
        create = CreateApiKey(
            keys=PostgresApiKeyStore(opened, BOT), ids=SystemIds(), clock=SystemClock(), audit=an_audit()
        )
        _, key = await create("program", UserId(f"telegram:{place.user_id}"))
        bearer = {"Authorization": f"Bearer {key}"}
        jar = aiohttp.CookieJar(unsafe=True)
        page = await stack.enter_async_context(aiohttp.ClientSession(base, cookie_jar=jar))
        async with page.get(signed_in(base, place.user_id)) as answer:
            csrf = re.search(r'name="csrf" content="([^"]+)"', await answer.text())
        assert csrf
        api = await stack.enter_async_context(aiohttp.ClientSession(base, headers=bearer))
        http = await stack.enter_async_context(httpx2.AsyncClient(headers=bearer, timeout=60))
        read, write, *_ = await stack.enter_async_context(streamable_http_client(f"{base}/mcp", http_client=http))
        mcp = await stack.enter_async_context(ClientSession(read, write))
        await mcp.initialize()
        yield Doors(place=place, database=opened, page=page, csrf=csrf[1], api=api, mcp=mcp)


async def test_one_wish_is_offered_priced_and_written_alike_at_every_door(database: str, tmp_path: Path) -> None:
    async with opened_doors(database, tmp_path) as doors:
        # The chat.
        message = await doors.offered_in_chat()
        buttons = [label for label in labels(message) if "▶️" in label]
        in_chat = [re.sub(r"^▶️ \W*", "", label).split(" · ") for label in buttons]
        doors.place.person.press(message, buttons[0])
        await doors.rows(1)

        # The page.
        said = (await doors.on_page("/offers", {"text": WISH}))["html"]
        titles = [html.unescape(title) for title in re.findall(r"<h3>(.*?)</h3>", said)]
        prices = re.findall(r"<span>Run · (.*?)</span>", said)
        first = re.search(r'name="model" value="([^"]+)".*?name="run" value="([^"]+)"', said, re.DOTALL)
        assert first
        await doors.on_page("/drafts", {"model": first[1], "text": WISH, "run": first[2], "nonce": "once"})
        await doors.rows(2)

        # The API.
        offer = await doors.post("/offers", {"text": WISH})
        ready = [one for one in offer["models"] if one["ready"]]
        choice = {"model": ready[0]["id"], "input": ready[0]["input"]}
        price = await doors.post("/price", choice)
        assert figures(price) == figures(ready[0]["price"])
        await doors.post("/generations", {**choice, "max_credits": price["high"]}, **{"Idempotency-Key": "once"})
        await doors.rows(3)

        # MCP.
        found = (await doors.mcp.call_tool("find_models", {"query": WISH})).structured_content
        assert found
        chosen = {"model": found["models"][0]["id"], "input": found["models"][0]["input"]}
        quoted = (await doors.mcp.call_tool("price", chosen)).structured_content
        assert quoted
        begun = await doors.mcp.call_tool("generate", {**chosen, "max_credits": quoted["high"]})
        assert not begun.is_error
        rows = await doors.rows(4)

        # The same offer, in the same order.
        assert [name for name, _ in in_chat] == titles == [one["title"] for one in ready]
        assert [one["id"] for one in offer["models"]] == [one["id"] for one in found["models"]][: len(offer["models"])]
        # The same quote.
        assert [said.split()[0] for _, said in in_chat] == [said.split()[0] for said in prices]
        assert {float(said.split()[0]) for said in (prices[0], in_chat[0][1])} == {price["high"]}
        assert figures(quoted) == figures(price)
        assert float(first[2]) == price["high"]
        # The same row.
        assert [row.destination.front_end for row in rows] == ["telegram", "web", "api", "api"]
        alike = {
            field: getattr(rows[0], field) for field in ("user", "model_id", "input", "reserved_credits", "language")
        }
        for row in rows:
            assert {field: getattr(row, field) for field in alike} == alike
            assert row.state == "delivered"
        assert len({row.request_key for row in rows}) == 4


async def test_the_journey_of_the_tiny_front_end_runs_through_the_api(database: str, tmp_path: Path) -> None:
    async with opened_doors(database, tmp_path) as doors:
        offer = await doors.post("/offers", {"text": "a red fox in snow"})
        assert "Z-Image" in {one["title"] for one in offer["models"]}
        async with doors.api.get("/api/v1/models/z-image") as response:
            assert "aspect_ratio" in {field["name"] for field in (await response.json())["fields"]}
        wrong = {"model": "z-image", "input": {"prompt": "a red fox in snow", "aspect_ratio": "17:1"}}
        checked = await doors.post("/validate", wrong)
        assert [fault["path"] for fault in checked["violations"]] == ["aspect_ratio"]
        right = {"model": "z-image", "input": {"prompt": "a red fox in snow", "aspect_ratio": "16:9"}}
        price = await doors.post("/price", right)
        made = await doors.post("/generations", {**right, "max_credits": price["high"]}, **{"Idempotency-Key": "1"})
        [row] = await doors.rows(1)
        assert (row.id, row.prompt, row.input["aspect_ratio"]) == (made["id"], "a red fox in snow", "16:9")
        again = {"model": made["model"], "input": made["input"], "max_credits": price["high"]}
        await doors.post("/generations", again, **{"Idempotency-Key": "2"})
        await doors.rows(2)
        async with doors.api.get("/api/v1/generations") as response:
            shown = (await response.json())["generations"]
        assert [one["input"]["prompt"] for one in shown] == ["a red fox in snow"] * 2
        assert all(one["results"][0]["url"].startswith("/api/v1/media/") for one in shown)
        blue = {"model": "z-image", "input": {"prompt": "a blue fox"}}
        await doors.post("/presets", {**blue, "name": "my fox"})
        async with doors.api.get("/api/v1/presets") as response:
            [preset] = (await response.json())["presets"]
        kept = {"model": preset["model"], "input": preset["input"], "max_credits": 50}
        assert (await doors.post("/generations", kept, **{"Idempotency-Key": "3"}))["input"]["prompt"] == "a blue fox"
        assert (await doors.rows(3))[2].prompt == "a blue fox"
