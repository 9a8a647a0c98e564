"""Buying, spending and subscribing on the chat page, in a real browser, with the real front end behind it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect

from domain.ledger import Balance
from simulators.telegram import TelegramFault
from tests.support.books import assert_books_balance
from tests.support.tills import Till, till

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

WORDS: Final = {
    "en": ("100 credits · 50 ⭐", "Thank you! You got 100 credits", "My credits", "You have 100 credits"),
    "ru": ("100 кредитов · 50 ⭐", "Спасибо! Вы получили 100 кредитов", "Мои кредиты", "У вас 100 кредитов"),
}


@asynccontextmanager
async def opened(browser: Browser, shop: Till) -> AsyncIterator[Page]:
    """The person's chat with the bot; a fault of its script fails the test."""
    await shop.scene.say("/start")
    errors: list[str] = []
    page = await browser.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(f"{shop.scene.url}/#{shop.scene.person.id}/{shop.scene.chat.key}")
    await expect(page.locator("html[data-ready]")).to_be_attached()
    yield page
    await page.close()
    assert errors == []


async def say(page: Page, words: str) -> None:
    await page.locator("#words").fill(words)
    await page.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_a_person_buys_credits_spends_some_and_sees_what_is_left(browser: Browser, language: str) -> None:
    label, thanks, to_balance, has = WORDS[language]
    async with till(language=language, driving=True) as shop, opened(browser, shop) as page:
        await say(page, "/buy")
        await page.get_by_role("button", name=label).click()
        invoice = page.locator(".theirs").last
        await expect(invoice).to_contain_text(label.partition(" ·")[0])
        await invoice.get_by_role("button", name="Pay ⭐️50").click()
        dialog = page.get_by_role("dialog")
        await expect(dialog).to_contain_text("⭐️ 50")
        await dialog.locator("button.main").click()
        receipt = page.locator(".theirs").last
        await expect(receipt).to_contain_text(thanks)
        await receipt.get_by_role("button", name=to_balance).click()
        await expect(page.locator(".theirs").last).to_contain_text(has)
        await say(page, "/generate z-image a red fox")
        row = await shop.scene.provider_rings()
        await expect(page.locator(".theirs").last.locator("img")).to_be_visible()
        paid = row.reservation.charge(row.charged_credits) if row.reservation else 0
        assert await shop.balance() == Balance(units=100_000 - paid)
        assert paid > 0
        await assert_books_balance(shop.scene.generations.ledger)


async def test_who_thinks_better_of_it_pays_nothing_and_a_refusal_is_reported(browser: Browser) -> None:
    async with till() as shop, opened(browser, shop) as page:
        await say(page, "/buy")
        await page.get_by_role("button", name="100 credits · 50 ⭐").click()
        pay = page.get_by_role("button", name="Pay ⭐️50")
        await pay.click()
        await page.get_by_role("dialog").locator("button").first.click()
        assert shop.scene.telegram.payments.charges == {}
        shop.scene.telegram.payments.checkout_s = 0.1
        shop.scene.telegram.faults.add(TelegramFault(method="answerPreCheckoutQuery", hang_s=0.5))
        await pay.click()
        await page.get_by_role("dialog").locator("button.main").click()
        await expect(page.locator("#toasts")).not_to_be_empty()
        assert shop.scene.telegram.payments.charges == {}
        assert await shop.balance() == Balance()


async def test_a_monthly_package_is_paid_at_its_address(browser: Browser) -> None:
    async with till() as shop, opened(browser, shop) as page:
        await say(page, "/buy")
        await page.get_by_role("button", name="Every month").click()
        offered = page.locator(".theirs").last
        await expect(offered).to_contain_text("Once a month")
        await offered.locator("button.key").click()
        await page.get_by_role("dialog").locator("button.main").click()
        await expect(page.locator(".theirs").last).to_contain_text("You got 1000 credits")
        await say(page, "/balance")
        await expect(page.locator(".theirs").last).to_contain_text("then renewed")
