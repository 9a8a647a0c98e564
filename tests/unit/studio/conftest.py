"""A studio that is served in this process, and two people who are signed in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.media import MediaFile
from tests.support.generations import ANN, BOB
from tests.support.studio import Browser, Studio
from tests.support.telegram_simulator import picture


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    async with Studio().serving() as running:
        yield running


@pytest.fixture
async def ann(studio: Studio) -> AsyncIterator[Browser]:
    async with studio.browser(ANN) as browser:
        yield browser


@pytest.fixture
async def bob(studio: Studio) -> AsyncIterator[Browser]:
    async with studio.browser(BOB) as browser:
        yield browser


@pytest.fixture
def photo(tmp_path: Path) -> MediaFile:
    path = tmp_path / "fox.jpg"
    path.write_bytes(picture())
    return MediaFile(path=path, name="fox.jpg", mime="image/jpeg", size_bytes=path.stat().st_size)
