"""Uploads that go wrong, through the service's own port: endless ones, broken ones, pictures that are bombs, masks that don't fit."""

import asyncio
import contextlib
import io
import tempfile
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from PIL import Image
from yarl import URL

from adapters.media_preview import MediaPreviewMaker
from adapters.ops_http.server import OpsServer
from tests.support.generations import ANN
from tests.support.studio import Browser, Studio

LIMIT = 1 << 20
DOORS = ("/studio/uploads", "/api/v1/uploads")


@pytest.fixture
async def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Studio]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("application.results.receive_upload.LARGEST_BYTES", LIMIT)
    async with Studio(previews=MediaPreviewMaker()).serving() as running:
        yield running


@pytest.fixture
async def port(studio: Studio) -> AsyncIterator[int]:
    """The pages and the API on the server that the service has."""
    routes = [*studio.site.routes, *studio.api.routes()]
    server = OpsServer(
        host="127.0.0.1",
        port=0,
        now=studio.world.clock.now,
        metrics=lambda: (b"", ""),
        callback_keys=(),
        routes=routes,
    )
    async with server:
        yield server.port


async def head(studio: Studio, ann: Browser, door: str) -> bytes:
    """The head of an upload whose length is not said."""
    cookies = ann.session.cookie_jar.filter_cookies(URL(f"{studio.base}/studio"))
    said = "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items())
    lines = [
        f"POST {door} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Cookie: {said}",
        f"X-CSRF-Token: {ann.csrf}",
        f"Authorization: Bearer {await studio.key()}",
        "Accept: application/json",
        "Content-Type: application/octet-stream",
        "Transfer-Encoding: chunked",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@pytest.mark.parametrize("door", DOORS)
async def test_the_server_stops_reading_an_endless_upload(studio: Studio, port: int, tmp_path: Path, door: str) -> None:
    async with studio.browser(ANN) as ann:
        opening = await head(studio, ann, door)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    piece = bytes(1 << 16)
    chunk = f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    writer.write(opening)
    answer = asyncio.ensure_future(reader.readuntil(b"\r\n"))
    with contextlib.suppress(ConnectionError):
        async with asyncio.timeout(30):
            while True:  # for as long as the server listens
                writer.write(chunk)
                await writer.drain()
                await asyncio.sleep(0)
    assert b" 413 " in await answer
    writer.close()
    assert not studio.media_store.files
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("door", DOORS)
async def test_an_upload_that_breaks_off_leaves_nothing(studio: Studio, port: int, tmp_path: Path, door: str) -> None:
    async with studio.browser(ANN) as ann:
        opening = await head(studio, ann, door)
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(opening + b"400\r\n" + bytes(0x400) + b"\r\n")
        await writer.drain()
        async with asyncio.timeout(30):
            while not list(tmp_path.iterdir()):
                await asyncio.sleep(0.01)
        writer.transport.abort()
        async with asyncio.timeout(30):
            while list(tmp_path.iterdir()):
                await asyncio.sleep(0.01)
        assert not studio.media_store.files
        assert (await ann.get("/studio")).status == 200


@pytest.mark.parametrize("door", DOORS)
async def test_a_picture_of_60_000_pixels_a_side_is_refused_undecoded(studio: Studio, door: str) -> None:
    side = (60_000).to_bytes(4, "big")
    header = b"IHDR" + side + side + bytes([1, 0, 0, 0, 0])
    body = b"IDAT" + zlib.compress(bytes(7_501 * 60))
    parts = [len(part[4:]).to_bytes(4, "big") + part + zlib.crc32(part).to_bytes(4, "big") for part in (header, body)]
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(parts)
    async with studio.browser(ANN) as ann:
        headers = {"Authorization": f"Bearer {await studio.key()}", "X-File-Name": "bomb.png"}
        answer = await ann.post(door, data=bomb, headers=headers)
    assert answer.status == 415
    assert not studio.media_store.files


async def test_a_mask_of_another_size_is_named_before_it_costs(studio: Studio) -> None:
    async with studio.browser(ANN) as ann:
        ids = [(await (await ann.post("/studio/uploads", data=png(side))).json())["id"] for side in (300, 200)]
        path = (await (await ann.post("/studio/drafts", data={"model": "ideogram/v3-edit", "edit": "1"})).json())["go"]
        await ann.post(f"{path}/edit", json={"parameter": "prompt", "value": "a hat"})
        await ann.post(f"{path}/edit", json={"parameter": "image_url", "add": ids[0]})
        said = await (await ann.post(f"{path}/edit", json={"parameter": "mask_url", "add": ids[1]})).json()
        assert "mask_url" in said["errors"]
        assert "errors" in await (await ann.post(f"{path}/run", json={})).json()
    headers = {"Authorization": f"Bearer {await studio.key()}"}
    async with ClientSession(studio.base, headers=headers) as program:
        values = {"prompt": "a hat", "image_url": {"upload": ids[0]}, "mask_url": {"upload": ids[1]}}
        order = {"model": "ideogram/v3-edit", "input": values, "max_credits": 99}
        async with program.post("/api/v1/generations", json=order, headers={"Idempotency-Key": "1"}) as answer:
            assert (answer.status, (await answer.json())["violations"][0]["path"]) == (422, "mask_url")
    assert not studio.world.store.rows


def png(side: int) -> bytes:
    """A square picture."""
    out = io.BytesIO()
    Image.new("RGB", (side, side)).save(out, "PNG")
    return out.getvalue()
