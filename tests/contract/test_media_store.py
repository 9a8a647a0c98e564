"""What every ``MediaStore`` keeps: on the fake, in a folder, and over the S3 protocol."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.media_folder import FolderMediaStore
from adapters.media_s3 import S3MediaStore, open_bucket
from adapters.memory.clock import ManualClock
from adapters.memory.media_store import InMemoryMediaStore
from application.errors import MediaGone, MediaUnavailable
from application.ports.media_store import MediaStore
from domain.kept_media import MediaKey
from tests.support.s3_server import BUCKET, s3_server

CONTENT = bytes(range(256)) * 1000
NEVER = MediaKey("0" * 64)


@pytest.fixture(params=["memory", "folder", "s3"])
async def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[MediaStore]:
    match request.param:
        case "memory":
            yield InMemoryMediaStore(ManualClock())
        case "folder":
            yield FolderMediaStore(tmp_path / "kept")
        case "s3":
            monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
            monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
            async with s3_server() as base:
                yield S3MediaStore(open_bucket(f"s3://{BUCKET}/some/prefix?endpoint={base}"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "fox.bin"
    path.write_bytes(CONTENT)
    return path


async def read(store: MediaStore, key: MediaKey, start: int = 0, end: int | None = None) -> bytes:
    async with store.read(key, start=start, end=end) as chunks:
        return b"".join([chunk async for chunk in chunks])


async def test_the_key_is_the_hash_of_the_bytes_and_keeping_twice_is_keeping_once(
    store: MediaStore, file: Path
) -> None:
    key = await store.put(file)
    assert key == hashlib.sha256(CONTENT).hexdigest()
    assert await store.put(file) == key
    assert await read(store, key) == CONTENT


async def test_a_file_is_on_disk_while_it_is_open(store: MediaStore, file: Path) -> None:
    key = await store.put(file)
    async with store.open(key) as path:
        assert path.read_bytes() == CONTENT


@pytest.mark.parametrize(("start", "end"), [(0, None), (0, 1), (5, 70_000), (255_999, None), (100, 100_000)])
async def test_a_part_of_a_file_is_read(store: MediaStore, file: Path, start: int, end: int | None) -> None:
    assert await read(store, await store.put(file), start, end) == CONTENT[start:end]


async def test_what_was_never_kept_or_is_deleted_is_gone(store: MediaStore, file: Path) -> None:
    key = await store.put(file)
    await store.delete(key)
    await store.delete(key)
    for gone in (key, NEVER):
        with pytest.raises(MediaGone):
            await read(store, gone)
        with pytest.raises(MediaGone):
            async with store.open(gone):
                pass


async def test_many_keep_the_same_bytes_at_once(store: MediaStore, file: Path) -> None:
    keys = await asyncio.gather(*(store.put(file) for _ in range(8)))
    assert len(set(keys)) == 1
    assert await read(store, keys[0]) == CONTENT


async def test_an_empty_file_can_be_kept(store: MediaStore, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    assert await read(store, await store.put(empty)) == b""


async def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path, file: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be")
    with pytest.raises(MediaUnavailable):
        await FolderMediaStore(tmp_path / "kept").put(file)


async def test_a_bucket_that_does_not_answer_says_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    async with s3_server() as base:
        bucket = open_bucket(f"s3://no-such-bucket?endpoint={base}")
        with pytest.raises((MediaUnavailable, MediaGone)):
            await S3MediaStore(bucket).put(file)


@pytest.mark.parametrize("url", ["s3://", "s3:///prefix", "https://bucket", "s3://bucket?secret=1"])
def test_an_address_that_names_no_bucket_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="s3://bucket/prefix"):
        open_bucket(url)
