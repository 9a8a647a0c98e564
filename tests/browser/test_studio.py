"""Journeys through the studio in a real Chromium: on a phone and wide, light and dark, in both languages."""

import io
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Browser, Page, expect

from adapters.embedded_postgres import EmbeddedServer
from tests.support.postgres import cloned_database
from tests.support.studio_in_a_browser import (
    PHONE,
    WIDE,
    Pages,
    Place,
    back_from_login,
    init_data,
    signed_in,
    studio_service,
    violations,
)

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.asyncio(loop_scope="module")]

TELEGRAM_DARK = {
    "bg_color": "#17212b",
    "secondary_bg_color": "#232e3c",
    "text_color": "#f5f5f5",
    "hint_color": "#708499",
    "link_color": "#6ab3f3",
    "button_color": "#5288c1",
    "button_text_color": "#ffffff",
    "destructive_text_color": "#ec3942",
}
"""Of Telegram Desktop's night theme (core.telegram.org/bots/webapps, 2026-11)."""
RESULT = "#feed .card.is-done"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service(postgres_server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    """One for all: each test is another person in it."""
    folder = str(tmp_path_factory.mktemp("media"))
    async with cloned_database(postgres_server.dsn) as dsn, studio_service(dsn, folder=folder) as running:
        yield running


@pytest.fixture
def place(service: Place) -> Place:
    return service.of_someone_else()


@pytest_asyncio.fixture(loop_scope="module")
async def pages(browser: Browser, place: Place) -> AsyncIterator[Pages]:
    opened = Pages(browser, place.services[0].url, place.user_id)
    yield opened
    assert opened.complaints == []


def photo(folder: Path, side: int = 300) -> Path:
    path = folder / "photo.png"
    Image.new("RGB", (side, side), (200, 120, 60)).save(path)
    return path


async def choose_a_picture(page: Page) -> None:
    """Where the words leave open what it is to be, a picture; then the first model."""
    await page.wait_for_selector(".offer, button[name=use]")
    if await page.locator("button[name=use]").count():
        await page.click("button[name=use][value=text_to_image]")
    await page.click(".offer button[name=run] >> nth=0")


async def make_a_picture(page: Page, words: str) -> None:
    """From words to a result by one press, on the first page."""
    await page.fill("#wish", words)
    await page.click("#composer button[type=submit]")
    await choose_a_picture(page)
    await expect(page.locator(f"{RESULT} img").first).to_be_visible(timeout=20_000)


@pytest.mark.parametrize(
    ("viewport", "scheme", "locale"),
    [(PHONE, "light", "en-US"), (PHONE, "dark", "ru-RU"), (WIDE, "dark", "en-US"), (WIDE, "light", "ru-RU")],
    ids=["phone-light-en", "phone-dark-ru", "wide-dark-en", "wide-light-ru"],
)
async def test_every_page_can_be_used_by_everyone(
    pages: Pages, viewport: dict[str, int], scheme: str, locale: str
) -> None:
    page = await pages.open(viewport=viewport, scheme=scheme, locale=locale)
    assert await page.locator("html").get_attribute("lang") == locale[:2]
    assert await violations(page) == []
    await make_a_picture(page, "a red fox in snow")
    assert await violations(page) == []
    await page.click(f"{RESULT} .frame")
    await page.wait_for_selector(".viewer")
    assert await violations(page) == []
    desk = ("/desk", "/desk/people", f"/desk/people/telegram:{pages.user_id}", "/desk/models", "/desk/generations")
    for path in ("/library", "/models", "/presets", "/references", "/account", *desk):
        await page.goto(f"{pages.base}/studio{path}")
        assert await violations(page) == [], path
        assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
    await page.goto(f"{pages.base}/studio/models?shelf=task&name=image_to_image")
    await page.click(".model-card >> nth=0")
    await page.wait_for_selector("#draft")
    assert await violations(page) == []
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"]


async def test_a_picture_is_made_seen_compared_marked_shared_sent_and_deleted(
    pages: Pages, place: Place, tmp_path: Path
) -> None:
    page = await pages.open(viewport=WIDE)
    await page.set_input_files("#pick", photo(tmp_path))
    await expect(page.locator("#files .file img")).to_be_visible()
    await page.fill("#wish", "make it blue")
    await page.click("#composer button[type=submit]")
    await page.click(".offer button[name=run] >> nth=0")
    await expect(page.locator(RESULT)).to_be_visible(timeout=20_000)
    await page.click(f"{RESULT} .frame")
    slider = page.locator(".compare input")
    await slider.focus()
    await slider.press("Home")
    assert await page.locator(".compare").evaluate("one => one.style.getPropertyValue('--at')") == "0%"
    await page.click("[data-post$='/favourite']")
    await expect(page.locator("[data-post$='/favourite']")).to_have_attribute("aria-pressed", "true")
    await page.click("[data-post$='/share']")
    link = await page.locator("#share-url").input_value()
    visitor = await (await pages.browser.new_context()).new_page()
    assert (await visitor.goto(link)).status == 200  # type: ignore[union-attr]  # None would fail the test
    await expect(visitor.locator(".piece img")).to_be_visible()
    await page.click("[data-post$='/chat']")
    await expect(page.locator(".toast")).to_contain_text("Telegram chat")
    assert any(message.media for message in place.person.chat().messages.values())
    await page.click("[data-post$='/unshare']")
    await page.wait_for_selector("[data-post$='/share']")
    assert (await visitor.goto(link)).status == 404  # type: ignore[union-attr]  # None would fail the test
    await page.click("[data-post$='/delete']")
    await page.click("[data-post$='/delete']")
    await page.wait_for_url("**/studio/library")
    assert await page.locator(".card").count() == 0


async def test_a_page_loaded_again_in_the_middle_shows_the_same_and_two_tabs_agree(pages: Pages, place: Place) -> None:
    page = await pages.open()
    other = await page.context.new_page()
    await other.goto(f"{pages.base}/studio")
    await page.fill("#wish", "a red fox in snow !slow 3")
    await page.click("#composer button[type=submit]")
    await choose_a_picture(page)
    await expect(page.locator("#feed .card.is-going")).to_be_visible()
    await expect(other.locator("#feed .card")).to_have_count(1)
    await page.reload()
    await expect(page.locator("#feed .card")).to_have_count(1)
    for tab in (page, other):
        await expect(tab.locator(RESULT)).to_have_count(1, timeout=30_000)


async def test_options_are_priced_as_they_change_kept_as_a_preset_and_run(pages: Pages) -> None:
    page = await pages.open(viewport=WIDE)
    await page.goto(f"{pages.base}/studio/models?q=nano+banana+2")
    await page.click(".model-card >> nth=0")
    await page.click("#run")
    await expect(page.locator(".has-error").first).to_be_visible()
    await page.fill("textarea[name=prompt]", "a red fox")
    await expect(page.locator("#price")).to_contain_text("credit")
    before = await page.locator("#price").inner_text()
    await page.click(".segments label:has(input[value='4K'])")
    await expect(page.locator("#price")).not_to_have_text(before)
    await page.click(".save-preset summary")
    await page.fill("#preset-name", "My fox")
    await page.click("[data-save-preset]")
    await expect(page.locator(".toast")).to_contain_text("My fox")
    await page.goto(f"{pages.base}/studio/presets")
    await page.click(".row-button:has-text('My fox')")
    await expect(page.locator("textarea[name=prompt]")).to_have_value("a red fox")
    await page.context.set_offline(True)
    await page.fill("textarea[name=prompt]", "a blue fox")
    await expect(page.locator(".toast.bad")).to_contain_text("No connection")
    await page.click("#run")
    await expect(page.locator(".toast.bad")).to_have_count(2)
    await page.context.set_offline(False)
    await page.click("#run")
    await page.wait_for_url("**/generations/*")
    await expect(page.locator(".piece img")).to_be_visible(timeout=20_000)
    await expect(page.locator("h1.words")).to_have_text("a blue fox")
    pages.complaints.clear()  # the browser's own, about the lost connection


async def test_an_idea_asks_for_its_photo_and_is_offered_once_it_is_there(pages: Pages, tmp_path: Path) -> None:
    page = await pages.open()
    await page.click("[data-idea] >> nth=0")
    await page.wait_for_selector("[data-lacks]")
    assert "oil portrait" in await page.input_value("#wish")
    assert await violations(page) == []
    await page.set_input_files("#pick", photo(tmp_path))
    await expect(page.locator(".offer button[name=run]").first).to_be_visible()
    await page.fill("#wish", "a song about rain")  # other words are no longer the idea
    assert await page.locator("[name=use] >> nth=0").input_value() == ""


async def test_several_models_run_side_by_side_for_the_price_that_is_shown_first(pages: Pages) -> None:
    page = await pages.open(viewport=WIDE)
    await page.fill("#wish", "draw a red fox in snow")
    await page.click("#composer button[type=submit]")
    both = page.locator("[data-several]")
    await both.locator("label >> nth=2").click()
    await both.locator("button").click()
    await expect(both.locator("button")).to_contain_text("Run all ·")
    await expect(page.locator("#feed .card")).to_have_count(0)
    await both.locator("button").click()
    await expect(page.locator(RESULT)).to_have_count(2, timeout=20_000)


async def test_a_picture_set_is_kept_and_given_to_a_model(pages: Pages, tmp_path: Path) -> None:
    page = await pages.open()
    await page.goto(f"{pages.base}/studio/references")
    await page.fill("#wish", "our fox")
    await page.set_input_files("#pick", photo(tmp_path))
    await expect(page.locator("#files .file img")).to_be_visible()
    await page.click("#composer button[type=submit]")
    await expect(page.locator(".reference img")).to_be_visible()
    assert await violations(page) == []
    await page.goto(f"{pages.base}/studio/models?q=omni+flash")
    await page.click(".model-card >> nth=0")
    await page.click("details.more summary")
    for field, shows in (("image_urls", ".file img"), ("character_ids", ".file .name")):
        await page.select_option(f"[data-references={field}]", label="our fox")
        await expect(page.locator(f"[data-field={field}] {shows}")).to_be_visible()
    await expect(page.locator("[data-field=character_ids] .name")).to_have_text("our fox")
    await page.click("[data-field=character_ids] [data-take-away]")
    await expect(page.locator("[data-field=character_ids] .file")).to_have_count(0)
    await page.goto(f"{pages.base}/studio/references")
    for _ in range(2):  # the second press is sure
        await page.click("[data-post$='/delete']")
    await expect(page.locator(".reference")).to_have_count(0)


async def test_better_words_stand_beside_the_own_ones_until_they_are_taken(pages: Pages) -> None:
    page = await pages.open(viewport=WIDE)
    await page.goto(f"{pages.base}/studio/models?q=nano+banana+2")
    await page.click(".model-card >> nth=0")
    await page.fill("textarea[name=prompt]", "a fox")
    await page.click("#improve")
    better = page.locator("#improved p")
    await expect(better).to_be_visible()
    assert await page.input_value("textarea[name=prompt]") == "a fox"
    words = await better.inner_text()
    await page.click("#improved [data-take]")
    await expect(page.locator("textarea[name=prompt]")).to_have_value(words)
    assert words != "a fox"
    await expect(page.locator("#price")).not_to_have_class(re.compile("is-busy"))
    await page.reload()
    await expect(page.locator("textarea[name=prompt]")).to_have_value(words)


async def test_a_mask_is_painted_by_finger_and_has_the_pictures_size(pages: Pages, tmp_path: Path) -> None:
    page = await pages.open()
    await page.goto(f"{pages.base}/studio/models?q=ideogram+v3+edit")
    await page.click(".model-card:has-text('Edit') >> nth=0")
    await page.set_input_files("[data-upload=image_url]", photo(tmp_path, 321))
    await expect(page.locator("[data-field=image_url] .file img")).to_be_visible()
    await page.reload()
    await page.click("[data-field=mask_url] a")
    await page.wait_for_selector("#mask.is-ready")
    assert await violations(page) == []
    box = await page.locator("#paint").bounding_box()
    assert box
    await page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await page.click("[data-zoom-by='1.25']")
    await page.click("[data-tool=eraser]")
    await page.mouse.move(box["x"] + 20, box["y"] + 20)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 60, box["y"] + 30)
    await page.mouse.up()
    await page.click("[data-undo]")
    await page.click("[data-swap]")
    assert await violations(page) == []
    await page.click("[data-done]")
    await page.wait_for_selector("[data-field=mask_url] .file img")
    source = await page.locator("[data-field=mask_url] .file img").get_attribute("src")
    answer = await page.request.get(f"{pages.base}{source}".removesuffix("/preview"))
    with Image.open(io.BytesIO(await answer.body())) as mask:
        assert mask.size == (321, 321)
        middle, corner = mask.convert("L").getpixel((160, 160)), mask.convert("L").getpixel((2, 2))
    assert (middle, corner) == (255, 0)  # Ideogram changes what is black; swapped, that is all but what was painted


