"""A real browser."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import pytest
from playwright.async_api import Browser, async_playwright, expect

SWITCHES: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@asynccontextmanager
async def open_chromium() -> AsyncIterator[Browser]:
    """The one of ``CHROMIUM`` or of this machine; the test is skipped where there is none."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    chromium = next((path for path in map(shutil.which, names) if path), None)
    if chromium is None:
        pytest.skip("no Chromium found: install it, or set CHROMIUM to its path")
    async with async_playwright() as playwright:
        expect.set_options(timeout=30_000)  # milliseconds; of five a busy machine needs all
        running = await playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield running
        await running.close()
