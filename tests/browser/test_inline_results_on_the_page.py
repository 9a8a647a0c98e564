"""One's own results over the chat page's field, in a real browser, with the real front end behind it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_results import made, repeat, text

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module")
async def trip() -> AsyncIterator[Journey]:
    async with journey(driving=True) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, trip: Journey) -> AsyncIterator[Page]:
    """The person's chat with the bot; a fault of its script fails the test."""
    errors: list[str] = []
    opened = await browser.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    await opened.goto(f"{trip.url}/#{trip.person.id}/{trip.chat.key}")
    await expect(opened.locator("html[data-ready]")).to_be_attached()
    yield opened
    await opened.close()
    assert errors == []


async def ask(trip: Journey, page: Page, words: str) -> None:
    (bot,) = trip.telegram.bots.values()
    await page.locator("#words").fill(f"@{bot.username} {words}")


async def test_results_are_shown_over_the_field_and_a_press_sends_one(trip: Journey, page: Page) -> None:
    await made(trip, "a red fox in snow")
    await made(trip, "snow in words", text("Snow is white."))
    await ask(trip, page, "snow")
    offers = page.locator("#suggestions li")
    await expect(offers).to_have_count(2)
    await expect(offers.first).to_contain_text("Snow is white.")
    await expect(offers.last.locator("img")).to_be_visible()
    await offers.last.get_by_role("button").click()
    sent = page.locator(".own").last
    await expect(sent.locator("img")).to_be_visible()
    await expect(sent).to_contain_text("via @")
    await expect(page.locator("#words")).to_have_value("")


async def test_a_long_list_goes_on_as_it_is_scrolled(trip: Journey, page: Page) -> None:
    repeat(trip, await made(trip, "a red fox"), 24)
    await ask(trip, page, "fox")
    offers = page.locator("#suggestions li")
    await expect(offers).to_have_count(20)
    await offers.last.scroll_into_view_if_needed()
    await expect(offers).to_have_count(25)


async def test_where_nothing_is_found_a_press_leads_to_the_bot(trip: Journey, page: Page) -> None:
    await trip.say("/help")
    await ask(trip, page, "walrus")
    await page.get_by_role("button", name="Nothing like that").click()
    await expect(page.locator(".own .bubble").last).to_contain_text("/start hello")
    await expect(page.locator(".theirs .bubble").last).to_contain_text("Hello!")


async def test_a_button_of_the_history_leads_into_another_chat(trip: Journey, page: Page) -> None:
    friends = trip.telegram.add_group("Friends", [trip.person])
    await made(trip, "a red fox")
    await trip.say("/history fox")
    await page.get_by_role("button", name="another chat").click()
    await page.get_by_role("dialog").get_by_role("button", name="Friends").click()
    await expect(page.locator("#chat-title")).to_have_text("Friends")
    await page.locator("#suggestions li").get_by_role("button").click()
    await expect(page.locator(".own img")).to_be_visible()
    assert [message.media is not None for message in friends.messages.values()] == [True]


async def test_offers_go_when_the_words_go(trip: Journey, page: Page) -> None:
    await made(trip, "a red fox")
    await ask(trip, page, "fox")
    await expect(page.locator("#suggestions li")).to_have_count(1)
    await page.locator("#words").fill("hello")
    await expect(page.locator("#suggestions")).to_be_hidden()