async def test_a_picture_is_laid_into_a_larger_frame_with_its_mask(pages: Pages, tmp_path: Path) -> None:
    page = await pages.open()
    await page.goto(f"{pages.base}/studio/models?q=ideogram+v3+edit")
    await page.click(".model-card:has-text('Edit') >> nth=0")
    await page.set_input_files("[data-upload=image_url]", photo(tmp_path, 300))
    await expect(page.locator("[data-field=image_url] .file img")).to_be_visible()
    await page.reload()
    await page.click("[data-field=mask_url] a[href*='/frame/']")
    await page.wait_for_selector("#frame.is-ready")
    assert await violations(page) == []
    await page.click("[data-ratio='16:9']")
    await expect(page.locator("[data-size]")).to_have_text("534 × 300")
    await page.click("[data-done]")
    await page.wait_for_selector("[data-field=mask_url] .file img")
    sizes, colours = [], []
    for field in ("image_url", "mask_url"):
        source = await page.locator(f"[data-field={field}] .file img").get_attribute("src")
        answer = await page.request.get(f"{pages.base}{source}".removesuffix("/preview"))
        with Image.open(io.BytesIO(await answer.body())) as made:
            sizes.append(made.size)
            colours.append((made.convert("L").getpixel((267, 150)), made.convert("L").getpixel((5, 150))))
    assert sizes == [(534, 300)] * 2
    assert colours[1] == (255, 0)  # Ideogram paints where the mask is black


