"""A server that speaks S3, for the tests of what keeps files there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
from moto.server import ThreadedMotoServer

BUCKET: Final = "mediabot-tests"


@asynccontextmanager
async def s3_server() -> AsyncIterator[str]:
    """The base URL of a server of this test's own, with ``BUCKET`` in it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    await asyncio.to_thread(server.start)
    try:
        host, port = server.get_host_and_port()
        base = f"http://{host}:{port}"
        async with aiohttp.ClientSession() as session, session.put(f"{base}/{BUCKET}") as answer:
            assert answer.status == 200
        yield base
    finally:
        await asyncio.to_thread(server.stop)
