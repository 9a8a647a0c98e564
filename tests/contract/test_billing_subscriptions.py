"""Monthly packages, at the real bot before the simulated Telegram."""

import asyncio

from domain.generation import UserId
from domain.ledger import Balance
from simulators.telegram.payments import LINK
from tests.support.till_words import WORDS
from tests.support.tills import MONTHLY, till

ADMIN = UserId("telegram:100001")


async def test_who_subscribes_again_can_stop_the_new_subscription() -> None:
    async with till() as shop:
        words = WORDS["en"]
        first = await shop.subscribe(words["month"], words["once a month"])
        first.is_stopped = True
        again = shop.scene.telegram.payments.take(
            shop.an_invoice(MONTHLY, period_s=2 * 2_592_000), shop.scene.person.person, shop.scene.chat
        )
        await shop.said(again.id)
        await shop.scene.press(await shop.scene.say("/balance"), words["stop"])
        assert again.is_stopped


async def test_a_person_who_has_a_monthly_package_is_not_sold_the_same_again() -> None:
    async with till() as shop:
        words = WORDS["en"]
        await shop.subscribe(words["month"], words["once a month"])
        offered = await shop.scene.say("/buy")
        assert "You have this package" in await shop.scene.press(offered, words["month"])
        assert len(shop.scene.telegram.log.of("createInvoiceLink")) == 1
        [address] = shop.scene.telegram.payments.links
        assert "You have this package" in str((await shop.scene.person.pay_at(LINK + address)).refused)
        assert await shop.balance() == Balance(units=MONTHLY.units)


async def test_a_monthly_payment_that_is_refunded_is_not_renewed() -> None:
    async with till(admins=[ADMIN]) as shop:
        words = WORDS["en"]
        charge = await shop.subscribe(words["month"], words["once a month"])
        await shop.scene.say(f"/admin refund {charge.id}")
        assert charge.is_refunded
        assert charge.is_stopped
        assert await shop.balance() == Balance()


async def test_a_monthly_package_is_bought_renewed_and_stopped() -> None:
    async with till() as shop:
        charge = await shop.subscribe("Every month", "Once a month")
        assert await shop.balance() == Balance(units=1_000_000)
        renewal = shop.scene.telegram.payments.renew(charge)
        await shop.said(renewal.id)
        assert await shop.balance() == Balance(units=2_000_000)
        account = await shop.scene.say("/balance")
        assert "then renewed" in account.words
        assert "What you paid for stays" in await shop.scene.press(account, "Stop the monthly package")
        assert charge.is_stopped
        assert "not renewed" in (await shop.scene.say("/balance")).words


async def test_a_subscription_stopped_in_telegrams_settings_is_shown_so() -> None:
    async with till() as shop:
        await shop.scene.say("/start")
        charge = shop.scene.telegram.payments.take(
            shop.an_invoice(MONTHLY, period_s=2_592_000), shop.scene.person.person, shop.scene.chat
        )
        await shop.said(charge.id)
        shop.scene.telegram.payments.stop(charge, stopped=True, by_person=True)
        async with asyncio.timeout(30):
            while "not renewed" not in (await shop.scene.say("/balance")).words:
                await asyncio.sleep(0.02)