async def test_what_is_made_in_the_chat_is_seen_in_the_studio(pages: Pages, place: Place) -> None:
    page = await pages.open()
    place.person.say("/generate nano-banana-2 a red fox in snow")
    await expect(page.locator(RESULT)).to_be_visible(timeout=20_000)


async def test_a_page_outlives_the_instance_it_was_loaded_from(browser: Browser, database: str, tmp_path: Path) -> None:
    async with studio_service(database, instances=2, folder=str(tmp_path / "media")) as place:
        leader, standby = place.services
        pages = Pages(browser, standby.url, place.user_id)
        page = await pages.open()
        await page.fill("#wish", "draw a red fox in snow")
        await page.click("#composer button[type=submit]")
        await page.wait_for_selector(".offer")
        await leader.kill()
        await page.click(".offer button[name=run] >> nth=0")
        await expect(page.locator(RESULT)).to_be_visible(timeout=30_000)
        assert pages.complaints == []


async def test_telegrams_login_page_leads_back_signed_in(pages: Pages) -> None:
    context = await pages.browser.new_context(viewport=PHONE, locale="en-US")  # type: ignore[arg-type]  # keyword arguments of several types
    page = await context.new_page()
    await page.goto(back_from_login(pages.base, pages.user_id))
    await page.wait_for_url("**/studio/library")
    await page.goto(back_from_login(pages.base, pages.user_id + 1).replace("#", "&"))
    await page.wait_for_url("**/studio/library")
    for broken in ("#tgAuthResult=%%%", "#tgAuthResult=e30", ""):
        await page.goto(f"{pages.base}/studio/sign-in/telegram{broken}")
        await page.wait_for_url("**/studio/sign-in?fault=1")


