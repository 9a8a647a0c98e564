"""The two upload calls that take bytes (kie/API.md §8), and which is right for a file.

The third, ``file-url-upload``, has KIE fetch a URL. It is not used: a person's own file has no URL that may leave us
(a Telegram one holds the bot's token), and a public URL in an input is fetched by KIE anyway.
"""

import asyncio
from base64 import b64encode
from pathlib import PurePath
from typing import Final
from uuid import uuid4

import aiohttp

from adapters.kie_http.wire import Answer, NoAnswer, Wire
from domain.file_types import ending_of
from domain.media import MediaFile

BASE64_PATH: Final = "/api/file-base64-upload"
STREAM_PATH: Final = "/api/file-stream-upload"
FOLDER: Final = "mediabot"

BASE64_LIMIT_BYTES: Final = 10_000_000 // 4 * 3
"""KIE takes "up to about 10 MB" as base64. Whether that counts the file or its text is not said, so the text is held to it."""


def fresh_name(file: MediaFile) -> str:
    """A name no one used: the same one overwrites, and caches may go on serving the old bytes. The person's own name stays here."""
    extension = PurePath(file.name).suffix
    if not (extension.isascii() and extension[1:].isalnum() and len(extension) <= 6):
        extension = ending_of(file.mime)
    return f"{uuid4().hex}{extension.lower()}"


async def send_file(wire: Wire, file: MediaFile, name: str, *, timeout_s: float) -> Answer | NoAnswer:
    """Send it once, small as base64 (one JSON body), large as a stream that is never whole in memory."""
    if file.size_bytes <= BASE64_LIMIT_BYTES:
        content = await asyncio.to_thread(file.path.read_bytes)
        text = f"data:{file.mime};base64,{b64encode(content).decode('ascii')}"
        body = {"base64Data": text, "uploadPath": FOLDER, "fileName": name}
        return await wire.post(BASE64_PATH, body, timeout_s=timeout_s)
    with file.path.open("rb") as content_stream:
        form = aiohttp.FormData({"uploadPath": FOLDER, "fileName": name})
        form.add_field("file", content_stream, filename=name, content_type=file.mime)
        return await wire.post(STREAM_PATH, form, timeout_s=timeout_s)


def url_of(data: object) -> str | None:
    """Where the upload can be fetched: ``downloadUrl`` (recorded), else ``fileUrl`` (the pages of 2025)."""
    match data:
        case {"downloadUrl": str(url)} | {"fileUrl": str(url)} if url.startswith(("https://", "http://")):
            return url
    return None
