"""The bytes of a file that a person sent to the bot."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from pathlib import Path
from typing import Final

import aiohttp
from aiogram import Bot

from adapters.telegram.api.errors import TELEGRAM_FAULTS, TelegramTrouble, trouble_of
from application.errors import AttachmentLost, AttachmentUnavailable
from domain.file_types import HEAD_BYTES, type_of
from domain.media import Attachment, MediaFile

DOWNLOAD_LIMIT_BYTES: Final = 20 << 20
"""What ``getFile`` gives out: https://core.telegram.org/bots/api#getfile, read 2026-10. A local server has no limit."""
GET_FILE_LIMIT_S: Final = 20
DOWNLOAD_LIMIT_S: Final = 120

_LOST: Final = frozenset({TelegramTrouble.FILE_TOO_LARGE, TelegramTrouble.FILE_LOST, TelegramTrouble.FORM_REFUSED})


class TelegramAttachments:
    """Port ``AttachmentSource``. A file's URL holds the bot's token: it stays in here, and in no error either."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def open(self, attachment: Attachment, /) -> AbstractAsyncContextManager[MediaFile]:
        """As the port says. The file goes to the system's temporary directory."""
        return self._open(attachment)

    async def type_of(self, attachment: Attachment) -> str:
        """The MIME type that the first bytes show; what the attachment says where they can't be read now."""
        head = b""
        try:
            path_at_telegram = await self._locate(attachment)
            async with self._chunks(path_at_telegram) as chunks:
                async for chunk in chunks:
                    head += chunk
                    if len(head) >= HEAD_BYTES:
                        break
        except (AttachmentLost, AttachmentUnavailable):
            return attachment.mime
        return type_of(head[:HEAD_BYTES], said=attachment.mime, name=attachment.name)

    @asynccontextmanager
    async def _open(self, attachment: Attachment) -> AsyncIterator[MediaFile]:
        is_local = self._bot.session.api.is_local
        if not is_local and (attachment.size_bytes or 0) > DOWNLOAD_LIMIT_BYTES:
            raise AttachmentLost("too large: Telegram gives bots 20 MB at most")
        path_at_telegram = await self._locate(attachment)
        with _folder() as folder:
            path = Path(folder) / "attachment"
            await self._download(path_at_telegram, path)
            yield MediaFile(path=path, name=attachment.name, mime=attachment.mime, size_bytes=path.stat().st_size)

    async def _locate(self, attachment: Attachment) -> str:
        try:
            file = await self._bot.get_file(attachment.reference, request_timeout=GET_FILE_LIMIT_S)
        except TELEGRAM_FAULTS as error:
            trouble = trouble_of(error)
            if trouble in _LOST:
                raise AttachmentLost(trouble) from None
            raise AttachmentUnavailable(trouble) from None
        if not file.file_path:
            raise AttachmentLost("Telegram names no path")
        return file.file_path

    async def _download(self, path_at_telegram: str, path: Path) -> None:
        server = self._bot.session.api
        if server.is_local:
            await asyncio.to_thread(path.symlink_to, server.wrap_local_file.to_local(path_at_telegram))
            return
        async with self._chunks(path_at_telegram) as chunks:
            with path.open("wb") as file:  # 64 KB at a time into the page cache
                async for chunk in chunks:
                    file.write(chunk)

    @asynccontextmanager
    async def _chunks(self, path_at_telegram: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """What Telegram, or its server on this machine, gives of the file. Raises AttachmentLost, AttachmentUnavailable."""
        server = self._bot.session.api
        try:
            if server.is_local:
                yield _read(Path(server.wrap_local_file.to_local(path_at_telegram)))
                return
            url = server.file_url(self._bot.token, path_at_telegram)
            async with aclosing(self._bot.session.stream_content(url, timeout=DOWNLOAD_LIMIT_S)) as chunks:
                yield chunks
        except aiohttp.ClientResponseError as error:
            gone = error.status in {400, 404, 410}
            kind = AttachmentLost if gone else AttachmentUnavailable
            raise kind(f"status {error.status}") from None  # the error itself holds the URL
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise AttachmentUnavailable(type(error).__name__) from None


def _folder() -> "tempfile.TemporaryDirectory[str]":
    try:
        return tempfile.TemporaryDirectory(prefix="mediabot-telegram-")
    except OSError as error:  # our own disk is full, or has no such folder any more
        raise AttachmentUnavailable(type(error).__name__) from error


async def _read(path: Path) -> AsyncIterator[bytes]:
    yield await asyncio.to_thread(lambda: path.open("rb").read(HEAD_BYTES))