async def test_signing_out_ends_what_is_open(pages: Pages) -> None:
    page = await pages.open()
    await page.goto(f"{pages.base}/studio/account")
    await page.click("[data-post$='/sessions/end']")
    await page.wait_for_url("**/studio/sign-in")
    await page.goto(f"{pages.base}/studio")
    await page.wait_for_url("**/studio/sign-in**")
    assert await violations(page) == []


async def test_a_person_takes_everything_along_and_is_forgotten(pages: Pages) -> None:
    page = await pages.open()
    await make_a_picture(page, "a red fox in snow")
    await page.goto(f"{pages.base}/studio/account")
    async with page.expect_download() as coming:
        await page.click("form[action$='/account/export'] button")
    assert (await coming.value).suggested_filename.endswith(".zip")
    await page.click("[data-open='#forget']")
    assert await violations(page) == []
    await page.click("#forget [data-post$='/forget']")
    await page.wait_for_url("**/studio/sign-in")
    await page.goto(signed_in(pages.base, pages.user_id))
    assert await page.locator("#feed .card").count() == 0


async def test_the_mini_app_opens_signed_in_and_in_telegrams_colours(pages: Pages) -> None:
    context = await pages.browser.new_context(viewport=PHONE, locale="en-US", reduced_motion="reduce")  # type: ignore[arg-type]  # keyword arguments of several types
    page = await context.new_page()
    heard: dict[str, str] = {}
    await page.expose_function("tell", lambda name, data: heard.update({name: data}))
    await page.add_init_script("window.TelegramWebviewProxy = {postEvent: (name, data) => window.tell(name, data)}")
    theme = json.dumps(TELEGRAM_DARK)
    opened = urlencode({"tgWebAppData": init_data(pages.user_id), "tgWebAppThemeParams": theme})
    await page.goto(f"{pages.base}/app/sign-in?next=/app/library#{opened}")
    await page.wait_for_url("**/app/library")
    colour = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == "rgb(23, 33, 43)"
    for path in ("/app/library", "/app", "/app/models", "/app/account", "/app/presets", "/app/references"):
        await page.goto(pages.base + path)
        assert await violations(page) == [], path  # Telegram's own colours of words are too pale
    assert {"web_app_ready", "web_app_expand", "web_app_setup_back_button"} <= set(heard)
    to_packages = '<a id="buy" href="https://t.me/media_demo_bot?start=buy">Top up</a>'
    await page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", to_packages)
    await page.click("#buy")
    assert json.loads(heard["web_app_open_tg_link"]) == {"path_full": "/media_demo_bot?start=buy"}
    assert page.url == f"{pages.base}/app/references"
    await page.goto(f"{pages.base}/app/sign-in#tgWebAppData=forged")
    await expect(page.locator("#mini-app")).to_contain_text("not valid")
