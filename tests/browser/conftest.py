"""A real browser for each test."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.support.chromium import open_chromium


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with open_chromium() as running:
        yield running
