"""Take the pictures in docs/pictures from the running demo, light and dark, wide and as narrow as a phone."""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from playwright.async_api import Page, ViewportSize, async_playwright

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
PHOTO = Path(__file__).parent.parent / "adapters" / "cli" / "samples" / "face.jpg"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDE: ViewportSize = {"width": 1100, "height": 980}
NARROW: ViewportSize = {"width": 390, "height": 980}
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
            chat, studio = await addresses(demo)
            if "studio" not in sys.argv[1:]:
                await take(chat)
            await take_studio(studio)
        finally:
            demo.terminate()
            await demo.wait()
    return 0


async def addresses(demo: asyncio.subprocess.Process) -> tuple[str, str]:
    """Where the demo says its chat page and its studio are."""
    assert demo.stdout
    chat = ""
    async for line in demo.stdout:
        if found := re.search(r"open (http://\S+)", line.decode()):
            chat = found[1]
        if found := re.search(r"(http://\S+/studio/enter/\S+)", line.decode()):
            return chat, found[1]
    raise SystemExit("the demo did not start")


async def take_studio(url: str) -> None:
    """Some results, then the pages that show them; ``python scripts/screenshots.py studio`` takes these pictures alone."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
        page = await browser.new_page(viewport=WIDE, locale="en-US")
        await page.goto(url)
        for number, words in enumerate(("draw a red fox in snow", "draw a lighthouse at dusk", "draw a paper boat"), 1):
            await page.locator("#wish").fill(words)
            await page.locator("#composer button[type=submit]").click()
            await page.locator(".offer button[name=run]").first.click()
            await page.locator("#feed .card.is-done").nth(number - 1).wait_for(timeout=60_000)
        await page.goto(f"{url.partition('/enter/')[0]}/library")
        await shoot(page, "studio")
        await page.locator(".card .frame").first.click()
        await page.locator(".piece img").wait_for()
        await shoot(page, "result")
        await browser.close()


async def take(url: str) -> None:
    """One conversation; three pictures wherever it is worth one."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
        page = await browser.new_page(viewport=WIDE)
        await page.goto(url)
        for flow, act in FLOWS.items():
            await act(page)
            await shoot(page, flow)
        await browser.close()


async def shoot(page: Page, flow: str) -> None:
    """In light, in dark, and as narrow as a phone."""
    for name, scheme, size in (("light", "light", WIDE), ("dark", "dark", WIDE), ("phone", "light", NARROW)):
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await page.set_viewport_size(size)
        await page.wait_for_timeout(500)
        await page.evaluate("document.querySelector('#messages')?.scrollTo(0, 1e9)")
        await page.screenshot(path=PICTURES / f"{flow}-{name}.png")
    await page.set_viewport_size(WIDE)


async def say(page: Page, words: str) -> None:
    """Write and send."""
    await page.locator("#words").fill(words)
    await page.locator("#words").press("Enter")


async def browse(page: Page) -> None:
    """The lists of models."""
    await page.get_by_text("Start", exact=True).click()
    await page.get_by_text("All models").wait_for()
    await say(page, "/models")
    await page.locator("button", has_text="By maker").wait_for()


async def fill_in(page: Page) -> None:
    """A card with some things chosen."""
    await say(page, "kling 3")
    await page.locator("button", has_text="Kling 3.0 ·").last.click()
    await page.get_by_text("Write what you want").last.wait_for()
    await say(page, "a red fox runs through snow, seen from a drone")
    await page.locator("button", has_text="a red fox runs").last.wait_for()


async def make(page: Page) -> None:
    """A wish in words, run at once, and all that can be done with the picture."""
    await say(page, "/generate z-image a red fox in snow aspect_ratio=16:9")
    await page.locator("button", has_text="Once more").last.wait_for(timeout=60_000)
    await page.locator("button", has_text="⋯").last.click()
    await page.locator("button", has_text="Original file").last.wait_for()


async def look_back(page: Page) -> None:
    """One of the things made, with the ways to the others."""
    await say(page, "/generate z-image a blue hare in snow aspect_ratio=16:9")
    await page.locator("button", has_text="Once more").last.wait_for(timeout=60_000)
    await say(page, "/history")
    await page.locator("button", has_text="Search").wait_for()
    await page.locator("button", has_text="a red fox in snow").last.click()
    await page.locator("button", has_text="Delete").last.wait_for()


async def find_inline(page: Page) -> None:
    """The same, over the field, as in any other chat."""
    await page.locator("#words").fill("@media_demo_bot snow")
    await page.locator("#suggestions img").nth(1).wait_for()


async def send_photo(page: Page) -> None:
    """A photo with a wish, and what can be made of both; the card that was open would take them."""
    await page.locator("#words").fill("")
    await say(page, "/cancel")
    await page.locator("#messages").get_by_text("The card is closed").last.wait_for()
    await page.locator("#picker").set_input_files(PHOTO)
    await say(page, "make it summer")
    await page.locator("#messages").get_by_text("begins at once").last.wait_for()


async def fail(page: Page) -> None:
    """Bad news, and the button that fixes it."""
    await say(page, "/generate z-image a blue hare !fail 501 the model stumbled")
    await page.locator("#messages").get_by_text("It cost nothing").last.wait_for(timeout=60_000)


async def change_language(page: Page) -> None:
    """The settings, in the other language."""
    await say(page, "/settings")
    await page.locator("button", has_text="Русский").last.click()
    await page.locator("#messages").get_by_text("Настройки").last.wait_for()


FLOWS: Final[Mapping[str, Callable[[Page], Awaitable[None]]]] = {
    "models": browse,
    "card": fill_in,
    "chat": make,
    "history": look_back,
    "inline": find_inline,
    "offer": send_photo,
    "failure": fail,
    "settings": change_language,
}
"""In the order of the conversation, by the names of their pictures."""


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
