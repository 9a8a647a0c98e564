"""Take the pictures in docs/pictures from the running demo, light and dark, wide and as narrow as a phone."""

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


async def main() -> int:
    """Start a demo of its own, use it as a person would, and stop it."""
    with tempfile.TemporaryDirectory() as data:
        demo = await asyncio.create_subprocess_exec(
            str(Path(sys.executable).with_name("mediabot")),
            "demo",
            env={**os.environ, "MEDIABOT_DATA": data},
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            await take(await address(demo))
        finally:
            demo.terminate()
            await demo.wait()
    return 0


async def address(demo: asyncio.subprocess.Process) -> str:
    """Where the demo says its page is."""
    assert demo.stdout
    async for line in demo.stdout:
        if found := re.search(r"open (http://\S+)", line.decode()):
            return found[1]
    raise SystemExit("the demo did not start")


async def take(url: str) -> None:
    """One conversation, four pictures."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
        page = await browser.new_page(viewport={"width": 1100, "height": 900})
        await page.goto(url)
        await converse(page)
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name, scheme, width in (("light", "light", 1100), ("dark", "dark", 1100), ("phone", "light", 390)):
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            await page.set_viewport_size({"width": width, "height": 900})
            await page.wait_for_timeout(500)
            await page.screenshot(path=PICTURES / f"chat-{name}.png")
        await browser.close()


async def converse(page: Page) -> None:
    """A wish in words, a model, Run, the picture."""
    await page.get_by_text("Start", exact=True).click()
    await page.get_by_text("All models").wait_for()
    await page.locator("#words").fill("a red fox in snow")
    await page.locator("#words").press("Enter")
    await page.locator("button", has_text="Z-Image").click()
    await page.locator("button", has_text="Run").click()
    await page.locator("button", has_text="Once more").wait_for(timeout=60_000)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
